import {Lookout} from './in-time.ts';

/** What arrives one after the other, and those who wait for it. */
export class Inbox<Item> {
	/** All that has arrived, also what was taken. */
	readonly all: Item[] = [];
	readonly #name: string;
	readonly #lookout = new Lookout();
	#taken = 0;

	constructor(name: string) {
		this.#name = name;
	}

	/** How many have arrived and were not taken. */
	get length(): number {
		return Math.max(0, this.all.length - this.#taken);
	}

	add(item: Item): void {
		this.all.push(item);
		this.#lookout.look();
	}

	/** The oldest that was not taken, or the next to arrive. */
	async next(): Promise<Item> {
		const place = this.#taken++;
		await this.#lookout.until(() => place < this.all.length, () => this.#name);
		return this.all[place]!;
	}
}
