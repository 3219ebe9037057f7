import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import type {Link} from '../../link/link.ts';
import type {Limits} from '../limits.ts';
import type {SocketOptions} from '../socket-options.ts';
import type {PeerNumber} from '../states.ts';
import {TcpClient} from './tcp-client.ts';
import type {TcpConnection} from './tcp-connection.ts';
import {TcpServer} from './tcp-server.ts';

/** What a TCP relay is made with: a track for each of its sockets, its limits, and where it connects to. */
type TcpRelayOptions = {
	/** The track of the welcoming socket (number 0) or of connection socket n. */
	readonly trackOf: (socket: number) => SocketTrack;
	/** A new track for the socket that connects to the target for connection socket n. */
	readonly targetTrackOf: (socket: number) => SocketTrack;
	readonly limits: Limits;
	/** The simulated link: to the target as to a server, and back as to clients. */
	readonly link: Link;
	readonly target: Address;
	/** The options of its sockets, on both sides. */
	readonly options?: () => SocketOptions;
	readonly onChange: () => void;
};

/** One client's connection, and the one to the target that was made for it. */
type Leg = {readonly connection: TcpConnection; readonly client: TcpClient};

/**
A TCP relay: a server whose every connection has a client of its own, connected to the target. What is read from the one
is written to the other, no more than that takes; a FIN is passed on as a FIN, and every other end as a RST.
*/
export class TcpRelay {
	readonly protocol = 'tcp';
	readonly server: TcpServer;
	readonly #options: TcpRelayOptions;
	readonly #legs = new Map<PeerNumber, Leg>();
	/** Whether this program closes them all: that is passed on to no end. */
	#isClosing = false;

	constructor(options: TcpRelayOptions) {
		const {trackOf, limits, link, options: own, onChange} = options;
		this.#options = options;
		this.server = new TcpServer({
			trackOf,
			limits,
			link,
			...(own && {options: own}),
			onAccepted: connection => {
				void this.#connect(connection);
			},
			onChunk: (connection, bytes) => {
				pass(bytes, connection, this.#legs.get(connection.number)?.client.connection);
			},
			onDrained: ({number}) => {
				this.#legs.get(number)?.client.holdReading(false);
			},
			onFinished: ({number}) => {
				this.#legs.get(number)?.client.halfClose();
			},
			closesToo: () => false,
			onClosed: closed => {
				this.#ended(closed, closed.number);
			},
			onChange,
		});
	}

	/** The clients that are connected to the target, or about to be, by the numbers of the connections they serve. */
	get clients(): ReadonlyMap<PeerNumber, TcpClient> {
		return new Map([...this.#legs].map(([number, {client}]) => [number, client]));
	}

	/** Open the welcoming socket. Settles when that has worked, or failed. */
	async open(listen: Address): Promise<void> {
		this.#isClosing = false;
		await this.server.open(listen);
	}

	/** What still waits is sent both ways, and every connection closed. Settles when they are. */
	async finish(): Promise<void> {
		this.#isClosing = true;
		await Promise.all([...this.#legs.values()].flatMap(({connection, client}) =>
			[connection, client.connection].map(async end => {
				end?.closeGracefully();
				await end?.whenClosed;
			})));
	}

	/** Close every socket at once. May be called twice. */
	async close(): Promise<void> {
		this.#isClosing = true;
		const clients = [...this.#legs.values()].map(async ({client}) => client.close());
		await this.server.close();
		await Promise.all(clients);
	}

	/** Connect to the target for a client, from which nothing is read until that has worked. */
	async #connect(connection: TcpConnection): Promise<void> {
		const {targetTrackOf, limits, link, target, options, onChange} = this.#options;
		const {number, peer} = connection;
		const newTrack = (): SocketTrack => targetTrackOf(number);
		const client: TcpClient = new TcpClient({
			newTrack,
			limits,
			link,
			...(options && {options}),
			awaitsAnswers: () => false,
			handlers: {
				onChunk(from, bytes) {
					pass(bytes, from, connection);
				},
				onDrained() {
					connection.holdReading(false);
				},
				onFinished() {
					connection.halfClose();
				},
				onClosed: closed => {
					this.#ended(closed, number);
				},
			},
			onChange,
		});
		this.#legs.set(number, {connection, client});
		connection.holdReading(true);
		client.track.happened({type: 'leg-opened', peer, target});
		await client.connect(target);
		if (client.connection) {
			connection.holdReading(false);
		} else if (!this.#isClosing) {
			connection.reset();
		}

		this.#forgetEnded(number);
	}

	/** One end is over: where it was not closed by both FINs, the other end is told by a RST. */
	#ended(closed: TcpConnection, number: PeerNumber): void {
		const leg = this.#legs.get(number);
		const isInOrder = closed.hasSentFin && closed.hasReceivedFin && !closed.failure;
		if (leg && !this.#isClosing && !isInOrder) {
			if (closed === leg.connection) {
				void (leg.client.connection ? leg.client.reset() : leg.client.close());
			} else {
				leg.connection.reset();
			}
		}

		this.#forgetEnded(number);
	}

	#forgetEnded(number: PeerNumber): void {
		const leg = this.#legs.get(number);
		if (leg?.connection.state === 'CLOSED' && leg.client.state.type === 'closed') {
			this.#legs.delete(number);
		}
	}
}

/** Write what was read from one end to the other; where that takes no more, read on when it has taken this. */
function pass(bytes: Uint8Array, from: TcpConnection, to: TcpConnection | undefined): void {
	if (to && to.state !== 'CLOSED') {
		to.put(bytes);
		from.holdReading(to.isFull);
	}
}
