/** How long a test waits for what must come, in milliseconds. Reaching it fails the test; nothing ever waits it out. */
const timeout = 30_000;

/** The promise's own outcome, or a rejection that says what was missing. */
export async function inTime<Value>(promise: Promise<Value>, missing: () => string): Promise<Value> {
	const {promise: late, reject} = Promise.withResolvers<never>();
	const timer = setTimeout(() => {
		reject(new Error(`Still missing after ${timeout} ms: ${missing()}`));
	}, timeout);
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
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
