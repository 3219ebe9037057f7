import {notifyDelivery} from '../../log/delivery/delivery-trace.ts';
import type {Origin} from '../../log/delivery/in-flight.ts';
import type {Address} from '../../log/event.ts';
import type {FarEnd, SocketTrack} from '../../log/socket-track.ts';
import {plainHost} from '../../text/address.ts';
import {isOwnHost} from '../host-names.ts';
import type {KernelSocket} from '../kernel/kernel-socket.ts';
import {datagramCounts, socketsAtPort} from '../kernel/process-sockets.ts';
import {readHere} from './udp-socket.ts';

/** After a look, none follows for this many times as long as it took: looking takes a fiftieth of the time. */
const restFactor = 50;

/** By this many milliseconds of such rest, looks may be early: several at once, and then none for longer. */
const mostEarly = 2000;

/** Until when looks at any address have taken their share of the time, as performance.now() has it. */
let restsUntil = Number.NEGATIVE_INFINITY;

/** What the last look has cost, in milliseconds: at most twice the one before, as others may have had the processor. */
let cost = 1;

/** The least pause between two looks at an address where there is no socket, in milliseconds. */
const pause = 50;

/**
The pause after a socket was found, or where nothing could be told: twice as long each time, while datagrams are sent
there. After a silence of this length it is looked anew.
*/
const silence = 1000;
const longestPause = 32_000;

/** How long after a look the next may begin with what that has counted, in milliseconds. */
const longestCounting = 100;

/** The kernel may be late with what was sent: it is looked again after these many milliseconds. */
const latenesses = [10, 40, 160, 640];

/** More datagrams than this are not followed from one look to the next. */
const most = 16_384;

/** A datagram that the system has taken: its event's number in the log, and which of its socket's writes it is. */
type Sent = {
	readonly sequence: number;
	readonly number: number;
	readonly answers: Origin | undefined;
	/** A socket of the playground had that port before. */
	readonly isVacant: boolean;
};

/** Between two looks this far apart, in milliseconds, a program may well have come and gone. */
const longBetween = 10;

/** Another program that has sent to a port without a socket may do so again in this time, in milliseconds. */
const noiseLasts = 1000;

/** Until when others may send to such ports, as performance.now() has it. */
let noisyUntil = Number.NEGATIVE_INFINITY;

/** How many datagrams of each version of IP this process has handed over for addresses that had no socket. */
const handedOver = {4: 0, 6: 0};

/** What was counted at a look: by the kernel, and by this process. */
type Counts = {
	readonly at: number;
	readonly noPorts: number;
	/** Datagrams that other programs have read. */
	readonly readElsewhere: number;
	readonly handedOver: number;
};

/**
Tells which datagrams to an address of this machine have found no socket. That is known where the kernel has no socket
there that would take them, neither before the first was handed over nor afterwards, and has counted as many datagrams
to ports without a socket in between (RFC 4113, udpNoPorts): one that was bound and closed meanwhile keeps that count
low, and so does a firewall that leads them elsewhere. Datagrams of others that find no socket make up for that: where
it is not just those of this process that were counted, it is known only if no other program has read any, or if one of
the playground's sockets had the port before, and nobody else by the next look, shortly after. Where the kernel does not
tell, it is taken for known where one of the playground's sockets had the port.
*/
export class PortLook {
	readonly #address: Address;
	readonly #track: SocketTrack;
	readonly #ownPort: () => number | undefined;
	readonly #family: 4 | 6;
	/** What had been counted before the datagrams in `#sent`; undefined while none is followed. */
	#counted: Counts | undefined;
	/** Whether the last look has found no socket. */
	#isVacant = false;
	/** How many datagrams the system has been given and has not answered. */
	#unanswered = 0;
	/** Those that it has taken since. */
	#sent: Sent[] = [];
	#notBefore = Number.NEGATIVE_INFINITY;
	#pause = silence;
	/** When the last datagram was sent. */
	#last = Number.NEGATIVE_INFINITY;
	#isOwn: boolean | undefined;
	/** Whether the kernel tells nothing of ports without a socket. */
	#isUntold = false;

	/** @param ownPort - the port of the socket that sends, once it is bound */
	constructor(address: Address, track: SocketTrack, ownPort: () => number | undefined) {
		this.#address = {host: plainHost(address.host), port: address.port};
		this.#family = address.host.includes(':') ? 6 : 4;
		this.#track = track;
		this.#ownPort = ownPort;
	}

