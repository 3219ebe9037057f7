import {
	createServer, type DropArgument, type Server, type Socket,
} from 'node:net';
import type {Address, Tally} from '../events/event.ts';
import type {Recorder} from '../events/recorder.ts';
import {EndedConnections} from './ended-connections.ts';
import {toFailure} from './failure.ts';
import type {Link} from './link/link.ts';
import type {Limits} from './limits.ts';
import type {PeerNumber, SendRefusal, ServerState} from './server-state.ts';
import {TcpConnection} from './tcp-connection.ts';

/**
What a TCP server is made with: a recorder for each of its sockets, its limits, and who hears of its connections' chunks,
FINs and ends.
*/
export type TcpServerOptions = {
	/** The recorder of the welcoming socket (number 0) or of connection socket n. */
	readonly recorderFor: (socket: number) => Recorder;
	readonly limits: Limits;
	/** The simulated link that its connections' bytes go over. */
	readonly link: Link;
	readonly onChunk: (connection: TcpConnection, bytes: Uint8Array) => void;
	readonly onFinished: (connection: TcpConnection) => void;
	readonly onClosed: (connection: TcpConnection) => void;
	readonly onChange: () => void;
};

/** A TCP server: one welcoming socket that accepts, and one connection socket for each client, all served at once. */
export class TcpServer {
	readonly protocol = 'tcp';
	/** The connections that ended last. */
	readonly ended = new EndedConnections();
	readonly #options: TcpServerOptions;
	readonly #welcoming: Recorder;
	readonly #connections = new Map<PeerNumber, TcpConnection>();
	#accepted = 0;
	#server: Server | undefined;
	#opening: Promise<void> | undefined;
	/** One for each socket that is not closed yet. */
	readonly #closings = new Set<Promise<void>>();
	#state: ServerState = {type: 'closed'};
	#lastLocal: Address | undefined;

	constructor(options: TcpServerOptions) {
		this.#options = options;
		this.#welcoming = options.recorderFor(0);
	}

	/** Where it was bound last: a client that knows it from then still sends there when it is closed. */
	get lastLocal(): Address | undefined {
		return this.#lastLocal;
	}

	get state(): ServerState {
		return this.#state;
	}

	/** The connection sockets that are open, in the order in which they were accepted. */
	get peers(): ReadonlyMap<PeerNumber, TcpConnection> {
		return this.#connections;
	}

	/** How many clients it has accepted since it was made. */
	get peersEver(): number {
		return this.#accepted;
	}

	/** What is on the simulated link: a stream has no datagrams, only bytes. */
	get onTheLink(): Tally {
		let bytes = 0;
		for (const connection of this.#connections.values()) {
			bytes += connection.onTheLink;
		}

		return {count: 0, bytes};
	}

	/** Bind and listen; port 0 lets the system pick one. Never rejects: a failure is the state, and an event. */
	async open(wanted: Address): Promise<void> {
		this.#opening ??= this.#open(wanted);
		await this.#opening;
	}

	/** Write to a connection, which needs no address. */
	send(number: PeerNumber, bytes: Uint8Array): SendRefusal | undefined {
		return this.#connections.get(number)?.write(bytes, false) ?? (this.#connections.has(number) ? undefined : {reason: 'peer-gone'});
	}

	/** Close the welcoming socket first, then every connection socket. Settles when all are closed. May be called twice. */
	async close(): Promise<void> {
		if (this.#state.type === 'opening') {
			await this.#opening;
		}

		const server = this.#server;
		const state = this.#state;
		if (!server || state.type !== 'open') {
			await Promise.all(this.#closings);
			return;
		}

		this.#server = undefined;
		this.#opening = undefined;
		this.#state = {type: 'closed'};
		const closed = new Promise<void>(resolve => {
			server.close(() => {
				resolve();
			});
		});
		this.#welcoming.happened({type: 'closed', local: state.local, discarded: 0});
		for (const connection of this.#connections.values()) {
			connection.close();
		}

		this.#closings.add(closed);
		await Promise.all(this.#closings);
		this.#closings.delete(closed);
	}

	async #open(wanted: Address): Promise<void> {
		// Half-open, so that a client which has finished sending still gets its answers.
		const server = createServer({allowHalfOpen: true, noDelay: true});
		server.maxConnections = this.#options.limits.connections;
		this.#server = server;
		this.#state = {type: 'opening', wanted};
		this.#options.onChange();
		try {
			const local = await listen(server, wanted);
			this.#state = {type: 'open', local};
			this.#lastLocal = local;
			this.#welcoming.happened({type: 'listening', local, asked: {host: local.host, port: wanted.port}});
			server.on('error', error => {
				this.#welcoming.happened({type: 'socket-failed', failure: toFailure(error)});
			});
			server.on('connection', socket => {
				this.#accept(socket);
			});
			server.on('drop', dropped => {
				this.#reject(dropped);
			});
		} catch (error) {
			const failure = toFailure(error);
			this.#server = undefined;
			this.#opening = undefined;
			this.#state = {type: 'failed', wanted, failure};
			this.#welcoming.happened({type: 'listen-failed', local: wanted, failure});
		}
	}

	#accept(socket: Socket): void {
		// A client may be gone before it could be accepted: the address of such a socket is not known any more.
		if (socket.remoteAddress === undefined) {
			socket.destroy();
			this.#welcoming.happened({type: 'socket-failed', failure: {code: 'ECONNABORTED', syscall: 'accept', message: 'the client was gone before it was accepted'}});
			return;
		}

		const number = ++this.#accepted;
		const {promise, resolve} = Promise.withResolvers<void>();
		const {recorderFor, limits, link, onChunk, onFinished, onClosed} = this.#options;
		const recorder = recorderFor(number);
		const connection = new TcpConnection(socket, {
			number,
			recorder,
			limits,
			link,
			onChunk,
			onFinished,
			onClosed: closed => {
				this.#connections.delete(number);
				this.ended.add({
					number, local: closed.local, peer: closed.peer, received: closed.received, sent: closed.sent, endedAt: performance.now(),
				});
				onClosed(closed);
				resolve();
				this.#closings.delete(promise);
			},
		});
		this.#closings.add(promise);
		this.#connections.set(number, connection);
		recorder.happened({type: 'accepted', peer: connection.peer, local: connection.local});
	}

	#reject(dropped: DropArgument | undefined): void {
		const peer = {host: dropped?.remoteAddress ?? '', port: dropped?.remotePort ?? 0};
		this.#welcoming.happened({type: 'rejected', peer, limit: this.#options.limits.connections});
	}
}

async function listen(server: Server, {host, port}: Address): Promise<Address> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({
			host, port, backlog: 511, exclusive: true,
		}, () => {
			server.off('error', reject);
			const bound = server.address();
			resolve(typeof bound === 'object' && bound ? {host: bound.address, port: bound.port} : {host, port});
		});
	});
}
