import {setImmediate as turn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {inTime} from '../../helpers/in-time.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';
import {perfectLink} from '../../helpers/event-room.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {skipped} from '../../helpers/skipped.ts';
import {PaneIndex} from '../../../source/log/storage/pane-index.ts';
import {defaultLimits} from '../../../source/sockets/limits.ts';
import {TcpClient} from '../../../source/sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../../source/sockets/tcp/tcp-connection.ts';
import {openConnection, openTcpServer} from '../../helpers/sockets.ts';

const block = new Uint8Array(64 * 1024).fill(0x61);

/** Write replies until the system accepts no further data and the peer is paused. Returns how many bytes that were. */
function writeUntilPaused(connection: TcpConnection): number {
	let written = 0;
	while (!connection.isPaused && written < 256 * 1024 * 1024) {
		connection.write(block, true);
		written += block.length;
	}

	return written;
}

test('goes through the states of a connection that the client ends', async t => {
	const {room, connection, raw} = await openConnection(t);
	t.is(connection.state, 'ESTABLISHED');
	raw.socket.end();
	const {peer} = await room.happened('fin-received');
	t.deepEqual(peer, connection.peer);
	t.is(connection.state, 'CLOSE_WAIT');

	t.is(connection.write(Buffer.from('late answer'), true), undefined);
	t.is(await raw.readLike('late answer'), 'late answer');
	connection.halfClose();
	t.is(connection.state, 'CLOSE_WAIT');
	await room.happened('fin-sent');
	t.is(connection.state, 'LAST_ACK');
	await room.happened('socket-closed', ({socket}) => socket === 1);
	t.is(connection.state, 'CLOSED');
	await raw.fin;
	t.deepEqual(room.types.slice(2), ['fin-received', 'chunk-sent', 'fin-sent', 'socket-closed']);
});

test('goes through the states of a connection that the server half-closes, and still receives', async t => {
	const states: string[] = [];
	const {room, connection, raw} = await openConnection(t, {
		onFinished({state}) {
			states.push(state);
		},
	});
	connection.halfClose();
	t.is(connection.state, 'ESTABLISHED');
	await raw.fin;
	await room.happened('fin-sent');
	t.is(connection.state, 'FIN_WAIT');
	t.deepEqual(connection.write(Buffer.from('no'), true), {reason: 'sending-finished'});

	raw.write('after your FIN');
	const {bytes} = await room.happened('chunk-received');
	t.is(Buffer.from(bytes).toString(), 'after your FIN');
	raw.socket.end();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	t.deepEqual(states, ['TIME_WAIT'], 'LAST_ACK is the passive side\'s');
	t.is(connection.state, 'CLOSED');
	t.deepEqual(connection.write(Buffer.from('no'), true), {reason: 'peer-gone'});
	t.is(room.all('fin-sent').length, 1);
});

test('sends its FIN once, however often it is half-closed', async t => {
	const {room, connection, raw} = await openConnection(t);
	connection.halfClose();
	connection.halfClose();
	await raw.fin;
	await room.happened('fin-sent');
	raw.socket.end();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	connection.halfClose();
	t.is(room.all('fin-sent').length, 1);
});

test('keeps one row for one read', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.write('one');
	await room.happenedTimes('chunk-received', 1);
	raw.write('two');
	const chunks = await room.happenedTimes('chunk-received', 2);
	t.deepEqual(chunks.map(({bytes}) => Buffer.from(bytes).toString()), ['one', 'two']);
	t.is(connection.received.count, 2);
});

test('keeps one row for one write', async t => {
	const {room, connection, raw} = await openConnection(t);
	connection.write(Buffer.from('one'), true);
	connection.write(Buffer.from('two'), false);
	t.is(await raw.readLike('onetwo'), 'onetwo');
	t.deepEqual(room.all('chunk-sent').map(({bytes}) => Buffer.from(bytes).toString()), ['one', 'two']);
	t.is(connection.sent.count, 2);
});

