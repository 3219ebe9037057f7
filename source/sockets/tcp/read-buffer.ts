import type {SocketConstructorOpts} from 'node:net';

/** The most bytes that one read returns: more than the 64 KiB that Node makes room for by itself. */
const size = 256 * 1024;

/**
One buffer that a socket reads into again and again, for whoever is done with the bytes when they have been handed over.
Memory of its own for each read costs more time than the read.
*/
export class ReadBuffer {
	/** Hears what one read has returned. */
	onBytes: (bytes: Uint8Array) => void = () => undefined;
	#buffer: Uint8Array = Buffer.allocUnsafeSlow(size);
	#isKept = false;

	readonly onread: NonNullable<SocketConstructorOpts['onread']> = {
		buffer: () => {
			if (this.#isKept) {
				this.#isKept = false;
				this.#buffer = Buffer.allocUnsafeSlow(size);
			}

			return this.#buffer;
		},
		callback: (length, buffer) => {
			this.onBytes(buffer.subarray(0, length));
			return true;
		},
	};

	/** The bytes that are being handed over are needed for longer: the next read has another buffer. */
	keep(): void {
		this.#isKept = true;
	}
}

/** Less is left to the collector: what is called to free it costs as much. */
const leastFreed = 4096;

/**
Free the memory of a chunk that a socket has read, and that nothing needs any more; its bytes are gone. V8 would free it
with a collection of everything, one for each 8 MiB that are read, and each read would have new pages of memory.
*/
export function freeChunk({buffer, length}: Uint8Array): void {
	// A part of a larger buffer, such as a slab of Node's, stays.
	if (length >= leastFreed && length === buffer.byteLength && buffer instanceof ArrayBuffer) {
		buffer.transfer(0);
	}
}
