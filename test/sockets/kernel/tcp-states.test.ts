import {networkInterfaces} from 'node:os';
import test from 'ava';
import {freeAddress} from '../../helpers/loopback.ts';
import {inTime} from '../../helpers/in-time.ts';
import {fillPeer, openKernelPair} from '../../helpers/kernel-pair.ts';
import {KernelWatch, onKernel} from '../../helpers/kernel-watch.ts';
import {isInstalled, Program} from '../../helpers/program.ts';
import {connectRaw, openRawServer} from '../../helpers/raw-tcp.ts';
import {skipped} from '../../helpers/skipped.ts';

const hasIpv6 = Object.values(networkInterfaces()).flat().some(address => address?.address === '::1');

/** A program that accepts no connection before data has come on it (TCP_DEFER_ACCEPT, tcp(7)). */
const deferAccept = `
import socket, sys, time
s = socket.socket()
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 30)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen()
print('listening', flush=True)
time.sleep(60)
`;

test('a server that listens is in LISTEN, with the address that it bound and no peer', async t => {
	const {address} = await openRawServer(t);
	const kernel = new KernelWatch(t, 'tcp', address.port);
	const socket = await kernel.socket(address.port, 0, () => true, 'the welcoming socket');
	t.deepEqual(socket, {
		protocol: 'tcp',
		local: address,
		remote: {host: '0.0.0.0', port: 0},
		state: 'LISTEN',
		receiveQueue: 0,
		sendQueue: 0,
	});
});

test('both ends of a connection are ESTABLISHED, with each other\'s addresses', async t => {
	const {near, far, kernel} = await openKernelPair(t);
	const queues = {receiveQueue: 0, sendQueue: 0};
	t.deepEqual(await kernel.end(near, far, 'ESTABLISHED'), {
		protocol: 'tcp', local: near, remote: far, state: 'ESTABLISHED', ...queues,
	});
	t.deepEqual(await kernel.end(far, near, 'ESTABLISHED'), {
		protocol: 'tcp', local: far, remote: near, state: 'ESTABLISHED', ...queues,
	});
});

test('connections of IPv6 have their addresses as Node writes them', onKernel(async t => {
	if (!hasIpv6) {
		skipped(t, 'this machine has no ::1');
		return;
	}

	const {client, near, far, kernel} = await openKernelPair(t, {host: '::1'});
	const {local, remote} = await kernel.end(near, far, 'ESTABLISHED');
	t.deepEqual([local, remote], [client.local, {host: '::1', port: far.port}]);
	t.is(local.host, '::1');
}));

test('an IPv4 client of a server on :: has IPv4 addresses at both ends', onKernel(async t => {
	if (!hasIpv6) {
		skipped(t, 'this machine has no ::1');
		return;
	}

	const server = await openRawServer(t, '::');
	const address = {host: '127.0.0.1', port: server.address.port};
	const client = await connectRaw(t, address);
	const kernel = new KernelWatch(t, 'tcp', address.port);
	const welcoming = await kernel.socket(address.port, 0, ({state}) => state === 'LISTEN', 'LISTEN');
	t.is(welcoming.local.host, '::');
	for (const [local, remote] of [[address, client.local], [client.local, address]] as const) {
		const end = await kernel.end(local, remote, 'ESTABLISHED');
		t.deepEqual([end.local, end.remote], [local, remote]);
	}
}));

test('a half-close leaves FIN_WAIT2 and CLOSE_WAIT, and after the other one TIME_WAIT at the end that began', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t);
	client.socket.end();
	await kernel.end(near, far, 'FIN_WAIT2');
	await kernel.end(far, near, 'CLOSE_WAIT');
	accepted.socket.end();
	const socket = await kernel.end(near, far, 'TIME_WAIT');
	t.deepEqual([socket.receiveQueue, socket.sendQueue], [0, 0]);
	t.true(await kernel.until(
		sockets => !sockets.some(({local, remote}) => local.port === far.port && remote.port === near.port),
		'the other end to go',
	));
});

test('a FIN behind bytes that the peer does not take leaves FIN_WAIT1', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t, {isServerPaused: true});
	await fillPeer(client, near, far, kernel);
	client.socket.end();
	await kernel.end(near, far, 'FIN_WAIT1', ({sendQueue}) => sendQueue > 0);
	accepted.socket.resume();
	await kernel.end(near, far, 'FIN_WAIT2');
});

test('an answering FIN behind bytes that the peer does not take leaves LAST_ACK', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t, {isServerPaused: true});
	accepted.socket.end();
	await inTime(client.fin, () => 'a FIN');
	await fillPeer(client, near, far, kernel);
	client.socket.end();
	await kernel.end(near, far, 'LAST_ACK', ({sendQueue}) => sendQueue > 0);
});

test('FINs that cross leave CLOSING at the end whose own is not acknowledged yet', async t => {
	const {client, accepted, near, far, kernel} = await openKernelPair(t, {isServerPaused: true, isClientPaused: true});
	await Promise.all([fillPeer(client, near, far, kernel), fillPeer(accepted, far, near, kernel)]);
	client.socket.end();
	accepted.socket.end();
	await kernel.end(near, far, 'FIN_WAIT1');
	await kernel.end(far, near, 'FIN_WAIT1');
	client.socket.resume();
	await kernel.end(near, far, 'CLOSING', ({sendQueue}) => sendQueue > 0);
	await kernel.end(far, near, 'FIN_WAIT2');
});

test('a connection that the server is still making is in SYN_RECV', onKernel(async t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const address = await freeAddress();
	await new Program(t, 'python3', ['-c', deferAccept, address.host, String(address.port)]).prints('listening');
	const client = await connectRaw(t, address);
	const kernel = new KernelWatch(t, 'tcp', address.port);
	await kernel.end(address, client.local, 'SYN_RECV');
	client.write('x');
	await kernel.end(address, client.local, 'ESTABLISHED', ({receiveQueue}) => receiveQueue === 1);
}));
