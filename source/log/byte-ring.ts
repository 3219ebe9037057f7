/**
A ring of bytes for payloads. Positions are absolute: they count every byte that was ever written, so a position
that is less than `end - capacity` has been overwritten.
*/
export class ByteRing {
	readonly capacity: number;
	readonly #bytes: Uint8Array;
	#end = 0;

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
		const start = this.#end % this.capacity;
		const room = this.capacity - start;
		if (bytes.length <= room) {
			this.#bytes.set(bytes, start);
		} else {
			this.#bytes.set(bytes.subarray(0, room), start);
			this.#bytes.set(bytes.subarray(room), 0);
		}

		this.#end += bytes.length;
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
