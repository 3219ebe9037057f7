import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {type LinkDirection, linkDirections} from '../../link/random.ts';
import type {Cut, Framing} from '../../text/framing.ts';
import {HeldMessages} from '../held-messages.ts';
import type {Passing} from '../held-queues.ts';
import type {CommonOptions} from '../socket-options.ts';
import type {PeerNumber} from '../states.ts';
import {EndedConnections} from './ended-connections.ts';
import {UnfinishedFrames} from './message-reader.ts';
import {freeChunk} from './read-buffer.ts';
import {TcpClient} from './tcp-client.ts';
import type {TcpConnection} from './tcp-connection.ts';
import {TcpServer} from './tcp-server.ts';

/** What a TCP relay is made with. The options are those of its sockets on both sides. */
type TcpRelayOptions = CommonOptions & {
	/** The track of the welcoming socket (number 0) or of connection socket n. */
	readonly trackOf: (socket: number) => SocketTrack;
	/** A new track for the socket that connects to the target for connection socket n. */
	readonly targetTrackOf: (socket: number) => SocketTrack;
	readonly target: Address;
	/** What marks messages in the streams, which it tells of, and holds as a whole; nothing unless given. */
	readonly framing?: () => Framing;
};

/** One client's connection, and the one to the target that was made for it. */
type Leg = {
	readonly connection: TcpConnection;
	readonly client: TcpClient;
	/** Whether the client's FIN is to be passed on, once the target is connected. */
	isFinAwaited?: boolean;
};

/**
A TCP relay: a server whose every connection has a client of its own, connected to the target. What is read from one of
them is written to the other; reading pauses while the other's write buffer is full. A FIN is passed on as a FIN, and
every other end as a RST.
*/
export class TcpRelay {
	readonly protocol = 'tcp';
	readonly server: TcpServer;
	/** What was read and is held until it is let go. */
	readonly held: HeldMessages;
	/** The connections to the target that ended last, with the numbers of those that they served. */
	readonly ended = new EndedConnections();
	readonly #options: TcpRelayOptions;
	/** Of both sides. */
	readonly #unfinished: UnfinishedFrames;
	readonly #legs = new Map<PeerNumber, Leg>();
	/** Whether this program closes them all: that is passed on to no end. */
	#isClosing = false;

	constructor(options: TcpRelayOptions) {
		this.#options = options;
		this.#unfinished = new UnfinishedFrames(options.limits.unfinishedBytes);
		this.held = new HeldMessages({
			...options,
			isStream: true,
			onRoom: (direction, leg) => {
				for (const number of leg === undefined ? this.#legs.keys() : [leg]) {
					for (const way of direction === undefined ? linkDirections : [direction]) {
						this.#pace(way, number);
					}
				}
			},
		});
		this.server = new TcpServer({
			...options,
			unfinished: this.#unfinished,
			onAccepted: connection => {
				void this.#connect(connection);
			},
			onChunk: ({number}, bytes, cuts) => {
				this.#pass('to-server', number, bytes, cuts);
			},
			onGivenUp: ({number}, bytes) => {
				this.held.givenUp('to-server', number, bytes);
			},
			onDrained: ({number}) => {
				this.#pace('to-clients', number);
			},
			onFinished: ({number}) => {
				this.#passEnd('to-server', number, 'fin');
			},
			closesToo: () => false,
			onClosed: closed => {
				this.#ended(closed, closed.number);
			},
		});
	}

