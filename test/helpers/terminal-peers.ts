import {createSocket, type RemoteInfo, type Socket as UdpSocket} from 'node:dgram';
import {once} from 'node:events';
import {
	type AddressInfo, connect, createServer, type Server, type Socket,
} from 'node:net';
import type {ExecutionContext} from 'ava';

function textOf(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString();
}

/** A raw UDP socket, and what has come to it. */
export class UdpPeer {
	readonly datagrams: Array<{readonly bytes: Uint8Array; readonly from: RemoteInfo}> = [];
	readonly socket: UdpSocket;
	#taken = 0;
	#isClosed = false;

	constructor(socket: UdpSocket) {
		this.socket = socket;
		socket.on('message', (bytes, from) => {
			this.datagrams.push({bytes, from});
		});
	}

	get port(): number {
		return this.socket.address().port;
	}

	send(bytes: Uint8Array | string, port: number): void {
		this.socket.send(bytes, port, '127.0.0.1');
	}

	/** Give the port back. Closing twice does no harm. */
	close(onClosed: () => void = () => undefined): void {
		if (!this.#isClosed) {
			this.#isClosed = true;
			this.socket.close(onClosed);
		}
	}

	/** The next datagram that has not been taken yet. */
	async next(): Promise<Uint8Array> {
		while (this.datagrams.length <= this.#taken) {
			await once(this.socket, 'message');
		}

		return this.datagrams[this.#taken++]!.bytes;
	}

	async nextText(): Promise<string> {
		return textOf(await this.next());
	}
}

/** Bind a raw UDP socket to a port of 127.0.0.1 that the system picks. */
export async function openUdpPeer(t: ExecutionContext): Promise<UdpPeer> {
	const socket = createSocket('udp4');
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	const peer = new UdpPeer(socket);
	t.teardown(() => {
		peer.close();
	});
	return peer;
}

/** A raw TCP connection, and the bytes that have come over it. */
class TcpPeer {
	bytes: Uint8Array = new Uint8Array();
	hasEnded = false;
	readonly socket: Socket;

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on('data', chunk => {
			this.bytes = Buffer.concat([this.bytes, chunk]);
		}).on('end', () => {
			this.hasEnded = true;
		}).on('error', () => {
			this.hasEnded = true;
		});
	}

	/** Wait until this many bytes have arrived in all. */
	async received(length: number): Promise<Uint8Array> {
		while (this.bytes.length < length) {
			await once(this.socket, 'data');
		}

		return this.bytes;
	}

	/** Wait until this many bytes have arrived, and return them as text. */
	async receivedText(length: number): Promise<string> {
		return textOf(await this.received(length));
	}

	get text(): string {
		return textOf(this.bytes);
	}

	/** Wait for the FIN, or for the connection's end by another way. */
	async ended(): Promise<void> {
		if (!this.hasEnded) {
			await once(this.socket, 'end');
		}
	}
}

/** Connect to a port of 127.0.0.1. */
export async function connectTcpPeer(t: ExecutionContext, port: number): Promise<TcpPeer> {
	const socket = connect({port, host: '127.0.0.1', allowHalfOpen: true});
	t.teardown(() => {
		socket.destroy();
	});
	await once(socket, 'connect');
	return new TcpPeer(socket);
}

/** A raw TCP server on a port of 127.0.0.1 that the system picks. */
class TcpListener {
	readonly connections: TcpPeer[] = [];
	readonly server: Server;

	constructor(server: Server) {
		this.server = server;
		server.on('connection', socket => {
			this.connections.push(new TcpPeer(socket));
		});
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	/** Wait until this many connections have been made, and return the last of them. */
	async connection(count: number): Promise<TcpPeer> {
		while (this.connections.length < count) {
			await once(this.server, 'connection');
		}

		return this.connections[count - 1]!;
	}
}

export async function openTcpListener(t: ExecutionContext): Promise<TcpListener> {
	const server = createServer({allowHalfOpen: true});
	const listener = new TcpListener(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		for (const {socket} of listener.connections) {
			socket.destroy();
		}

		server.close();
	});
	return listener;
}

/** Whether a TCP connection to a port of 127.0.0.1 is refused. */
export async function isRefused(port: number): Promise<boolean> {
	const socket = connect({port, host: '127.0.0.1'});
	const {promise, resolve} = Promise.withResolvers<boolean>();
	socket.on('connect', () => {
		resolve(false);
	}).on('error', () => {
		resolve(true);
	});
	const refused = await promise;
	socket.destroy();
	return refused;
}

/** Whether a UDP port of 127.0.0.1 is free, so that it can be bound. */
export async function isUdpPortFree(port: number): Promise<boolean> {
	const socket = createSocket('udp4');
	const {promise, resolve} = Promise.withResolvers<boolean>();
	socket.on('listening', () => {
		resolve(true);
	}).on('error', () => {
		resolve(false);
	});
	socket.bind(port, '127.0.0.1');
	const isFree = await promise;
	socket.close();
	return isFree;
}
