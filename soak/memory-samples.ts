import type {Figure} from './half-job.ts';

const mebibyte = 1024 * 1024;

/** The bytes that something took, looked at again and again: whether they grow. */
export class MemorySamples {
	readonly name: string;
	/** How many times as much the last third may take as the one before it, by their medians; undefined where that is not judged. */
	readonly bound: number | undefined;
	readonly #isFlatFromBegin: boolean;
	readonly #samples: number[] = [];

	/**
	@param bound - how many times as much the last third may take as the middle third
	@param seconds - how long the run is: within a minute a program has not reached what it takes for good
	@param isFlatFromBegin - whether the last third may not take more than so many times the first third, either
	*/
	constructor(name: string, bound: number, seconds: number, isFlatFromBegin = false) {
		this.name = name;
		this.#isFlatFromBegin = isFlatFromBegin;
		this.bound = seconds < 60 ? undefined : bound;
	}

	add(bytes: number): void {
		this.#samples.push(bytes);
	}

	/** How many times as much the last third took as the one before it, or as the first where that is less; undefined where there are too few samples to say. */
	get growth(): number | undefined {
		const third = Math.floor(this.#samples.length / 3);
		if (third < 2) {
			return undefined;
		}

		const [first, middle, last] = [this.#samples.slice(0, third), this.#samples.slice(-2 * third, -third), this.#samples.slice(-third)].map(samples => median(samples));
		return last / (this.#isFlatFromBegin ? Math.min(first, middle) : middle);
	}

	/** What is wrong, if anything is. */
	get problem(): string | undefined {
		const {growth} = this;
		if (growth === undefined || this.bound === undefined || growth <= this.bound) {
			return undefined;
		}

		return `${this.name}: the last third takes ${growth.toFixed(2)} times as much as one before it, more than ${this.bound}: ${this.#inMebibytes(this.#samples)} MiB`;
	}

	get figure(): Figure {
		const third = Math.max(1, Math.floor(this.#samples.length / 3));
		const [first, middle, last] = [this.#samples.slice(0, third), this.#samples.slice(-2 * third, -third), this.#samples.slice(-third)].map(samples => this.#inMebibytes([median(samples)]));
		const growth = this.growth === undefined ? 'too few samples' : `${this.growth.toFixed(2)} times${this.bound === undefined ? ', not judged within a minute' : ` of at most ${this.bound}`}`;
		return [`${this.name}, MiB`, `${first} / ${middle} / ${last} (begin / middle / end: medians of thirds; ${growth})`];
	}

	#inMebibytes(samples: readonly number[]): string {
		return samples.map(bytes => (bytes / mebibyte).toFixed(1)).join(' ');
	}
}

function median(samples: readonly number[]): number {
	return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;
}
