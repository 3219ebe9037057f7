import {setImmediate} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {EventRoom, perfectLink} from '../helpers/event-room.ts';
import {freeAddress} from '../helpers/loopback.ts';
import {connectRaw, openRawServer} from '../helpers/raw-tcp.ts';
import {openRawUdp} from '../helpers/raw-udp.ts';
import {type Address, type SocketEvent, unknownElapsed} from '../../source/log/event.ts';
import {perfect} from '../../source/link/conditions.ts';
import {Link} from '../../source/link/link.ts';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {noOptions} from '../../source/sockets/socket-options.ts';
import {UdpClient} from '../../source/sockets/udp/udp-client.ts';
import {UdpServer} from '../../source/sockets/udp/udp-server.ts';
import {makeTcpClient, makeUdpClient, openConnection} from '../helpers/sockets.ts';

/** So slow that nothing leaves it while a test runs, unless it is told to be quicker. */
const slow = (): Link => new Link({conditions: {...perfect, delay: 60_000}, seed: 1});
const quick = {...perfect, delay: 30};

type Made<Socket> = {readonly room: EventRoom; readonly socket: Socket};

function makeUdpClientOn(
	t: ExecutionContext,
	link: Link,
	{source, isConnected = false}: {readonly source?: () => Address; readonly isConnected?: boolean} = {},
): Made<UdpClient> {
	const room = new EventRoom();
	const socket = new UdpClient({
		newTrack: () => room.track(),
		limits: defaultLimits,
		link,
		...(source && {options: () => ({...noOptions, source: source()})}),
		isConnected,
		awaitsAnswers: () => true,
		onChange: () => undefined,
	});
	t.teardown(async () => socket.close());
	return {room, socket};
}

/** A server that answers with what it gets, or not at all. */
function makeUdpServer(t: ExecutionContext, room: EventRoom, link: Link, isEcho: boolean): UdpServer {
	const server: UdpServer = new UdpServer({
		newTrack: () => room.track(),
		limits: defaultLimits,
		link,
		onDatagram({number}, bytes) {
			if (isEcho) {
				server.send(number, bytes);
			}
		},
		onChange: () => undefined,
	});
	t.teardown(async () => server.close());
	return server;
}

function fates(room: EventRoom): Array<Extract<SocketEvent, {type: 'datagram-sent'}>['fate']> {
	return room.all('datagram-sent').map(({fate}) => fate);
}

test('a UDP client times the first answer to its new socket from what that has sent', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t);
	client.send(peer.address, Buffer.from('never answered'));
	await peer.inbox.next();
	await client.close();
	client.reopen();
	room.now += 300;
	client.send(peer.address, Buffer.from('ping'));
	const {from} = await peer.inbox.next();
	room.now += 5;
	peer.send('PING', from);
	t.like(await room.happened('datagram-received'), {elapsed: 5, isThirdParty: false});
	t.deepEqual(client.track.received, {count: 1, bytes: 4});
	t.deepEqual(client.track.sent, {count: 1, bytes: 4});
});

for (const isConnected of [true, false]) {
	test(`a UDP client ${isConnected ? 'that got another peer' : 'that changed to IPv6'} and back times its answers from what its newest socket has sent`, async t => {
		const peer = await openRawUdp(t);
		const other = await openRawUdp(t, isConnected ? '127.0.0.1' : '::1');
		const {room, client} = makeUdpClient(t, isConnected);
		client.send(peer.address, Buffer.from('never answered'));
		await peer.inbox.next();
		client.send(other.address, Buffer.from('elsewhere'));
		await other.inbox.next();
		room.now += 300;
		client.send(peer.address, Buffer.from('ping'));
		const {from} = await peer.inbox.next();
		await room.happenedTimes('datagram-sent', 3);
		room.now += 5;
		peer.send('PING', from);
		t.like(await room.happened('datagram-received'), {elapsed: 5});
	});
}

test('a UDP client that is to have a peer and cannot bind its source tries once for each datagram', async t => {
	const [peer, taken] = [await openRawUdp(t), await openRawUdp(t)];
	const {room, socket: client} = makeUdpClientOn(t, slow(), {source: () => taken.address, isConnected: true});
	client.send(peer.address, Buffer.from('ping'));
	t.like(await room.happened('send-failed'), {failure: {code: 'ECANCELED', syscall: 'bind'}});
	t.deepEqual(room.types, ['socket-failed', 'send-failed']);
	t.deepEqual(client.state, {type: 'unbound'});
});

