import {setTimeout as sleep} from 'node:timers/promises';

/**
How long a test waits for what must come, in milliseconds. Reaching it fails the test; nothing ever waits it out. It is
less than the time for which ava waits for any test to end.
*/
const timeout = 100_000;

/** The promise's own outcome, or a rejection that says what was missing. */
export async function inTime<Value>(promise: Promise<Value>, missing: () => string): Promise<Value> {
	if (!await settles(promise, timeout)) {
		throw new Error(`Still missing after ${timeout} ms: ${missing()}`);
	}

	return promise;
}

/** Whether the promise settles within this many milliseconds. Rejects where it does. */
export async function settles(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
	const {promise: late, resolve} = Promise.withResolvers<boolean>();
	const timer = setTimeout(resolve, milliseconds, false);
	try {
		return await Promise.race([promise.then(() => true), late]);
	} finally {
		clearTimeout(timer);
	}
}

/**
Look every few milliseconds until the condition holds, for what tells of no change, such as another program.

@returns whether it did within this many milliseconds
*/
export async function comesTrue(
	condition: () => boolean | Promise<boolean>,
	milliseconds: number,
): Promise<boolean> {
	const end = performance.now() + milliseconds;
	while (!await condition()) {
		if (performance.now() > end) {
			return false;
		}

		await sleep(10);
	}

	return true;
}

/** Waits until something is so: looks at it whenever it may have changed. */
export class Lookout {
	readonly #looks = new Set<() => void>();

	/** Something may have changed. */
	look(): void {
		for (const look of this.#looks) {
			look();
		}
	}

	/** What this returns once it is neither undefined nor false. An error that it throws is the outcome, too. */
	async until<Value>(find: () => Value | false | undefined, missing: () => string): Promise<Value> {
		const {promise, resolve, reject} = Promise.withResolvers<Value>();
		const look = (): void => {
			try {
				const found = find();
				if (found !== undefined && found !== false) {
					this.#looks.delete(look);
					resolve(found);
				}
			} catch (error) {
				this.#looks.delete(look);
				reject(error);
			}
		};

		this.#looks.add(look);
		look();
		return inTime(promise, missing);
	}
}
