import type {Address} from '../log/event.ts';
import type {SocketTrack} from '../log/socket-track.ts';
import {type LinkDirection, linkDirections} from '../link/random.ts';
import {
	type Cut, frameMessage, type Framer, type Framing, largestMessage, prefixSize,
} from '../text/framing.ts';
import type {Limits} from './limits.ts';
import type {PeerNumber} from './states.ts';
import {divideFrames} from './tcp/whole-frames.ts';

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

/** Why something was let go: it was told to be, or holding was switched off, or there are too many. */
type Cause = 'off' | 'full' | undefined;

type Held = HeldMessage & Pick<Passing, 'track' | 'deliver'>;

/** What is held of one leg in one direction, in its order. */
type Queue = {
	readonly held: Map<number, Held>;
	/** Messages, without the ends of streams. */
	count: number;
	/** As they were read: an edit makes no room. */
	bytes: number;
};

/** How many datagrams are held at most, and how many bytes they have: then the oldest is let go. */
export const mostDatagrams = 1024;
const mostDatagramBytes = 8 * 1024 * 1024;

/** How many chunks of one stream are held before it is no longer read from. Its bytes have a limit of their own. */
export const mostChunks = 64;

/** What keeping a message costs besides its bytes, about: messages of a stream may be empty. */
const recordBytes = 512;

/** A message of more bytes is not edited, nor can an edited one have more. */
export const mostEdited = 8 * 1024;