test('datagrams that were discarded with a UDP client\'s old socket are not told as overtaken', async t => {
	const [peer, other] = [await openRawUdp(t), await openRawUdp(t)];
	const link = slow();
	const {room, socket: client} = makeUdpClientOn(t, link);
	client.send(peer.address, Buffer.from('discarded'));
	await client.close();
	client.reopen();
	link.change('to-server', quick);
	// So that what goes to the same address is a later write than the discarded one was.
	client.send(other.address, Buffer.from('first'));
	client.send(peer.address, Buffer.from('second'));
	t.is(await peer.nextText(), 'second');
	t.like(fates(room), [
		{discarded: 1, overtakenBy: undefined},
		{discarded: 0, overtakenBy: undefined},
		{discarded: 0, overtakenBy: undefined},
	]);
});

test('datagrams that were discarded with a UDP server\'s old socket are not told as overtaken', async t => {
	const peer = await openRawUdp(t);
	const room = new EventRoom();
	const link = slow();
	const server = makeUdpServer(t, room, link, true);
	const local = await freeAddress();
	await server.open(local);
	peer.send('discarded', local);
	await room.happened('datagram-sent');
	await server.close();
	await server.open(local);
	link.change('to-clients', quick);
	peer.send('first', local);
	t.is(await peer.nextText(), 'first');
	peer.send('second', local);
	t.is(await peer.nextText(), 'second');
	const overtakenBy = undefined;
	t.like(fates(room), [{discarded: 1, overtakenBy}, {discarded: 0, overtakenBy}, {discarded: 0, overtakenBy}]);
	t.deepEqual(server.track.received, {count: 2, bytes: 11});
	t.deepEqual([...server.peers.keys()], [2]);
});

test('what is typed at a UDP server is not taken for the answer to the last datagram, nor after it was opened again', async t => {
	const room = new EventRoom();
	const server = makeUdpServer(t, room, perfectLink(), false);
	const local = await freeAddress();
	await server.open(local);
	const client = new UdpClient({
		newTrack: () => room.log.track(2, room.index, 0),
		limits: defaultLimits,
		link: perfectLink(),
		awaitsAnswers: () => true,
		onChange: () => undefined,
	});
	t.teardown(async () => client.close());
	const read = async (times: number): Promise<number | undefined> => {
		const all = await room.until(() => {
			const received = room.all('datagram-received').filter(({pane}) => pane === 2);
			return received.length >= times && received;
		}, `${times} read by the client`);
		return all.at(-1)?.elapsed;
	};

	for (const [times, reopens] of [false, true].entries()) {
		if (reopens) {
			await server.close();
			await server.open(local);
		}

		const before = room.all('datagram-received').filter(({pane}) => pane === 1).length;
		client.send(local, Buffer.from('one'));
		await room.happenedTimes('datagram-sent', times * 3 + 1);
		room.now += 100;
		client.send(local, Buffer.from('two'));
		await room.until(
			() => room.all('datagram-received').filter(({pane}) => pane === 1).length === before + 2,
			'both read',
		);
		room.now += 5;
		const [number = 0] = server.peers.keys();
		server.send(number, Buffer.from('typed'));
		// Nothing tells which of the two messages it answers.
		t.is(await read(times + 1), unknownElapsed);
		await client.close();
		client.reopen();
	}
});

test('a TCP client times the first answer over its new connection from what it has sent over that', async t => {
	const peer = await openRawServer(t);
	const {room, client} = makeTcpClient(t);
	await client.connect(peer.address);
	await peer.accepted.next();
	client.send(Buffer.from('never answered'));
	await client.close();
	room.now += 300;
	await client.connect(peer.address);
	const raw = await peer.accepted.next();
	raw.write('unasked');
	const unasked = await room.happened('chunk-received');
	t.is(unasked.elapsed, undefined);
	client.send(Buffer.from('ping'));
	await raw.read(4);
	room.now += 5;
	raw.write('PING');
	const [, answer] = await room.happenedTimes('chunk-received', 2);
	t.is(answer?.elapsed, 5);
});