test('pauses a peer that does not read, and resumes it when it has read', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	const written = writeUntilPaused(connection);
	const {waiting} = await room.happened('backpressure-started');
	t.true(waiting > 1024 * 1024);
	t.true(waiting <= (1024 * 1024) + block.length, 'at most the limit and one write are queued');
	t.is(connection.waiting, waiting);

	raw.write('unheard');
	t.deepEqual(connection.write(Buffer.from('typed'), false), {reason: 'too-much-waiting', waiting});
	t.like(room.all('send-refused')[0], {length: 5, waiting, peer: connection.peer});
	t.is(connection.sent.count, written / block.length);

	raw.socket.resume();
	await room.happened('backpressure-ended');
	t.false(connection.isPaused);
	t.is(connection.waiting, 0);
	const {sequence} = await room.happened('chunk-received');
	t.true(sequence > room.all('backpressure-ended')[0]!.sequence, 'nothing is read from a peer that is paused');
	await raw.read(written);
	t.is(connection.write(Buffer.from('typed'), false), undefined);
	t.is(await raw.readLike('typed'), 'typed');
	t.is(raw.received.length, written + 5);
});

test('serves the others while one peer does not read', async t => {
	const {room, server, address} = await openTcpServer(t);
	const stuck = await connectRaw(t, address);
	await room.happened('connection-accepted', ({socket}) => socket === 1);
	const other = await connectRaw(t, address);
	await room.happened('connection-accepted', ({socket}) => socket === 2);
	stuck.socket.pause();
	writeUntilPaused(server.peers.get(1)!);
	server.send(2, Buffer.from('quick'));
	t.is(await other.readLike('quick'), 'quick');
	other.write('me too');
	await room.happened('chunk-received', ({socket}) => socket === 2);
	t.true(server.peers.get(1)?.isPaused);
	t.false(server.peers.get(2)?.isPaused);
});

test('resumes a peer also when the limit is smaller than what the system takes in one write', async t => {
	const {room, connection, raw} = await openConnection(t, {limits: {waitingBytes: 1000}});
	raw.socket.pause();
	const small = new Uint8Array(2000);
	let written = 0;
	while (!connection.isPaused && written < 256 * 1024 * 1024) {
		connection.write(small, true);
		written += small.length;
	}

	raw.socket.resume();
	await raw.read(written);
	t.is(connection.waiting, 0);
	t.false(connection.isPaused);
	t.is(room.all('backpressure-ended').length, 1);
});

test('says how many bytes it dropped when it is closed with some waiting', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	writeUntilPaused(connection);
	const {waiting} = connection;
	connection.close();
	const {discarded} = await room.happened('socket-closed');
	t.is(discarded, waiting);
});

test('says how many bytes it dropped once, also when it is closed twice', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	writeUntilPaused(connection);
	const {waiting} = connection;
	connection.close();
	connection.close();
	await Promise.resolve();
	connection.close();
	const {discarded} = await room.happened('socket-closed');
	t.is(discarded, waiting);
	connection.close();
	t.is(room.all('socket-closed').length, 1);
});

test('says how many bytes were never sent when the peer resets', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	writeUntilPaused(connection);
	const {waiting} = connection;
	raw.socket.resetAndDestroy();
	const {failure} = await room.happened('reset-received');
	t.is(failure.code, 'ECONNRESET');
	const {discarded} = await room.happened('socket-closed');
	// Until the reset comes, the system may take some of it.
	t.true(discarded > 0 && discarded <= waiting, `${discarded} of ${waiting}`);
	t.is(connection.waiting, 0);
	t.is(room.all('fin-sent').length, 0);
});

test('a RST that is there with the last bytes is a RST, and no end of the stream', async t => {
	const {room, raw} = await openConnection(t);
	raw.socket.write('last');
	raw.socket.resetAndDestroy();
	await room.happened('socket-closed');
	t.deepEqual(room.types.slice(-3), ['chunk-received', 'reset-received', 'socket-closed']);
});

test('drops nothing when a reset finds nothing waiting', async t => {
	const {room, raw} = await openConnection(t);
	raw.socket.resetAndDestroy();
	const {discarded} = await room.happened('socket-closed');
	t.is(discarded, 0);
});

