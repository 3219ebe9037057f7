import test from 'ava';
import {perfect} from '../../../source/link/conditions.ts';
import type {Address} from '../../../source/log/event.ts';
import {largestDatagram} from '../../../source/sockets/limits.ts';
import {noOptions} from '../../../source/sockets/socket-options.ts';
import {UdpClient} from '../../../source/sockets/udp/udp-client.ts';
import {EventRoom} from '../../helpers/event-room.ts';
import {openRawUdp, type RawUdp} from '../../helpers/raw-udp.ts';
import {makeUdpClient} from '../../helpers/sockets.ts';

/** Send a ping, have the peer answer it after so many milliseconds, and look how long the client says it took. */
async function answeredAfter(
	milliseconds: number,
	{room, client, peer}: {readonly room: EventRoom; readonly client: UdpClient; readonly peer: RawUdp},
): Promise<number | undefined> {
	client.send(peer.address, Buffer.from('ping'));
	const {from} = await peer.inbox.next();
	room.now += milliseconds;
	peer.send('PING', from);
	const {elapsed} = await room.happened('datagram-received');
	return elapsed;
}

test('shows the address that an answer came from, and how long it took', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(peer.address, Buffer.from('ping'));
	const {from} = await peer.inbox.next();
	room.now += 12;
	peer.send('PING', from);
	const answer = await room.happened('datagram-received');
	t.deepEqual(answer.peer, peer.address);
	t.is(answer.elapsed, 12);
	t.false(answer.isThirdParty);
	t.is(Buffer.from(answer.bytes).toString(), 'PING');
});

test('marks a datagram from a third party, and does not take it for the answer', async t => {
	const server = await openRawUdp(t);
	const stranger = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(server.address, Buffer.from('ping'));
	const {from} = await server.inbox.next();
	stranger.send('I am the server', from);
	const [foreign] = await room.happenedTimes('datagram-received', 1);
	t.true(foreign!.isThirdParty);
	t.is(foreign!.elapsed, undefined);
	t.deepEqual(foreign!.peer, stranger.address);

	room.now += 3;
	server.send('PING', from);
	const [, answer] = await room.happenedTimes('datagram-received', 2);
	t.false(answer!.isThirdParty);
	t.is(answer!.elapsed, 3);
});

test('still knows the address that it talks to after it has talked to many others', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(peer.address, Buffer.from('first'));
	for (let last = 2; last <= 64; last++) {
		client.send({host: `127.0.0.${last}`, port: 9}, Buffer.from('other'));
	}

	client.send(peer.address, Buffer.from('ping'));
	client.send({host: '127.0.0.65', port: 9}, Buffer.from('other'));
	const {from} = await peer.inbox.next();
	peer.send('PING', from);
	t.like(await room.happened('datagram-received'), {isThirdParty: false});
});

test('names a destination with each datagram', async t => {
	const [one, two] = [await openRawUdp(t), await openRawUdp(t)];
	const {room, client} = makeUdpClient(t);
	client.send(one.address, Buffer.from('to one'));
	client.send(two.address, Buffer.from('to two'));
	t.is(await one.nextText(), 'to one');
	const {bytes, from} = await two.inbox.next();
	t.is(Buffer.from(bytes).toString(), 'to two');
	two.send('known', from);
	t.like(await room.happened('datagram-received'), {isThirdParty: false});
});

test('times an answer from the message that went to the same address', async t => {
	const [silent, answering] = [await openRawUdp(t), await openRawUdp(t)];
	const {room, client} = makeUdpClient(t);
	client.send(silent.address, Buffer.from('lost'));
	await silent.inbox.next();
	room.now += 400;
	t.is(await answeredAfter(5, {room, client, peer: answering}), 5);
});

test('awaits no answer to what the link has lost, though the next message says the same', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	room.socketOptions.link.datagrams('to-server').loseNext();
	client.send(peer.address, Buffer.from('ping'));
	room.now += 30;
	t.is(await answeredAfter(5, {room, client, peer}), 5);
});

test('does not time an answer from a message that was never sent', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(peer.address, new Uint8Array(largestDatagram + 1));
	await room.happened('send-failed');
	room.now += 400;
	t.is(await answeredAfter(5, {room, client, peer}), 5);
});

test('is another socket after it was opened again, to which old answers are strangers', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(peer.address, Buffer.from('x'));
	await peer.inbox.next();
	await client.close();
	client.reopen();
	const other = await openRawUdp(t);
	client.send(other.address, Buffer.from('y'));
	const {from} = await other.inbox.next();
	peer.send('late', from);
	t.like(await room.happened('datagram-received'), {isThirdParty: true});
});

test('what a socket without its source is given is not on the link, and no answer to it is awaited', async t => {
	const [peer, taken] = [await openRawUdp(t), await openRawUdp(t)];
	const room = new EventRoom();
	room.socketOptions.link.change('to-server', {...perfect, delay: 1000});
	let source: Address | undefined = taken.address;
	const client = new UdpClient({
		...room.socketOptions, options: () => ({...noOptions, source}), awaitsAnswers: () => true,
	});
	t.teardown(async () => client.close());
	client.send(peer.address, Buffer.from('ping'));
	t.like(await room.happened('send-failed'), {failure: {code: 'ECANCELED', syscall: 'bind'}});
	t.deepEqual(room.types, ['socket-failed', 'send-failed']);
	t.deepEqual(client.state, {type: 'unbound'});
	source = undefined;
	room.socketOptions.link.change('to-server', perfect);
	room.now += 30;
	t.is(await answeredAfter(5, {room, client, peer}), 5);
});