test('a TCP client that is told not to read, and to finish, does neither over its next connection', async t => {
	const peer = await openRawServer(t);
	const {room, client} = makeTcpClient(t);
	await client.connect(peer.address);
	await peer.accepted.next();
	client.setReading(false);
	client.halfClose();
	await client.close();
	t.false(client.isReadingStopped);
	await client.connect(peer.address);
	const raw = await peer.accepted.next();
	t.like(client.state, {isFinishing: false, hasSentFin: false, hasReceivedFin: false});
	raw.write('heard');
	t.is(await room.textOf('chunk-received'), 'heard');
	t.is(client.send(Buffer.from('x')), undefined);
	t.is(await raw.readLike('x'), 'x');
	t.deepEqual(
		room.types.filter(type => type === 'socket-closed' || type === 'connection-opened'),
		['connection-opened', 'socket-closed', 'connection-opened'],
	);
});

test('a TCP client that is closed in the turn in which it connects stays closed, and connects anew', async t => {
	const peer = await openRawServer(t);
	const {room, client} = makeTcpClient(t);
	const closed = room.until(() => {
		if (room.types.includes('connection-opened')) {
			void client.close();
			return true;
		}

		return false;
	}, 'connection-opened');
	await client.connect(peer.address);
	await closed;
	t.deepEqual(client.state, {type: 'closed', failure: undefined});
	t.deepEqual(client.send(Buffer.from('x')), {reason: 'not-open'});
	t.is(room.all('socket-closed').length, 1);
	const first = await peer.accepted.next();
	await first.fin;
	await client.connect(peer.address);
	const raw = await peer.accepted.next();
	client.send(Buffer.from('second'));
	t.is(await raw.readLike('second'), 'second');
	t.deepEqual(
		room.types.filter(type => type !== 'chunk-sent'),
		[
			'connect-started', 'connection-opened', 'fin-sent', 'socket-closed', 'connect-started', 'connection-opened',
		],
	);
});

test('a TCP client that is closed before it hears that it is connected never was', async t => {
	const peer = await openRawServer(t);
	const {room, client} = makeTcpClient(t);
	const connecting = client.connect(peer.address);
	await room.happened('connect-started');
	const closing = client.close();
	t.deepEqual(client.state, {type: 'closed', failure: undefined});
	await Promise.all([connecting, closing]);
	t.deepEqual(room.types, ['connect-started', 'socket-closed']);
	await client.connect(peer.address);
	t.is(client.state.type, 'connected');
});

test('a UDP client that is closed before it hears that it has a peer has none, and gets one anew', async t => {
	const peer = await openRawUdp(t);
	const {room, client} = makeUdpClient(t, true);
	const connecting = client.connect(peer.address);
	await room.happened('socket-bound');
	await Promise.all([client.close(), connecting]);
	t.deepEqual(client.state, {type: 'closed'});
	t.is(room.all('peer-set').length, 0);
	await client.connect(peer.address);
	t.like(client.state, {type: 'bound', peer: peer.address});
});

test('a connection of a TCP server that is closed at its first chunk reads no other, though Node has read ahead', async t => {
	const {room, connection, raw} = await openConnection(t, {
		onChunk(own) {
			own.close();
		},
	});
	connection.setReading(false);
	for (const text of ['one', 'two', 'three']) {
		const before = connection.readAhead;
		raw.write(text);
		while (connection.readAhead === before) {
			await setImmediate();
		}
	}

	connection.setReading(true);
	await connection.whenClosed;
	t.deepEqual(room.types.slice(-4), ['reading-resumed', 'chunk-received', 'fin-sent', 'socket-closed']);
});

test('data for a connection of a TCP server after its close is not recorded, and the next connection begins empty', async t => {
	const local = await freeAddress();
	const {room, server, connection, raw} = await openConnection(t, {at: local});
	connection.setReading(false);
	raw.write('unread');
	connection.close();
	t.is(connection.state, 'CLOSED');
	await connection.whenClosed;
	await server.close();
	t.is(room.types.at(-1), 'socket-closed');
	const count = room.log.next;
	await server.open(local);
	const next = await connectRaw(t, local);
	await room.happenedTimes('connection-accepted', 2);
	const [reopened] = server.peers.values();
	t.like(reopened, {
		number: 2,
		state: 'ESTABLISHED',
		isReadingStopped: false,
		isPaused: false,
		waiting: 0,
		received: {count: 0, bytes: 0},
		sent: {count: 0, bytes: 0},
	});
	next.write('hello');
	t.is(await room.textOf('chunk-received'), 'hello');
	t.deepEqual(room.types.slice(count), ['listening-started', 'connection-accepted', 'chunk-received']);
});
