import type {DeliveryListener} from './delivery-trace.ts';
import type {LinkPassage} from './link-fate.ts';

/** Which datagram it is: whose, which of its writes, and when it was sent (milliseconds, by the log's clock). */
export type Origin = {readonly track: DeliveryListener; readonly number: number; time: number};

/** A datagram on its way between two of the playground's sockets: handed to the system, and not read yet. */
export type InFlightDatagram = Origin & {
	/**
	Its place in the order in which the system got the datagrams of this way: over a simulated link writes leave in
	another order, or twice.
	*/
	readonly order: number;
	readonly inFlight: InFlight;
	readonly length: number;
	/** Tells datagrams of one length apart. */
	readonly print: number;
	/** Where the log has it, once it has been recorded. */
	sequence: number | undefined;
	/** Which of the receiver's reads it was; 0 as long as it has not been read. */
	readAs: number;
	/** The kernel has dropped it. */
	isDropped: boolean;
	/** What it answers, where that is known. */
	readonly answers: Origin | undefined;
	/** How it came over the simulated link, where that has doubled or changed it. */
	passage: LinkPassage | undefined;
};

/**
Where a datagram that was sent is, as the log keeps it in one number: the number of the read, or one of these. Below
`gone`, each step is one more copy that the system has and no socket has read. Where none of the playground's sockets
is there, the number of copies that have found no socket, or one that was closed before it had read them, below 0.
*/
export const places = {unknown: 0, gone: -1, underWay: -2} as const;

/** The same of one that is about to be recorded. */
export function placeOf(departure: InFlightDatagram | undefined): number {
	if (!departure) {
		return places.unknown;
	}

	return departure.readAs > 0 ? departure.readAs : (departure.isDropped ? places.gone : places.underWay);
}

/**
More than this are not remembered. It is as many as the simulated link holds of one socket, which may all leave it in
one turn of the event loop: what is then forgotten must not be the oldest, since those are what a full receive buffer
holds, and it drops the others.
*/
const most = 65_536;

/** This many that are known to have arrived, or to be lost, are kept before the array is shortened. */
const maxDone = 4096;

/** Bytes at either end of a payload that its fingerprint is made of. */
const printed = 32;

/**
The datagrams on their way from one of the playground's sockets to another. They carry no numbers, but inside one
machine they keep their order: the oldest one with the bytes that arrived is the one that arrived, and those before it
have been dropped.
*/
export class InFlight {
	#underWay: InFlightDatagram[] = [];
	/** Those before this place have arrived, or are lost. */
	#next = 0;
	#departed = 0;
	#newestRead = 0;
	readonly #onDropped: (departure: InFlightDatagram) => void;

	/**
	@param onDropped - hears of each that the kernel has dropped: it was overtaken, given up, or there were too many to
	remember
	*/
	constructor(onDropped: (departure: InFlightDatagram) => void) {
		this.#onDropped = onDropped;
	}

	/** How many have departed, and have neither been read nor are known to be lost. */
	get size(): number {
		return this.#underWay.length - this.#next;
	}

	/** How many have departed so far: the order of the newest. */
	get departed(): number {
		return this.#departed;
	}

	/** The newest that has arrived, by its order, or the first that may still arrive: others before it are lost. */
	get newestRead(): number {
		return this.#newestRead;
	}

	/** A datagram is about to be handed to the system. */
	depart({track, number, time}: Origin, bytes: Uint8Array, answers?: Origin): InFlightDatagram {
		if (this.#next > maxDone) {
			this.#underWay = this.#underWay.slice(this.#next);
			this.#next = 0;
		}

		if (this.size >= most) {
			this.#drop(this.#underWay[this.#next++]!);
		}

		const departure: InFlightDatagram = {
			track,
			number,
			time,
			order: ++this.#departed,
			inFlight: this,
			length: bytes.length,
			print: printOf(bytes),
			sequence: undefined,
			readAs: 0,
			isDropped: false,
			answers,
			passage: undefined,
		};
		this.#underWay.push(departure);
		return departure;
	}

	/** The system has not taken it after all. */
	cancel(departure: InFlightDatagram): void {
		const place = this.#underWay.indexOf(departure, this.#next);
		if (place !== -1) {
			this.#underWay.splice(place, 1);
		}
	}

	/**
	Of those up to this order none will be read any longer: the kernel has dropped what has not been. @returns whether
	there was any
	*/
	giveUp(order: number): boolean {
		const before = this.#next;
		for (
			let first = this.#underWay[this.#next];
			first && first.order <= order;
			first = this.#underWay[this.#next]
		) {
			this.#next++;
			this.#newestRead = first.order + 1;
			this.#drop(first);
		}

		return this.#next > before;
	}

	/** A datagram has come: which one was it? Undefined for one that is not remembered. */
	arrive(bytes: Uint8Array, readAs: number): InFlightDatagram | undefined {
		const print = printOf(bytes);
		for (let place = this.#next; place < this.#underWay.length; place++) {
			const departure = this.#underWay[place]!;
			if (departure.length === bytes.length && departure.print === print) {
				// A listener may send, which changes the array of those under way.
				const overtaken = place > this.#next ? this.#underWay.slice(this.#next, place) : [];
				this.#next = place + 1;
				this.#newestRead = departure.order;
				departure.readAs = readAs;
				for (const lost of overtaken) {
					this.#drop(lost);
				}

				if (this.#next === this.#underWay.length) {
					this.#underWay.length = 0;
					this.#next = 0;
				}

				return departure;
			}
		}

		return undefined;
	}

	#drop(departure: InFlightDatagram): void {
		departure.isDropped = true;
		this.#onDropped(departure);
	}
}

/** FNV-1a over both ends of a payload. */
function printOf(bytes: Uint8Array): number {
	const {length} = bytes;
	let print = 0x81_1C_9D_C5;
	for (let index = 0; index < Math.min(length, printed); index++) {
		print = Math.imul(print ^ bytes[index]!, 0x01_00_01_93);
	}

	for (let index = Math.max(printed, length - printed); index < length; index++) {
		print = Math.imul(print ^ bytes[index]!, 0x01_00_01_93);
	}

	return print;
}
