import type {Address} from '../log/event.ts';
import type {SocketTrack} from '../log/socket-track.ts';
import {type LinkDirection, linkDirections} from '../link/random.ts';
import type {Framer, Framing} from '../text/framing.ts';
import type {Limits} from './limits.ts';
import type {PeerNumber} from './states.ts';

/** What a relay has read and not passed on yet: bytes, or the end of a stream that waits behind them. */
export type HeldMessage = {
	/** From 1, and without gaps: the order in which they were held. */
	readonly id: number;
	readonly what: 'data' | 'fin' | 'reset';
	/** To the target, or back to the clients. */
	readonly direction: LinkDirection;
	/** The connection, or the UDP peer, that it belongs to. */
	readonly leg: PeerNumber;
	/** The far end of the socket that it was read from. */
	readonly peer: Address;
	readonly original: Uint8Array;
	/** What is passed on: the original, unless it was edited. */
	readonly bytes: Uint8Array;
	/** When it was held, by the log's clock. */
	readonly heldAt: number;
	/** It is a message of a stream, which is passed on in its frame: that which it came in, unless it was edited. */
	readonly frame?: {readonly framing: Framing; readonly raw: Uint8Array};
	/** Of a chunk that is a whole read, that read's event: its sequence number. */
	readonly read: number | undefined;
};

/** What is to be held, and what passes it on. */
export type Passing = Pick<HeldMessage, 'direction' | 'leg' | 'peer'> & {
	/** The socket that has read it: its events are told there. */
	readonly track: SocketTrack;
	/** What cuts the stream into messages, each of which is then held as a whole; without it, chunks are. */
	readonly framer?: Framer | undefined;
	readonly deliver: (bytes: Uint8Array) => void;
};

export type Held = HeldMessage & Pick<Passing, 'track' | 'deliver'>;

/** What is held of one leg in one direction, in its order, by its ids. */
type Queue = Map<number, Held>;

/** How many chunks of one stream are held before it is no longer read from. Its bytes have a limit of their own. */
export const mostChunks = 64;

/** What keeping a message costs besides its bytes, about: messages of a stream may be empty. */
const recordBytes = 512;

export type HeldQueuesOptions = {
	/** Whether they are chunks of byte streams, which keep their order, or datagrams, which need not. */
	readonly isStream: boolean;
	/** Bytes of one stream in one direction, and of all streams, with which they are no longer read from. */
	readonly limits: Pick<Limits, 'waitingBytes' | 'heldBytes'>;
};

/** What a relay holds, in the order in which it came and by stream, and how much that is. */
export class HeldQueues {
	protected readonly isStream: boolean;
	readonly #limits: HeldQueuesOptions['limits'];
	readonly #held = new Map<number, Held>();
	/** Those of one leg in one direction, where there are any. */
	readonly #queues = new Map<string, Queue>();
	#directions: readonly LinkDirection[] = [];
	/** What all that is held costs, as it was read: an edit makes no room. */
	#cost = 0;

	constructor({isStream, limits}: HeldQueuesOptions) {
		this.isStream = isStream;
		this.#limits = limits;
	}

	get directions(): readonly LinkDirection[] {
		return this.#directions;
	}

