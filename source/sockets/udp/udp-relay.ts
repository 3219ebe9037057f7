import {setTimeout as pause} from 'node:timers/promises';
import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {HeldMessages} from '../held-messages.ts';
import type {CommonOptions} from '../socket-options.ts';
import type {PeerNumber} from '../states.ts';
import {UdpClient} from './udp-client.ts';
import type {UdpPeer} from './udp-peers.ts';
import {UdpServer} from './udp-server.ts';

/** What a UDP relay is made with. The options of its sockets have groups for that one only which peers send to. */
type UdpRelayOptions = CommonOptions & {
	/** A new track, for each socket that it is bound with. */
	readonly newTrack: () => SocketTrack;
	/** A new track for the socket that sends to the target for peer n. */
	readonly targetTrackOf: (peer: PeerNumber) => SocketTrack;
	readonly target: Address;
	/** A peer's socket is closed after this many milliseconds in which nothing came either way. */
	readonly silence: number;
};

/** How often it is looked whether what waits is sent, in milliseconds. */
const idleInterval = 10;

/** The socket that was made for a peer, and when its silence is over. */
type Leg = {readonly client: UdpClient; readonly timer: NodeJS.Timeout; readonly track: SocketTrack};

/**
A UDP relay: one socket that the peers send to, and for each peer a socket of its own, connected to the target, so that
the target tells them apart, and each answer finds its peer. A datagram stays one datagram.
*/
export class UdpRelay {
	readonly protocol = 'udp';
	readonly server: UdpServer;
	/** What was read and is held until it is let go. */
	readonly held: HeldMessages;
	readonly #options: UdpRelayOptions;
	readonly #legs = new Map<PeerNumber, Leg>();
	/** Sockets that are being closed. */
	readonly #closing = new Set<Promise<void>>();

	constructor(options: UdpRelayOptions) {
		this.#options = options;
		this.held = new HeldMessages({...options, isStream: false});
		this.server = new UdpServer({
			...options,
			isRelay: true,
			onDatagram: (peer, bytes) => {
				this.#hold(peer, bytes);
			},
			onForgotten: ({number}) => {
				this.held.releaseLeg('to-server', number);
				this.held.forget('to-clients', number);
				this.#end(number);
			},
		});
	}

	/** The sockets that send to the target, by the numbers of the peers that they serve. */
	get clients(): ReadonlyMap<PeerNumber, UdpClient> {
		return new Map([...this.#legs].map(([number, {client}]) => [number, client]));
	}

	/** Bind the socket that peers send to. Settles when that has worked, or failed. */
	async open(listen: Address): Promise<void> {
		await this.server.open(listen);
	}

	/** Bind another address: the peers are forgotten, and their sockets closed. @returns whether it was moved */
	async move(listen: Address): Promise<boolean> {
		this.held.releaseAll('off');
		const hasMoved = await this.server.move(listen);
		if (hasMoved) {
			this.#endAll();
		}

		return hasMoved;
	}

	/** What is held is let go. Settles when nothing waits, nor is on the simulated link, or it is given up. */
	async finish(givenUp: AbortSignal): Promise<void> {
		this.held.releaseAll('off');
		while (!this.isIdle && !givenUp.aborted) {
			await pause(idleInterval); // eslint-disable-line no-await-in-loop -- It is looked at again and again.
		}
	}

	/** Whether nothing is on the simulated link, either way, nor waits for a socket that is being connected. */
	get isIdle(): boolean {
		return this.server.onTheLink.count === 0
			&& [...this.#legs.values()].every(({client}) => client.onTheLink.count === 0 && !client.isWaiting);
	}

	/** Let go what is held, and close every socket. May be called twice. */
	async close(): Promise<void> {
		this.held.releaseAll('off');
		this.#endAll();
		await Promise.all([this.server.close(), ...this.#closing]);
	}

	#hold(peer: UdpPeer, bytes: Uint8Array): void {
		if (this.held.directions.length === 0 || !this.held.take({
			direction: 'to-server',
			leg: peer.number,
			peer: peer.address,
			track: this.server.track,
			deliver: held => {
				this.#pass(peer, held);
			},
		}, bytes)) {
			this.#pass(peer, bytes);
		}
	}

	#pass(peer: UdpPeer, bytes: Uint8Array): void {
		const {target} = this.#options;
		const {client, timer, track} = this.#legs.get(peer.number) ?? this.#open(peer);
		timer.refresh();
		const refusal = client.send(target, bytes);
		if (refusal?.reason === 'too-much-waiting') {
			track.happened({
				type: 'send-refused', peer: target, length: bytes.length, waiting: refusal.waiting,
			});
		}
	}

	#open({number, address}: UdpPeer): Leg {
		const {targetTrackOf, target, silence, options} = this.#options;
		const timer = setTimeout(() => {
			this.#expire(number, address);
		}, silence);
		const newTrack = (): SocketTrack => {
			const track = targetTrackOf(number);
			track.subscribe({
				onRead: (bytes, _, from) => {
					timer.refresh();
					if (this.held.directions.length === 0 || !this.held.take({
						direction: 'to-clients',
						leg: number,
						peer: from,
						track,
						deliver: held => {
							this.server.send(number, held);
						},
					}, bytes)) {
						this.server.send(number, bytes);
					}
				},
			});
			return track;
		};

		const client = new UdpClient({
			...this.#options,
			newTrack,
			options: options && (() => ({...options(), groups: []})),
			isConnected: true,
			awaitsAnswers: () => false,
		});
		const leg = {client, timer, track: client.track};
		this.#legs.set(number, leg);
		leg.track.happened({type: 'leg-opened', peer: address, target});
		return leg;
	}

	/** Nothing has come for a peer, nor from it, for the time that is allowed; what is held or on the link counts. */
	#expire(number: PeerNumber, peer: Address): void {
		const leg = this.#legs.get(number);
		const isHeld = this.held.countOf('to-server', number) + this.held.countOf('to-clients', number) > 0;
		if (leg && (isHeld || leg.client.onTheLink.count > 0)) {
			leg.timer.refresh();
			return;
		}

		leg?.track.happened({type: 'leg-expired', peer, silence: this.#options.silence});
		this.#end(number);
	}

	#endAll(): void {
		for (const number of this.#legs.keys()) {
			this.#end(number);
		}
	}

	/** Close the socket of a peer: its next datagram opens another one. */
	#end(number: PeerNumber): void {
		const leg = this.#legs.get(number);
		if (!leg) {
			return;
		}

		this.#legs.delete(number);
		clearTimeout(leg.timer);
		const closed = leg.client.close();
		this.#closing.add(closed);
		void closed.then(() => this.#closing.delete(closed));
	}
}
