import type {Socket} from 'node:dgram';
import {promises as dns} from 'node:dns';
import type {Address, Tally} from '../events/event.ts';
import type {Departure} from '../events/flight.ts';
import {farEndAt, type Recorder} from '../events/recorder.ts';
import {toFailure} from './failure.ts';
import type {Link} from './link/link.ts';
import type {Limits} from './limits.ts';
import {Overtaking} from './overtaking.ts';
import type {PeerNumber, SendRefusal, ServerState} from './server-state.ts';
import {type Addressee, UdpSender} from './udp-sender.ts';
import {bindUdpSocket, openUdpSocket} from './udp-socket.ts';

/** An address that a UDP server has heard from. It is no connection: the server merely remembers it. */
export type UdpPeer = Addressee & {
	readonly number: PeerNumber;
	readonly received: {count: number; bytes: number};
	readonly sent: {count: number; bytes: number};
	/** Grows with every datagram that the server gets: whoever has the smallest was silent longest. */
	lastHeard: number;
};

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
export class UdpServer {
	readonly protocol = 'udp';
	readonly #options: UdpServerOptions;
	readonly #peers = new Map<string, Map<number, UdpPeer>>();
	/** The same peers in the order in which they were first heard. */
	readonly #byNumber = new Map<PeerNumber, UdpPeer>();
	#lastNumber = 0;
	#heard = 0;
	#socket: Socket | undefined;
	#opening: Promise<void> | undefined;
	/** The end of the socket before: what happens to the next one comes after it. */
	#closing: Promise<void> | undefined;
	#state: ServerState = {type: 'closed'};
	#lastLocal: Address | undefined;
	#recorder: Recorder;
	#sender: UdpSender<UdpPeer> | undefined;
	/** Who is being answered, and which datagram, where one of our own sockets has sent it. */
	#asker: UdpPeer | undefined;
	#asked: Departure | undefined;

	constructor(options: UdpServerOptions) {
		this.#options = options;
		this.#recorder = options.newRecorder();
	}

	/** Where it was bound last: a client that knows it from then still sends there when it is closed. */
	get lastLocal(): Address | undefined {
		return this.#lastLocal;
	}

	get state(): ServerState {
		return this.#state;
	}

	get peers(): ReadonlyMap<PeerNumber, UdpPeer> {
		return this.#byNumber;
	}

	/** How many addresses it has met since it was made. */
	get peersEver(): number {
		return this.#lastNumber;
	}

	/** What the socket has received, and sent. */
	get received(): Tally {
		return this.#recorder.received;
	}

	get sent(): Tally {
		return this.#recorder.sent;
	}

	/** How many datagrams are on the simulated link, and how many bytes they have. */
	get onTheLink(): Tally {
		return {count: this.#sender?.onTheLink ?? 0, bytes: this.#sender?.bytesOnTheLink ?? 0};
	}

	/** Bind to an address; port 0 lets the system pick one. Never rejects: a failure is the state, and an event. */
	async open(wanted: Address): Promise<void> {
		this.#opening ??= this.#open(wanted);
		await this.#opening;
	}

	/** Send a datagram to a peer. A failure of the call itself is an event. */
	send(number: PeerNumber, bytes: Uint8Array): SendRefusal | undefined {
		const peer = this.#byNumber.get(number);
		if (!this.#socket || !this.#sender || this.#state.type !== 'open') {
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

	/** Close the socket and forget the peers. May be called twice. */
	async close(): Promise<void> {
		if (this.#state.type === 'opening') {
			await this.#opening;
		}

		const socket = this.#socket;
		const state = this.#state;
		if (!socket || state.type !== 'open') {
			return;
		}

		this.#socket = undefined;
		this.#opening = undefined;
		this.#state = {type: 'closed'};
		this.#peers.clear();
		this.#byNumber.clear();
		const recorder = this.#recorder;
		const discarded = this.#sender?.close() ?? 0;
		this.#sender = undefined;
		this.#closing = new Promise<void>(resolve => {
			socket.close(resolve);
		}).then(() => {
			recorder.happened({type: 'closed', local: state.local, discarded});
		});
		await this.#closing;
	}

	async #open(wanted: Address): Promise<void> {
		const {onChange, newRecorder} = this.#options;
		this.#state = {type: 'opening', wanted};
		onChange();
		await this.#closing;
		const recorder = newRecorder();
		this.#recorder = recorder;
		try {
			const {address: host, family} = await dns.lookup(wanted.host, {order: 'ipv4first'});
			const socket = openUdpSocket(family === 6 ? 6 : 4);
			this.#socket = socket;
			const local = await bindUdpSocket(socket, {host, port: wanted.port});
			socket.on('error', error => {
				recorder.happened({type: 'socket-failed', failure: toFailure(error)});
			});
			socket.on('message', (bytes, {address, port}) => {
				this.#receive(address, port, bytes);
			});
			const {limits, link} = this.#options;
			this.#sender = new UdpSender<UdpPeer>({
				socket, recorder, limits, link, direction: 'to-clients', onSent({sent}, bytes) {
					sent.count++;
					sent.bytes += bytes.length;
				},
			});
			this.#sender.bound();
			this.#state = {type: 'open', local};
			this.#lastLocal = local;
			recorder.happened({type: 'bound', local, asked: {host, port: wanted.port}});
		} catch (error) {
			const failure = toFailure(error);
			this.#socket = undefined;
			this.#opening = undefined;
			this.#state = {type: 'failed', wanted, failure};
			recorder.happened({type: 'bind-failed', local: wanted, failure});
		}
	}

	#receive(host: string, port: number, bytes: Uint8Array): void {
		const peer = this.#peers.get(host)?.get(port) ?? this.#meet(host, port);
		peer.received.count++;
		peer.received.bytes += bytes.length;
		peer.lastHeard = ++this.#heard;
		peer.far = this.#recorder.farEnd(peer.far);
		this.#asked = this.#recorder.datagramReceived(peer.far, bytes);
		this.#asker = peer;
		this.#options.onDatagram(peer, bytes);
		this.#asker = undefined;
	}

	#meet(host: string, port: number): UdpPeer {
		if (this.#byNumber.size >= this.#options.limits.peers) {
			this.#forgetMostSilent();
		}

		const address = {host, port};
		const peer: UdpPeer = {
			number: ++this.#lastNumber, address, received: {count: 0, bytes: 0}, sent: {count: 0, bytes: 0}, lastHeard: 0, far: farEndAt(address), overtaking: new Overtaking(),
		};
		const ports = this.#peers.get(host) ?? new Map<number, UdpPeer>();
		ports.set(port, peer);
		this.#peers.set(host, ports);
		this.#byNumber.set(peer.number, peer);
		return peer;
	}

	#forgetMostSilent(): void {
		let silent: UdpPeer | undefined;
		for (const peer of this.#byNumber.values()) {
			if (!silent || peer.lastHeard < silent.lastHeard) {
				silent = peer;
			}
		}

		if (!silent) {
			return;
		}

		const {number, address} = silent;
		this.#byNumber.delete(number);
		const ports = this.#peers.get(address.host);
		ports?.delete(address.port);
		if (ports?.size === 0) {
			this.#peers.delete(address.host);
		}
	}
}
