type Entry<Item> = {readonly due: number; readonly order: number; readonly item: Item};

/** Items in the order of when they are due, and of when they were added where that is the same: a binary heap, so that adding and taking cost the logarithm of how many there are. */
export class DueHeap<Item> {
	#entries: Array<Entry<Item>> = [];
	#added = 0;

	get size(): number {
		return this.#entries.length;
	}

	/** How many were ever added. */
	get added(): number {
		return this.#added;
	}

	/** The entry that is due first. Its `order` is how many were added before it. */
	get first(): Entry<Item> | undefined {
		return this.#entries[0];
	}

	add(due: number, item: Item): void {
		const entry = {due, order: this.#added++, item};
		const entries = this.#entries;
		let place = entries.length;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (!isBefore(entry, entries[parent])) {
				break;
			}

			entries[place] = entries[parent];
			place = parent;
		}

		entries[place] = entry;
	}

	/** Take out the item that is due first. */
	take(): Item | undefined {
		const entries = this.#entries;
		const [first] = entries;
		const last = entries.pop();
		if (last !== undefined && entries.length > 0) {
			let place = 0;
			for (;;) {
				let child = (2 * place) + 1;
				if (child + 1 < entries.length && isBefore(entries[child + 1], entries[child])) {
					child++;
				}

				if (child >= entries.length || !isBefore(entries[child], last)) {
					break;
				}

				entries[place] = entries[child];
				place = child;
			}

			entries[place] = last;
		}

		return first?.item;
	}

	/** Take out everything, in order. */
	clear(): Item[] {
		const entries = this.#entries;
		this.#entries = [];
		return entries.toSorted((a, b) => a.due - b.due || a.order - b.order).map(({item}) => item);
	}
}

function isBefore<Item>(a: Entry<Item>, b: Entry<Item>): boolean {
	return a.due < b.due || (a.due === b.due && a.order < b.order);
}
