import {once} from 'node:events';
import {
	connect, createServer, type Server, type Socket, type TcpSocketConnectOpts,
} from 'node:net';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {isEndedByReset} from '../../source/sockets/tcp/connection-lifetime.ts';
import {inTime, Lookout} from './in-time.ts';
import {Inbox} from './inbox.ts';

/** The far end of a connection, on a bare socket. It reads from the start, unless it was paused. */
export class RawConnection {
	readonly socket: Socket;
	hasEnded = false;
	/** Settles with the error's code, or undefined, once the socket is closed. */
	readonly closed: Promise<string | undefined>;
	readonly #fin: Promise<void>;
	#chunks: Uint8Array[] = [];
	#length = 0;
	#taken = 0;
	readonly #lookout = new Lookout();

	constructor(socket: Socket) {
		this.socket = socket;
		let code: string | undefined;
		socket.on('error', (error: NodeJS.ErrnoException) => {
			code = error.code;
		});
		const {promise: fin, resolve: finished} = Promise.withResolvers<void>();
		const {promise: closed, resolve: gone} = Promise.withResolvers<string | undefined>();
		this.#fin = fin;
		this.closed = closed;
		const end = (): void => {
			this.hasEnded = true;
			finished();
		};

		socket.on('end', () => {
			if (isEndedByReset(socket)) {
				gone('ECONNRESET');
			}

			end();
		});
		socket.on('close', () => {
			end();
			gone(code);
		});
		socket.on('data', (bytes: Uint8Array) => {
			this.#chunks.push(bytes);
			this.#length += bytes.length;
			this.#lookout.look();
		});
	}

	/** Settles when the far end's FIN has been read, or the connection has ended in another way. */
	get fin(): Promise<void> {
		// It may be open for long before that is awaited.
		const fin = inTime(this.#fin, () => 'a FIN');
		fin.catch(() => undefined);
		return fin;
	}

	get local(): Address {
		return {host: this.socket.localAddress!, port: this.socket.localPort!};
	}

	/** All that was read so far. */
	get received(): Uint8Array {
		const all = Buffer.concat(this.#chunks);
		this.#chunks = [all];
		return all;
	}

	/** Read this many bytes of the stream. */
	async read(length: number): Promise<Uint8Array> {
		await this.#lookout.until(
			() => this.#length >= this.#taken + length,
			() => `${length} bytes after ${this.#taken}, of ${this.#length}`,
		);
		this.#taken += length;
		return this.received.subarray(this.#taken - length, this.#taken);
	}

	/** The next bytes as text: as many as this text has, to be compared with it. */
	async readLike(text: string): Promise<string> {
		return Buffer.from(await this.read(Buffer.byteLength(text))).toString();
	}

	write(bytes: Uint8Array | string): void {
		this.socket.write(bytes);
	}

	/**
	What the system says of one more byte: EPIPE where a RST has come after the FIN, undefined where the far end still
	reads or has only closed.
	*/
	async failureOfWrite(): Promise<string | undefined> {
		const {promise, resolve} = Promise.withResolvers<string | undefined>();
		this.socket.write('x', error => {
			resolve((error as NodeJS.ErrnoException | undefined)?.code);
		});
		return inTime(promise, () => 'the end of a write');
	}
}

/** Connect a bare socket, which is destroyed with the test. It stays half-open after a FIN. */
export async function connectRaw(
	t: ExecutionContext,
	address: Address,
	{isPaused = false, ...options}: Partial<TcpSocketConnectOpts> & {readonly isPaused?: boolean} = {},
): Promise<RawConnection> {
	const socket = connect({
		...address, allowHalfOpen: true, noDelay: true, ...options,
	});
	t.teardown(() => {
		socket.destroy();
	});
	if (isPaused) {
		socket.pause();
	}

	const raw = new RawConnection(socket);
	await inTime(once(socket, 'connect'), () => 'a connection');
	return raw;
}

export type RawServer = {
	readonly server: Server;
	readonly address: Address;
	readonly port: number;
	readonly accepted: Inbox<RawConnection>;
	/** Close it, and its connections. */
	readonly close: () => Promise<void>;
};

/**
Open a bare server; it is closed with the test, and so are its connections.

@param at - a host, where the system picks the port, or a whole address
*/
export async function openRawServer(
	t: ExecutionContext,
	at: Address | string = '127.0.0.1',
	options: {pauseOnConnect?: boolean} = {},
): Promise<RawServer> {
	const {host, port: wanted} = typeof at === 'string' ? {host: at, port: 0} : at;
	const server = createServer({allowHalfOpen: true, noDelay: true, ...options});
	const accepted = new Inbox<RawConnection>('a connection');
	server.on('connection', socket => {
		accepted.add(new RawConnection(socket));
	});
	server.listen(wanted, host);
	await once(server, 'listening');
	const close = async (): Promise<void> => {
		for (const {socket} of accepted.all) {
			socket.destroy();
		}

		await new Promise<void>(resolve => {
			server.close(() => {
				resolve();
			});
		});
	};

	t.teardown(close);
	const {port} = server.address() as {port: number};
	return {
		server, address: {host, port}, port, accepted, close,
	};
}
