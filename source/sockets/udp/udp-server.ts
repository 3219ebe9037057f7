import type {Socket} from 'node:dgram';
import type {
	Address, SocketFailure, SocketOption, Tally,
} from '../../log/event.ts';
import type {InFlightDatagram} from '../../log/delivery/in-flight.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {familyOf} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import {type BoundSocket, ServerSocket} from '../server-socket.ts';
import {type CommonOptions, noOptions, type OptionOutcome} from '../socket-options.ts';
import type {PeerNumber, SendRefusal} from '../states.ts';
import {UdpOptions} from './udp-options.ts';
import {type UdpPeer, UdpPeers} from './udp-peers.ts';
import {UdpSender} from './udp-sender.ts';
import {
	bindUdpSocket, closeUdpSocket, hearDatagrams, openUdpSocket,
} from './udp-socket.ts';

/** What a UDP server is made with, and who hears of its datagrams. */
type UdpServerOptions = CommonOptions & {
	/** A new track, for each socket that it opens. */
	readonly newTrack: () => SocketTrack;
	/** A datagram came; the sender's address and port have been extracted from it. */
	readonly onDatagram: (peer: UdpPeer, bytes: Uint8Array) => void;
	/** Whether it passes on what comes, so that the same again and again is what two other programs say. */
	readonly isRelay?: boolean;
	/** A peer has been forgotten, since there are too many. */
	readonly onForgotten?: (peer: UdpPeer) => void;
};

/**
After as many equal datagrams in a row one answer is withheld. That ends a loop of two servers that answer each other;
whoever sends on by itself has lost one answer.
*/
const loopLength = 10_000;

/** The length and the ends of a payload, mixed: equal for equal payloads, and seldom for others. */
function printOf(bytes: Uint8Array): number {
	const {length} = bytes;
	let print = length;
	for (let index = Math.min(8, length) - 1; index >= 0; index--) {
		print = Math.imul(print, 31) ^ (bytes[index]! << 8) ^ bytes[length - 1 - index]!;
	}

	return print;
}

/** A UDP server: one socket, bound to a known port, that hears and answers any number of peers. */
export class UdpServer extends ServerSocket {
	readonly protocol = 'udp';
	/** The options of its sockets, and what the system has made of them. */
	readonly ownOptions: UdpOptions;
	readonly #options: UdpServerOptions;
	readonly #peers: UdpPeers;
	#socket: Socket | undefined;
	#track: SocketTrack;
	#sender: UdpSender<UdpPeer> | undefined;
	/** The client that is being answered, and its datagram, where one of the playground's sockets has sent it. */
	#asker: UdpPeer | undefined;
	#asked: InFlightDatagram | undefined;
	/** Its payload, which an echo sends back. */
	#heard: Uint8Array | undefined;

