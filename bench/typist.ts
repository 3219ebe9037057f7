import type {Terminal} from './terminal.ts';
import {VisibleStream} from './visible-stream.ts';

/** Characters that are rare on the screen: what is drawn of them is what was typed. */
const candidates = '@#$%&*=+{}|<~";JVWXYZQ^!?()';

/** A key whose character does not show within this time counts as this long, in milliseconds. */
const timeout = 2000;

/** Types at a terminal, and sees when each character shows. */
export class Typist {
	readonly #terminal: Terminal;
	readonly #stream = new VisibleStream();
	readonly #seen = new Set<string>();
	#awaited: string | undefined;
	#shown: (time: number) => void = () => undefined;

	constructor(terminal: Terminal) {
		this.#terminal = terminal;
		const before = terminal.onOutput;
		terminal.onOutput = output => {
			const time = performance.now();
			before(output);
			const text = this.#stream.read(output);
			if (this.#awaited === undefined) {
				this.#look(text);
			} else if (text.includes(this.#awaited)) {
				this.#awaited = undefined;
				this.#shown(time);
			}
		};
	}

	/**
	The characters to type: those that the screen has not drawn by itself so far. None must be used twice on one line.
	*/
	get characters(): string[] {
		return [...candidates].filter(character => !this.#seen.has(character));
	}

	/** Type a character. @returns milliseconds until the program has drawn it */
	async type(character: string): Promise<number> {
		const {promise, resolve} = Promise.withResolvers<number>();
		this.#awaited = character;
		this.#shown = resolve;
		const start = performance.now();
		const timer = setTimeout(() => {
			this.#awaited = undefined;
			resolve(start + timeout);
		}, timeout);
		this.#terminal.write(character);
		const end = await promise;
		clearTimeout(timer);
		return end - start;
	}

	/** Forget what the screen has drawn: from now on it is watched anew. */
	forget(): void {
		this.#seen.clear();
	}

	#look(text: string): void {
		for (const character of text) {
			this.#seen.add(character);
		}
	}
}
