import type {LinkConditions} from './conditions.ts';

/**
The bottleneck of one direction of a link with a limited rate, first in, first out, shared by all sockets of a scene;
times are milliseconds of a monotonic clock. Datagrams enter whole, streams at most 10 ms of the rate, or one slice, at
a time, so that they share the rate equally.
*/
export class Bottleneck {
	/** When the last byte that has entered is through. */
	#through = Number.NEGATIVE_INFINITY;

	/** When the last byte that has entered is through; it may be over. */
	get through(): number {
		return this.#through;
	}

	/**
	Add a datagram to the queue.

	@returns when its last byte is through, never before that of an earlier one; undefined where it is dropped, because
	the queued bytes, the rest of the datagram that is being sent included, would exceed the queue's size. An idle link
	takes a datagram of any length
	*/
	enter(length: number, now: number, {rate, queue}: Pick<LinkConditions, 'rate' | 'queue'>): number | undefined {
		if (rate === undefined) {
			return now;
		}

		const waiting = this.#waiting(now, rate);
		return waiting > 0 && waiting + length > queue ? undefined : this.pass(length, now, rate);
	}

	/** Bytes that are ready at this time enter, however many wait. @returns when the last of them is through */
	pass(length: number, ready: number, rate: number): number {
		this.#through = Math.max(this.#through, ready) + (length * 1000 / rate);
		return this.#through;
	}

	/** Bytes that have entered last, and are not through yet, leave again. */
	giveBack(length: number, rate: number): void {
		this.#through -= length * 1000 / rate;
	}

	/** From now on bytes get through at another rate, those that wait included. Without a limit none waits. */
	changeRate(now: number, before: number | undefined, after: number | undefined): void {
		const waiting = before === undefined ? 0 : this.#waiting(now, before);
		this.#through = after === undefined ? Number.NEGATIVE_INFINITY : now + (waiting * 1000 / after);
	}

	/** How many bytes are not through yet, at this rate. */
	#waiting(now: number, rate: number): number {
		return Math.max(0, this.#through - now) * rate / 1000;
	}
}
