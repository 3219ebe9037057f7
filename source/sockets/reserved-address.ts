import {createSocket, type Socket as UdpSocket} from 'node:dgram';
import {once} from 'node:events';
import {
	connect, createServer, type Server, type Socket,
} from 'node:net';
import {Worker} from 'node:worker_threads';
import type {Address} from '../log/event.ts';
import {versionOf} from '../text/address.ts';
import {closeServer} from './tcp/tcp-server.ts';
import {bindUdpSocket, closeUdpSocket, openUdpSocket} from './udp/udp-socket.ts';

/**
The sockets that keep an address: a connection from its port to another one; a UDP socket that is connected to itself; a
listening socket, and how many connections fill its queue where it never accepts.
*/
export type Holders
	= | {readonly type: 'connection'; readonly port: number; readonly other: number}
		| {readonly type: 'itself' | 'listener'; readonly port: number}
		| {readonly type: 'full-queue'; readonly port: number; readonly connections: number};

/** A loopback address that the playground's sockets keep in one state until it is released. */
export type ReservedAddress = {
	readonly address: Address;
	/** The sockets that do this, which every tool shows. */
	readonly holders?: Holders;
	/** Close those sockets. May be called twice. */
	readonly release: () => Promise<void>;
};

const host = '127.0.0.1';

/** How many connections may wait for accept(). Linux lets one more wait (listen(2)). */
const backlog = 1;

/** Connections that are begun to fill the queue: more than any system lets wait with that backlog. */
const fillers = 8;

/*
Listens and then stands still, so that libuv cannot accept. A thread of its own: this one must go on. The text is what
runs, in development and in the bundle alike.
*/
const listener = `
const {createServer} = require('node:net');
const {parentPort, workerData} = require('node:worker_threads');
const server = createServer();
server.listen({...workerData, port: 0}, () => {
	parentPort.postMessage(server.address().port);
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** Hold an address at which a socket listens, so that no other can be bound to it. */
export async function reserveTaken(): Promise<ReservedAddress> {
	const server = await listen();
	server.on('connection', socket => {
		socket.destroy();
	});
	const port = portOf(server);
	return {address: {host, port}, holders: {type: 'listener', port}, release: async () => closeServer(server)};
}

/**
Reserve an address without a listener. A socket that hears only its own peer is bound to its port, so that the system
gives the port to no other program. In TCP that is a connection to another port (a SYN finds no listening socket, RFC
9293 section 3.10.7.1); in UDP a socket that is connected to itself (udp(7): it receives from its peer only).

@param port - the port to hold, UDP only; 0: the system picks one
*/
export async function reserveVacant(protocol: 'udp' | 'tcp', port = 0): Promise<ReservedAddress> {
	return protocol === 'udp' ? holdVacantUdp(port) : holdVacantTcp();
}

/**
Hold an address that does not answer. A socket listens there that never accepts, and the queue of connections that wait
for that is full: the system drops every SYN, as listen(2) describes (the client sends it again), and neither SYN+ACK
nor RST comes back.
*/
export async function reserveSilent(): Promise<ReservedAddress> {
	const worker = new Worker(listener, {eval: true, workerData: {host, backlog}, execArgv: []});
	worker.unref();
	const [port] = await once(worker, 'message') as [number];
	const first = connect(port, host);
	const sockets = [first, ...Array.from({length: fillers - 1}, () => connect(port, host))];
	const release = async (): Promise<void> => {
		const closed = sockets.filter(socket => !socket.closed).map(async socket => once(socket, 'close'));
		for (const socket of sockets) {
			socket.destroy();
		}

		await Promise.all([...closed, worker.terminate()]);
	};

	for (const socket of sockets) {
		// Those that wait are reset when the listening socket is closed.
		socket.on('error', () => {
			socket.destroy();
		});
	}

	try {
		// On loopback a handshake is over by the time that connect() returns: when the first is heard of, all have been
		// begun.
		await once(first, 'connect');
	} catch (error) {
		await release();
		throw error;
	}

	return {
		address: {host, port}, holders: {type: 'full-queue', port, connections: fillers}, release,
	};
}

async function holdVacantUdp(wanted: number): Promise<ReservedAddress> {
	const socket = createSocket('udp4');
	const address = await bindUdpSocket(socket, {host, port: wanted});
	socket.connect(address.port, host);
	await once(socket, 'connect');
	return {address, holders: {type: 'itself', port: address.port}, release: closingOf(socket)};
}

function closingOf(socket: UdpSocket): () => Promise<void> {
	let closed: Promise<void> | undefined;
	return async () => {
		closed ??= closeUdpSocket(socket);
		await closed;
	};
}

async function holdVacantTcp(): Promise<ReservedAddress> {
	const first = await listen();
	const port = portOf(first);
	await closeServer(first);
	const other = await listen();
	const accepted = once(other, 'connection') as Promise<[Socket]>;
	const otherPort = portOf(other);
	const socket = connect({
		host, port: otherPort, localAddress: host, localPort: port,
	});
	try {
		await once(socket, 'connect');
		const [peer] = await accepted;
		const closed = Promise.all([closeOf(socket), closeOf(peer)]);
		return {
			address: {host, port},
			holders: {type: 'connection', port, other: otherPort},
			async release() {
				// A reset leaves nothing behind, not even TIME_WAIT.
				socket.resetAndDestroy();
				await closed;
			},
		};
	} finally {
		// What is connected stays so.
		other.close();
	}
}

/** Settles when the socket is closed: a reset is no failure here, it is how it ends. */
async function closeOf(socket: Socket): Promise<void> {
	return new Promise(resolve => {
		socket.on('error', () => {
			socket.destroy();
		});
		socket.once('close', () => {
			resolve();
		});
	});
}

async function listen(): Promise<Server> {
	const server = createServer();
	server.listen({host, port: 0, exclusive: true});
	await once(server, 'listening');
	return server;
}

function portOf(server: Server): number {
	return (server.address() as {port: number}).port;
}

/**
Tell whether a program sends or connects to this port, which belongs to no server. Rejects with the system's error.

@param onHeard - called with the first datagram, or connection
*/
export async function reserveHeard(
	protocol: 'udp' | 'tcp',
	port: number,
	onHeard: () => void,
): Promise<ReservedAddress> {
	const address = {host, port};
	if (protocol === 'tcp') {
		const server = createServer(socket => {
			socket.destroy();
			onHeard();
		});
		server.listen({...address, exclusive: true});
		await once(server, 'listening');
		return {address, release: async () => closeServer(server)};
	}

	const socket = createSocket('udp4', onHeard);
	await bindUdpSocket(socket, address);
	return {address, release: closingOf(socket)};
}

/** Whether a socket can be bound to this port, of all IPv4 addresses or of a host: it is, and is closed again. */
export async function isPortFree(protocol: 'udp' | 'tcp', port: number, on = '0.0.0.0'): Promise<boolean> {
	try {
		if (protocol === 'udp') {
			const socket = openUdpSocket(versionOf(on));
			await bindUdpSocket(socket, {host: on, port});
			await closeUdpSocket(socket);
		} else {
			const server = createServer().listen({host: on, port, exclusive: true});
			await once(server, 'listening');
			await closeServer(server);
		}

		return true;
	} catch {
		return false;
	}
}
