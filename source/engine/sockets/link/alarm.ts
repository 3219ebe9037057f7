import type {Time} from './time.ts';

/** The longest that setTimeout() takes, in milliseconds. */
const longest = (2 ** 31) - 1;

/**
Rings when a time has come, and never before. It has at most one timer. Times are absolute, so that a late timer makes no later time later; with real timers
it rings in the first millisecond or two after its time, or as soon as the thread is free.
*/
export class Alarm {
	readonly #time: Time;
	readonly #ring: () => void;
	#due: number | undefined;
	#cancel: (() => void) | undefined;

	constructor(time: Time, ring: () => void) {
		this.#time = time;
		this.#ring = ring;
	}

	/** Ring once at this time (milliseconds by the clock) instead of any that was set before; undefined rings no more. */
	set(due: number | undefined): void {
		if (due !== this.#due) {
			this.#cancel?.();
			this.#cancel = undefined;
			this.#due = due;
			this.#start();
		}
	}

	#start(): void {
		if (this.#due !== undefined) {
			const left = Math.ceil(this.#due - this.#time.now());
			this.#cancel = this.#time.startTimer(() => {
				this.#rang();
			}, Math.min(longest, Math.max(0, left)));
		}
	}

	#rang(): void {
		this.#cancel = undefined;
		// A timer may ring early: it counts from when the event loop last looked at the clock.
		if (this.#due !== undefined && this.#due > this.#time.now()) {
			this.#start();
			return;
		}

		this.#due = undefined;
		this.#ring();
	}
}
