import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';
import type {Views} from '../../engine/api/messages.ts';
import type {Query} from '../../engine/api/query.ts';

/** The two ends that the scheduler keeps in step: the engine, which is asked, and the terminal, which is drawn on. */
type FrameSchedulerOptions = {
	/** Put the open queries to the engine, and ask for the next views. */
	readonly ask: (queries: readonly Query[]) => void;
	readonly queries: () => readonly Query[];
	/** Draw new views; returns when the frame has been handed to the terminal. */
	readonly draw: (views: Views) => void;
	/** Whether a terminal that is slow to read still has a frame to take. */
	readonly isBehind: () => boolean;
	/** The clock and the event loop; a test has its own. */
	readonly clock?: SchedulerClock;
};

/** Monotonic time in milliseconds, and callbacks; each returns a function that cancels it. */
export type SchedulerClock = {
	readonly now: () => number;
	readonly after: (milliseconds: number, callback: () => void) => () => void;
	/** Call back when input, signals and timers that are due have had their turn (setImmediate). */
	readonly nextTurn: (callback: () => void) => () => void;
};

const systemClock: SchedulerClock = {
	now: () => performance.now(),
	after(milliseconds, callback) {
		const timer = setTimeout(callback, milliseconds);
		return () => {
			clearTimeout(timer);
		};
	},
	nextTurn(callback) {
		const immediate = setImmediate(callback);
		return () => {
			clearImmediate(immediate);
		};
	},
};

/** At most about 30 frames a second, in milliseconds. */
const shortestInterval = 33;

/** The rest after a frame, as a multiple of what the frame took: drawing takes a small part of one processor. */
const restFactor = 8;

/** The same while more rows arrive than a pane can show, when each frame takes a processor from the engine. */
const floodInterval = 250;

/** More messages than this are more than a screen has rows. */
const maxRead = 100;

/** Never longer than this, so that the screen lives even where frames are very dear, in milliseconds. */
const longestRest = 400;

/**
Asks the engine for views at the pace of the screen: the next when the last have been drawn and the screen has rested in
proportion to the cost of that. Urgent ones are asked for without a rest, but never before the frame under way has
ended: a port delivers answers without a turn of the event loop between them.
*/
export class FrameScheduler {
	readonly #options: FrameSchedulerOptions;
	readonly #clock: SchedulerClock;
	#asked = '';
	#phase: 'asked' | 'drawing' | 'resting' = 'asked';
	/** Whether an answer is waited for that the frame under way does not show. */
	#isUrgent = false;
	#cancel: () => void = () => undefined;
	/** How many rows each pane had when it was last drawn, and how many messages each scene had received and sent. */
	readonly #totals = new Map<number | string, number>();

	constructor(options: FrameSchedulerOptions) {
		this.#options = options;
		this.#clock = options.clock ?? systemClock;
	}

	/** Take views from the engine, draw them, and ask for the next after a rest. */
	take(views: Views): void {
		const start = this.#clock.now();
		const shortest = this.#countsFlood(views) ? floodInterval : shortestInterval;
		this.#cancel();
		this.#phase = 'drawing';
		this.#isUrgent = false;
		// React draws after this: what the frame has cost is known when the loop is free again.
		this.#cancel = this.#clock.nextTurn(() => {
			this.#drawn(this.#clock.now() - start, shortest);
		});
		this.#options.draw(views);
	}

	/** The open queries may be others now, or an answer of the engine is waited for: if so, ask without resting. */
	refresh(isUrgent: boolean): void {
		if (this.#phase === 'drawing') {
			this.#isUrgent = isUrgent;
		} else {
			this.#askAnew(isUrgent && this.#phase === 'resting');
		}
	}

	stop(): void {
		this.#cancel();
	}

	#drawn(cost: number, shortest: number): void {
		this.#phase = 'resting';
		// A terminal that does not read must not be sent frame upon frame, even while a key waits for its view.
		if (this.#options.isBehind() || !this.#askAnew(this.#isUrgent)) {
			this.#rest(Math.min(longestRest, Math.max(shortest - cost, cost * restFactor)));
		}
	}

	#rest(milliseconds: number): void {
		this.#cancel = this.#clock.after(milliseconds, () => {
			if (this.#options.isBehind()) {
				// A stream says 'drain' only where it was full: what is merely on its way has to be looked after.
				this.#rest(shortestInterval);
			} else {
				this.#askAnew(true);
			}
		});
	}

	/** Ask where the open queries are others than those asked last, or where it is due; returns whether it has. */
	#askAnew(isDue: boolean): boolean {
		const queries = this.#options.queries();
		const key = JSON.stringify(queries);
		if (key === this.#asked && !isDue) {
			return false;
		}

		this.#cancel();
		this.#phase = 'asked';
		this.#asked = key;
		this.#options.ask(queries);
		return true;
	}

	/** Whether more rows have come since the last views than a pane shows, or more messages than any. */
	#countsFlood({views}: Views): boolean {
		let isFlood = false;
		const count = (key: number | string, total: number, most: number): void => {
			isFlood ||= total - (this.#totals.get(key) ?? total) > most;
			this.#totals.set(key, total);
		};

		for (const view of views) {
			if (view?.type === 'rows') {
				count(view.pane, view.total, view.rows.length);
			} else if (view?.type === 'scene') {
				// What is drawn over the panes, and a pane without rows, are answered for each message, too.
				count(view.name, view.traffic.received.count + view.traffic.sent.count, maxRead);
			}
		}

		return isFlood;
	}
}

/** The young generation is not allowed to grow from this size on, in bytes: it doubles, to about 16 MiB at most. */
const maxSize = 12 * 1024 * 1024;

let isLimited = false;

/**
Limit the young generation by the size that it has on the calling thread; to be called now and then. V8 would let it
grow to 64 MiB, all of which stays resident, and gains little. The flag holds for the whole process, and is read at each
growth; `--max-semi-space-size` has no effect on a thread that is already running.
*/
export function limitYoungGeneration(): void {
	const young = getHeapSpaceStatistics().find(({space_name: name}) => name === 'new_space');
	const isLarge = young !== undefined && young.space_size >= maxSize;
	if (isLarge !== isLimited) {
		isLimited = isLarge;
		setFlagsFromString(`--semi-space-growth-factor=${isLarge ? 1 : 2}`);
	}
}
