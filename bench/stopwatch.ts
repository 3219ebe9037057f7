import type {Terminal} from './terminal.ts';
import {VisibleStream} from './visible-stream.ts';

/** What does not show within this time never does, in milliseconds. */
const timeout = 5000;

/** Presses keys, and sees when what they call for is on the screen. */
export class Stopwatch {
	readonly #terminal: Terminal;
	readonly #stream = new VisibleStream();
	#awaited: RegExp | undefined;
	#drawn = '';
	#shown: (time: number) => void = () => undefined;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
		const before = terminal.onOutput;
		terminal.onOutput = output => {
			const time = performance.now();
			before(output);
			const text = this.#stream.read(output);
			if (this.#awaited === undefined) {
				return;
			}

			this.#drawn += text;
			if (this.#awaited.test(this.#drawn)) {
				this.#awaited = undefined;
				this.#shown(time);
			}
		};
	}

	/** Press keys, and wait for nothing. */
	write(keys: string): void {
		this.#terminal.write(keys);
	}

	/** Press keys. @returns milliseconds until a text like this has been drawn */
	async press(keys: string, awaited: RegExp): Promise<number> {
		const {promise, resolve, reject} = Promise.withResolvers<number>();
		this.#drawn = '';
		this.#awaited = awaited;
		this.#shown = resolve;
		const timer = setTimeout(() => {
			this.#awaited = undefined;
			reject(new Error(`After ${JSON.stringify(keys)} the screen never drew ${String(awaited)} but\n${this.#drawn}`));
		}, timeout);
		const start = performance.now();
		this.#terminal.write(keys);
		try {
			return await promise - start;
		} finally {
			clearTimeout(timer);
		}
	}
}
