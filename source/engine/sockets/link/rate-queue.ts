import type {LinkConditions} from './conditions.ts';

/**
What waits to get onto a link of limited rate: one datagram after the other, first come, first served. Only the time when the last of them will be through is
kept, so that there is nothing to do while time passes. Times are milliseconds by any one clock that never goes back.
*/
export class RateQueue {
	/** When the last byte that was let in is through. */
	#through = Number.NEGATIVE_INFINITY;

	/**
	Let a datagram in.

	@returns when its last byte is through, never before that of an earlier one; undefined where it is dropped, because what waits, the rest of the one that
	is getting onto the link included, would be more than the queue holds. What finds the link idle gets onto it, however long it is
	*/
	enter(length: number, now: number, {rate, queue}: Pick<LinkConditions, 'rate' | 'queue'>): number | undefined {
		if (rate === undefined) {
			return now;
		}

		if (this.waiting(now, rate) > 0 && this.waiting(now, rate) + length > queue) {
			return undefined;
		}

		this.#through = Math.max(this.#through, now) + (length * 1000 / rate);
		return this.#through;
	}

	/** How many bytes are not through yet, at this rate. */
	waiting(now: number, rate: number): number {
		return Math.max(0, this.#through - now) * rate / 1000;
	}

	/** From now on the bytes get through at another rate, those that wait included. Without a limit none waits. */
	changeRate(now: number, before: number | undefined, after: number | undefined): void {
		const waiting = before === undefined ? 0 : this.waiting(now, before);
		this.#through = after === undefined ? Number.NEGATIVE_INFINITY : now + (waiting * 1000 / after);
	}
}
