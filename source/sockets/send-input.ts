import type {Input} from './input.ts';

/**
Bytes that wait to be sent before no more are read. More than Node's own mark, so that it tells when they are gone.
*/
export const maxWaiting = 512 * 1024;

/** Where an input goes. */
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
