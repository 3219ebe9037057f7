/** Seconds in the window: a power of two, so that a second finds its place by its low bits. */
const seconds = 16;

/** What passed in each second of the window, oldest first; the last entry is the second that has not ended yet. */
export type Rates = {
	/** Messages in each second. */
	readonly counts: readonly number[];
	/** Bytes in each second. */
	readonly bytes: readonly number[];
};

/**
Messages and bytes of one pane in each of the last 16 seconds. Seconds begin where the clock's seconds begin.

The clock may jump. A time that is less than 16 seconds behind the newest counts in its own second; one that is further
behind means that the clock was set back, and the meter begins anew with it. A time that is no finite number counts with
the one before.
*/
export class RateMeter {
	readonly #counts = new Float64Array(seconds);
	readonly #bytes = new Float64Array(seconds);
	/** The newest second that was counted, since the epoch. */
	#newest = 0;
	/** The place of the second that was counted last, and the times (milliseconds) that belong to it. */
	#slot = 0;
	#from = 0;
	#until = 0;

	/** A message of so many bytes passed at this time (milliseconds since the epoch). */
	add(time: number, bytes: number): void {
		if (!(time >= this.#from && time < this.#until)) {
			this.#turn(time);
		}

		this.#counts[this.#slot]!++;
		this.#bytes[this.#slot]! += bytes;
	}

	/** The 16 seconds that end with the one of `now` (milliseconds since the epoch); 0 where nothing passed. */
	read(now: number): Rates {
		const counts: number[] = [];
		const bytes: number[] = [];
		const last = Math.floor(now / 1000);
		for (let second = last - seconds + 1, left = seconds; left > 0; second++, left--) {
			const isHeld = this.#isHeld(second);
			counts.push(isHeld ? this.#counts[second & (seconds - 1)]! : 0);
			bytes.push(isHeld ? this.#bytes[second & (seconds - 1)]! : 0);
		}

		return {counts, bytes};
	}

	/** Whether no message passed in the 16 seconds that end with the one of `now`. */
	isQuiet(now: number): boolean {
		const last = Math.floor(now / 1000);
		for (let back = 0; back < seconds; back++) {
			if (this.#isHeld(last - back) && this.#counts[(last - back) & (seconds - 1)]! > 0) {
				return false;
			}
		}

		return true;
	}

	#isHeld(second: number): boolean {
		return second <= this.#newest && second > this.#newest - seconds;
	}

	/** Make the second of this time the one that is counted. */
	#turn(time: number): void {
		if (!Number.isFinite(time)) {
			return;
		}

		const second = Math.floor(time / 1000);
		const ahead = second - this.#newest;
		if (ahead <= -seconds || ahead >= seconds) {
			this.#counts.fill(0);
			this.#bytes.fill(0);
			this.#newest = second;
		} else {
			for (let step = 1; step <= ahead; step++) {
				const slot = (this.#newest + step) & (seconds - 1);
				this.#counts[slot] = 0;
				this.#bytes[slot] = 0;
			}

			this.#newest = Math.max(this.#newest, second);
		}

		this.#slot = second & (seconds - 1);
		this.#from = second * 1000;
		this.#until = this.#from + 1000;
	}
}