	/** The clients that are connected to the target, or about to be, by the numbers of the connections they serve. */
	get clients(): ReadonlyMap<PeerNumber, TcpClient> {
		return new Map([...this.#legs].map(([number, {client}]) => [number, client]));
	}

	get framing(): Framing {
		return this.#options.framing?.() ?? 'none';
	}

	/** The framing is another one from now on. */
	reframe(): void {
		this.held.reframe();
		for (const {connection, client} of this.#legs.values()) {
			connection.setFraming(this.framing);
			client.setFraming(this.framing);
		}
	}

	/** Open the welcoming socket. Settles when that has worked, or failed. */
	async open(listen: Address): Promise<void> {
		this.#isClosing = false;
		await this.server.open(listen);
	}

	/** Bind another address: the connections are closed. @returns whether it was moved */
	async move(listen: Address): Promise<boolean> {
		return this.server.move(listen);
	}

	/** What still waits is sent both ways, and every connection closed. Settles when they are. */
	async finish(): Promise<void> {
		this.held.releaseAll('off');
		this.#isClosing = true;
		await Promise.all([...this.#legs.values()].flatMap(({connection, client}) =>
			[connection, client.connection].map(async end => {
				end?.closeGracefully();
				await end?.whenClosed;
			})));
	}

	/** Let go what is held, and close every socket at once. May be called twice. */
	async close(): Promise<void> {
		this.held.releaseAll('off');
		this.#isClosing = true;
		const clients = [...this.#legs.values()].map(async ({client}) => client.close());
		await this.server.close();
		await Promise.all(clients);
	}

	/** Connect to the target for a client, from which nothing is read until that has worked. */
	async #connect(connection: TcpConnection): Promise<void> {
		const {targetTrackOf, target, framing} = this.#options;
		const {number, peer} = connection;
		const client: TcpClient = new TcpClient({
			...this.#options,
			newTrack: () => targetTrackOf(number),
			framing: framing?.(),
			unfinished: this.#unfinished,
			awaitsAnswers: () => false,
			handlers: {
				onChunk: (_, bytes, cuts) => {
					this.#pass('to-clients', number, bytes, cuts);
				},
				onGivenUp: (_, bytes) => {
					this.held.givenUp('to-clients', number, bytes);
				},
				onDrained: () => {
					this.#pace('to-server', number);
				},
				onFinished: () => {
					this.#passEnd('to-clients', number, 'fin');
				},
				onClosed: closed => {
					const {local, received, sent} = closed;
					this.ended.add({
						number, local, peer: closed.peer, received, sent,
					});
					this.#ended(closed, number);
				},
			},
		});
		const leg: Leg = {connection, client};
		this.#legs.set(number, leg);
		connection.holdReading(true);
		client.track.happened({type: 'leg-opened', peer, target});
		await client.connect(target);
		if (client.connection) {
			this.#pace('to-server', number);
			if (leg.isFinAwaited) {
				client.connection.halfClose();
			}
		} else if (!this.#isClosing) {
			connection.reset();
		}

		this.#forgetEnded(number);
	}

	/** Write what was read from one end to the other, or hold it. Reading pauses while the write buffer is full. */
	#pass(direction: LinkDirection, number: PeerNumber, bytes: Uint8Array, cuts: readonly Cut[]): void {
		const to = this.#endOf(direction, number);
		if (!to || to.state === 'CLOSED') {
			return;
		}

		// Where nothing is held, nothing is made.
		const {held} = this;
		if (!held.directions.includes(direction) || !held.take(this.#passing(direction, number), bytes, cuts)) {
			to.put(bytes);
			// What waits may be the chunk itself, and of a framing's a part may be kept.
			if (this.framing === 'none' && to.waiting === 0) {
				freeChunk(bytes);
			}
		}

		this.#pace(direction, number);
	}

	/** What passes on, in a direction, what was read at the other end; by the number of the client's connection. */
	#passing(direction: LinkDirection, number: PeerNumber): Passing {
		const {connection, client} = this.#legs.get(number)!;
		const from = direction === 'to-server' ? connection : client.connection;
		return {
			direction,
			leg: number,
			track: from?.track ?? client.track,
			peer: from?.peer ?? this.#options.target,
			framer: from?.framer,
			deliver: bytes => {
				const to = this.#endOf(direction, number);
				if (to && to.state !== 'CLOSED') {
					to.put(bytes);
					this.#pace(direction, number);
				}
			},
		};
	}

	/** A FIN goes on as a FIN, everything else that ends a stream as a RST, behind what is held of it. */
	#passEnd(direction: LinkDirection, number: PeerNumber, what: 'fin' | 'reset'): void {
		const leg = this.#legs.get(number);
		if (!leg) {
			return;
		}

		const deliver = (): void => {
			if (what === 'fin') {
				// Node tells of a FIN without data before it, though nothing is to be read yet.
				leg.isFinAwaited = direction === 'to-server' && !leg.client.connection;
				this.#endOf(direction, number)?.halfClose();
			} else if (direction === 'to-clients') {
				leg.connection.reset();
			} else {
				void (leg.client.connection ? leg.client.reset() : leg.client.close());
			}
		};

		if (!this.held.takeEnd({...this.#passing(direction, number), deliver}, what)) {
			deliver();
		}
	}

	/** Where bytes in this direction are written to. */
	#endOf(direction: LinkDirection, number: PeerNumber): TcpConnection | undefined {
		const leg = this.#legs.get(number);
		return direction === 'to-server' ? leg?.client.connection : leg?.connection;
	}

	/** Read on where there is room for it: at the other end, and among what is held. */
	#pace(direction: LinkDirection, number: PeerNumber): void {
		const leg = this.#legs.get(number);
		const isHeld = (this.#endOf(direction, number)?.isFull ?? true) || this.held.isFull(direction, number);
		(direction === 'to-server' ? leg?.connection : leg?.client)?.holdReading(isHeld);
	}

	/** One end is over: where it was not closed by both FINs, the other end is told by a RST. */
	#ended(closed: TcpConnection, number: PeerNumber): void {
		const leg = this.#legs.get(number);
		const isInOrder = closed.hasSentFin && closed.hasReceivedFin && !closed.failure;
		if (leg) {
			const isClient = closed === leg.connection;
			this.held.forget(isClient ? 'to-clients' : 'to-server', number);
			if (!this.#isClosing && !isInOrder) {
				this.#passEnd(isClient ? 'to-server' : 'to-clients', number, 'reset');
			}
		}

		this.#forgetEnded(number);
	}

	#forgetEnded(number: PeerNumber): void {
		const leg = this.#legs.get(number);
		if (leg?.connection.state === 'CLOSED' && leg.client.state.type === 'closed') {
			this.held.forget('to-server', number);
			this.held.forget('to-clients', number);
			this.#legs.delete(number);
		}
	}
}
