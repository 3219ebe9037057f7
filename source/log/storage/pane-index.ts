import {DurationHistogram} from './duration-histogram.ts';
import {SequenceRing} from './sequence-ring.ts';

/** Seconds in the window: a power of two, so that a second finds its place by its low bits. */
const seconds = 16;

/** What passed in each second of the window, oldest first; the last entry is the second that has not ended yet. */
type Rates = {
	readonly counts: readonly number[];
	readonly bytes: readonly number[];
};

/** Messages and bytes of one pane in each of the last 16 seconds. Seconds begin where those of the log's clock do. */
export class RateMeter {
	readonly #counts = new Float64Array(seconds);
	readonly #bytes = new Float64Array(seconds);
	/** Which second each place counts. */
	readonly #held = new Float64Array(seconds).fill(Number.NEGATIVE_INFINITY);

	/** A message of this many bytes passed at this time of the log's clock (milliseconds). */
	add(time: number, bytes: number): void {
		const second = Math.floor(time / 1000);
		const slot = second & (seconds - 1);
		if (this.#held[slot] !== second) {
			this.#held[slot] = second;
			this.#counts[slot] = 0;
			this.#bytes[slot] = 0;
		}

		this.#counts[slot]!++;
		this.#bytes[slot]! += bytes;
	}

	/** The 16 seconds that end with the one of `now` (milliseconds); 0 where nothing passed. */
	read(now: number): Rates {
		const first = Math.floor(now / 1000) - seconds + 1;
		const read = (values: Float64Array): number[] => Array.from({length: seconds}, (_, index) => {
			const slot = (first + index) & (seconds - 1);
			return this.#held[slot] === first + index ? values[slot]! : 0;
		});
		return {counts: read(this.#counts), bytes: read(this.#bytes)};
	}

	/** Whether no message passed in the 16 seconds that end with the one of `now`. */
	isQuiet(now: number): boolean {
		const last = Math.floor(now / 1000);
		return this.#held.every(second => second <= last - seconds);
	}
}

/** The events of one pane, of which a window costs what it shows, and what they add up to. */
export class PaneIndex extends SequenceRing {
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
	/** How many amendments this pane's sends had, such as a loss: earlier rows have changed then. */
	changes = 0;
	/** What went both ways together, second by second. */
	readonly rates: RateMeter;
	readonly roundTrips = new DurationHistogram();
	/** What is to be done before its next event is recorded. */
	#due: Set<(time: number) => void> | undefined;

	constructor(rates = new RateMeter()) {
		super(64);
		this.rates = rates;
	}

	/** Have this called once, when its next event is about to be recorded, with the time of that. */
	beforeNext(act: (time: number) => void): void {
		this.#due ??= new Set();
		this.#due.add(act);
	}

	/** An event that happened at this time is about to be recorded. */
	precede(time: number): void {
		const due = this.#due;
		if (due) {
			this.#due = undefined;
			for (const act of due) {
				act(time);
			}
		}
	}

	/** One of its sends had an amendment. */
	changed(): void {
		this.changes++;
	}
}
