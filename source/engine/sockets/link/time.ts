/** A clock and its timers. Tests hand in one that they turn themselves. */
export type Time = {
	/** Milliseconds, with a fraction, since any moment; it never goes back. */
	readonly now: () => number;
	/** Call once after at least about so many milliseconds (a whole number from 0 to 2^31 − 1). What it returns cancels the timer. */
	readonly startTimer: (ring: () => void, milliseconds: number) => () => void;
	/** Call once in the next turn of the event loop, after sockets have been read. What it returns cancels that. */
	readonly startTurn: (ring: () => void) => () => void;
};

/**
The machine's own time: `performance.now()`, which no setting of the wall clock moves, and setTimeout(), which has a resolution of 1 ms and is never shorter than that.
Its timers do not keep the process alive.
*/
export const realTime: Time = {
	now: () => performance.now(),
	startTimer(ring, milliseconds) {
		const timer = setTimeout(ring, milliseconds);
		timer.unref();
		return () => {
			clearTimeout(timer);
		};
	},
	startTurn(ring) {
		const turn = setImmediate(ring);
		return () => {
			clearImmediate(turn);
		};
	},
};
