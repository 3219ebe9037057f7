import {isSameAddress, plainHost} from '../../text/address.ts';
import type {Address, ColdEventBody} from '../event.ts';
import type {FarEnd, SocketTrack} from '../socket-track.ts';

type Bound = {readonly host: string; readonly track: SocketTrack};

/** The addresses of this many closed sockets are remembered. */
const maxRecentlyClosed = 64;

/** The addresses of the playground's sockets, by which the two ends of an exchange are linked. */
export class OwnSockets {
	readonly #isOwnHost: (host: string) => boolean;
	readonly #bound = new Map<number, Bound[]>();
	readonly #ports = new Map<SocketTrack, number>();
	/** Those that were closed last, by the ports that they had: what they have sent may not have been read yet. */
	readonly #left = new Map<number, Bound>();
	/** Ends of TCP connections whose other end has not been seen, by both their addresses. */
	readonly #ends = new Map<string, SocketTrack>();
	#revision = 0;
	#closings = 0;

	/** @param isOwnHost - whether an IP address is one of this machine's */
	constructor(isOwnHost: (host: string) => boolean) {
		this.#isOwnHost = isOwnHost;
	}

	/** How many UDP sockets and ends of connections have been closed: what is on its way to them is lost. */
	get closings(): number {
		return this.#closings;
	}

	note(track: SocketTrack, eventBody: ColdEventBody): void {
		const {type} = eventBody;
		switch (type) {
			case 'socket-bound': {
				this.#leave(track);
				const {host, port} = eventBody.local;
				this.#left.delete(port);
				this.#bound.set(port, [...this.#bound.get(port) ?? [], {host: plainHost(host), track}]);
				this.#ports.set(track, port);
				this.#revision++;

				break;
			}

			case 'connection-accepted':
			case 'connection-opened': {
				this.#meet(track, eventBody.local, eventBody.peer);

				break;
			}

			case 'socket-closed': {
				this.#leave(track);
				if (eventBody.local && eventBody.peer) {
					this.#closings++;
					this.#forgetEnd(track, keyOf(eventBody.local, eventBody.peer));
				}

				break;
			}
		// No default
		}
	}

	/** The far end as it is now: the same object for as long as that is as it was. UDP only. */
	current(far: FarEnd): FarEnd {
		if (far.revision === this.#revision) {
			return far;
		}

		const {address} = far;
		const socket = this.#socketAt(address);
		const isVacant = !socket && this.recentlyClosedAt(address) !== undefined;
		if (socket === far.socket && isVacant === far.isVacant) {
			far.revision = this.#revision;
			return far;
		}

		return {
			address, socket, isVacant, revision: this.#revision,
		};
	}

	/** Another program has answered from this address: it is not vacant. */
	occupied({port}: Address): void {
		if (this.#left.delete(port)) {
			this.#revision++;
		}
	}

	/** The playground's socket that had this address before it was closed, where none has its port now. UDP only. */
	recentlyClosedAt({host, port}: Address): SocketTrack | undefined {
		const bound = this.#left.get(port);
		return bound && this.#hasHost(bound, plainHost(host)) ? bound.track : undefined;
	}

	#socketAt({host, port}: Address): SocketTrack | undefined {
		const plain = plainHost(host);
		const bound = this.#bound.get(port);
		return (bound?.find(one => one.host === plain) ?? bound?.find(one => this.#hasHost(one, plain)))?.track;
	}

	/** A socket bound to a wildcard address has every address of this machine: `0.0.0.0` those of IPv4, `::` all. */
	#hasHost(bound: Bound, plain: string): boolean {
		const isWildcard = bound.host === '::' || (bound.host === '0.0.0.0' && !plain.includes(':'));
		return bound.host === plain || (isWildcard && this.#isOwnHost(plain));
	}

	#forgetEnd(track: SocketTrack, key: string): void {
		if (this.#ends.get(key) === track) {
			this.#ends.delete(key);
		}
	}

	/** The two ends of a connection name each other's addresses. */
	#meet(track: SocketTrack, local: Address, peer: Address): void {
		const other = this.#ends.get(keyOf(peer, local));
		if (isSameAddress(local, peer)) {
			// Connected to itself (simultaneous open, RFC 9293 section 3.5).
			track.link(track);
		} else if (other) {
			this.#ends.delete(keyOf(peer, local));
			track.link(other);
			other.link(track);
		} else {
			this.#ends.set(keyOf(local, peer), track);
		}
	}

	#leave(track: SocketTrack): void {
		const port = this.#ports.get(track);
		if (port === undefined) {
			return;
		}

		this.#closings++;
		this.#ports.delete(track);
		const all = this.#bound.get(port) ?? [];
		const others = all.filter(bound => bound.track !== track);
		if (others.length > 0) {
			this.#bound.set(port, others);
		} else {
			this.#bound.delete(port);
			this.#keepLeft(port, all);
		}

		this.#revision++;
	}

	#keepLeft(port: number, [bound]: readonly Bound[]): void {
		if (!bound) {
			return;
		}

		this.#left.set(port, bound);
		const [oldest] = this.#left.keys();
		if (oldest !== undefined && this.#left.size > maxRecentlyClosed) {
			this.#left.delete(oldest);
		}
	}
}

function keyOf(local: Address, peer: Address): string {
	return `${plainHost(local.host)} ${local.port} ${plainHost(peer.host)} ${peer.port}`;
}
