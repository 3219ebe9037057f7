import {inTime} from './in-time.ts';

/** What arrives one after the other, and those who wait for it. */
export class Inbox<Item> {
	readonly #name: string;
	readonly #items: Item[] = [];
	readonly #waiting: Array<(item: Item) => void> = [];

	constructor(name: string) {
		this.#name = name;
	}

	/** How many have arrived and were not taken. */
	get length(): number {
		return this.#items.length;
	}

	add(item: Item): void {
		const next = this.#waiting.shift();
		if (next) {
			next(item);
		} else {
			this.#items.push(item);
		}
	}

	/** The oldest that was not taken, or the next to arrive. */
	async next(): Promise<Item> {
		if (this.#items.length > 0) {
			return this.#items.shift()!;
		}

		const {promise, resolve} = Promise.withResolvers<Item>();
		this.#waiting.push(resolve);
		return inTime(promise, () => this.#name);
	}
}
