import {mock} from 'node:test';
import test from 'ava';
import {EventRoom} from '../../helpers/event-room.ts';
import {NameLookups} from '../../helpers/name-lookups.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {longestAge} from '../../../source/sockets/host-names.ts';
import {defaultLimits} from '../../../source/sockets/limits.ts';
import {UdpClient} from '../../../source/sockets/udp/udp-client.ts';
import {makeUdpClient} from '../../helpers/sockets.ts';

test.serial('what goes to an IP address does not wait for a name, nor for one of before close()', async t => {
	const lookups = new NameLookups(t);
	const peer = await openRawUdp(t);
	const slow = {host: 'slow.test', port: peer.address.port};
	const {room, client} = makeUdpClient(t);
	client.send(slow, Buffer.from('named'));
	client.send(peer.address, Buffer.from('literal'));
	t.is(await peer.nextText(), 'literal');

	const closed = client.close();
	const failed = room.all('send-failed')[0]!;
	t.like(failed, {peer: slow, failure: {code: 'ECANCELED'}});
	t.is(Buffer.from(failed.bytes).toString(), 'named');
	t.is(room.types.at(-1), 'socket-closed');
	await closed;
	client.reopen();
	client.send(slow, Buffer.from('named again'));
	client.send(peer.address, Buffer.from('after reopen'));
	t.is(await peer.nextText(), 'after reopen');
	await lookups.answer('slow.test');
	t.is(await peer.nextText(), 'named again');
	t.is(room.all('send-failed').length, 1);
});

test.serial('a look-up that ends after close() is nothing that has happened to the socket', async t => {
	const lookups = new NameLookups(t);
	const {room, client} = makeUdpClient(t);
	client.send({host: 'slow.test', port: 9}, Buffer.from('never sent'));
	await client.close();
	await lookups.answer('slow.test');
	client.reopen();
	const peer = await openRawUdp(t);
	client.send(peer.address, Buffer.from('sent'));
	t.is(await peer.nextText(), 'sent');
	t.deepEqual(room.all('name-found'), []);
});

test.serial('one name does not wait for another, and what goes to the same name keeps its order', async t => {
	const lookups = new NameLookups(t);
	const peer = await openRawUdp(t);
	const {port} = peer.address;
	const {client} = makeUdpClient(t);
	client.send({host: 'slow.test', port}, Buffer.from('slow 1'));
	client.send({host: 'quick.test', port}, Buffer.from('quick'));
	client.send({host: 'slow.test', port}, Buffer.from('slow 2'));
	await lookups.answer('quick.test');
	t.is(await peer.nextText(), 'quick');
	await lookups.answer('slow.test');
	t.is(await peer.nextText(), 'slow 1');
	t.is(await peer.nextText(), 'slow 2');
	t.deepEqual(lookups.names, ['slow.test', 'quick.test']);
});

test.serial(
	'a name is looked up again when its address is old, and the address is used until the answer is there',
	async t => {
		const lookups = new NameLookups(t);
		const first = await openRawUdp(t);
		const second = await openRawUdp(t, '127.0.0.2');
		const {room, client} = makeUdpClient(t);
		const named = {host: 'moving.test', port: first.address.port};
		client.send(named, Buffer.from('one'));
		await lookups.answer('moving.test');
		t.is(await first.nextText(), 'one');
		client.send(named, Buffer.from('two'));
		t.is(await first.nextText(), 'two');
		t.is(lookups.names.length, 1);

		const now = performance.now() + longestAge;
		const clock = mock.method(performance, 'now', () => now + 1);
		client.send(named, Buffer.from('three'));
		client.send(named, Buffer.from('four'));
		t.is(await first.nextText(), 'three');
		t.is(await first.nextText(), 'four');
		t.is(lookups.names.length, 2);
		await lookups.answer('moving.test');
		client.send(named, Buffer.from('four and a half'));
		t.is(await first.nextText(), 'four and a half');
		t.is(room.all('name-found').length, 1, 'it has the same address as before');
		clock.mock.mockImplementation(() => now + longestAge + 2);
		client.send(named, Buffer.from('still the old one'));
		t.is(await first.nextText(), 'still the old one');
		t.is(lookups.names.length, 3);
		await lookups.answer('moving.test', '127.0.0.2');
		client.send({...named, port: second.address.port}, Buffer.from('five'));
		t.is(await second.nextText(), 'five');
		t.is(lookups.names.length, 3);
		t.deepEqual(room.all('name-found').map(({hosts}) => hosts), [['127.0.0.1'], ['127.0.0.2']]);
		clock.mock.restore();
	},
);

