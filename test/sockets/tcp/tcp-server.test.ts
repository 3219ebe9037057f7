import {execFileSync} from 'node:child_process';
import test from 'ava';
import {freeAddress, refusalOf} from '../../helpers/loopback.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';
import {skipped} from '../../helpers/skipped.ts';
import {makeTcpServer, openTcpServer} from '../../helpers/sockets.ts';

for (const host of ['127.0.0.1', '::1']) {
	test(`gives each client a connection socket of its own, with the welcoming socket's port, on ${host}`, async t => {
		const {room, server, address} = await openTcpServer(t, {host});
		const clients = [await connectRaw(t, address), await connectRaw(t, address), await connectRaw(t, address)];
		const accepted = await room.happenedTimes('connection-accepted', 3);

		t.deepEqual(server.state, {type: 'open', local: address});
		t.true(address.port > 0);
		t.deepEqual(accepted.map(({socket}) => socket), [1, 2, 3]);
		t.deepEqual(accepted.map(({local}) => local), [address, address, address]);
		t.deepEqual(accepted.map(({peer}) => peer), clients.map(client => client.local));
		t.deepEqual([...server.peers.keys()], [1, 2, 3]);
		t.is(server.peersEver, 3);
	});
}

test('reads from every client at the same time and writes to each without an address', async t => {
	const {room, server, address} = await openTcpServer(t);
	const first = await connectRaw(t, address);
	await room.happened('connection-accepted', ({socket}) => socket === 1);
	const second = await connectRaw(t, address);
	await room.happened('connection-accepted', ({socket}) => socket === 2);

	second.write('from two');
	const chunk = await room.happened('chunk-received');
	t.is(chunk.socket, 2);
	t.deepEqual(chunk.peer, second.local);
	t.is(Buffer.from(chunk.bytes).toString(), 'from two');

	t.is(server.send(1, Buffer.from('to one')), undefined);
	t.is(server.send(2, Buffer.from('to two')), undefined);
	t.is(await first.readLike('to one'), 'to one');
	t.is(await second.readLike('to two'), 'to two');
	t.deepEqual(room.all('chunk-sent').map(({socket, peer, length}) => ({socket, peer, length})), [
		{socket: 1, peer: first.local, length: 6},
		{socket: 2, peer: second.local, length: 6},
	]);
	t.is(server.peers.get(2)?.received.count, 1);
	t.is(server.peers.get(1)?.received.count, 0);
	t.deepEqual(room.index.received, {count: 1, bytes: 8});
	t.deepEqual(room.index.sent, {count: 2, bytes: 12});
});

test('a connection that its client has reset before accept() is closed, and said to be one', async t => {
	if (process.platform !== 'linux') {
		skipped(t, 'accept() gives out such a connection on Linux');
		return;
	}

	const {room, server, address: {host, port}} = await openTcpServer(t);
	// Nothing is accepted while this process waits for that one.
	const resetAtOnce = `const s = require('net').connect(${port}, '${host}', () => s.resetAndDestroy())`;
	execFileSync(process.execPath, ['-e', resetAtOnce]);
	const {failure} = await room.happened('socket-failed');
	t.deepEqual([failure.code, failure.syscall], ['ENOTCONN', 'getpeername']);
	t.is(server.peers.size, 0);
});

test('hands over every byte value unchanged', async t => {
	const bytes = Uint8Array.from({length: 256}, (_, index) => index);
	const {room, server, address} = await openTcpServer(t);
	const raw = await connectRaw(t, address);
	raw.write(bytes);
	await room.until(() => room.index.received.bytes === 256, '256 bytes');
	t.deepEqual(Buffer.concat(room.all('chunk-received').map(chunk => chunk.bytes)), Buffer.from(bytes));

	server.send(1, bytes);
	t.deepEqual(Buffer.from(await raw.read(256)), Buffer.from(bytes));
});

test('refuses to write to a connection that it does not have', async t => {
	const {server} = await openTcpServer(t);
	t.deepEqual(server.send(1, Buffer.from('x')), {reason: 'peer-gone'});
});

test('records a port that is taken as the failure it is, and opens once it is free', async t => {
	const taken = await openRawServer(t, await freeAddress());
	const {room, server} = makeTcpServer(t);
	await server.open(taken.address);
	const {local, failure} = await room.happened('listen-failed');
	t.deepEqual(local, taken.address);
	t.like(failure, {code: 'EADDRINUSE', syscall: 'listen'});
	t.deepEqual(server.state, {type: 'failed', wanted: taken.address, failure});

	const {promise, resolve} = Promise.withResolvers<void>();
	taken.server.close(() => {
		resolve();
	});
	await promise;
	await server.open(taken.address);
	t.is(server.state.type, 'open');
});

test('records an address that is not this machine\'s as EADDRNOTAVAIL', async t => {
	const {room, server} = makeTcpServer(t);
	await server.open({host: '192.0.2.1', port: 0});
	t.is(await room.codeOf('listen-failed'), 'EADDRNOTAVAIL');
	t.is(server.state.type, 'failed');
});

test('records a port that needs a permission as EACCES', async t => {
	if (process.getuid?.() === 0) {
		skipped(t, 'root may bind every port');
		return;
	}

	const {room, server} = makeTcpServer(t);
	await server.open({host: '127.0.0.1', port: 1});
	t.is(await room.codeOf('listen-failed'), 'EACCES');
});

