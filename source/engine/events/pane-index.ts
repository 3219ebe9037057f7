/**
The sequence numbers of one pane's events, oldest first, so that a window of rows costs what it shows however
long the log is. Each event has an ordinal in its pane: 0 for the first ever, without gaps.
*/
export class PaneIndex {
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
	#ring = new Float64Array(64);
	#first = 0;
	#total = 0;

	/** How many events the pane ever had: one more than the last ordinal. */
	get total(): number {
		return this.#total;
	}

	/** The ordinal of the oldest event whose sequence number is not below `oldest`. */
	firstSince(oldest: number): number {
		while (this.#first < this.#total && this.at(this.#first) < oldest) {
			this.#first++;
		}

		return this.#first;
	}

	/** The sequence number of the event with this ordinal. */
	at(ordinal: number): number {
		return this.#ring[ordinal % this.#ring.length] ?? Number.NaN;
	}

	/** Add an event; `oldest` is the oldest sequence number that the log still holds. */
	push(sequence: number, oldest: number): void {
		if (this.#total - this.#first === this.#ring.length && this.#total - this.firstSince(oldest) === this.#ring.length) {
			this.#grow();
		}

		this.#ring[this.#total % this.#ring.length] = sequence;
		this.#total++;
	}

	#grow(): void {
		const larger = new Float64Array(this.#ring.length * 2);
		for (let ordinal = this.#first; ordinal < this.#total; ordinal++) {
			larger[ordinal % larger.length] = this.at(ordinal);
		}

		this.#ring = larger;
	}
}
