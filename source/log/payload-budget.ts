/** Bytes kept of a payload while more comes than the log can hold for a second. */
const keptInFlood = 4096;

/**
How much of a payload is kept: all of it, unless it is larger than a quarter of what the log holds, or more comes within
a second than that. Copying all of it would slow the sockets down, for rows that are gone before anybody can look at
them.
*/
export class PayloadBudget {
	readonly #capacity: number;
	/** When the second began over which payload is counted, in milliseconds, and how much of it there was. */
	#secondBegan = 0;
	#bytesInSecond = 0;

	/** @param capacity - bytes of payload that the log holds */
	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** How many bytes are kept of a payload of this length that comes at this time. */
	grant(length: number, time: number): number {
		if (time - this.#secondBegan >= 1000 || time < this.#secondBegan) {
			this.#secondBegan = time;
			this.#bytesInSecond = 0;
		}

		this.#bytesInSecond += length;
		const isFlood = this.#bytesInSecond > this.#capacity;
		return Math.min(length, this.#capacity >> 2, isFlood ? keptInFlood : length);
	}
}
