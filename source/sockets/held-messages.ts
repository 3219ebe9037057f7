import type {Address} from '../log/event.ts';
import type {SocketTrack} from '../log/socket-track.ts';
import {type LinkDirection, linkDirections} from '../link/random.ts';
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
};

/** What is to be held, and what passes it on. */
export type Passing = Pick<HeldMessage, 'direction' | 'leg' | 'peer'> & {
	/** The socket that has read it: its events are told there. */
	readonly track: SocketTrack;
	readonly deliver: (bytes: Uint8Array) => void;
};

/** Why something was let go: it was told to be, or holding was switched off, or there are too many. */
type Cause = 'off' | 'full' | undefined;

type Held = HeldMessage & Pick<Passing, 'track' | 'deliver'>;

/** How many datagrams are held at most, and how many bytes they have: then the oldest is let go. */
export const mostDatagrams = 1024;
const mostDatagramBytes = 8 * 1024 * 1024;

/** How many chunks of one stream are held before it is no longer read from. Its bytes have a limit of their own. */
export const mostChunks = 64;

/** What a relay's held messages are made with. */
type HeldMessagesOptions = {
	/** Whether they are chunks of byte streams, which keep their order, or datagrams, which need not. */
	readonly isStream: boolean;
	/** Bytes of one stream, in one direction, with which it is no longer read from. */
	readonly waitingBytes: number;
	/** There is room for more of a stream. */
	readonly onRoom?: (direction: LinkDirection, leg: PeerNumber) => void;
	/** Something has changed that is not an event. */
	readonly onChange: () => void;
};

/**
The messages that a relay holds until they are let go, edited or dropped by hand, in the order in which they came. A
stream's end waits behind the stream's bytes.
*/
export class HeldMessages {
	readonly #options: HeldMessagesOptions;
	readonly #held = new Map<number, Held>();
	/** Those of one leg in one direction, where there are any. */
	readonly #queues = new Map<string, Set<Held>>();
	readonly #counts = {'to-server': 0, 'to-clients': 0};
	#directions: readonly LinkDirection[] = [];
	#lastId = 0;
	#bytes = 0;

	constructor(options: HeldMessagesOptions) {
		this.#options = options;
	}

	/** In which directions messages are held. */
	get directions(): readonly LinkDirection[] {
		return this.#directions;
	}

	get count(): number {
		return this.#held.size;
	}

	get bytes(): number {
		return this.#bytes;
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

	get(id: number): HeldMessage | undefined {
		return this.#held.get(id);
	}

	/** How many are held in a direction; of one leg, where that is given. */
	countOf(direction: LinkDirection, leg?: PeerNumber): number {
		return leg === undefined ? this.#counts[direction] : this.#queue(direction, leg)?.size ?? 0;
	}

	/** Whether so much of a stream is held that it is not to be read from. */
	isFull(direction: LinkDirection, leg: PeerNumber): boolean {
		if (this.#held.size === 0) {
			return false;
		}

		const queue = this.#queue(direction, leg);
		return queue !== undefined && (queue.size >= mostChunks || bytesOf(queue) > this.#options.waitingBytes);
	}

	/** Hold messages in these directions from now on. What is held in others is let go, in its order. */
	hold(directions: readonly LinkDirection[]): void {
		this.#directions = linkDirections.filter(direction => directions.includes(direction));
		this.#options.onChange();
		for (const held of this.#held.values()) {
			if (!this.#directions.includes(held.direction)) {
				this.#release(held, 'off');
			}
		}
	}

	/** Hold what was read, where that direction is held; the bytes are copied. @returns whether it is held */
	take(passing: Passing, bytes: Uint8Array): boolean {
		const isHeld = this.#directions.includes(passing.direction);
		if (isHeld) {
			const copy = Uint8Array.from(bytes);
			this.#add(passing, 'data', copy);
			this.#keepBounds();
		}

		return isHeld;
	}

	/** A stream has ended: the end waits behind what is held of it. @returns whether it does */
	takeEnd(passing: Passing, what: 'fin' | 'reset'): boolean {
		const isBehind = this.#queue(passing.direction, passing.leg) !== undefined;
		if (isBehind) {
			this.#add(passing, what, new Uint8Array());
		}

		return isBehind;
	}

	/** Pass on other bytes in its place; the same bytes are no edit. @returns whether it is there, and has bytes */
	edit(id: number, bytes: Uint8Array): boolean {
		const held = this.#held.get(id);
		if (held?.what !== 'data') {
			return false;
		}

		if (Buffer.compare(held.bytes, bytes) === 0) {
			return true;
		}

		this.#replace(held, Buffer.compare(held.original, bytes) === 0 ? held.original : bytes);
		held.track.happened({
			type: 'held-edited', peer: held.peer, held: id, before: held.bytes.length, length: bytes.length, ...this.#stream,
		});
		return true;
	}

	/** Pass it on, as edited or as it was; of a stream, what was held before it first. @returns whether it was there */
	release(id: number, asItWas = false): boolean {
		const before = this.#held.get(id);
		if (asItWas && before && before.bytes !== before.original) {
			this.#replace(before, before.original);
		}

		const held = this.#held.get(id);
		if (held) {
			const queue = this.#options.isStream ? [...this.#queue(held.direction, held.leg) ?? []] : [held];
			for (const each of queue.slice(0, queue.indexOf(held) + 1)) {
				this.#release(each, undefined);
			}
		}

		return held !== undefined;
	}

	/** Pass all on, in the order in which they came. */
	releaseAll(cause?: 'off'): void {
		for (const held of this.#held.values()) {
			this.#release(held, cause);
		}
	}

	/** Pass on all of one leg in a direction: its end is near. */
	releaseLeg(direction: LinkDirection, leg: PeerNumber): void {
		for (const held of this.#queue(direction, leg) ?? []) {
			this.#release(held, 'full');
		}
	}

	/** Never pass it on. @returns whether it was there, and has bytes */
	drop(id: number): boolean {
		const held = this.#held.get(id);
		if (held?.what !== 'data') {
			return false;
		}

		this.#drop(held, 'hand');
		return true;
	}

	/** The socket that these were for is closed: they are dropped, and told. */
	forget(direction: LinkDirection, leg: PeerNumber): void {
		for (const held of this.#queue(direction, leg) ?? []) {
			this.#drop(held, 'closed');
		}
	}

	#replace(held: Held, bytes: Uint8Array): void {
		const next = {...held, bytes};
		this.#bytes += bytes.length - held.bytes.length;
		this.#held.set(held.id, next);
		const queue = this.#queue(held.direction, held.leg);
		this.#queues.set(keyOf(held), new Set([...queue ?? []].map(each => each === held ? next : each)));
		this.#options.onChange();
	}

	get #stream(): {readonly isStream?: true} {
		return this.#options.isStream ? {isStream: true} : {};
	}

