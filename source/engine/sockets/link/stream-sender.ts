import type {LinkConditions} from './conditions.ts';
import {Fifo} from './fifo.ts';

/** A segment that has left, and when; without bytes it is the end of the stream. */
export type Segment = {readonly bytes: Uint8Array | undefined; readonly left: number};

/** What was written and has not left, and when it was written; without bytes it is the end of the stream. */
type Written = {readonly bytes: Uint8Array | undefined; readonly since: number};

/** With a rate and no slice a segment is what gets onto the link in so many milliseconds, or one byte: so a long write trickles. */
const trickle = 10;

/**
Where writes wait for their turn to get onto the link, and are cut into segments as slice, rate and pause allow. Nothing is cut, and no time is computed, before
its turn has come. Times are milliseconds by one clock that never goes back.
*/
export class StreamSender {
	readonly #written = new Fifo<Written>();
	/** The rest of the write whose first segments have left. */
	#rest: Written | undefined;
	/** When the last segment had left. */
	#left = Number.NEGATIVE_INFINITY;
	/** What has not left by then leaves no earlier. */
	#notBefore = Number.NEGATIVE_INFINITY;
	#nextLeft: number | undefined;

	/** When the next segment will have left, after `take` has said that none has; undefined where none waits. */
	get nextLeft(): number | undefined {
		return this.#nextLeft;
	}

	/** Bytes, or, without them, the end of the stream, begin to wait. */
	add(bytes: Uint8Array | undefined, now: number): void {
		this.#written.add({bytes, since: now});
	}

	/** What has not left by now begins anew, under other conditions. */
	restart(now: number): void {
		this.#notBefore = now;
	}

	clear(): void {
		this.#written.clear();
		this.#rest = undefined;
		this.#nextLeft = undefined;
	}

	/** Take the next segment that has left by now. The end of the stream does not rest, and takes no time to leave. */
	take(now: number, {rate, slice, pause}: Pick<LinkConditions, 'rate' | 'slice' | 'pause'>): Segment | undefined {
		this.#nextLeft = undefined;
		const next = this.#rest ?? this.#written.first;
		if (!next) {
			return undefined;
		}

		const {bytes, since} = next;
		const most = slice ?? (rate === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(rate * trickle / 1000)));
		const length = Math.min(most, bytes?.length ?? 0);
		const rested = this.#left + (slice === undefined || !bytes ? 0 : pause);
		const left = Math.max(since, rested, this.#notBefore) + (rate === undefined ? 0 : length * 1000 / rate);
		if (left > now) {
			this.#nextLeft = left;
			return undefined;
		}

		if (!this.#rest) {
			this.#written.take();
		}

		this.#left = left;
		if (!bytes || length === bytes.length) {
			this.#rest = undefined;
			return {bytes, left};
		}

		this.#rest = {bytes: bytes.subarray(length), since};
		return {bytes: bytes.subarray(0, length), left};
	}
}
