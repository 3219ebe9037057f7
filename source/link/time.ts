/** A clock and its timers. Tests hand in one that they set themselves. */
export type Time = {
	/** Milliseconds, with a fraction, since any moment; it never goes back. */
	readonly now: () => number;
	/** Call once after about this many milliseconds, a whole number below 2^31. Returns what cancels it. */
	readonly startTimer: (onExpire: () => void, milliseconds: number) => () => void;
	/** Call once in the next turn of the event loop, after sockets have been read. What it returns cancels that. */
	readonly startTurn: (onTurn: () => void) => () => void;
};

/**
The machine's own time: `performance.now()`, which no setting of the wall clock moves, and setTimeout(), which has a
resolution of 1 ms and is never shorter than that. Its timers do not keep the process alive.
*/
export const realTime: Time = {
	now: () => performance.now(),
	startTimer(onExpire, milliseconds) {
		const timer = setTimeout(onExpire, milliseconds);
		timer.unref();
		return () => {
			clearTimeout(timer);
		};
	},
	startTurn(onTurn) {
		const turn = setImmediate(onTurn);
		return () => {
			clearImmediate(turn);
		};
	},
};

/** The longest that setTimeout() takes, in milliseconds. */
const longest = (2 ** 31) - 1;

/**
Expires at a time, never before it; with real timers up to 2 ms late, or as soon as the thread is free. Times are
absolute, so that a late timer makes no later time later.
*/
export class Deadline {
	readonly #time: Time;
	readonly #onExpire: () => void;
	readonly #onTurn: () => void;
	#due: number | undefined;
	#isTurn = false;
	#cancel: (() => void) | undefined;

	/** @param onTurn - called by `nextTurn()`, where that differs */
	constructor(time: Time, onExpire: () => void, onTurn: () => void = onExpire) {
		this.#time = time;
		this.#onExpire = onExpire;
		this.#onTurn = onTurn;
	}

	/** Whether it waits for the next turn of the event loop. */
	get isTurn(): boolean {
		return this.#isTurn;
	}

	/** Expire once at this time, in milliseconds, instead of any that was set before; undefined for not at all. */
	set(due: number | undefined): void {
		if (due !== this.#due || this.#isTurn) {
			this.#clear();
			this.#due = due;
			this.#start();
		}
	}

	/** Expire in the next turn of the event loop, after sockets were read, instead of any time set before. */
	nextTurn(): void {
		if (this.#isTurn) {
			return;
		}

		this.#clear();
		this.#isTurn = true;
		this.#cancel = this.#time.startTurn(() => {
			this.#isTurn = false;
			this.#cancel = undefined;
			this.#onTurn();
		});
	}

	#clear(): void {
		this.#cancel?.();
		this.#cancel = undefined;
		this.#due = undefined;
		this.#isTurn = false;
	}

	#start(): void {
		if (this.#due !== undefined) {
			const left = Math.ceil(this.#due - this.#time.now());
			this.#cancel = this.#time.startTimer(() => {
				this.#expired();
			}, Math.min(longest, Math.max(0, left)));
		}
	}

	#expired(): void {
		this.#cancel = undefined;
		// A timer may come early: it counts from when the event loop last looked at the clock.
		if (this.#due !== undefined && this.#due > this.#time.now()) {
			this.#start();
			return;
		}

		this.#due = undefined;
		this.#onExpire();
	}
}
