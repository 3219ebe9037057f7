import {type LinkDirection, linkDirections} from '../link/random.ts';
import {
	type Cut, frameMessage, type Framer, largestMessage, prefixSize,
} from '../text/framing.ts';
import {
	type Held, type HeldMessage, HeldQueues, type HeldQueuesOptions, keyOf, type Passing,
} from './held-queues.ts';
import type {PeerNumber} from './states.ts';
import {divideFrames} from './tcp/whole-frames.ts';

/** Why something was let go: it was told to be, or holding was switched off, or there are too many. */
type Cause = 'off' | 'full' | undefined;

/** What the events of being let go and of being dropped do not have in common. */
type OwnFields
	= | {readonly type: 'held-released'; readonly before?: number; readonly cause?: Cause}
		| {readonly type: 'held-dropped'; readonly cause: 'hand' | 'closed'; readonly isStream?: true};

/** How many datagrams are held at most, and how many bytes they have: then the oldest is let go. */
export const mostDatagrams = 1024;
const mostDatagramBytes = 8 * 1024 * 1024;

/** A message of more bytes is not edited, nor can an edited one have more. */
export const mostEdited = 8 * 1024;

/** What a relay's held messages are made with. */
type HeldMessagesOptions = HeldQueuesOptions & {
	/** Whether a stream is full may have changed: of this leg in this direction, or of every one. */
	readonly onRoom?: (direction?: LinkDirection, leg?: PeerNumber) => void;
	readonly onChange: () => void;
};

/**
The messages that a relay holds until they are let go, edited or dropped by hand, in the order in which they came. A
stream's end waits behind the stream's bytes.
*/
export class HeldMessages extends HeldQueues {
	readonly #options: HeldMessagesOptions;
	/** Streams of which the beginning of a frame is kept back, until that is whole: their framers keep it. */
	readonly #keptBack = new Map<string, Passing>();
	#lastId = 0;

	constructor(options: HeldMessagesOptions) {
		super(options);
		this.#options = options;
	}

	/** How many bytes of a leg are kept, both ways, until the message that they begin is whole. */
	keptOf(leg: PeerNumber): number {
		const passings = linkDirections.map(direction => this.#keptBack.get(keyOf({direction, leg})));
		return passings.reduce((sum, passing) => sum + (passing?.framer?.kept.length ?? 0), 0);
	}

	/** How many bytes a message can have when it has been edited; undefined where it is not to be edited. */
	rangeOf(id: number): {readonly least: number; readonly most: number} | undefined {
		const held = this.get(id);
		return held?.what === 'data'
			? {
				least: this.isStream && !held.frame ? 1 : 0,
				most: Math.min(mostEdited, largestMessage(held.frame?.framing ?? 'none')),
			}
			: undefined;
	}

	/** Hold messages in these directions from now on. What is held in others is let go, in its order. */
	override hold(directions: readonly LinkDirection[]): void {
		super.hold(directions);
		this.#options.onChange();
		for (const held of this.all) {
			if (!this.directions.includes(held.direction)) {
				this.#release(held, 'off');
			}
		}

		this.#flush(({direction}) => !this.directions.includes(direction));
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
		const isHeld = this.directions.includes(passing.direction);
		if (isHeld && passing.framer) {
			this.#takeFramed(passing, passing.framer, bytes, cuts);
		} else if (isHeld) {
			const {reads} = passing.track;
			this.#add(passing, 'data', Uint8Array.from(bytes), {
				read: this.isStream ? reads.at(reads.total - 1) : undefined,
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
			} else if (this.firstOf(passing.direction, passing.leg)) {
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
		const isBehind = this.firstOf(passing.direction, passing.leg) !== undefined;
		if (isBehind) {
			this.#add(passing, what, new Uint8Array());
		}

		return isBehind;
	}

	/** Pass on other bytes in its place; the same bytes are no edit. @returns whether it is there, and has bytes */
	edit(id: number, bytes: Uint8Array): boolean {
		const held = this.get(id);
		if (held?.what !== 'data') {
			return false;
		}

		if (Buffer.compare(held.bytes, bytes) === 0) {
			return true;
		}

		this.#edit(held, Buffer.compare(held.original, bytes) === 0 ? held.original : bytes);
		held.track.happened({
			type: 'held-edited', peer: held.peer, held: id, before: held.bytes.length, length: bytes.length, ...this.#stream,
		});
		return true;
	}

	/** Pass it on, as edited or as it was; of a stream, what was held before it first. @returns whether it was there */
	release(id: number, asItWas = false): boolean {
		const before = this.get(id);
		if (asItWas && before && before.bytes !== before.original) {
			this.#edit(before, before.original);
		}

		const held = this.get(id);
		if (held) {
			const queue = this.isStream ? this.heldOf(held.direction, held.leg) : [held];
			for (const each of queue.slice(0, queue.indexOf(held) + 1)) {
				this.#release(each, undefined);
			}
		}

		return held !== undefined;
	}

	/** Pass all on, in the order in which they came. */
	releaseAll(cause?: 'off'): void {
		for (const held of this.all) {
			this.#release(held, cause);
		}

		if (cause === 'off') {
			this.#flush(() => true, true);
		}
	}

	/** Pass on all of one leg in a direction: its end is near. */
	releaseLeg(direction: LinkDirection, leg: PeerNumber): void {
		for (const held of this.heldOf(direction, leg)) {
			this.#release(held, 'full');
		}
	}

	/** Never pass it on. @returns whether it was there, and has bytes */
	drop(id: number): boolean {
		const held = this.get(id);
		if (held?.what !== 'data') {
			return false;
		}

		this.#drop(held, 'hand');
		return true;
	}

	/** The socket that these were for is closed: they are dropped, and told. */
	forget(direction: LinkDirection, leg: PeerNumber): void {
		this.#flushOne(keyOf({direction, leg}));
		for (const held of this.heldOf(direction, leg)) {
			this.#drop(held, 'closed');
		}
	}

	get #stream(): {readonly isStream?: true} {
		return this.isStream ? {isStream: true} : {};
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
		if (!goesOn && this.directions.includes(passing.direction)) {
			this.#add(passing, 'data', bytes);
		} else {
			passing.deliver(bytes);
		}
	}

	#edit(held: Held, bytes: Uint8Array): void {
		this.replace(held, bytes);
		this.#options.onChange();
	}

