import type {Socket} from 'node:dgram';
import type {Address, SocketFailure, Tally} from '../log/event.ts';
import type {Departure} from '../log/in-flight.ts';
import type {Recorder} from '../log/socket-track.ts';
import {familyOf} from './addresses.ts';
import {toFailure} from './failure.ts';
import type {Link} from '../link/link.ts';
import type {Limits} from './limits.ts';
import {ServerSocket} from './server-socket.ts';
import type {PeerNumber, SendRefusal} from './states.ts';
import {type UdpPeer, UdpPeers} from './udp-peers.ts';
import {UdpSender} from './udp-sender.ts';
import {bindUdpSocket, closeUdpSocket, openUdpSocket} from './udp-socket.ts';

/** What a UDP server is made with: where its events are recorded, its limits, and who hears of its datagrams. */
export type UdpServerOptions = {
	/** A new recorder, for each socket that it opens. */
	readonly newRecorder: () => Recorder;
	readonly limits: Limits;
	/** The simulated link that its datagrams go over. */
	readonly link: Link;
	/** A datagram came; the sender's address and port have been extracted from it. */
	readonly onDatagram: (peer: UdpPeer, bytes: Uint8Array) => void;
	/** Something changed that is not an event. */
	readonly onChange: () => void;
};

/** A UDP server: one socket, bound to a known port, that hears and answers any number of peers. */
export class UdpServer extends ServerSocket {
	readonly protocol = 'udp';
	readonly #options: UdpServerOptions;
	readonly #peers: UdpPeers;
	#socket: Socket | undefined;
	#recorder: Recorder;
	#sender: UdpSender<UdpPeer> | undefined;
	/** Who is being answered, and which datagram, where one of our own sockets has sent it. */
	#asker: UdpPeer | undefined;
	#asked: Departure | undefined;

	constructor(options: UdpServerOptions) {
		super(options.onChange);
		this.#options = options;
		this.#peers = new UdpPeers(options.limits.peers);
		this.#recorder = options.newRecorder();
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
		return this.#recorder.received;
	}

	get sent(): Tally {
		return this.#recorder.sent;
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
		const recorder = this.#recorder;
		const {address} = peer;
		const waiting = this.#socket.getSendQueueSize();
		const asked = peer === this.#asker ? this.#asked : undefined;
		asked?.recorder.notifyDelivery(asked.number, 'answering', Number.NaN, 0);
		if (waiting > limits.waitingBytes) {
			asked?.recorder.notifyDelivery(asked.number, 'answer-failed', Number.NaN, 0);
			recorder.happened({
				type: 'send-refused', peer: address, length: bytes.length, waiting,
			});
			return {reason: 'too-much-waiting', waiting};
		}

		this.#sender.send(peer, bytes, asked);
		return undefined;
	}

	protected async bind(address: Address): Promise<Address> {
		const socket = openUdpSocket(familyOf(address.host) === 6 ? 6 : 4);
		this.#socket = socket;
		return bindUdpSocket(socket, address);
	}

	protected opened(local: Address, asked: Address): void {
		const {newRecorder, limits, link} = this.#options;
		const recorder = newRecorder();
		const socket = this.#socket!;
		this.#recorder = recorder;
		this.#sender = new UdpSender<UdpPeer>({
			socket, recorder, limits, link, direction: 'to-clients', onSent({sent}, {length}) {
				sent.count++;
				sent.bytes += length;
			},
		});
		this.#sender.bound();
		socket.on('error', error => {
			recorder.happened({type: 'socket-failed', failure: toFailure(error)});
		});
		socket.on('message', (bytes, {address, port}) => {
			this.#receive(address, port, bytes);
		});
		recorder.happened({type: 'bound', local, asked});
	}

	protected failed(local: Address, failure: SocketFailure): void {
		this.#socket = undefined;
		this.#recorder = this.#options.newRecorder();
		this.#recorder.happened({type: 'bind-failed', local, failure});
	}

	/** The peers are forgotten with the socket. */
	protected async release(local: Address | undefined): Promise<void> {
		const recorder = this.#recorder;
		const discarded = this.#sender?.close() ?? 0;
		const closed = closeUdpSocket(this.#socket);
		this.#socket = undefined;
		this.#sender = undefined;
		this.#peers.clear();
		await closed;
		if (local) {
			recorder.happened({type: 'closed', local, discarded});
		}
	}

	#receive(host: string, port: number, bytes: Uint8Array): void {
		const peer = this.#peers.heard(host, port);
		peer.received.count++;
		peer.received.bytes += bytes.length;
		peer.far = this.#recorder.farEnd(peer.far);
		this.#asked = this.#recorder.datagramReceived(peer.far, bytes);
		this.#asker = peer;
		this.#options.onDatagram(peer, bytes);
		this.#asker = undefined;
	}
}
