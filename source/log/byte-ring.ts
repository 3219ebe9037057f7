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

	/** A copy of `length` bytes from an absolute position. */
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
