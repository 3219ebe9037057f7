import test from 'ava';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import {largestDatagram} from '../../../source/sockets/limits.ts';
import {makeUdpClient} from '../../helpers/sockets.ts';

for (const host of ['127.0.0.1', '::1']) {
	test(`binds at its first send, to a port that the system picks, on ${host}`, async t => {
		const peer = await openRawUdp(t, host);
		const {room, client} = makeUdpClient(t);
		t.deepEqual(client.state, {type: 'unbound'});
		t.is(room.log.next, 0);

		t.is(client.send(peer.address, Buffer.from('hello')), undefined);
		const {bytes, from} = await peer.inbox.next();
		t.is(Buffer.from(bytes).toString(), 'hello');
		const {local} = await room.happened('socket-bound');
		t.is(local.port, from.port);
		t.deepEqual(client.state, {type: 'bound', local});
		t.deepEqual(room.types, ['socket-bound', 'datagram-sent']);
		t.like(await room.happened('datagram-sent'), {peer: peer.address});

		client.send(peer.address, Buffer.from('again'));
		const second = await peer.inbox.next();
		t.is(second.from.port, from.port);
		t.is(room.all('socket-bound').length, 1);
	});
}

for (const length of [0, 1, largestDatagram]) {
	test(`sends and receives a datagram of ${length} bytes whole`, async t => {
		const peer = await openRawUdp(t);
		const {room, client} = makeUdpClient(t);
		const bytes = Uint8Array.from({length}, (_, index) => index % 251);
		client.send(peer.address, bytes);
		const arrived = await peer.inbox.next();
		t.true(Buffer.from(arrived.bytes).equals(bytes));
		t.like(await room.happened('datagram-sent'), {length});
		peer.send(bytes, arrived.from);
		const answer = await room.happened('datagram-received');
		t.is(answer.length, length);
		t.true(Buffer.from(answer.bytes).equals(bytes));
	});
}

test('records a datagram that is too large as EMSGSIZE with its bytes, and goes on', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	t.is(client.send(peer.address, new Uint8Array(largestDatagram + 1).fill(0x61)), undefined);
	const failed = await room.happened('send-failed');
	t.is(failed.failure.code, 'EMSGSIZE');
	t.is(failed.length, largestDatagram + 1);
	t.is(failed.bytes[0], 0x61);
	t.deepEqual(room.types, ['socket-bound', 'send-failed']);
	client.send(peer.address, Buffer.from('smaller'));
	t.is(await peer.nextText(), 'smaller');
});

test('gets no error for a datagram to a port without a socket', async t => {
	const gone = await openRawUdp(t);
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	const nobody = {host: '127.0.0.2', port: gone.address.port};
	client.send(nobody, Buffer.from('anyone?'));
	t.like(await room.happened('datagram-sent'), {peer: nobody});
	client.send(peer.address, Buffer.from('you there'));
	const {from} = await peer.inbox.next();
	peer.send('yes', from);
	await room.happened('datagram-received');
	t.deepEqual(room.types, ['socket-bound', 'datagram-sent', 'datagram-sent', 'datagram-received']);
	t.is(gone.inbox.length, 0);
});

test('records a destination that the system does not let it send to', async t => {
	const {room, client} = makeUdpClient(t);
	client.send({host: '127.255.255.255', port: 9}, Buffer.from('x'));
	t.is(await room.codeOf('send-failed'), 'EACCES');
	client.send({host: '127.0.0.1', port: 0}, Buffer.from('x'));
	const [, zero] = await room.happenedTimes('send-failed', 2);
	t.deepEqual(zero!.peer, {host: '127.0.0.1', port: 0});
});

test('sends to the address behind a name, whose answers are its own', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	const named = {host: 'localhost', port: peer.address.port};
	client.send(named, Buffer.from('one'));
	client.send(named, Buffer.from('two'));
	const sent = await room.happenedTimes('datagram-sent', 2);
	t.deepEqual(sent.map(({bytes}) => Buffer.from(bytes).toString()), ['one', 'two']);
	t.deepEqual(sent.map(event => event.peer), [peer.address, peer.address]);
	const {from} = await peer.inbox.next();
	peer.send('hi', from);
	t.like(await room.happened('datagram-received'), {isThirdParty: false});
});

test('records an unknown host name, with the payload', async t => {
	const {room, client} = makeUdpClient(t);
	t.is(client.send({host: 'no-such-host.invalid', port: 9}, Buffer.from('typed')), undefined);
	const {peer, failure, bytes} = await room.happened('send-failed');
	t.deepEqual(peer, {host: 'no-such-host.invalid', port: 9});
	t.regex(failure.code, /^(ENOTFOUND|EAI_AGAIN)$/);
	t.is(Buffer.from(bytes).toString(), 'typed');
	t.deepEqual(client.state, {type: 'unbound'});
});

test('accounts for a message whose name was still being looked up when it was closed', async t => {
	const {room, client} = makeUdpClient(t);
	t.is(client.send({host: 'localhost', port: 9}, Buffer.from('typed')), undefined);
	await client.close();
	client.reopen();
	const peer = await openRawUdp(t);
	client.send({host: 'localhost', port: peer.address.port}, Buffer.from('later'));
	await peer.inbox.next();
	t.true(room.events.some(event =>
		'bytes' in event && Buffer.from(event.bytes).toString() === 'typed' && event.type === 'send-failed'));
});

test('takes a new socket to talk to an address of the other version of IP', async t => {
	const four = await openRawUdp(t);
	const six = await openRawUdp(t, '::1');
	const {room, client} = makeUdpClient(t);
	client.send(four.address, Buffer.from('4'));
	await four.inbox.next();
	const {local} = room.all('socket-bound')[0]!;
	client.send(six.address, Buffer.from('6'));
	const {from} = await six.inbox.next();
	const [, bound] = await room.happenedTimes('socket-bound', 2);
	t.is(bound!.local.port, from.port);
	t.like(await room.happened('socket-closed'), {local});
	t.deepEqual(client.state, {type: 'bound', local: bound!.local});
});

test('closes its socket and may be closed twice, before and after it was bound', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	await client.close();
	t.deepEqual(room.types, ['socket-closed']);
	t.deepEqual(client.state, {type: 'closed'});
	t.deepEqual(client.send(peer.address, Buffer.from('x')), {reason: 'not-open'});

	client.reopen();
	t.deepEqual(client.state, {type: 'unbound'});
	client.send(peer.address, Buffer.from('x'));
	await peer.inbox.next();
	const {local} = await room.happened('socket-bound');
	await Promise.all([client.close(), client.close()]);
	await client.close();
	t.deepEqual(room.all('socket-closed').map(event => event.local), [undefined, local]);
	t.deepEqual(client.send(peer.address, Buffer.from('x')), {reason: 'not-open'});
});
