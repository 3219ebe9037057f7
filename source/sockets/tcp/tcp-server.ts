import {once} from 'node:events';
import {
	type AddressInfo, createServer, type DropArgument, type Server, type Socket,
} from 'node:net';
import {defaultBacklog} from '../../log/event-kinds.ts';
import type {
	Address, SocketFailure, SocketOption, Tally,
} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {toFailure} from '../failure.ts';
import type {Framing} from '../../text/framing.ts';
import {lackOfFiles, limitOfFiles, mayLackFiles} from '../open-files.ts';
import {type BoundSocket, ServerSocket} from '../server-socket.ts';
import {
	type CommonOptions, noOptions, type OptionOutcome, type SocketOptions,
} from '../socket-options.ts';
import type {PeerNumber, SendRefusal} from '../states.ts';
import {EndedConnections} from './ended-connections.ts';
import {UnfinishedFrames} from './message-reader.ts';
import {TcpConnection, type TcpConnectionOptions} from './tcp-connection.ts';

/**
What a TCP server is made with, and who hears of its connections' chunks, FINs and ends. The options are those of its
welcoming socket, and of its connections.
*/
export type TcpServerOptions = CommonOptions & Pick<TcpConnectionOptions, 'onMessage' | 'onGivenUp'> & {
	readonly onChunk: NonNullable<TcpConnectionOptions['onChunk']>;
	/** The track of the welcoming socket (number 0) or of connection socket n. */
	readonly trackOf: (socket: number) => SocketTrack;
	/** A client has been accepted, and nothing has been read from it yet. */
	readonly onAccepted?: (connection: TcpConnection) => void;
	/** How a connection's bytes are cut into messages, from its first on. */
	readonly framing?: (() => Framing) | undefined;
	/** Bounds the frames that are not whole with those of other sockets; those of its own unless given. */
	readonly unfinished?: UnfinishedFrames;
	/** The system, or the simulated link, has taken what was queued for a connection. */
	readonly onDrained?: (connection: TcpConnection) => void;
	readonly onFinished: (connection: TcpConnection) => void;
	/** Whether a connection is closed from this end, too, when its peer has finished. */
	readonly closesToo: () => boolean;
	readonly onClosed: (connection: TcpConnection) => void;
};

/**
Descriptors that are left free. Where there is none for accept(), libuv accepts and closes what waits, without a word
(uv__emfile_trick); the scene's own clients may take some before the next accept().
*/
const spareFiles = 12;

/** Clients that are turned away for want of descriptors are told together where they come faster, in milliseconds. */
const countingTime = 1000;

/** A TCP server: one welcoming socket that accepts, and one connection socket for each client, all served at once. */
export class TcpServer extends ServerSocket {
	readonly protocol = 'tcp';
	/** The connections that ended last. */
	readonly ended = new EndedConnections();
	readonly #options: TcpServerOptions;
	readonly #welcoming: SocketTrack;
	readonly #unfinished: UnfinishedFrames;
	readonly #connections = new Map<PeerNumber, TcpConnection>();
	#accepted = 0;
	#server: Server | undefined;
	/** What listen() was given last. */
	#backlog = defaultBacklog;
	/** Clients that have been turned away for want of descriptors since the last row that says so. */
	#turnedAway: {readonly timer: NodeJS.Timeout; count: number; peer: Address} | undefined;

	constructor(options: TcpServerOptions) {
		super(options.onChange);
		this.#options = options;
		this.#welcoming = options.trackOf(0);
		this.#unfinished = options.unfinished ?? new UnfinishedFrames(options.limits.unfinishedBytes);
	}

	/** The connection sockets that are open, in the order in which they were accepted. */
	get peers(): ReadonlyMap<PeerNumber, TcpConnection> {
		return this.#connections;
	}

	/** How many clients it has accepted since it was made. */
	get peersEver(): number {
		return this.#accepted;
	}

	/** Bytes on the simulated link: a stream has no datagrams to count. */
	get onTheLink(): Tally {
		let bytes = 0;
		for (const connection of this.#connections.values()) {
			bytes += connection.onTheLink;
		}

		return {count: 0, bytes};
	}

	/** Write a message to a connection, which needs no address. */
	send(number: PeerNumber, bytes: Uint8Array): SendRefusal | undefined {
		const connection = this.#connections.get(number);
		return connection ? connection.writeMessage(bytes, false) : {reason: 'peer-gone'};
	}

	/** Set an option of the connections that are open. Those that follow get it in any case. */
	setOption(option: SocketOption): OptionOutcome {
		const outcomes = [...this.#connections.values()].map(connection => connection.setOption(option));
		return outcomes.includes('set') ? 'set' : 'no-socket';
	}

	get #ownOptions(): SocketOptions {
		return this.#options.options?.() ?? noOptions;
	}