test.serial('sends that wait for a name are bounded by number and by bytes', async t => {
	const lookups = new NameLookups(t);
	const peer = await openRawUdp(t);
	const named = {host: 'slow.test', port: peer.address.port};
	const {client} = makeUdpClient(t);
	let sent = 0;
	while (sent <= 2000 && !client.send(named, Buffer.from(`${sent}`))) {
		sent++;
	}

	t.is(sent, 1024);
	await client.close();
	client.reopen();
	const large = new Uint8Array(60_000);
	let bytes = 0;
	while (bytes < 2 * defaultLimits.waitingBytes && !client.send(named, large)) {
		bytes += large.length;
	}

	t.true(bytes > defaultLimits.waitingBytes && bytes <= defaultLimits.waitingBytes + large.length);
	t.deepEqual(client.send(named, large), {reason: 'too-much-waiting', waiting: bytes});
	t.is(lookups.names.length, 1, 'who asks again shares the look-up that is under way');
	await lookups.answer('slow.test');
});

test.serial('as many bytes may wait for a name as the limit says, and with one more the next send is refused', async t => {
	const lookups = new NameLookups(t);
	const room = new EventRoom();
	const limits = {...defaultLimits, waitingBytes: 8};
	const client = new UdpClient({...room.socketOptions, limits, awaitsAnswers: () => false});
	t.teardown(async () => client.close());
	const named = {host: 'slow.test', port: 9};
	t.is(client.send(named, new Uint8Array(8)), undefined);
	t.is(client.send(named, new Uint8Array(1)), undefined);
	t.deepEqual(client.send(named, new Uint8Array(1)), {reason: 'too-much-waiting', waiting: 9});
	await lookups.answer('slow.test');
	await room.happenedTimes('datagram-sent', 2);
	t.is(client.send(named, new Uint8Array(9)), undefined);
});

test.serial('who follows a message is told once that it never became a write', async t => {
	const lookups = new NameLookups(t);
	const {room, client} = makeUdpClient(t);
	const told: string[] = [];
	const send = (host: string): void => {
		client.send({host, port: 9}, Buffer.from(host), {
			written() {
				told.push(`${host} written`);
			},
			unwritten() {
				told.push(`${host} unwritten`);
			},
		});
	};

	send('fe80::1%nowhere');
	send('slow.test');
	await client.close();
	await lookups.answer('slow.test');
	t.deepEqual(told, ['fe80::1%nowhere unwritten', 'slow.test unwritten']);
	t.is(room.all('send-failed').length, 2);
});

test.serial('at most 64 names are looked up at once; those beyond fail', async t => {
	const lookups = new NameLookups(t);
	const {room, client} = makeUdpClient(t);
	for (let index = 0; index <= 64; index++) {
		client.send({host: `n${index}.test`, port: 9}, Buffer.from('x'));
	}

	const {peer, failure} = await room.happened('send-failed');
	t.is(peer.host, 'n64.test');
	t.is(failure.code, 'EAI_AGAIN');
	t.is(lookups.names.length, 64);
	for (let index = 0; index < 64; index++) {
		await lookups.answer(`n${index}.test`);
	}

	await room.happenedTimes('datagram-sent', 64);
	client.send({host: 'n64.test', port: 9}, Buffer.from('x'));
	await lookups.answer('n64.test');
	await room.happenedTimes('datagram-sent', 65);
});

test.serial('a client that is to be connected fails with what Node refuses, and goes on', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t, true);
	client.send({host: '127.0.0.1', port: 0}, Buffer.from('nowhere'));
	t.is(await room.codeOf('send-failed'), 'ERR_SOCKET_BAD_PORT');
	client.send(peer.address, Buffer.from('somewhere'));
	t.is(await peer.nextText(), 'somewhere');
});
