const none: readonly number[] = [];

/** Finds which datagrams to one address are overtaken on the simulated link: sent earlier, and left later. */
export class Overtaking {
	/**
	Those that are on the link, and have not been overtaken yet, in the order in which they were sent: their events'
	sequence numbers by the numbers of their writes.
	*/
	readonly #waiting = new Map<number, number>();

	/** A datagram, by the number of its write, is on the link now; `sequence` is its event's number in the log. */
	enter(write: number, sequence: number): void {
		this.#waiting.set(write, sequence);
	}

	/**
	A datagram, or the first of its copies, has left: those that were sent before it, and are still on the link, have
	been overtaken. Each is looked at once.

	@returns the sequence numbers of those
	*/
	leave(write: number): readonly number[] {
		// As a rule nothing is on the link: this is asked for every datagram.
		if (this.#waiting.size === 0) {
			return none;
		}

		this.#waiting.delete(write);
		const overtaken: number[] = [];
		for (const [earlier, sequence] of this.#waiting) {
			if (earlier > write) {
				break;
			}

			this.#waiting.delete(earlier);
			overtaken.push(sequence);
		}

		return overtaken;
	}

	/** The socket is closed: what is on the link never leaves it, and another socket numbers its writes anew. */
	clear(): void {
		this.#waiting.clear();
	}
}
