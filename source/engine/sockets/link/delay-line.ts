import {Alarm} from './alarm.ts';
import {DueHeap} from './due-heap.ts';
import {realTime, type Time} from './time.ts';

/**
Holds what is on its way until it is due, and delivers it then: in the order of the due times, and of adding where these are the same. Times are absolute
(milliseconds by the clock), so that nothing drifts; a timer that comes late delivers all that is due by then, in order, and none is ever early.
With real timers, which have a resolution of 1 ms, deliveries come in the first millisecond or two after their time.

It can be told to deliver only so many at once: the rest follows in the next turn of the event loop, after sockets have been read.

There is one timer, however much is on its way, and it does not keep the process alive.
*/
export class DelayLine<Item> {
	readonly #heap = new DueHeap<Item>();
	readonly #alarm: Alarm;
	readonly #time: Time;
	readonly #deliver: (item: Item) => void;
	readonly #mostAtOnce: number;
	#isDelivering = false;
	#cancelTurn: (() => void) | undefined;

	constructor(deliver: (item: Item) => void, time: Time = realTime, mostAtOnce = Number.POSITIVE_INFINITY) {
		this.#deliver = deliver;
		this.#time = time;
		this.#mostAtOnce = mostAtOnce;
		this.#alarm = new Alarm(time, () => {
			this.#deliverDue();
		});
	}

	/** How many are on their way. */
	get size(): number {
		return this.#heap.size;
	}

	/** When the next is due. */
	get nextDue(): number | undefined {
		return this.#heap.first?.due;
	}

	/** What the line's clock says, in milliseconds: due times are counted from here. */
	get now(): number {
		return this.#time.now();
	}

	/**
	Deliver an item at this time. One that is due already is delivered before this returns, after all that is due before it; but not while another is
	being delivered: then it follows.
	*/
	add(due: number, item: Item): void {
		this.#heap.add(due, item);
		// Behind a batch that goes on in the next turn, nothing jumps the queue.
		if (this.#isDelivering || this.#cancelTurn) {
			return;
		}

		if (due <= this.#time.now()) {
			this.#deliverDue();
		} else {
			this.#alarm.set(this.nextDue);
		}
	}

	/** Deliver nothing more of what is on its way. @returns that, in the order in which it would have come */
	cancelAll(): Item[] {
		this.#alarm.set(undefined);
		this.#cancelTurn?.();
		this.#cancelTurn = undefined;
		return this.#heap.clear();
	}

	#deliverDue(): void {
		const now = this.#time.now();
		// What a delivery adds waits for the next round, so that two that call each other do not keep the thread for ever.
		const before = this.#heap.added;
		let left = this.#mostAtOnce;
		this.#isDelivering = true;
		try {
			for (let {first} = this.#heap; first && first.due <= now && first.order < before && left > 0; {first} = this.#heap) {
				left--;
				this.#heap.take();
				this.#deliver(first.item);
			}
		} finally {
			this.#isDelivering = false;
			this.#goOn(left === 0);
		}
	}

	/** Wait for the next, or, where more may be due already, only for the sockets' turn. */
	#goOn(isFull: boolean): void {
		if (!isFull || this.#heap.size === 0) {
			this.#alarm.set(this.nextDue);
			return;
		}

		this.#alarm.set(undefined);
		this.#cancelTurn ??= this.#time.startTurn(() => {
			this.#cancelTurn = undefined;
			this.#deliverDue();
		});
	}
}
