import type {Time} from '../../source/link/time.ts';

type Timer = {readonly at: number; readonly ring: () => void};

/**
A clock that stands still until it is turned. Its timers are as setTimeout()'s: no shorter than 1 ms, and never before
their time.
*/
export class FakeTime implements Time {
	#now: number;
	readonly #timers = new Set<Timer>();
	/** The most timers that ran at one time, and how many were ever started. */
	most = 0;
	started = 0;

	constructor(now = 0) {
		this.#now = now;
	}

	readonly now = (): number => this.#now;

	readonly startTimer = (ring: () => void, milliseconds: number): (() => void) => {
		if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > (2 ** 31) - 1) {
			throw new RangeError(`setTimeout() does not take ${milliseconds} ms`);
		}

		const timer = {at: this.#now + Math.max(1, milliseconds), ring};
		this.#timers.add(timer);
		this.started++;
		this.most = Math.max(this.most, this.#timers.size);
		return () => {
			this.#timers.delete(timer);
		};
	};

	readonly startTurn = (ring: () => void): (() => void) => {
		const timer = {at: this.#now, ring};
		this.#timers.add(timer);
		return () => {
			this.#timers.delete(timer);
		};
	};

	/** How many timers are running. */
	get running(): number {
		return this.#timers.size;
	}

	/** Let time pass; each timer fires when it is due, or `late` milliseconds later. */
	advance(milliseconds: number, late = 0): void {
		const end = this.#now + milliseconds;
		for (let next = this.#next(); next && next.at + late <= end; next = this.#next()) {
			this.#now = Math.max(this.#now, next.at + late);
			this.#timers.delete(next);
			next.ring();
		}

		this.#now = end;
	}

	/** Let time pass while no timer gets its turn. */
	block(milliseconds: number): void {
		this.#now += milliseconds;
	}

	/** One turn of the event loop: what is due now gets its turn, and what that asks for does not. */
	turn(): void {
		for (const timer of [...this.#timers].filter(({at}) => at <= this.#now)) {
			if (this.#timers.delete(timer)) {
				timer.ring();
			}
		}
	}

	/** Ring the next timer before its time. */
	ringEarly(): void {
		const next = this.#next();
		if (next) {
			this.#timers.delete(next);
			next.ring();
		}
	}

	/** Let time pass until no timer is left. */
	finish(): void {
		for (let next = this.#next(); next; next = this.#next()) {
			this.advance(next.at - this.#now);
		}
	}

	#next(): Timer | undefined {
		let first: Timer | undefined;
		for (const timer of this.#timers) {
			if (!first || timer.at < first.at) {
				first = timer;
			}
		}

		return first;
	}
}
