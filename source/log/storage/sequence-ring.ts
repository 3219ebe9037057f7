/**
Sequence numbers of some of the log's events, oldest first, each with an ordinal: 0 for the first ever, without gaps.
The ring grows with what the log still holds of them.
*/
export class SequenceRing {
	#ring: Float64Array;
	#first = 0;
	#total = 0;

	/** @param room - how many there is room for at the beginning */
	constructor(room: number) {
		this.#ring = new Float64Array(room);
	}

	/** How many there ever were: one more than the last ordinal. */
	get total(): number {
		return this.#total;
	}

	/** The ordinal of the oldest whose sequence number is not below `oldest`. */
	firstSince(oldest: number): number {
		while (this.#first < this.#total && this.at(this.#first) < oldest) {
			this.#first++;
		}

		return this.#first;
	}

	/** The sequence number with this ordinal. */
	at(ordinal: number): number {
		return this.#ring[ordinal % this.#ring.length] ?? Number.NaN;
	}

	/** Add an event; `oldest` is the oldest sequence number that the log still holds. */
	push(sequence: number, oldest: number): void {
		if (
			this.#total - this.#first === this.#ring.length
			&& this.#total - this.firstSince(oldest) === this.#ring.length
		) {
			this.#grow();
		}

		this.#ring[this.#total % this.#ring.length] = sequence;
		this.#total++;
	}

	#grow(): void {
		const larger = new Float64Array(Math.max(4, this.#ring.length * 2));
		for (let ordinal = this.#first; ordinal < this.#total; ordinal++) {
			larger[ordinal % larger.length] = this.at(ordinal);
		}

		this.#ring = larger;
	}
}

/** The first ordinal from which on a condition holds; `end` where it never does. */
export function firstOrdinal(first: number, end: number, holds: (ordinal: number) => boolean): number {
	let low = first;
	let high = end;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (holds(middle)) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	return low;
}