	/** A datagram is about to be handed to the system. */
	before(far: FarEnd): void {
		this.#unanswered++;
		this.#lookBefore(far);
		if (this.#isVacant) {
			handedOver[this.#family]++;
		}
	}

	#lookBefore(far: FarEnd): void {
		if (this.#isOwn === false || this.#unanswered > 1 || this.#sent.length > 0) {
			return;
		}

		const now = performance.now();
		if (this.#counted !== undefined && now - this.#counted.at < longestCounting) {
			return;
		}

		const isAfterSilence = now - this.#last >= silence;
		this.#last = now;
		this.#counted = undefined;
		if (now < lookFrom(far) || (now < this.#notBefore && !isAfterSilence)) {
			return;
		}

		this.#isOwn ??= isOwnHost(this.#address.host);
		if (this.#isOwn) {
			this.#notBefore = now;
			this.#counted = this.#countWhereVacant(far);
		}
	}

	/** The system has not taken it. */
	failed(): void {
		this.#unanswered--;
	}

	/** The system has taken it. */
	after(sequence: number, number: number, far: FarEnd, answers: Origin | undefined): void {
		this.#unanswered--;
		const sent = {
			sequence, number, answers, isVacant: far.isVacant,
		};
		if (this.#counted === undefined) {
			if (this.#isUntold && far.isVacant) {
				this.#foundNone(sent);
			}

			return;
		}

		this.#sent.push(sent);
		if (this.#sent.length > most) {
			this.#giveUp();
		} else if (this.#sent.length === 1) {
			const wait = Math.max(this.#notBefore, lookFrom(far)) - performance.now();
			if (wait > 0) {
				this.#tellIn(wait, far);
			} else {
				setImmediate(() => {
					this.#tell(far);
				});
			}
		}
	}

	#tellIn(milliseconds: number, far: FarEnd, turn = 0): void {
		setTimeout(() => {
			this.#tell(far, turn);
		}, milliseconds).unref();
	}

	/** @param turn - how often it was looked for the same datagrams, and not all of them had been counted */
	#tell(far: FarEnd, turn = 0): void {
		const before = this.#counted;
		const counted = before === undefined ? undefined : this.#countWhereVacant(far);
		if (before === undefined || counted === undefined) {
			return;
		}

		const lateness = latenesses[turn];
		if (counted.noPorts - before.noPorts >= this.#sent.length) {
			const sent = this.#sent;
			this.#sent = [];
			this.#counted = counted;
			this.#notBefore = counted.at + pause;
			this.#pause = silence;
			const isKnown = isCertain(before, counted);
			const isShort = counted.at - before.at < silence;
			for (const one of sent) {
				if (isKnown || (one.isVacant && isShort)) {
					this.#foundNone(one);
				}
			}
		} else if (lateness === undefined) {
			this.#giveUp();
		} else {
			this.#tellIn(lateness, far, turn + 1);
		}
	}

	#foundNone({sequence, number, answers}: Sent): void {
		this.#track.amend({type: 'unbound', sequence});
		notifyDelivery(this.#track, number, answers, 'dropped');
	}

	/** What is counted by now; undefined, and then nothing is known of what was sent, where a socket is there. */
	#countWhereVacant(far: FarEnd): Counts | undefined {
		const begin = performance.now();
		const isTaken = socketsAtPort('udp', this.#address.port)?.some(socket => this.#takes(socket));
		const counts = isTaken === false ? datagramCounts(this.#family) : undefined;
		const at = performance.now();
		cost = Math.min(at - begin, 2 * cost);
		restsUntil = Math.max(restsUntil, at) + (cost * restFactor);
		this.#isVacant = counts !== undefined;
		this.#isUntold = !isTaken && !counts;
		if (isTaken) {
			this.#track.occupied(far);
		}

		if (!counts) {
			this.#giveUp();
		}

		return counts && {
			at,
			noPorts: counts.noPorts,
			readElsewhere: counts.read - readHere[this.#family],
			handedOver: handedOver[this.#family],
		};
	}

	/** Nothing is known of what was sent. */
	#giveUp(): void {
		this.#sent = [];
		this.#counted = undefined;
		this.#notBefore = performance.now() + this.#pause;
		this.#pause = Math.min(2 * this.#pause, longestPause);
	}

	/** Whether a socket gets what is sent to the address: one with a peer, from that peer only (udp(7)). */
	#takes({local, remote}: KernelSocket): boolean {
		const {host, port} = this.#address;
		const isWildcard = local.host === '::' || (local.host === '0.0.0.0' && !host.includes(':'));
		return local.port === port && (isWildcard || local.host === host)
			&& (remote.port === 0 || remote.port === this.#ownPort());
	}
}

/** When the next look may be made; at any time where a socket of the playground was, as there are few such ports. */
function lookFrom({isVacant}: FarEnd): number {
	return isVacant ? Number.NEGATIVE_INFINITY : restsUntil - mostEarly;
}

/** Whether those that have found no socket are the ones that this process has sent, as far as can be told. */
function isCertain(before: Counts, after: Counts): boolean {
	const others = (after.noPorts - before.noPorts) - (after.handedOver - before.handedOver);
	const mayBeOthers = others !== 0 || (after.at - before.at > longBetween && before.at < noisyUntil);
	if (others > 0) {
		noisyUntil = after.at + noiseLasts;
	}

	return !mayBeOthers || after.readElsewhere === before.readElsewhere;
}