for (const end of ['halfClose', 'closeGracefully'] as const) {
	test(`a reset while the FIN is being sent sends RST after it, and closes the socket: ${end}`, async t => {
		const {room, connection, raw} = await openConnection(t);
		connection[end]();
		connection.reset();
		connection.reset();
		t.is(connection.state, 'ESTABLISHED');
		await room.happened('socket-closed');
		await raw.fin;
		t.is(await raw.failureOfWrite(), 'EPIPE');
		await inTime(connection.whenClosed, () => 'the end of the socket');
		t.deepEqual(room.types.slice(-3), ['fin-sent', 'reset-sent', 'socket-closed']);
	});

	test(`a reset before the FIN, while bytes wait, sends RST instead of both: ${end}`, async t => {
		const {room, connection, raw} = await openConnection(t);
		raw.socket.pause();
		writeUntilPaused(connection);
		connection[end]();
		const {waiting} = connection;
		connection.reset();
		raw.socket.resume();
		t.is(await raw.closed, 'ECONNRESET');
		await inTime(connection.whenClosed, () => 'the end of the socket');
		t.is(room.all('fin-sent').length, 0);
		t.is(room.all('reset-sent').length, 1);
		t.is(room.all('socket-closed')[0]?.discarded, waiting);
	});

	test(`there is no RST after the FINs of both ends, and no event says so: ${end}`, async t => {
		const {room, connection, raw} = await openConnection(t);
		raw.socket.end();
		await room.happened('fin-received');
		connection[end]();
		connection.reset();
		await room.happened('socket-closed');
		t.is(await raw.closed, undefined);
		await inTime(connection.whenClosed, () => 'the end of the socket');
		t.is(room.all('fin-sent').length, 1);
		t.is(room.all('reset-sent').length, 0);
	});
}

test('a reset after the FIN sends RST', async t => {
	const {room, connection, raw} = await openConnection(t);
	connection.halfClose();
	await room.happened('fin-sent');
	await raw.fin;
	connection.reset();
	t.is(await raw.failureOfWrite(), 'EPIPE');
	t.is(room.all('reset-sent').length, 1);
});

test('a reset by the end that reads the second FIN is too late for a RST', async t => {
	const {room, connection, raw} = await openConnection(t, {
		onFinished(one) {
			one.reset();
		},
	});
	connection.halfClose();
	await raw.fin;
	raw.socket.end();
	await room.happened('socket-closed');
	t.is(await raw.closed, undefined);
	t.is(room.all('reset-sent').length, 0);
});

test('sends all that is waiting before it closes gracefully', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	const written = writeUntilPaused(connection);
	connection.closeGracefully();
	connection.closeGracefully();
	t.is(connection.state, 'ESTABLISHED');
	raw.socket.resume();
	await raw.read(written);
	t.is(raw.received.length, written);
	await raw.fin;
	const {discarded} = await room.happened('socket-closed');
	t.is(discarded, 0);
	t.is(room.all('fin-sent').length, 1);
});

test('all who wait for room are told when the connection is over, too', async t => {
	for (const end of ['close', 'reset'] as const) {
		const {connection, raw} = await openConnection(t);
		raw.socket.pause();
		writeUntilPaused(connection);
		const drained = Promise.all([connection.whenDrained(), connection.whenDrained()]);
		connection[end]();
		await inTime(drained, () => `the end of waiting, by ${end}`);
		await connection.whenDrained();
		t.is(connection.state, 'CLOSED');
	}
});

test('what Node has read ahead is not unread: a close with it sends a FIN', async t => {
	const {room, server, address} = await openTcpServer(t);
	const client = new TcpClient({...room.socketOptions, awaitsAnswers: () => false});
	t.teardown(async () => client.close());
	await client.connect(address);
	await room.happened('connection-accepted');
	const [connection] = server.peers.values();
	connection!.setReading(false);
	client.send(Buffer.from('read ahead'));
	while (connection!.readAhead < 10) {
		await turn(); // What Node reads ahead is no event.
	}

	connection!.close();
	await room.happened('fin-received');
	t.deepEqual(room.all('socket-closed').map(({hasUnread}) => hasUnread), [undefined]);
	t.deepEqual(room.all('reset-received'), []);
});

test('frames count from the beginning of the stream, also where they are looked for later', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.write('abc');
	await room.happened('chunk-received');
	connection.setFraming('line');
	raw.write('a line\n');
	const {frame} = await room.happened('message-received');
	t.deepEqual(frame, {offset: 3, length: 7});
});

test('what ends a connection is the last message of its chunk', async t => {
	const {room, server, address} = await openTcpServer(t, {framing: () => 'line', onClosed: () => undefined});
	room.log.watch(() => {
		if (room.types.at(-1) === 'message-received') {
			server.peers.get(1)?.close();
		}
	});
	const raw = await connectRaw(t, address);
	raw.write('last\nnever\n');
	await room.happened('socket-closed');
	t.deepEqual(room.all('message-received').map(({bytes}) => Buffer.from(bytes).toString()), ['last']);
});