	get count(): number {
		return messagesIn(this.#held.values());
	}

	/** The same with the ends of streams that wait behind them: as many as there are to `slice()`. */
	get size(): number {
		return this.#held.size;
	}

	get bytes(): number {
		return bytesIn(this.#held.values(), ({bytes}) => bytes);
	}

	/** Some of them, oldest first. */
	slice(from: number, count: number): HeldMessage[] {
		return [...this.#held.values()].slice(from, from + count);
	}

	/** How many were held before this one, and still are. */
	placeOf(id: number): number {
		let place = 0;
		for (const held of this.#held.keys()) {
			if (held >= id) {
				break;
			}

			place++;
		}

		return place;
	}

	get(id: number): Held | undefined {
		return this.#held.get(id);
	}

	/** How many messages are held in a direction; of one leg, where that is given. */
	countOf(direction: LinkDirection, leg?: PeerNumber): number {
		return messagesIn(leg === undefined
			? [...this.#held.values()].filter(held => held.direction === direction)
			: this.#queue(direction, leg)?.values() ?? []);
	}

	legsOf(direction: LinkDirection): ReadonlySet<PeerNumber> {
		return new Set([...this.#held.values()].filter(held => held.direction === direction).map(({leg}) => leg));
	}

	/** Whether so much of a stream, or of all of them, is held that it is not to be read from. */
	isFull(direction: LinkDirection, leg: PeerNumber): boolean {
		if (this.#held.size === 0) {
			return false;
		}

		const {waitingBytes} = this.#limits;
		const queue = this.#queue(direction, leg);
		return (this.isFullInAll && this.#directions.includes(direction))
			|| (queue !== undefined && (queue.size >= mostChunks || bytesIn(queue.values()) > waitingBytes));
	}

	hold(directions: readonly LinkDirection[]): void {
		this.#directions = linkDirections.filter(direction => directions.includes(direction));
	}

	protected get all(): Iterable<Held> {
		return this.#held.values();
	}

	/** Whether all streams together have so much here that none of them is to be read from. */
	protected get isFullInAll(): boolean {
		return this.isStream && this.#cost >= this.#limits.heldBytes;
	}

	/** What is held of one leg in one direction, oldest first. */
	protected heldOf(direction: LinkDirection, leg: PeerNumber): readonly Held[] {
		return [...this.#queue(direction, leg)?.values() ?? []];
	}

	/** The oldest of them. */
	protected firstOf(direction: LinkDirection, leg: PeerNumber): Held | undefined {
		return this.#queue(direction, leg)?.values().next().value;
	}

	/** @returns whether its stream is full now, and was not before */
	protected add(held: Held): boolean {
		const {id, direction, leg, original} = held;
		const wasFull = this.isFull(direction, leg);
		const queue = this.#queue(direction, leg) ?? new Map<number, Held>();
		this.#held.set(id, held);
		this.#queues.set(keyOf(held), queue.set(id, held));
		this.#cost += recordBytes + original.length;
		return this.isStream && !wasFull && this.isFull(direction, leg);
	}

	protected replace(held: Held, bytes: Uint8Array): void {
		const next = {...held, bytes};
		this.#held.set(held.id, next);
		this.#queue(held.direction, held.leg)?.set(held.id, next);
	}

	/** @returns whether its stream is read again */
	protected remove(held: Held): boolean {
		const {id, direction, leg, original} = held;
		const wasFull = this.isFull(direction, leg);
		const queue = this.#queue(direction, leg);
		queue?.delete(id);
		if (queue?.size === 0) {
			this.#queues.delete(keyOf(held));
		}

		this.#held.delete(id);
		this.#cost -= recordBytes + original.length;
		return this.isStream && wasFull && !this.isFull(direction, leg);
	}

	#queue(direction: LinkDirection, leg: PeerNumber): Queue | undefined {
		return this.#queues.get(keyOf({direction, leg}));
	}
}

/** How many of them are messages, and not the ends of streams. */
function messagesIn(all: Iterable<Held>): number {
	let count = 0;
	for (const {what} of all) {
		count += what === 'data' ? 1 : 0;
	}

	return count;
}

/** How many bytes they have: as they were read unless others are given, since an edit makes no room. */
function bytesIn(all: Iterable<Held>, of: (held: Held) => Uint8Array = ({original}) => original): number {
	let bytes = 0;
	for (const held of all) {
		bytes += of(held).length;
	}

	return bytes;
}

/** One leg in one direction. */
export function keyOf({direction, leg}: Pick<HeldMessage, 'direction' | 'leg'>): string {
	return `${direction} ${leg}`;
}
