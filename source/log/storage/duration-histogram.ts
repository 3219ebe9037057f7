/** The shortest and the longest duration that are told apart, in milliseconds: 1 µs and 1,000 s. */
const shortest = 0.001;
const longest = 1_000_000;

/**
Each bucket reaches up to this many times where it begins. Its middle is then at most √1.039 − 1 = 1.94 % away from all
that is in it.
*/
const growth = 1.039;
const perLog = 1 / Math.log(growth);
const buckets = Math.ceil(Math.log(longest / shortest) * perLog);

/** Up to this many durations are kept as they are. */
const mostExact = 1024;

/**
Durations. Percentiles of up to 1,024 are exact. More are counted in buckets that grow by 3.9 %: adding and reading cost
the same then however many were added, and a percentile is within 2 % of the exact one for durations from 1 µs to
1,000 s; the shortest and the longest are exact.
*/
export class DurationHistogram {
	/** Of doubles, so that no count overflows: a full 32-bit count would begin at 0 again. */
	#counts: Float64Array | undefined;
	/** All that were added, the shortest first, unless they are too many. */
	#exact: number[] | undefined = [];
	#count = 0;
	#last: number | undefined;
	#smallest = Number.POSITIVE_INFINITY;
	#largest = 0;

	get count(): number {
		return this.#count;
	}

	/** Whether every percentile is exact. */
	get isExact(): boolean {
		return this.#exact !== undefined;
	}

	/** The duration that was added last, in milliseconds. */
	get last(): number | undefined {
		return this.#last;
	}

	/** Add a duration in milliseconds. One that is negative or no finite number is ignored. */
	add(milliseconds: number): void {
		if (!(milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY)) {
			return;
		}

		this.#counts ??= new Float64Array(buckets);
		this.#counts[bucketOf(milliseconds)]!++;
		this.#count++;
		if (this.#count > mostExact) {
			this.#exact = undefined;
		} else {
			this.#exact?.splice(placeIn(this.#exact, milliseconds), 0, milliseconds);
		}

		this.#last = milliseconds;
		this.#smallest = Math.min(this.#smallest, milliseconds);
		this.#largest = Math.max(this.#largest, milliseconds);
	}

	/**
	The shortest duration (milliseconds) that at least `p` percent of all are not longer than (the nearest-rank method);
	undefined where none was added.

	@param p - 0 (the shortest, exactly) to 100 (the longest, exactly); 50 is the median
	*/
	percentile(p: number): number | undefined {
		if (!this.#counts) {
			return undefined;
		}

		const rank = Math.ceil(p * this.#count / 100);
		if (rank <= 1) {
			return this.#smallest;
		}

		if (rank >= this.#count) {
			return this.#largest;
		}

		if (this.#exact) {
			return this.#exact[rank - 1];
		}

		let bucket = 0;
		let seen = this.#counts[0]!;
		while (seen < rank && bucket < buckets - 1) {
			bucket++;
			seen += this.#counts[bucket]!;
		}

		const middle = shortest * Math.exp((bucket + 0.5) / perLog);
		return Math.min(this.#largest, Math.max(this.#smallest, middle));
	}
}

function bucketOf(milliseconds: number): number {
	const bucket = Math.floor(Math.log(milliseconds / shortest) * perLog);
	return Math.min(buckets - 1, Math.max(0, bucket));
}

/** Where a duration belongs among others, the shortest of which is first. */
function placeIn(sorted: readonly number[], milliseconds: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle]! <= milliseconds) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