test('calls back once with each chunk, the FIN and the end', async t => {
	const calls: string[] = [];
	const {room, raw} = await openConnection(t, {
		onChunk({number}, bytes) {
			calls.push(`chunk ${number} ${Buffer.from(bytes).toString()}`);
		},
		onFinished(connection) {
			calls.push(`finished ${connection.number}`);
			connection.closeGracefully();
		},
		onClosed({number, state}) {
			calls.push(`closed ${number} ${state}`);
		},
	});
	raw.socket.end('bye');
	await room.happened('socket-closed');
	t.deepEqual(calls, ['chunk 1 bye', 'finished 1', 'closed 1 CLOSED']);
});

test('reads again when a paused peer has taken the queued bytes, also after a half-close', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.pause();
	const written = writeUntilPaused(connection);
	connection.halfClose();
	raw.socket.resume();
	await raw.read(written);
	await room.happened('fin-sent');
	t.false(connection.isPaused);
	raw.write('still heard');
	const {bytes} = await room.happened('chunk-received');
	t.is(Buffer.from(bytes).toString(), 'still heard');
});

test('writes nothing, and records nothing as sent, between being closed and its end', async t => {
	const {room, connection} = await openConnection(t);
	connection.close();
	t.deepEqual(connection.write(Buffer.from('ghost'), false), {reason: 'peer-gone'});
	await room.happened('socket-closed');
	t.is(room.all('chunk-sent').length, 0);
});

test('a connection that is over is kept by nothing, though the log has its events', async t => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const {room, server, address} = await openTcpServer(t);
	const client = new TcpClient({
		newTrack: () => room.log.track(2, new PaneIndex(), 0),
		limits: defaultLimits,
		link: perfectLink(),
		awaitsAnswers: () => true,
		onChange: () => undefined,
	});
	const talk = async (): Promise<WeakRef<TcpConnection>> => {
		await client.connect(address);
		await room.happened('connection-accepted');
		const [connection] = server.peers.values();
		client.send(Buffer.from('hello'));
		await room.happened('chunk-received');
		connection!.closeGracefully();
		return new WeakRef(connection!);
	};

	const over = await talk();
	await room.happened('fin-received');
	await client.close();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	// Node lets go of a closed socket some turns later.
	for (let turns = 0; over.deref() && turns < 50; turns++) {
		await turn();
		collectGarbage();
	}

	t.is(over.deref(), undefined);
	t.is(room.all('chunk-sent').length, 1);
});

test('a FIN behind a RST that came behind the peer\'s FIN is none, either', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.end();
	await room.happened('fin-received');
	raw.socket.destroy();
	await raw.closed;
	// Its peer has closed its socket: the kernel answers this with a RST.
	connection.write(Buffer.from('too late'), true);
	connection.halfClose();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	t.deepEqual(room.types.slice(2), ['fin-received', 'chunk-sent', 'socket-failed', 'socket-closed']);
	t.like(await room.happened('socket-failed'), {failure: {code: 'ENOTCONN', syscall: 'shutdown'}});
});

test('a FIN behind a RST that no read has told of is none: shutdown() fails with ENOTCONN', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'there are no tables of sockets');
		return;
	}

	const {room, connection, raw} = await openConnection(t);
	connection.setReading(false);
	raw.socket.resetAndDestroy();
	await raw.closed;
	connection.halfClose();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	t.deepEqual(room.types.slice(2), ['reading-stopped', 'socket-failed', 'socket-closed']);
	t.like(await room.happened('socket-failed'), {failure: {code: 'ENOTCONN', syscall: 'shutdown'}});
});

test('a write that fails at once is told once, and the failure of its socket with it', async t => {
	const {room, connection, raw} = await openConnection(t);
	raw.socket.destroy();
	await room.happened('fin-received');
	// The first is taken, and answered with a RST.
	for (let writes = 0; writes < 1000 && connection.state !== 'CLOSED'; writes++) {
		connection.write(Buffer.from('late'), true);
		await turn();
	}

	const {failure} = await room.happened('send-failed');
	t.is(connection.failure?.code, failure.code);
	t.is(room.all('send-failed').length, 1);
	t.is(room.all('socket-failed').length, 0);
});