/** What a relay's held messages are made with. */
type HeldMessagesOptions = {
	/** Whether they are chunks of byte streams, which keep their order, or datagrams, which need not. */
	readonly isStream: boolean;
	/** Bytes of one stream in one direction, and of all streams, with which they are no longer read from. */
	readonly limits: Pick<Limits, 'waitingBytes' | 'heldBytes'>;
	/** Whether a stream is full may have changed: of this leg in this direction, or of every one. */
	readonly onRoom?: (direction?: LinkDirection, leg?: PeerNumber) => void;
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
	readonly #queues = new Map<string, Queue>();
	/** Messages, without the ends of streams. */
	readonly #counts = {'to-server': 0, 'to-clients': 0};
	/** Streams of which the beginning of a frame is kept back, until that is whole: their framers keep it. */
	readonly #keptBack = new Map<string, Passing>();
	#directions: readonly LinkDirection[] = [];
	#lastId = 0;
	#bytes = 0;
	/** What all that is held costs, as it was read: an edit makes no room. */
	#cost = 0;

	constructor(options: HeldMessagesOptions) {
		this.#options = options;
	}

	/** In which directions messages are held. */
	get directions(): readonly LinkDirection[] {
		return this.#directions;
	}

	/** How many messages are held. */
	get count(): number {
		return this.#counts['to-server'] + this.#counts['to-clients'];
	}

	/** The same with the ends of streams that wait behind them: as many as there are to `slice()`. */
	get size(): number {
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

	/** How many messages are held in a direction; of one leg, where that is given. */
	countOf(direction: LinkDirection, leg?: PeerNumber): number {
		return leg === undefined ? this.#counts[direction] : this.#queue(direction, leg)?.count ?? 0;
	}

	/** How many bytes of a leg are kept, both ways, until the message that they begin is whole. */
	keptOf(leg: PeerNumber): number {
		const passings = linkDirections.map(direction => this.#keptBack.get(keyOf({direction, leg})));
		return passings.reduce((sum, passing) => sum + (passing?.framer?.kept.length ?? 0), 0);
	}

	/** The legs of which messages are held in a direction. */
	legsOf(direction: LinkDirection): ReadonlySet<PeerNumber> {
		return new Set([...this.#held.values()].filter(held => held.direction === direction).map(({leg}) => leg));
	}

	/** Whether so much of a stream, or of all of them, is held that it is not to be read from. */
	isFull(direction: LinkDirection, leg: PeerNumber): boolean {
		if (this.#held.size === 0) {
			return false;
		}

		const {waitingBytes} = this.#options.limits;
		const queue = this.#queue(direction, leg);
		return (this.#isFullInAll && this.#directions.includes(direction))
			|| (queue !== undefined && (queue.held.size >= mostChunks || queue.bytes > waitingBytes));
	}

	/** How many bytes a message can have when it has been edited; undefined where it is not to be edited. */
	rangeOf(id: number): {readonly least: number; readonly most: number} | undefined {
		const held = this.#held.get(id);
		return held?.what === 'data'
			? {
				least: this.#options.isStream && !held.frame ? 1 : 0,
				most: Math.min(mostEdited, largestMessage(held.frame?.framing ?? 'none')),
			}
			: undefined;
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

		this.#flush(({direction}) => !this.#directions.includes(direction));
	}

	/** Streams are divided into messages in another way from now on: the beginning of one is held as a chunk. */
	reframe(): void {
		this.#flush(() => true);
	}

	/**
	Hold what was read, where that direction is held; the bytes are copied.

	@param cuts - what the framer has found in them
	@returns whether it is held, or has been passed on; otherwise it is to be passed on as it is
	*/
	take(passing: Passing, bytes: Uint8Array, cuts: readonly Cut[] = []): boolean {
		const isHeld = this.#directions.includes(passing.direction);
		if (isHeld && passing.framer) {
			this.#takeFramed(passing, passing.framer, bytes, cuts);
		} else if (isHeld) {
			const {reads} = passing.track;
			this.#add(passing, 'data', Uint8Array.from(bytes), {
				read: this.#options.isStream ? reads.at(reads.total - 1) : undefined,
			});
			this.#keepBounds();
		}

		return isHeld;
	}

	#takeFramed(passing: Passing, framer: Framer, bytes: Uint8Array, cuts: readonly Cut[]): void {
		const key = keyOf(passing);
		const {parts, keepsBack} = divideFrames(bytes, cuts, framer, this.#keptBack.has(key));
		for (const {raw, message} of parts) {
			// What goes on by itself must not overtake what is held.
			if (message) {
				const own = Uint8Array.from(raw);
				const from = prefixSize(framer.framing);
				const frame = {framing: framer.framing, raw: own};
				this.#add(passing, 'data', own.subarray(from, from + message.length), {frame});
			} else if (this.#queue(passing.direction, passing.leg)) {
				this.#add(passing, 'data', Uint8Array.from(raw));
			} else {
				passing.deliver(Uint8Array.from(raw));
			}
		}

		if (keepsBack) {
			this.#keptBack.set(key, passing);
		} else {
			this.#keptBack.delete(key);
		}
	}

	/** The framer of a stream has given up these bytes of a frame, which may be kept back. */
	givenUp(direction: LinkDirection, leg: PeerNumber, bytes: Uint8Array): void {
		this.#flushOne(keyOf({direction, leg}), false, bytes);
	}

	/** A stream has ended: the end waits behind what is held of it. @returns whether it does */
	takeEnd(passing: Passing, what: 'fin' | 'reset'): boolean {
		this.#flushOne(keyOf(passing));
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
			const queue = this.#options.isStream ? this.#heldOf(held.direction, held.leg) : [held];
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

		if (cause === 'off') {
			this.#flush(() => true, true);
		}
	}

	/** Pass on all of one leg in a direction: its end is near. */
	releaseLeg(direction: LinkDirection, leg: PeerNumber): void {
		for (const held of this.#heldOf(direction, leg)) {
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
		this.#flushOne(keyOf({direction, leg}));
		for (const held of this.#heldOf(direction, leg)) {
			this.#drop(held, 'closed');
		}
	}

	#replace(held: Held, bytes: Uint8Array): void {
		const next = {...held, bytes};
		this.#bytes += bytes.length - held.bytes.length;
		this.#held.set(held.id, next);
		this.#queue(held.direction, held.leg)?.held.set(held.id, next);
		this.#options.onChange();
	}

	get #stream(): {readonly isStream?: true} {
		return this.#options.isStream ? {isStream: true} : {};
	}

	get #isFullInAll(): boolean {
		return this.#options.isStream && this.#cost >= this.#options.limits.heldBytes;
	}

	/** The beginnings of messages whose rest has not come are kept back no longer. */
	#flush(isOver: (passing: Passing) => boolean, goesOn = false): void {
		for (const [key, passing] of this.#keptBack) {
			if (isOver(passing)) {
				this.#flushOne(key, goesOn);
			}
		}
	}

	/** They are held as chunks, as long as that direction is held, unless they are to go on in any case. */
	#flushOne(key: string, goesOn = false, kept = this.#keptBack.get(key)?.framer?.kept): void {
		const passing = this.#keptBack.get(key);
		if (!passing || !kept) {
			return;
		}

		this.#keptBack.delete(key);
		const bytes = Uint8Array.from(kept);
		if (!goesOn && this.#directions.includes(passing.direction)) {
			this.#add(passing, 'data', bytes);
		} else {
			passing.deliver(bytes);
		}
	}

	#queue(direction: LinkDirection, leg: PeerNumber): Queue | undefined {
		return this.#queues.get(keyOf({direction, leg}));
	}

	#heldOf(direction: LinkDirection, leg: PeerNumber): readonly Held[] {
		return [...this.#queue(direction, leg)?.held.values() ?? []];
	}

	#add(
		passing: Passing,
		what: HeldMessage['what'],
		bytes: Uint8Array,
		{read, ...more}: Partial<Pick<HeldMessage, 'frame' | 'read'>> = {},
	): void {
		const {track, peer, direction, leg} = passing;
		const held: Held = {
			...passing,
			id: ++this.#lastId,
			what,
			original: bytes,
			bytes,
			heldAt: track.now(),
			read,
			...more,
		};
		const wasFull = this.isFull(direction, leg);
		const wasFullInAll = this.#isFullInAll;
		this.#held.set(held.id, held);
		const queue = this.#queue(direction, leg) ?? {held: new Map(), count: 0, bytes: 0};
		this.#queues.set(keyOf(held), queue);
		queue.held.set(held.id, held);
		queue.count += what === 'data' ? 1 : 0;
		queue.bytes += bytes.length;
		this.#bytes += bytes.length;
		this.#cost += recordBytes + bytes.length;
		this.#counts[direction] += what === 'data' ? 1 : 0;
		const isPaused = this.#options.isStream && !wasFull && this.isFull(direction, leg);
		track.happened({
			type: 'message-held',
			peer,
			held: held.id,
			length: bytes.length,
			...(what !== 'data' && {end: what}),
			...(isPaused && {isPaused}),
		});
		if (this.#isFullInAll && !wasFullInAll) {
			this.#options.onRoom?.();
		}
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

		const {track, peer, id, what, bytes, original, heldAt, frame, deliver} = held;
		const wasFullInAll = this.#isFullInAll;
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
		deliver(frame ? framed(bytes === original ? undefined : bytes, frame) : bytes);
		this.#followed(held, isResumed, wasFullInAll);
	}

	#drop(held: Held, cause: 'hand' | 'closed'): void {
		if (this.#held.get(held.id) !== held) {
			return;
		}

		const {track, peer, id, what, bytes, heldAt} = held;
		const wasFullInAll = this.#isFullInAll;
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
		this.#followed(held, isResumed, wasFullInAll, cause === 'closed');
	}

	/** @returns whether its stream is read again */
	#remove(held: Held): boolean {
		const {direction, leg, bytes, original, what, id} = held;
		const wasFull = this.isFull(direction, leg);
		const queue = this.#queue(direction, leg);
		if (queue) {
			queue.held.delete(id);
			queue.count -= what === 'data' ? 1 : 0;
			queue.bytes -= original.length;
			if (queue.held.size === 0) {
				this.#queues.delete(keyOf(held));
			}
		}

		this.#held.delete(id);
		this.#bytes -= bytes.length;
		this.#cost -= recordBytes + original.length;
		this.#counts[direction] -= what === 'data' ? 1 : 0;
		return this.#options.isStream && wasFull && !this.isFull(direction, leg);
	}

	/** A stream's end goes on when nothing is held before it, unless it has no way to go; and there may be room. */
	#followed({direction, leg}: Held, isResumed: boolean, wasFullInAll: boolean, isOver = false): void {
		const [next] = this.#queue(direction, leg)?.held.values() ?? [];
		if (next && next.what !== 'data' && !isOver) {
			this.#release(next, undefined);
		}

		if (wasFullInAll && !this.#isFullInAll) {
			this.#options.onRoom?.();
		} else if (isResumed) {
			this.#options.onRoom?.(direction, leg);
		}

		this.#options.onChange();
	}
}

function keyOf({direction, leg}: Pick<HeldMessage, 'direction' | 'leg'>): string {
	return `${direction} ${leg}`;
}

/** A message in the frame that it came in, or, edited, in another one. */
function framed(edited: Uint8Array | undefined, {framing, raw}: NonNullable<HeldMessage['frame']>): Uint8Array {
	return edited ? frameMessage(edited, framing)?.bytes ?? raw : raw;
}
