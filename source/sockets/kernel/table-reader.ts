import {open} from 'node:fs/promises';

/** What the buffer has at first, in bytes: a few hundred sockets. */
const firstLength = 64 * 1024;

/**
The least room that a read is given, in bytes. One read of a table returns at most about a page (4 KiB on most
machines), however much room it has.
*/
const minRoom = 16 * 1024;

/** Reads files of procfs(5), which do not tell their lengths, into one buffer that grows and is used again. */
export class TableReader {
	#buffer = Buffer.alloc(0);

	/**
	Read a file to its end, one call at a time. Rejects with the system's error.

	@param isWanted - asked before each read: when it says no, the rest is left unread
	@returns all of it, to be used before the next call, or undefined where it was no longer wanted
	*/
	async read(path: string, isWanted: () => boolean): Promise<Uint8Array | undefined> {
		const file = await open(path);
		try {
			let length = 0;
			while (isWanted()) {
				this.#makeRoom(length);
				// eslint-disable-next-line no-await-in-loop -- One page follows the other.
				const {bytesRead} = await file.read(this.#buffer, length, this.#buffer.length - length, null);
				if (bytesRead === 0) {
					return this.#buffer.subarray(0, length);
				}

				length += bytesRead;
			}

			return undefined;
		} finally {
			await file.close();
		}
	}

	#makeRoom(length: number): void {
		if (this.#buffer.length - length < minRoom) {
			const larger = Buffer.allocUnsafeSlow(Math.max(firstLength, this.#buffer.length * 2));
			larger.set(this.#buffer.subarray(0, length));
			this.#buffer = larger;
		}
	}
}
