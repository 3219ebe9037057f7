type Wait = {
	/** Whether it has come. */
	readonly look: () => void;
	readonly giveUp: () => void;
};

/**
What an experiment waits for. It is looked at whenever anything has happened, and given up when the experiment is ended.
*/
export class Waits {
	readonly #waits = new Set<Wait>();
	#isEnded = false;

	/** Whether the wait is over. */
	get isEnded(): boolean {
		return this.#isEnded;
	}

	/** Something has happened. */
	look(): void {
		for (const wait of this.#waits) {
			wait.look();
		}
	}

	/** What this returns once it is not undefined. Rejects when everything is given up. */
	async until<Value>(find: () => Value | undefined): Promise<Value> {
		this.check();
		const found = find();
		if (found !== undefined) {
			return found;
		}

		const {promise, resolve, reject} = Promise.withResolvers<Value>();
		const wait = {
			look() {
				try {
					const come = find();
					if (come !== undefined) {
						resolve(come);
					}
				} catch (error) {
					// It is the experiment's fault, and not that of the socket to which something has happened.
					reject(error);
				}
			},
			giveUp() {
				reject(ended());
			},
		};
		this.#waits.add(wait);
		try {
			return await promise;
		} finally {
			this.#waits.delete(wait);
		}
	}

	/**
	The result of `find` once it is not undefined; undefined where it still is after `time` milliseconds and `mayGiveUp`
	allows it.
	*/
	async within<Value>(
		time: number,
		find: () => Value | undefined,
		mayGiveUp: () => boolean = () => true,
	): Promise<Value | undefined> {
		let isOver = false;
		const timer = setTimeout(() => {
			isOver = true;
			this.look();
		}, time);
		try {
			const {found} = await this.until(() => {
				const found = find();
				return found !== undefined || (isOver && mayGiveUp()) ? {found} : undefined;
			});
			return found;
		} finally {
			clearTimeout(timer);
		}
	}

	/** @throws when everything has been given up */
	check(): void {
		if (this.#isEnded) {
			throw ended();
		}
	}

	end(): void {
		this.#isEnded = true;
		for (const wait of this.#waits) {
			wait.giveUp();
		}
	}
}

function ended(): Error {
	return new Error('the experiment was ended');
}
