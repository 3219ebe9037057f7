/**
A ring of bytes for payloads. Positions are absolute: they count every byte that was ever written, so a position
that is less than `end - capacity` has been overwritten.
*/
export class ByteRing {
	readonly capacity: number;
	readonly #bytes: Uint8Array;
	#end = 0;
	/** Where that is in the ring: a division of large numbers takes longer than the copy. */
	#next = 0;

	constructor(capacity: number) {
		this.capacity = capacity;
		this.#bytes = new Uint8Array(capacity);
	}

	/** The position after the last byte written. */
	get end(): number {
		return this.#end;
	}

	/** Copy bytes in, at most `capacity` of them. */
	write(bytes: Uint8Array): void {
		const {length} = bytes;
		const room = this.capacity - this.#next;
		if (length < room) {
			this.#bytes.set(bytes, this.#next);
			this.#next += length;
		} else {
			this.#bytes.set(bytes.subarray(0, room), this.#next);
			this.#bytes.set(bytes.subarray(room), 0);
			this.#next = length - room;
		}

		this.#end += length;
	}

	read(position: number, length: number): Uint8Array {
		const start = position % this.capacity;
		const room = this.capacity - start;
		if (length <= room) {
			return this.#bytes.slice(start, start + length);
		}

		const copy = new Uint8Array(length);
		copy.set(this.#bytes.subarray(start), 0);
		copy.set(this.#bytes.subarray(0, length - room), room);
		return copy;
	}
}

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

	/**
	How many bytes are kept of a payload of this length that comes at this time, which is of a clock that only goes
	forward. What is recorded with an earlier time counts in the second that has begun.
	*/
	grant(length: number, time: number): number {
		if (time - this.#secondBegan >= 1000) {
			this.#secondBegan = time;
			this.#bytesInSecond = 0;
		}

		this.#bytesInSecond += length;
		const isFlood = this.#bytesInSecond > this.#capacity;
		return Math.min(length, this.#capacity >> 2, isFlood ? keptInFlood : length);
	}
}
