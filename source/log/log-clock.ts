/** The wall clock is read at most once in this many milliseconds. */
const checkInterval = 100;

/** By this many milliseconds a label may differ from the wall clock. */
const maxDrift = 100;

/** This many settings of the wall clock are remembered; what was before them has the labels of the oldest. */
const maxSettings = 64;

/** Kept: Node's global of this name is a getter, and the clock is read twice for each datagram. */
const {performance} = globalThis;

/** From a time of the log on, what is to be added to it for the time of day. */
export type ClockSetting = {readonly from: number; readonly offset: number};

/** What the wall clock said at a time, in milliseconds since the epoch. The oldest setting holds before it, too. */
export function timeOfDayAt(time: number, settings: readonly ClockSetting[]): number {
	const {offset = 0} = settings.findLast(({from}) => from <= time) ?? settings.at(0) ?? {};
	return time + offset;
}

/**
The clock of an event log: monotonic, in milliseconds of `performance.now()`, so that durations are right even where the
wall clock is set. The wall clock's time is for labels alone.
*/
export class LogClock {
	readonly #settings: ClockSetting[] = [{from: Number.NEGATIVE_INFINITY, offset: performance.timeOrigin}];

	#nextCheck = 0;

	now(): number {
		const time = performance.now();
		if (time >= this.#nextCheck) {
			this.#nextCheck = time + checkInterval;
			this.#follow(time);
		}

		return time;
	}

	/** How the wall clock was set; the newest is last. */
	get settings(): readonly ClockSetting[] {
		return this.#settings;
	}

	#follow(time: number): void {
		const wall = Date.now();
		if (Math.abs(wall - timeOfDayAt(time, this.#settings)) > maxDrift) {
			this.#settings.push({from: time, offset: wall - time});
			if (this.#settings.length > maxSettings) {
				this.#settings.shift();
			}
		}
	}
}