	constructor(options: UdpServerOptions) {
		super(options.onChange);
		this.#options = options;
		this.#peers = new UdpPeers(options.limits.peers, options.onForgotten);
		this.#track = options.newTrack();
		this.ownOptions = new UdpOptions(() => this.#options.options?.() ?? noOptions);
	}

	/** Set an option of the socket, where one is open. */
	setOption(option: SocketOption): OptionOutcome {
		return this.ownOptions.set(option);
	}

	get peers(): ReadonlyMap<PeerNumber, UdpPeer> {
		return this.#peers.byNumber;
	}

	/** How many addresses it has met since it was made. */
	get peersEver(): number {
		return this.#peers.ever;
	}

	/** What the socket has received, and sent. */
	get received(): Tally {
		return this.#track.received;
	}

	get sent(): Tally {
		return this.#track.sent;
	}

	/** Where the events of its socket are recorded. */
	get track(): SocketTrack {
		return this.#track;
	}

	get onTheLink(): Tally {
		return {count: this.#sender?.onTheLink ?? 0, bytes: this.#sender?.bytesOnTheLink ?? 0};
	}

	/** Send a datagram to a peer. A failure of the call itself is an event. */
	send(number: PeerNumber, bytes: Uint8Array): SendRefusal | undefined {
		const peer = this.peers.get(number);
		if (!this.#socket || !this.#sender) {
			return {reason: 'not-open'};
		}

		if (!peer) {
			return {reason: 'peer-gone'};
		}

		const {limits} = this.#options;
		const track = this.#track;
		const {address} = peer;
		const {waiting} = this.#sender;
		const asked = peer === this.#asker ? this.#asked : undefined;
		asked?.track.notifyDelivery(asked.number, 'answering', Number.NaN, 0);
		if (waiting > limits.waitingBytes) {
			asked?.track.notifyDelivery(asked.number, 'answer-failed', Number.NaN, 0);
			track.happened({
				type: 'send-refused', peer: address, length: bytes.length, waiting,
			});
			return {reason: 'too-much-waiting', waiting};
		}

		peer.lastAnswer = bytes === this.#heard ? peer.lastHeard : printOf(bytes);
		this.#sender.send(peer, bytes, asked);
		return undefined;
	}

	protected async bind(address: Address): Promise<BoundSocket> {
		const socket = openUdpSocket(familyOf(address.host) === 6 ? 6 : 4);
		return {
			local: await bindUdpSocket(socket, address),
			adopt: () => {
				this.#socket = socket;
			},
			undo: async () => closeUdpSocket(socket),
		};
	}

	protected found(name: string, hosts: readonly string[]): void {
		this.#track = this.#options.newTrack();
		this.#track.found(name, hosts);
	}

	protected opened(local: Address, asked: Address): void {
		const {newTrack, limits, link} = this.#options;
		const track = newTrack();
		const socket = this.#socket!;
		this.#track = track;
		this.#sender = new UdpSender<UdpPeer>({
			socket, track, limits, link, direction: 'to-clients', onSent({sent}, {length}) {
				sent.count++;
				sent.bytes += length;
			},
		});
		this.#sender.bound();
		socket.on('error', error => {
			track.failed(toFailure(error));
		});
		hearDatagrams(socket, (host, port, bytes) => {
			this.#receive(host, port, bytes);
		});
		track.happened({type: 'socket-bound', local, asked});
		this.ownOptions.setAll(socket, track);
	}

	protected failed(local: Address, failure: SocketFailure): void {
		this.#socket = undefined;
		this.#track = this.#options.newTrack();
		this.#track.happened({type: 'bind-failed', local, failure});
	}

	protected stayed(local: Address, failure: SocketFailure, isReopened: boolean): void {
		this.#track.happened({
			type: 'move-failed', local, failure, made: 'SOCK_DGRAM', ...(isReopened && {isReopened}),
		});
	}

	/** The peers are forgotten with the socket. */
	protected async release(local: Address): Promise<void> {
		const track = this.#track;
		const discarded = this.#sender?.close() ?? 0;
		const closed = closeUdpSocket(this.#socket);
		this.#socket = undefined;
		this.#sender = undefined;
		this.ownOptions.forget();
		this.#peers.clear();
		track.closed(discarded, {local});
		await closed;
	}

	#receive(host: string, port: number, bytes: Uint8Array): void {
		const peer = this.#peers.heard(host, port);
		peer.received.count++;
		peer.received.bytes += bytes.length;
		peer.far = this.#track.farEnd(peer.far);
		this.#asked = this.#track.datagramReceived(peer.far, bytes);
		if (this.isOwn(peer.address)) {
			// Its answer would come from here again, and be answered, for ever.
			this.#track.happened({type: 'answer-withheld', peer: peer.address});
			return;
		}

		if (!this.#options.isRelay && this.#isLoop(peer, bytes)) {
			this.#track.happened({type: 'answer-withheld', peer: peer.address, repeats: peer.repeats});
			return;
		}

		this.#asker = peer;
		this.#heard = bytes;
		this.#options.onDatagram(peer, bytes);
		this.#heard = undefined;
		this.#asker = undefined;
	}

	/** Whether this peer answers every answer, as another server does. */
	#isLoop(peer: UdpPeer, bytes: Uint8Array): boolean {
		const print = printOf(bytes);
		peer.repeats = print === peer.lastAnswer || print === peer.lastHeard ? peer.repeats + 1 : 0;
		peer.lastHeard = print;
		if (peer.repeats < loopLength || peer.isNoLoop) {
			return false;
		}

		peer.isNoLoop = true;
		return true;
	}
}
