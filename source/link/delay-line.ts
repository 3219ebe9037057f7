import {Fifo} from './fifo.ts';
import {Deadline, realTime, type Time} from './time.ts';

/**
Holds items until they are due (absolute times in milliseconds), and delivers them in the order of these times, up to
2 ms late; those with the same time in the order in which they were added. With a bound per turn the other due items
follow in the next turn of the event loop, after sockets have been read.
*/
export class DelayLine<Item> {
	readonly #entries = new Fifo<{readonly due: number; readonly item: Item}>();
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

	get size(): number {
		return this.#entries.size;
	}

	get nextDue(): number | undefined {
		return this.#entries.first?.due;
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
		this.#entries.insert({due, item}, other => other.due > due);
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
		return this.#entries.clear().map(({item}) => item);
	}

	#deliverDue(): void {
		const now = this.#time.now();
		// Items added during a delivery wait for the next round, so that two that call each other do not block the
		// thread.
		const most = Math.min(this.#maxPerTurn, this.size);
		let delivered = 0;
		this.#isDelivering = true;
		try {
			for (let {first} = this.#entries; first && first.due <= now && delivered < most; {first} = this.#entries) {
				delivered++;
				this.#entries.take();
				this.#deliver(first.item);
			}
		} finally {
			this.#isDelivering = false;
			// Where more may be due already, only the sockets' turn comes first.
			if (delivered === this.#maxPerTurn && this.size > 0) {
				this.#deadline.nextTurn();
			} else {
				this.#deadline.set(this.nextDue);
			}
		}
	}
}
