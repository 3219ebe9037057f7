import {type Terminal} from './terminal.ts';

/** Characters that are rare on the screen: if one is drawn, it was typed. */
const candidates = '@#$%&*=+{}|<~";JVWXYZQ^!?()';

/** A typed character that does not show within this time counts as this long, in milliseconds. */
const typingTimeout = 2000;

/** What does not show within this time never does, in milliseconds. */
const timeout = 5000;

/** Presses keys, and sees when what they call for is on the screen. */
export class Stopwatch {
	readonly #terminal: Terminal;
	/** What the screen has drawn by itself. */
	readonly #seen = new Set<string>();
	#isShown: ((drawn: string) => boolean) | undefined;
	#drawn = '';
	#shown: (time: number) => void = () => undefined;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
		terminal.listenToText(text => {
			this.#look(text, performance.now());
		});
	}

	/** Those that the screen has not drawn by itself so far. None must be used twice on one line. */
	get characters(): string[] {
		return [...candidates].filter(character => !this.#seen.has(character));
	}

	/** Press keys, without waiting for a frame. */
	write(keys: string): void {
		this.#terminal.press(keys);
	}

	/** Type a character. @returns milliseconds until the program has drawn it */
	async type(character: string): Promise<number> {
		return await this.#time(character, drawn => drawn.includes(character), typingTimeout) ?? typingTimeout;
	}

	/** Press keys. @returns milliseconds until a text like this has been drawn */
	async press(keys: string, awaited: RegExp): Promise<number> {
		const time = await this.#time(keys, drawn => awaited.test(drawn), timeout);
		if (time === undefined) {
			throw new Error(`After ${JSON.stringify(keys)} the screen never drew ${String(awaited)} but\n${this.#drawn}`);
		}

		return time;
	}

	async #time(keys: string, isShown: (drawn: string) => boolean, milliseconds: number): Promise<number | undefined> {
		const {promise, resolve} = Promise.withResolvers<number | undefined>();
		this.#drawn = '';
		this.#isShown = isShown;
		this.#shown = resolve;
		const timer = setTimeout(() => {
			this.#isShown = undefined;
			resolve(undefined);
		}, milliseconds);
		const start = performance.now();
		this.#terminal.press(keys);
		const end = await promise;
		clearTimeout(timer);
		return end === undefined ? undefined : end - start;
	}

	#look(text: string, time: number): void {
		if (this.#isShown === undefined) {
			for (const character of text) {
				this.#seen.add(character);
			}

			return;
		}

		this.#drawn += text;
		if (this.#isShown(this.#drawn)) {
			this.#isShown = undefined;
			this.#shown(time);
		}
	}
}