	#add(
		passing: Passing,
		what: HeldMessage['what'],
		bytes: Uint8Array,
		{read, ...more}: Partial<Pick<HeldMessage, 'frame' | 'read'>> = {},
	): void {
		const {track, peer} = passing;
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
		const wasFullInAll = this.isFullInAll;
		const isPaused = this.add(held);
		track.happened({
			type: 'message-held',
			peer,
			held: held.id,
			length: bytes.length,
			...(what !== 'data' && {end: what}),
			...(isPaused && {isPaused}),
		});
		if (this.isFullInAll && !wasFullInAll) {
			this.#options.onRoom?.();
		}
	}

	/** Datagrams come however many are held. */
	#keepBounds(): void {
		while (!this.isStream && (this.size > mostDatagrams || this.bytes > mostDatagramBytes)) {
			const [oldest] = this.all;
			if (!oldest) {
				return;
			}

			this.#release(oldest, 'full');
		}
	}

	#release(held: Held, cause: Cause): void {
		const {bytes, original, frame, deliver} = held;
		const own = {
			type: 'held-released', ...(bytes !== original && {before: original.length}), ...(cause && {cause}),
		} as const;
		this.#takeOut(held, own, () => {
			deliver(frame ? framed(bytes === original ? undefined : bytes, frame) : bytes);
		});
	}

	#drop(held: Held, cause: 'hand' | 'closed'): void {
		this.#takeOut(held, {type: 'held-dropped', cause, ...this.#stream}, undefined, cause === 'closed');
	}

	/**
	Take one out that is still held, tell of it, and pass it on. A stream's end goes on when nothing is held before it,
	unless it has no way to go; and there may be room.

	@param own - what its event has besides what both kinds have
	*/
	#takeOut(held: Held, own: OwnFields, pass?: () => void, isOver = false): void {
		if (this.get(held.id) !== held) {
			return;
		}

		const {track, peer, id, what, bytes, heldAt, direction, leg} = held;
		const wasFullInAll = this.isFullInAll;
		const isResumed = this.remove(held);
		track.happened({
			...own,
			peer,
			held: id,
			length: bytes.length,
			after: track.now() - heldAt,
			...(what !== 'data' && {end: what}),
			...(isResumed && {isResumed}),
		});
		pass?.();
		const next = this.firstOf(direction, leg);
		if (next && next.what !== 'data' && !isOver) {
			this.#release(next, undefined);
		}

		if (wasFullInAll && !this.isFullInAll) {
			this.#options.onRoom?.();
		} else if (isResumed) {
			this.#options.onRoom?.(direction, leg);
		}

		this.#options.onChange();
	}
}

/** A message in the frame that it came in, or, edited, in another one. */
function framed(edited: Uint8Array | undefined, {framing, raw}: NonNullable<HeldMessage['frame']>): Uint8Array {
	return edited ? frameMessage(edited, framing)?.bytes ?? raw : raw;
}
