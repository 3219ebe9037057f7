import {once} from 'node:events';
import test from 'ava';
import {inTime} from '../../helpers/in-time.ts';
import {KernelWatch, onKernel} from '../../helpers/kernel-watch.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {Program} from '../../helpers/program.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';

/** A program that binds a UDP socket with a small receive buffer and reads nothing: its process stands still. */
const bindAndStop = `
const socket = require('node:dgram').createSocket({type: 'udp4', recvBufferSize: 4096});
const [, host, port] = process.argv;
socket.bind(Number(port), host, () => {
	require('node:fs').writeSync(1, 'bound');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

test('a bound UDP socket is in CLOSE and has no peer; connect() gives it one and ESTABLISHED', async t => {
	const [server, client] = [await openRawUdp(t), await openRawUdp(t)];
	const kernel = new KernelWatch(t, 'udp', server.address.port, client.address.port);
	const bound = await kernel.socket(client.address.port, 0, () => true, 'the bound socket');
	t.deepEqual(bound, {
		protocol: 'udp',
		local: client.address,
		remote: {host: '0.0.0.0', port: 0},
		state: 'CLOSE',
		receiveQueue: 0,
		sendQueue: 0,
		drops: 0,
	});
	client.socket.connect(server.address.port, server.address.host);
	await inTime(once(client.socket, 'connect'), () => 'connect()');
	const connected = await kernel.socket(client.address.port, server.address.port, () => true, 'the connected socket');
	t.is(connected.state, 'ESTABLISHED');
	t.deepEqual(connected.remote, server.address);
	await client.close();
	t.true(await kernel.until(
		sockets => sockets.every(({local}) => local.port !== client.address.port),
		'the closed socket to go',
	));
	t.true(kernel.tables.snapshot?.some(({local}) => local.port === server.address.port));
});

test(
	'unread datagrams wait in the receive queue, and those that do not fit are dropped and counted',
	onKernel(async t => {
		const client = await openRawUdp(t);
		const to = await freeAddress();
		await new Program(t, process.execPath, ['-e', bindAndStop, to.host, String(to.port)]).prints('bound');
		const kernel = new KernelWatch(t, 'udp', to.port);
		await kernel.socket(to.port, 0, ({receiveQueue, drops}) => receiveQueue === 0 && drops === 0, 'an empty queue');
		client.send('x', to);
		const one = await kernel.socket(to.port, 0, ({receiveQueue}) => receiveQueue > 0, 'a datagram in the queue');
		// Queued bytes are counted with the memory that the kernel spends on them.
		t.true(one.receiveQueue > 1);
		client.send('x', to);
		const two = await kernel.socket(
			to.port,
			0,
			({receiveQueue}) => receiveQueue > one.receiveQueue,
			'two in the queue',
		);
		t.deepEqual([one.drops, two.drops], [0, 0]);

		const bytes = Buffer.alloc(1000);
		const flood = Array.from(
			{length: 100},
			async () =>
				new Promise(resolve => {
					client.socket.send(bytes, to.port, to.host, resolve);
				}),
		);
		await inTime(Promise.all(flood), () => '100 datagrams sent');
		// On loopback a datagram is in the queue, or dropped, when it has been sent; on a busy machine soon after.
		const {drops = 0} = await kernel.socket(to.port, 0, socket => (socket.drops ?? 0) > 50, 'more than 50 dropped');
		t.true(drops < 100, `${drops} dropped`);
		client.send(bytes, to);
		await kernel.socket(to.port, 0, socket => (socket.drops ?? 0) > drops, `more than ${drops} dropped`);
	}),
);