	protected async bind({host, port}: Address): Promise<BoundSocket> {
		// Half-open, so that a client which has finished sending still gets its answers.
		const server = createServer({allowHalfOpen: true});
		const backlog = this.#ownOptions.numbers.backlog ?? defaultBacklog;
		server.maxConnections = this.#options.limits.connections;
		server.listen({
			host, port, backlog, exclusive: true,
		});
		await once(server, 'listening');
		const {address, port: bound} = server.address() as AddressInfo;
		return {
			local: {host: address, port: bound},
			adopt: () => {
				this.#server = server;
				this.#backlog = backlog;
			},
			undo: async () => closeServer(server),
		};
	}

	protected found(name: string, hosts: readonly string[]): void {
		this.#welcoming.found(name, hosts);
	}

	protected opened(local: Address, asked: Address): void {
		const backlog = this.#backlog;
		this.#welcoming.happened({
			type: 'listening-started', local, asked, ...(backlog !== defaultBacklog && {backlog}),
		});
		this.#server?.on('error', error => {
			this.#welcoming.failed(toFailure(error));
		}).on('connection', socket => {
			this.#accept(socket);
		}).on('drop', dropped => {
			this.#reject(dropped);
		});
	}

	protected failed(local: Address, failure: SocketFailure): void {
		this.#welcoming.happened({type: 'listen-failed', local, failure});
	}

	protected stayed(local: Address, failure: SocketFailure, isReopened: boolean): void {
		this.#welcoming.happened({
			type: 'move-failed', local, failure, made: 'SOCK_STREAM', ...(isReopened && {isReopened}),
		});
	}

	/** The welcoming socket is closed first, then every connection socket. */
	protected async release(local: Address): Promise<void> {
		// Settles when the connection sockets are closed, too.
		const closed = closeServer(this.#server!);
		this.#tellTurnedAway();
		this.#welcoming.closed(0, {local});

		for (const connection of this.#connections.values()) {
			connection.close();
		}

		await closed;
	}

	#accept(socket: Socket): void {
		// On Linux accept() gives out a connection that its client has reset already, too: it has no peer any more.
		if (socket.remoteAddress === undefined) {
			socket.destroy();
			this.#welcoming.failed({
				code: 'ENOTCONN',
				syscall: 'getpeername',
				message: 'the client had reset the connection',
			});
			return;
		}

		if (mayLackFiles(descriptorOf(socket), spareFiles) && lackOfFiles(spareFiles)) {
			this.#turnAway({host: socket.remoteAddress, port: socket.remotePort ?? 0});
			socket.destroy();
			return;
		}

		const own = this.#ownOptions;
		const delays = own.numbers.nodelay === 0;
		if (!delays) {
			socket.setNoDelay();
		}

		const number = ++this.#accepted;
		const {
			trackOf, framing, onAccepted, onDrained, onClosed,
		} = this.#options;
		const track = trackOf(number);
		const connection: TcpConnection = new TcpConnection(socket, {
			...this.#options,
			number,
			track,
			direction: 'to-clients',
			framing: framing?.() ?? 'none',
			options: own,
			unfinished: this.#unfinished,
			onDrained() {
				onDrained?.(connection);
			},
			onClosed: closed => {
				this.#connections.delete(number);
				this.ended.add(closed);
				onClosed(closed);
			},
		});
		this.#connections.set(number, connection);
		track.happened({
			type: 'connection-accepted', peer: connection.peer, local: connection.local, ...(delays && {delays}),
		});
		connection.established();
		onAccepted?.(connection);
	}

	/** The first is told at once, those that follow shortly are counted. */
	#turnAway(peer: Address): void {
		if (this.#turnedAway) {
			this.#turnedAway.count++;
			this.#turnedAway.peer = peer;
			return;
		}

		this.#rejected(peer, 1);
		const timer = setTimeout(() => {
			this.#tellTurnedAway();
		}, countingTime);
		this.#turnedAway = {timer: timer.unref(), count: 0, peer};
	}

	#tellTurnedAway(): void {
		if (!this.#turnedAway) {
			return;
		}

		const {timer, count, peer} = this.#turnedAway;
		clearTimeout(timer);
		this.#turnedAway = undefined;
		if (count > 0) {
			this.#rejected(peer, count);
		}
	}

	#rejected(peer: Address, count: number): void {
		const limit = limitOfFiles() ?? 0;
		this.#welcoming.happened({
			type: 'connection-rejected', peer, limit, cause: 'files', ...(count > 1 && {count}),
		});
	}

	#reject(dropped: DropArgument | undefined): void {
		const peer = {host: dropped?.remoteAddress ?? '', port: dropped?.remotePort ?? 0};
		this.#welcoming.happened({type: 'connection-rejected', peer, limit: this.#options.limits.connections});
	}
}

/** The descriptor of a socket, as far as Node tells it. */
function descriptorOf(socket: Socket): number | undefined {
	const {_handle: handle} = socket as Socket & {readonly _handle?: {readonly fd?: number}};
	return handle?.fd;
}

/** Settles when a server and its connections are closed. */
export async function closeServer(server: Server): Promise<void> {
	return new Promise(resolve => {
		server.close(() => {
			resolve();
		});
	});
}