	#queue(direction: LinkDirection, leg: PeerNumber): Set<Held> | undefined {
		return this.#queues.get(keyOf({direction, leg}));
	}

	#add(passing: Passing, what: HeldMessage['what'], bytes: Uint8Array): void {
		const {track, peer, direction, leg} = passing;
		const held: Held = {
			...passing, id: ++this.#lastId, what, original: bytes, bytes, heldAt: track.now(),
		};
		const wasFull = this.isFull(direction, leg);
		this.#held.set(held.id, held);
		this.#queues.set(keyOf(held), (this.#queue(direction, leg) ?? new Set()).add(held));
		this.#bytes += bytes.length;
		this.#counts[direction]++;
		const isPaused = this.#options.isStream && !wasFull && this.isFull(direction, leg);
		track.happened({
			type: 'message-held',
			peer,
			held: held.id,
			length: bytes.length,
			...(what !== 'data' && {end: what}),
			...(isPaused && {isPaused}),
		});
	}

	/** Datagrams come however many are held. */
	#keepBounds(): void {
		while (!this.#options.isStream && (this.#held.size > mostDatagrams || this.#bytes > mostDatagramBytes)) {
			const [oldest] = this.#held.values();
			if (!oldest) {
				return;
			}

			this.#release(oldest, 'full');
		}
	}

	#release(held: Held, cause: Cause): void {
		if (this.#held.get(held.id) !== held) {
			return;
		}

		const {track, peer, id, what, bytes, original, heldAt, deliver} = held;
		const isResumed = this.#remove(held);
		track.happened({
			type: 'held-released',
			peer,
			held: id,
			length: bytes.length,
			after: track.now() - heldAt,
			...(what !== 'data' && {end: what}),
			...(bytes !== original && {before: original.length}),
			...(cause && {cause}),
			...(isResumed && {isResumed}),
		});
		deliver(bytes);
		this.#followed(held, isResumed);
	}

	#drop(held: Held, cause: 'hand' | 'closed'): void {
		const {track, peer, id, what, bytes, heldAt} = held;
		const isResumed = this.#remove(held);
		track.happened({
			type: 'held-dropped',
			peer,
			held: id,
			length: bytes.length,
			after: track.now() - heldAt,
			...(what !== 'data' && {end: what}),
			cause,
			...this.#stream,
			...(isResumed && {isResumed}),
		});
		this.#followed(held, isResumed);
	}

	/** @returns whether its stream is read again */
	#remove(held: Held): boolean {
		const {direction, leg, bytes, id} = held;
		const wasFull = this.isFull(direction, leg);
		const queue = this.#queue(direction, leg);
		queue?.delete(held);
		if (queue?.size === 0) {
			this.#queues.delete(keyOf(held));
		}

		this.#held.delete(id);
		this.#bytes -= bytes.length;
		this.#counts[direction]--;
		return this.#options.isStream && wasFull && !this.isFull(direction, leg);
	}

	/** A stream's end goes on when nothing is held before it; and there may be room. */
	#followed({direction, leg}: Held, isResumed: boolean): void {
		const [next] = this.#queue(direction, leg) ?? [];
		if (next && next.what !== 'data') {
			this.#release(next, undefined);
		}

		if (isResumed) {
			this.#options.onRoom?.(direction, leg);
		}

		this.#options.onChange();
	}
}

function keyOf({direction, leg}: Pick<HeldMessage, 'direction' | 'leg'>): string {
	return `${direction} ${leg}`;
}

/** As they were read: an edit makes no room. */
function bytesOf(queue: Iterable<HeldMessage>): number {
	let bytes = 0;
	for (const {original} of queue) {
		bytes += original.length;
	}

	return bytes;
}
