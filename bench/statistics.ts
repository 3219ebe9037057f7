import {setTimeout as sleep} from 'node:timers/promises';

/** The value below which this share of the samples lies: 0.5 is the median, 0.99 the 99th percentile. */
export function quantile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)] ?? Number.NaN;
	const above = sorted[Math.ceil(place)] ?? Number.NaN;
	return below + ((above - below) * (place - Math.floor(place)));
}

export function median(samples: readonly number[]): number {
	return quantile(samples, 0.5);
}

/** The median of the ratios of what was measured side by side. */
export function pairedRatio(pairs: ReadonlyArray<readonly [ours: number, bare: number]>): number {
	return median(pairs.map(([ours, bare]) => ours / bare));
}

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
