import {Deadline, realTime, type Time} from './time.ts';

/**
Holds items until they are due (absolute times in milliseconds), and delivers them in the order of these times, up to
2 ms late; those with the same time in the order in which they were added. With a bound per turn the other due items
follow in the next turn of the event loop, after sockets have been read.
*/
export class DelayLine<Item> {
	readonly #heap = new DueHeap<Item>();
	readonly #deadline: Deadline;
	readonly #time: Time;
	readonly #deliver: (item: Item) => void;
	readonly #maxPerTurn: number;
	#isDelivering = false;

	constructor(deliver: (item: Item) => void, time: Time = realTime, maxPerTurn = Number.POSITIVE_INFINITY) {
		this.#deliver = deliver;
		this.#time = time;
		this.#maxPerTurn = maxPerTurn;
		this.#deadline = new Deadline(time, () => {
			this.#deliverDue();
		});
	}

	/** How many are on their way. */
	get size(): number {
		return this.#heap.size;
	}

	get nextDue(): number | undefined {
		return this.#heap.first?.due;
	}

	/** What the line's clock says, in milliseconds: due times are counted from here. */
	get now(): number {
		return this.#time.now();
	}

	/**
	Deliver an item at this time. One that is due already is delivered before this returns, after all that is due before
	it; but not while another is being delivered: then it follows.
	*/
	add(due: number, item: Item): void {
		this.#heap.add(due, item);
		// Behind a batch that goes on in the next turn, nothing jumps the queue.
		if (this.#isDelivering || this.#deadline.isTurn) {
			return;
		}

		if (due <= this.#time.now()) {
			this.#deliverDue();
		} else {
			this.#deadline.set(this.nextDue);
		}
	}

	/** Remove all items. @returns them, in the order of their delivery */
	cancelAll(): Item[] {
		this.#deadline.set(undefined);
		return this.#heap.clear();
	}

	#deliverDue(): void {
		const now = this.#time.now();
		// Items added during a delivery wait for the next round, so that two that call each other do not block the
		// thread.
		const before = this.#heap.added;
		let left = this.#maxPerTurn;
		this.#isDelivering = true;
		try {
			for (
				let {first} = this.#heap;
				first && first.due <= now && first.order < before && left > 0;
				{first} = this.#heap
			) {
				left--;
				this.#heap.take();
				this.#deliver(first.item);
			}
		} finally {
			this.#isDelivering = false;
			// Where more may be due already, only the sockets' turn comes first.
			if (left === 0 && this.#heap.size > 0) {
				this.#deadline.nextTurn();
			} else {
				this.#deadline.set(this.nextDue);
			}
		}
	}
}

type Entry<Item> = {readonly due: number; readonly order: number; readonly item: Item};

/**
Items in the order of when they are due, and of adding where that is the same: a binary heap, so that adding and taking
cost the logarithm of its size.
*/
class DueHeap<Item> {
	#entries: Array<Entry<Item>> = [];
	#added = 0;

	get size(): number {
		return this.#entries.length;
	}

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
			if (!isBefore(entry, entries[parent]!)) {
				break;
			}

			entries[place] = entries[parent]!;
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
				if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) {
					child++;
				}

				const next = entries[child];
				if (!next || !isBefore(next, last)) {
					break;
				}

				entries[place] = next;
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
