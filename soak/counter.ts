import type {Figure} from './half-job.ts';

/** Counts by name. */
export class Counter {
	readonly #counts = new Map<string, number>();

	add(name: string, count = 1): void {
		this.#counts.set(name, this.get(name) + count);
	}

	get(name: string): number {
		return this.#counts.get(name) ?? 0;
	}

	/** All together. */
	get total(): number {
		let total = 0;
		for (const count of this.#counts.values()) {
			total += count;
		}

		return total;
	}

	/** By name, the largest first. */
	get figures(): Figure[] {
		return [...this.#counts].toSorted(([, a], [, b]) => b - a);
	}
}
