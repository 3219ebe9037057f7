import type {LinkConditions} from './conditions.ts';

/**
The bottleneck of one direction of a link with a limited rate: one for all sockets of a scene, UDP and TCP alike. What
enters gets on after what entered before it. Only the time when the last byte will be through is kept, so that there is
nothing to do while time passes. Times are milliseconds by any one clock that never goes back.

Datagrams enter as they are sent, and wait in the queue. Of a stream no more than 10 ms of the rate, or one slice,
enters at a time, and the rest waits at its sender: so streams take turns, and each gets the same share.
*/
export class Bottleneck {
	/** When the last byte that has entered is through. */
	#through = Number.NEGATIVE_INFINITY;

	/** When the last byte that has entered is through; it may be over. */
	get through(): number {
		return this.#through;
	}

	/**
	A datagram enters.

	@returns when its last byte is through, never before that of an earlier one; undefined where it is dropped, because
	what waits, the rest of the one that is getting through included, would be more than the queue holds. What finds the
	link idle gets onto it, however long it is
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
