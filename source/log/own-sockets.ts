import type {Address, RareHappening} from './event.ts';
import {plainHost} from './plain-host.ts';
import type {FarEnd, Recorder} from './socket-track.ts';

type Bound = {readonly host: string; readonly recorder: Recorder};

/** Of so many sockets that were closed it is remembered where they had been. */
const mostLeft = 64;

/**
Which of our own sockets are where, kept as they are opened and closed: so the two ends of what goes from one of them to another are
known to belong together.
*/
export class OwnSockets {
	readonly #isOwnHost: (host: string) => boolean;
	/** UDP sockets by their ports. */
	readonly #bound = new Map<number, Bound[]>();
	/** The port that each of them is bound to. */
	readonly #ports = new Map<Recorder, number>();
	/** Those that were closed last, by the ports that they had: what they have sent may not have been read yet. */
	readonly #left = new Map<number, Bound>();
	/** Ends of TCP connections whose other end has not been seen, by both their addresses. */
	readonly #ends = new Map<string, Recorder>();
	#revision = 0;
	#closings = 0;

	/** @param isOwnHost - whether an IP address is one of this machine's */
	constructor(isOwnHost: (host: string) => boolean) {
		this.#isOwnHost = isOwnHost;
	}

	/** How many UDP sockets of ours have been closed: what was on its way to them is lost. */
	get closings(): number {
		return this.#closings;
	}

	/** Take note of what happened to a socket. */
	note(recorder: Recorder, happening: RareHappening): void {
		switch (happening.type) {
			case 'bound': {
				this.#leave(recorder);
				const {host, port} = happening.local;
				this.#left.delete(port);
				this.#bound.set(port, [...this.#bound.get(port) ?? [], {host: plainHost(host), recorder}]);
				this.#ports.set(recorder, port);
				this.#revision++;
				break;
			}

			case 'accepted':
			case 'connected': {
				this.#meet(recorder, happening.local, happening.peer);
				break;
			}

			case 'closed': {
				this.#leave(recorder);
				if (happening.local && happening.peer) {
					this.#forgetEnd(recorder, keyOf(happening.local, happening.peer));
				}

				break;
			}

			default: {
				break;
			}
		}
	}

	/** The far end as it is now: the same object for as long as that is as it was. UDP only. */
	current(far: FarEnd): FarEnd {
		if (far.revision === this.#revision) {
			return far;
		}

		const {address} = far;
		const socket = this.#socketAt(address);
		const isVacant = !socket && this.leftFrom(address) !== undefined;
		if (socket === far.socket && isVacant === far.isVacant) {
			far.revision = this.#revision;
			return far;
		}

		return {
			address, socket, isVacant, revision: this.#revision,
		};
	}

	/** Somebody who is not ours has answered from this address: it is not vacant. */
	occupied({port}: Address): void {
		if (this.#left.delete(port)) {
			this.#revision++;
		}
	}

	/** The socket of ours that was at this address before it was closed, where none has its port now. UDP only. */
	leftFrom({host, port}: Address): Recorder | undefined {
		const bound = this.#left.get(port);
		return bound && this.#hasHost(bound, plainHost(host)) ? bound.recorder : undefined;
	}

	#socketAt({host, port}: Address): Recorder | undefined {
		const plain = plainHost(host);
		const bound = this.#bound.get(port);
		return (bound?.find(one => one.host === plain) ?? bound?.find(one => this.#hasHost(one, plain)))?.recorder;
	}

	/** A socket bound to a wildcard address has every address of this machine: `0.0.0.0` those of IPv4, `::` all. */
	#hasHost(bound: Bound, plain: string): boolean {
		const isWildcard = bound.host === '::' || (bound.host === '0.0.0.0' && !plain.includes(':'));
		return bound.host === plain || (isWildcard && this.#isOwnHost(plain));
	}

	#forgetEnd(recorder: Recorder, key: string): void {
		if (this.#ends.get(key) === recorder) {
			this.#ends.delete(key);
		}
	}

	/** The two ends of a connection name each other's addresses. */
	#meet(recorder: Recorder, local: Address, peer: Address): void {
		const other = this.#ends.get(keyOf(peer, local));
		if (other) {
			this.#ends.delete(keyOf(peer, local));
			recorder.link(other);
			other.link(recorder);
		} else {
			this.#ends.set(keyOf(local, peer), recorder);
		}
	}

	#leave(recorder: Recorder): void {
		const port = this.#ports.get(recorder);
		if (port === undefined) {
			return;
		}

		this.#closings++;
		this.#ports.delete(recorder);
		const all = this.#bound.get(port) ?? [];
		const others = all.filter(bound => bound.recorder !== recorder);
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
		if (oldest !== undefined && this.#left.size > mostLeft) {
			this.#left.delete(oldest);
		}
	}
}

function keyOf(local: Address, peer: Address): string {
	return `${plainHost(local.host)} ${local.port} ${plainHost(peer.host)} ${peer.port}`;
}
