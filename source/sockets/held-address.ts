import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {
	connect, createServer, type Server, type Socket,
} from 'node:net';
import type {Address} from '../log/event.ts';
import {boundAddress} from './udp/udp-socket.ts';

/** An address on loopback that sockets of ours keep as it is, until it is given back. */
export type ReservedAddress = {
	readonly address: Address;
	/** Close those sockets. May be called twice. */
	readonly release: () => Promise<void>;
};

const host = '127.0.0.1';

/** Hold an address at which a socket listens, so that no other can be bound to it. */
export async function reserveTaken(): Promise<ReservedAddress> {
	const server = await listen();
	server.on('connection', socket => {
		socket.destroy();
	});
	return {address: {host, port: portOf(server)}, release: async () => closeServer(server)};
}

/**
Hold an address at which nobody listens. Its port is not free either, so that the system gives it to no one: a socket is
bound to it that hears only its own peer. In TCP that is a connection to another port (a SYN finds no listening socket,
RFC 9293 section 3.10.7.1); in UDP a socket that is connected to itself (udp(7): it receives from its peer only).
*/
export async function reserveVacant(protocol: 'udp' | 'tcp'): Promise<ReservedAddress> {
	return protocol === 'udp' ? holdVacantUdp() : holdVacantTcp();
}

async function holdVacantUdp(): Promise<ReservedAddress> {
	const socket = createSocket('udp4');
	socket.bind({address: host, port: 0, exclusive: true});
	await once(socket, 'listening');
	const address = boundAddress(socket);
	socket.connect(address.port, host);
	await once(socket, 'connect');
	const closed = once(socket, 'close');
	let isReleased = false;
	return {
		address,
		async release() {
			if (!isReleased) {
				isReleased = true;
				socket.close();
			}

			await closed;
		},
	};
}

async function holdVacantTcp(): Promise<ReservedAddress> {
	const first = await listen();
	const port = portOf(first);
	await closeServer(first);
	const other = await listen();
	const accepted = once(other, 'connection') as Promise<[Socket]>;
	const socket = connect({
		host, port: portOf(other), localAddress: host, localPort: port,
	});
	try {
		await once(socket, 'connect');
		const [peer] = await accepted;
		const closed = Promise.all([closeOf(socket), closeOf(peer)]);
		return {
			address: {host, port},
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

async function closeServer(server: Server): Promise<void> {
	return new Promise(resolve => {
		server.close(() => {
			resolve();
		});
	});
}
