import type {Socket} from 'node:dgram';
import {promises as dns} from 'node:dns';
import type {Address} from '../events/event.ts';
import type {Recorder} from '../events/recorder.ts';
import {toFailure} from './failure.ts';
import type {Limits} from './limits.ts';
import type {PeerNumber, SendRefusal, ServerState} from './server-state.ts';
import {bindUdpSocket, openUdpSocket} from './udp-socket.ts';

/** An address that a UDP server has heard from. It is no connection: the server merely remembers it. */
export type UdpPeer = {
	readonly number: PeerNumber;
	readonly address: Address;
	received: number;
	sent: number;
	/** Grows with every datagram that the server gets: whoever has the smallest was silent longest. */
	lastHeard: number;
};

/** What a UDP server is made with: where its events are recorded, its limits, and who hears of its datagrams. */
export type UdpServerOptions = {
	readonly recorder: Recorder;
	readonly limits: Limits;
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
	#state: ServerState = {type: 'closed'};
	#lastLocal: Address | undefined;

	constructor(options: UdpServerOptions) {
		this.#options = options;
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

	/** Bind to an address; port 0 lets the system pick one. Never rejects: a failure is the state, and an event. */
	async open(wanted: Address): Promise<void> {
		this.#opening ??= this.#open(wanted);
		await this.#opening;
	}

	/** Send a datagram to a peer. A failure of the call itself is an event. */
	send(number: PeerNumber, bytes: Uint8Array): SendRefusal | undefined {
		const peer = this.#byNumber.get(number);
		if (!this.#socket || this.#state.type !== 'open') {
			return {reason: 'not-open'};
		}

		if (!peer) {
			return {reason: 'peer-gone'};
		}

		const {recorder, limits} = this.#options;
		const {address} = peer;
		const waiting = this.#socket.getSendQueueSize();
		if (waiting > limits.waitingBytes) {
			recorder.happened({
				type: 'send-refused', peer: address, length: bytes.length, waiting,
			});
			return {reason: 'too-much-waiting', waiting};
		}

		const failed = (error: unknown): void => {
			recorder.happened({
				type: 'send-failed', peer: address, length: bytes.length, bytes, failure: toFailure(error),
			});
		};

		try {
			this.#socket.send(bytes, address.port, address.host, error => {
				if (error) {
					failed(error);
					return;
				}

				peer.sent++;
				recorder.datagramSent(address, bytes);
			});
		} catch (error) {
			// A sender may have no port (RFC 768), and cannot be answered then.
			failed(error);
		}

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
		await new Promise<void>(resolve => {
			socket.close(resolve);
		});
		this.#options.recorder.happened({type: 'closed', local: state.local, discarded: 0});
	}

	async #open(wanted: Address): Promise<void> {
		const {recorder, onChange} = this.#options;
		this.#state = {type: 'opening', wanted};
		onChange();
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
			this.#state = {type: 'open', local};
			this.#lastLocal = local;
			recorder.happened({type: 'bound', local});
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
		peer.received++;
		peer.lastHeard = ++this.#heard;
		this.#options.recorder.datagramReceived(peer.address, bytes);
		this.#options.onDatagram(peer, bytes);
	}

	#meet(host: string, port: number): UdpPeer {
		if (this.#byNumber.size >= this.#options.limits.peers) {
			this.#forgetMostSilent();
		}

		const peer: UdpPeer = {
			number: ++this.#lastNumber, address: {host, port}, received: 0, sent: 0, lastHeard: 0,
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