test('records an unknown host name', async t => {
	const {room, server} = makeTcpServer(t);
	await server.open({host: 'no-such-host.invalid', port: 0});
	const {failure} = await room.happened('listen-failed');
	t.regex(failure.code, /^(ENOTFOUND|EAI_AGAIN)$/);
	t.is(failure.syscall, 'getaddrinfo');
});

test('is opened once, however often it is told to open', async t => {
	const {room, server, address} = await openTcpServer(t);
	await server.open({host: '127.0.0.1', port: 0});
	t.deepEqual(server.state, {type: 'open', local: address});
	t.deepEqual(room.types, ['listening-started']);
});

test('turns away a client over the limit with an event that names it, and accepts again when one has left', async t => {
	const {room, server, address} = await openTcpServer(t, {limits: {connections: 2}});
	const first = await connectRaw(t, address);
	const second = await connectRaw(t, address);
	await room.happenedTimes('connection-accepted', 2);

	const third = await connectRaw(t, address);
	const {local} = third;
	const rejected = await room.happened('connection-rejected');
	t.deepEqual(rejected.peer, local);
	t.is(rejected.limit, 2);
	t.is(rejected.socket, 0);
	await third.fin;
	t.is(server.peers.size, 2);

	first.socket.destroy();
	await room.happened('fin-received');
	server.peers.get(1)?.close();
	await room.happened('socket-closed', ({socket}) => socket === 1);
	const fourth = await connectRaw(t, address);
	const accepted = await room.happened('connection-accepted', ({socket}) => socket === 3);
	t.deepEqual(accepted.peer, fourth.local);
	server.send(2, Buffer.from('still here'));
	t.is(await second.readLike('still here'), 'still here');
});

test('goes on with the others when one client resets its connection', async t => {
	const {room, server, address} = await openTcpServer(t);
	const first = await connectRaw(t, address);
	const second = await connectRaw(t, address);
	await room.happenedTimes('connection-accepted', 2);
	const {local} = first;
	first.socket.resetAndDestroy();

	const reset = await room.happened('reset-received');
	t.deepEqual(reset.peer, local);
	t.is(reset.failure.code, 'ECONNRESET');
	await room.happened('socket-closed', ({socket}) => socket === reset.socket);
	t.is(server.peers.size, 1);
	const [other = 0] = server.peers.keys();
	t.not(other, reset.socket);
	server.send(other, Buffer.from('alive'));
	t.is(await second.readLike('alive'), 'alive');
});

test('closes the welcoming socket first, then every connection socket, and records each', async t => {
	const {room, server, address} = await openTcpServer(t, {at: await freeAddress()});
	const clients = [await connectRaw(t, address), await connectRaw(t, address), await connectRaw(t, address)];
	await room.happenedTimes('connection-accepted', 3);
	await server.close();

	const [first, ...others] = await room.happenedTimes('socket-closed', 4);
	const closed = [first!, ...others.toSorted((a, b) => a.socket - b.socket)];
	t.deepEqual(closed.map(({socket}) => socket), [0, 1, 2, 3]);
	t.deepEqual(closed[0]?.local, address);
	t.deepEqual(
		closed.slice(1).map(({peer, local, discarded}) => ({peer, local, discarded})),
		clients.map(({local}) => ({peer: local, local: address, discarded: 0})),
	);
	t.deepEqual(server.state, {type: 'closed'});
	t.is(server.peers.size, 0);
	await Promise.all(clients.map(async client => client.fin));
	t.is(await refusalOf(address), 'ECONNREFUSED');
});

test('has recorded every socket as closed by the time close() settles', async t => {
	const {room, server, address} = await openTcpServer(t);
	await connectRaw(t, address);
	await room.happened('connection-accepted');
	await server.close();
	t.deepEqual(room.all('socket-closed').map(({socket}) => socket), [0, 1]);
	t.is(server.peers.size, 0);
});

test('may be closed twice, at the same time and again', async t => {
	const {room, server, address} = await openTcpServer(t);
	await connectRaw(t, address);
	await room.happened('connection-accepted');
	await Promise.all([server.close(), server.close()]);
	await room.happened('socket-closed', ({socket}) => socket === 1);
	await server.close();
	t.is(room.all('socket-closed').length, 2);
});

test('opens again on the same port after it was closed', async t => {
	const {room, server, address} = await openTcpServer(t, {at: await freeAddress()});
	await connectRaw(t, address);
	await room.happened('connection-accepted');
	await server.close();
	await server.open(address);
	t.deepEqual(server.state, {type: 'open', local: address});
	await connectRaw(t, address);
	const again = await room.happened('connection-accepted', ({socket}) => socket === 2);
	t.is(again.socket, 2);
});

test('is closed after close(), also when it was still opening', async t => {
	const {server} = makeTcpServer(t);
	const address = await freeAddress();
	const opening = server.open(address);
	t.is(server.state.type, 'opening');
	await server.close();
	await opening;
	t.is(await refusalOf(address), 'ECONNREFUSED');
	t.deepEqual(server.state, {type: 'closed'});
});
