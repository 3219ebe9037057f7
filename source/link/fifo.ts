/** First in, first out. Taking the first does not move the others. */
export class Fifo<Item> {
	#items: Item[] = [];
	/** Those before this place have been taken. */
	#next = 0;

	get first(): Item | undefined {
		return this.#items[this.#next];
	}

	get last(): Item | undefined {
		return this.#next < this.#items.length ? this.#items.at(-1) : undefined;
	}

	add(item: Item): void {
		this.#items.push(item);
	}

	/** Take out the first. */
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
		if (this.#next < this.#items.length) {
			this.#items.pop();
		}
	}

	clear(): void {
		this.#items = [];
		this.#next = 0;
	}
}
