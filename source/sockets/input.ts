import {
	close, constants, fstat, open, openSync, read, stat,
} from 'node:fs';
import {Socket} from 'node:net';
import type {Readable} from 'node:stream';
import {promisify} from 'node:util';

/** Bytes to send, piece by piece. A piece is overwritten when three others have been taken after it. */
export type Input = {
	/** How many bytes there will be, where that is known. */
	readonly size: number | undefined;
	readonly pieces: () => AsyncIterable<Uint8Array>;
	/** Give up reading. May be called twice. */
	readonly close: () => void;
};

/** Bytes that are read from a file at once. */
const pieceSize = 256 * 1024;
const pieces = 4;

/** Standard input: a file, a pipe, or a terminal. */
export async function openStandardInput(): Promise<Input> {
	const stats = await promisify(fstat)(0);
	return stats.isFile() ? inputOfFile(0, stats.size) : inputOfStream(process.stdin);
}

/**
A file that was named: it is read as it is sent, also where it is a pipe or a device.

@throws the system's error where it cannot be opened, or is a directory
*/
export async function openInput(path: string): Promise<Input> {
	const stats = await promisify(stat)(path);
	if (stats.isFIFO()) {
		return inputOfStream(openPipe(path));
	}

	if (stats.isDirectory()) {
		throw Object.assign(new Error(`${path} is a directory`), {code: 'EISDIR', syscall: 'open'});
	}

	const descriptor = await promisify(open)(path, constants.O_RDONLY);
	return inputOfFile(descriptor, stats.isFile() ? stats.size : undefined);
}

/**
Read a named pipe (fifo(7)) as Node reads standard input from a pipe: without a thread that waits in read(2), so that it
can be given up. Ends when the last writer has closed it.
*/
function openPipe(path: string): Readable {
	return new Socket({fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK), readable: true, writable: false});
}

function inputOfStream(stream: Readable): Input {
	return {
		size: undefined,
		async * pieces() {
			for await (const piece of stream) {
				yield piece as Uint8Array;
			}
		},
		close() {
			stream.destroy();
		},
	};
}

function inputOfFile(descriptor: number, size: number | undefined): Input {
	let isClosed = false;
	let isRead = false;
	const shut = (): void => {
		close(descriptor, () => undefined);
	};

	return {
		size,
		async * pieces() {
			isRead = true;
			const buffers = Array.from({length: pieces}, () => Buffer.allocUnsafeSlow(pieceSize));
			try {
				// eslint-disable-next-line no-unmodified-loop-condition -- close() does that.
				for (let turn = 0; !isClosed; turn++) {
					const buffer = buffers[turn % pieces]!;
					// eslint-disable-next-line no-await-in-loop -- One piece after the other.
					const {bytesRead} = await promisify(read)(descriptor, buffer, 0, pieceSize, null);
					if (bytesRead === 0) {
						return;
					}

					yield buffer.subarray(0, bytesRead);
				}
			} finally {
				shut();
			}
		},
		close() {
			if (!isClosed && !isRead) {
				shut();
			}

			isClosed = true;
		},
	};
}

/** All bytes of an input, or the first that are more than `most`. */
export async function readWhole(input: Input, most: number): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const piece of input.pieces()) {
		parts.push(Uint8Array.from(piece));
		length += piece.length;
		if (length > most) {
			break;
		}
	}

	return Buffer.concat(parts);
}

/** Unsent bytes at which reading pauses. Above the high-water mark of streams, which then emit `drain` after it. */
export const maxWaiting = 512 * 1024;

type Destination = {
	readonly put: (bytes: Uint8Array) => unknown;
	/** Bytes that have been written and not been taken by the system. */
	readonly waiting: () => number;
	/** Whether nothing more is to be sent. */
	readonly isOver: () => boolean;
	/** Settles when there may be room again, or nothing more is to be sent. */
	readonly room: () => Promise<void>;
};

/**
Send an input piece by piece, and read no further than the other end does: of any length, in the same memory.

@throws the system's error where it cannot be read
*/
export async function sendInput(input: Input, {put, waiting, isOver, room}: Destination): Promise<void> {
	for await (const bytes of input.pieces()) {
		if (isOver()) {
			return;
		}

		await put(bytes);
		while (waiting() > maxWaiting && !isOver()) {
			// eslint-disable-next-line no-await-in-loop -- The peer may be slow.
			await room();
		}
	}
}
