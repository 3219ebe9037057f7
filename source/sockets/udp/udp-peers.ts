import {farEndAt} from '../../log/socket-track.ts';
import type {PeerNumber} from '../states.ts';
import {Overtaking} from './overtaking.ts';
import type {Addressee} from './udp-sender.ts';

/** An address that a UDP server has heard from. It is no connection: the server merely remembers it. */
export type UdpPeer = Addressee & {
	readonly number: PeerNumber;
	readonly received: {count: number; bytes: number};
	readonly sent: {count: number; bytes: number};
	/** What its last datagram, and the last answer to it, looked like (`printOf`). */
	lastHeard: number;
	lastAnswer: number;
	/** How often in a row it has sent the same again, or what it was answered. */
	repeats: number;
	/** An answer was withheld from it once. That would have ended a loop: it is none. */
	isNoLoop: boolean;
	/** Those that were last heard before it, and after it. */
	older: UdpPeer | undefined;
	newer: UdpPeer | undefined;
};

/** The addresses that a UDP server remembers. Over the limit the one that was silent longest is forgotten first. */
export class UdpPeers {
	readonly #limit: number;
	readonly #onForgotten: ((peer: UdpPeer) => void) | undefined;
	readonly #byAddress = new Map<string, Map<number, UdpPeer>>();
	readonly #byNumber = new Map<PeerNumber, UdpPeer>();
	/** The host that was heard last, and its peers by their ports: a Map would hash each datagram's string anew. */
	#host = '';
	#ports: Map<number, UdpPeer> | undefined;
	/** The ends of the list in which they stand by when they were last heard. */
	#oldest: UdpPeer | undefined;
	#newest: UdpPeer | undefined;
	#lastNumber = 0;

	/** @param onForgotten - hears of each that is forgotten for another one */
	constructor(limit: number, onForgotten?: (peer: UdpPeer) => void) {
		this.#limit = limit;
		this.#onForgotten = onForgotten;
	}

	/** By their numbers: in the order in which they were first heard. */
	get byNumber(): ReadonlyMap<PeerNumber, UdpPeer> {
		return this.#byNumber;
	}

	/** How many there ever were. */
	get ever(): number {
		return this.#lastNumber;
	}

	/** A datagram has come from this address: whose is it? */
	heard(host: string, port: number): UdpPeer {
		if (host !== this.#host) {
			this.#host = host;
			this.#ports = this.#byAddress.get(host);
		}

		const peer = this.#ports?.get(port) ?? this.#meet(this.#host, port);
		if (peer !== this.#newest) {
			this.#leave(peer);
			this.#enter(peer);
		}

		return peer;
	}

	/** Forget all of them; their numbers are not given again. */
	clear(): void {
		this.#byAddress.clear();
		this.#ports = undefined;
		this.#byNumber.clear();
		this.#oldest = undefined;
		this.#newest = undefined;
	}

	#meet(host: string, port: number): UdpPeer {
		if (this.#byNumber.size >= this.#limit) {
			this.#forgetMostSilent();
		}

		const address = {host, port};
		const peer: UdpPeer = {
			number: ++this.#lastNumber,
			address,
			received: {count: 0, bytes: 0},
			sent: {count: 0, bytes: 0},
			lastHeard: 0,
			lastAnswer: 0,
			repeats: 0,
			isNoLoop: false,
			older: undefined,
			newer: undefined,
			far: farEndAt(address),
			overtaking: new Overtaking(),
			look: undefined,
		};
		this.#ports = this.#byAddress.get(host) ?? new Map<number, UdpPeer>();
		this.#ports.set(port, peer);
		this.#byAddress.set(host, this.#ports);
		this.#byNumber.set(peer.number, peer);
		return peer;
	}

	#forgetMostSilent(): void {
		const peer = this.#oldest;
		if (!peer) {
			return;
		}

		const {number, address} = peer;
		this.#leave(peer);
		this.#byNumber.delete(number);
		const ports = this.#byAddress.get(address.host);
		ports?.delete(address.port);
		if (ports?.size === 0) {
			this.#byAddress.delete(address.host);
		}

		this.#onForgotten?.(peer);
	}

	/** It was heard last. */
	#enter(peer: UdpPeer): void {
		peer.older = this.#newest;
		peer.newer = undefined;
		if (this.#newest) {
			this.#newest.newer = peer;
		} else {
			this.#oldest = peer;
		}

		this.#newest = peer;
	}

	#leave(peer: UdpPeer): void {
		const {older, newer} = peer;
		if (older) {
			older.newer = newer;
		} else if (this.#oldest === peer) {
			this.#oldest = newer;
		}

		if (newer) {
			newer.older = older;
		} else if (this.#newest === peer) {
			this.#newest = older;
		}
	}
}
