import {setTimeout as sleep} from 'node:timers/promises';

/** A load runs for so long before it is counted, in seconds. */
const warmUp = 0.2;

/** Counts what a load gets done in a stretch of time. */
export class Tally {
	/** The load is to send nothing more. */
	isOver = false;
	#count = 0;

	add(amount: number): void {
		this.#count += amount;
	}

	/** Let the load run. @returns how much was done in each second */
	async rate(seconds: number): Promise<number> {
		await sleep(warmUp * 1000);
		this.#count = 0;
		const start = performance.now();
		await sleep(seconds * 1000);
		const rate = this.#count / ((performance.now() - start) / 1000);
		this.isOver = true;
		return rate;
	}
}
