import {firstOrdinal} from '../log/storage/sequence-ring.ts';

/** First in, first out. Taking the first does not move the others. */
export class Fifo<Item> {
	#items: Item[] = [];
	/** Those before this place have been taken. */
	#next = 0;

	get size(): number {
		return this.#items.length - this.#next;
	}

	get first(): Item | undefined {
		return this.#items[this.#next];
	}

	get last(): Item | undefined {
		return this.size > 0 ? this.#items.at(-1) : undefined;
	}

	add(item: Item): void {
		this.#items.push(item);
	}

	/** Add before those that come after it: they are the last ones. */
	insert(item: Item, comesAfter: (other: Item) => boolean): void {
		const items = this.#items;
		items.splice(firstOrdinal(this.#next, items.length, place => comesAfter(items[place]!)), 0, item);
	}

	take(): Item | undefined {
		const item = this.#items[this.#next];
		if (item !== undefined) {
			this.#next++;
			// Half of the array is the price for moving the rest only now and then.
			if (this.#next * 2 > this.#items.length) {
				this.#items = this.#items.slice(this.#next);
				this.#next = 0;
			}
		}

		return item;
	}

	removeLast(): void {
		if (this.size > 0) {
			this.#items.pop();
		}
	}

	clear(): Item[] {
		const items = this.#items.slice(this.#next);
		this.#items = [];
		this.#next = 0;
		return items;
	}
}
