import {once} from 'node:events';
import {connect} from 'node:net';
import test from 'ava';
import {inTime} from '../../helpers/in-time.ts';
import {fillPeer, openKernelPair} from '../../helpers/kernel-pair.ts';
import {KernelWatch, onKernel} from '../../helpers/kernel-watch.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {Program} from '../../helpers/program.ts';

/** A program that listens and accepts nothing: its process stands still. */
const listenAndStop = `
const server = require('node:net').createServer();
const [, host, port] = process.argv;
server.listen({port: Number(port), host, backlog: 1}, () => {
	require('node:fs').writeSync(1, 'listening');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

test('unread bytes wait in the receive queue, and leave it when they are read', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t, {isServerPaused: true});
	client.write('x'.repeat(1000));
	await kernel.end(far, near, 'ESTABLISHED', ({receiveQueue}) => receiveQueue === 1000);
	client.write('x'.repeat(500));
	await kernel.end(far, near, 'ESTABLISHED', ({receiveQueue}) => receiveQueue === 1500);
	accepted.socket.resume();
	await kernel.end(far, near, 'ESTABLISHED', ({receiveQueue}) => receiveQueue === 0);
});

test('bytes for which a peer that does not read has no room wait in the send queue', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t, {isServerPaused: true});
	await fillPeer(client, near, far, kernel);
	const {sendQueue: before} = await kernel.end(near, far, 'ESTABLISHED');
	client.write(Buffer.alloc(32_768));
	await kernel.end(near, far, 'ESTABLISHED', ({sendQueue}) => sendQueue > before);
	await kernel.end(far, near, 'ESTABLISHED', ({receiveQueue}) => receiveQueue > 0);
	accepted.socket.resume();
	await kernel.end(near, far, 'ESTABLISHED', ({sendQueue}) => sendQueue === 0);
	await kernel.end(far, near, 'ESTABLISHED', ({receiveQueue}) => receiveQueue === 0);
});

test('a FIN that has not been read counts as a byte in the receive queue', async t => {
	const {client, near, far, kernel} = await openKernelPair(t, {isServerPaused: true});
	client.socket.end('four');
	await kernel.end(far, near, 'CLOSE_WAIT', ({receiveQueue}) => receiveQueue === 5);
});

test(
	'connections that wait for accept() count in the receive queue of the welcoming socket, and those that find no room there stay in SYN_SENT',
	onKernel(async t => {
		const address = await freeAddress();
		const {host, port} = address;
		await new Program(t, process.execPath, ['-e', listenAndStop, host, String(port)]).prints('listening');
		const kernel = new KernelWatch(t, 'tcp', port);
		const waiting: number[] = [];
		await kernel.socket(
			port,
			0,
			({state, receiveQueue}) => state === 'LISTEN' && receiveQueue === 0,
			'an empty backlog',
		);
		// Linux has room for one more than the backlog (listen(2)).
		for (const room of [1, 2]) {
			const socket = connect(port, host);
			t.teardown(() => {
				socket.destroy();
			});
			await inTime(once(socket, 'connect'), () => 'a connection');
			waiting.push(socket.localPort!);
			const near = {host: socket.localAddress!, port: socket.localPort!};
			await kernel.end(address, near, 'ESTABLISHED');
			await kernel.socket(port, 0, ({receiveQueue}) => receiveQueue === room, `${room} waiting`);
		}

		const late = connect(port, host);
		t.teardown(() => {
			late.destroy();
		});
		const socket = await kernel.until(sockets => sockets.find(({state}) => state === 'SYN_SENT'), 'SYN_SENT');
		t.is(socket.remote.port, port);
		t.false(waiting.includes(socket.local.port));
		t.is(socket.sendQueue, 1);
	}),
);
