import {type Random, randomStream} from '../source/link/random.ts';

/** Random choices that follow from the soak's seed and a name alone. */
export class Dice {
	readonly #random: Random;

	/** @param name - what is decided: dice of different names have nothing to do with each other */
	constructor(seed: number, name: string) {
		this.#random = randomStream(seed, `soak/${name}`);
	}

	/** From 0 up to 1, uniform. */
	share(): number {
		return this.#random();
	}

	/** Whether something happens that happens in this share of all cases. */
	chance(share: number): boolean {
		return this.#random() < share;
	}

	/** A whole number between these two, both included. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.#random() * (most - least + 1));
	}

	/** One of these. There is at least one. */
	pick<Item>(items: readonly Item[]): Item {
		return items[this.whole(0, items.length - 1)];
	}

	/** One of these, each as likely as its weight says. */
	weighted<Item>(items: ReadonlyArray<readonly [weight: number, item: Item]>): Item {
		let left = this.#random() * items.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, item] of items) {
			left -= weight;
			if (left < 0) {
				return item;
			}
		}

		return items[0][1];
	}
}
