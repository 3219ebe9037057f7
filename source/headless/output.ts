import type {Writable} from 'node:stream';
import {toFailure} from '../sockets/failure.ts';
import {complain} from './complain.ts';
import {type ExitCode, exitCodes} from './exit-code.ts';

/** Who hears how an output stands. */
type OutputListener = {
	/** It is full (true), or has room again (false). */
	readonly onSlow?: (isSlow: boolean) => void;
	/** Its reader has closed it (EPIPE), or writing has failed with this message. */
	readonly onGone?: (problem: string | undefined) => void;
};

/**
Standard output, or standard error: tells when its reader is slow, and ends quietly where it is closed. What is written
to one that is gone is dropped.
*/
export class Output {
	/** Its reader is a person at a terminal. */
	readonly isTerminal: boolean;
	readonly #stream: Writable;
	readonly #listener: OutputListener;
	#isSlow = false;
	#isGone = false;

	constructor(stream: Writable & {readonly isTTY?: boolean}, listener: OutputListener = {}) {
		this.isTerminal = stream.isTTY === true;
		this.#stream = stream;
		this.#listener = listener;
		stream.on('error', this.#onError);
		stream.on('drain', this.#onDrain);
	}

	/** Whether it has been told to wait: nothing is lost where it does not, but memory is taken. */
	get isSlow(): boolean {
		return this.#isSlow;
	}

	get isGone(): boolean {
		return this.#isGone;
	}

	/** Whether what was written last has not been taken yet. */
	get isWaiting(): boolean {
		return this.#stream.writableLength > 0;
	}

	/** Write a text, or bytes. The bytes must stay as they are until they are taken. */
	write(data: string | Uint8Array): void {
		// More than the stream's mark may have been taken at once, by a file.
		if (!this.#isGone && !this.#stream.write(data) && this.isWaiting && !this.#isSlow) {
			this.#isSlow = true;
			this.#listener.onSlow?.(true);
		}
	}

	/** Settles when everything has been taken, also what is written when there is room again, or the reader is gone. */
	async flushed(): Promise<void> {
		do {
			const {promise, resolve} = Promise.withResolvers<void>();
			if (this.#isGone) {
				return;
			}

			// Called in its turn, also where writing has failed.
			this.#stream.write('', () => {
				resolve();
			});
			await promise; // eslint-disable-line no-await-in-loop -- More may have been written meanwhile.
		} while (this.#isSlow);
	}

	readonly #onDrain = (): void => {
		if (this.#isSlow) {
			this.#isSlow = false;
			this.#listener.onSlow?.(false);
		}
	};

	readonly #onError = (error: unknown): void => {
		if (!this.#isGone) {
			this.#isGone = true;
			const {code, message} = toFailure(error);
			this.#listener.onGone?.(code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' ? undefined : message);
		}
	};
}

/** Print a text on standard output. Settles with the exit code: a reader that has closed it is no failure. */
export async function print(text: string): Promise<ExitCode> {
	let code: ExitCode = exitCodes.done;
	const output = new Output(process.stdout, {
		onGone(problem) {
			if (problem !== undefined) {
				code = exitCodes.failed;
				complain(`socket-playground: ${problem}\n`);
			}
		},
	});
	output.write(text);
	await output.flushed();
	return code;
}
