/** What an experiment waits for. It is looked at when anything has happened, and given up with the experiment. */
export class Waits {
	readonly #looks = new Set<() => void>();
	#isEnded = false;

	get isEnded(): boolean {
		return this.#isEnded;
	}

	look(): void {
		for (const look of this.#looks) {
			look();
		}
	}

	/** What this returns once it is not undefined. Rejects when everything is given up. */
	async until<Value>(find: () => Value | undefined): Promise<Value> {
		const {promise, resolve, reject} = Promise.withResolvers<Value>();
		const look = (): void => {
			try {
				this.check();
				const found = find();
				if (found !== undefined) {
					resolve(found);
				}
			} catch (error) {
				// It is the experiment's fault, and not that of the socket to which something has happened.
				reject(error);
			}
		};

		this.#looks.add(look);
		look();
		try {
			return await promise;
		} finally {
			this.#looks.delete(look);
		}
	}

	/** The result of `find` once it is not undefined; undefined after `time` milliseconds if `mayGiveUp` allows it. */
	async within<Value>(
		time: number,
		find: () => Value | undefined,
		mayGiveUp: () => boolean = () => true,
	): Promise<Value | undefined> {
		let isOver = false;
		const timer = setTimeout(() => {
			// Timers come before sockets: where this process was kept waiting, what these have got by now still counts.
			setImmediate(() => {
				isOver = true;
				this.look();
			});
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
			throw new Error('the experiment was ended');
		}
	}

	end(): void {
		this.#isEnded = true;
		this.look();
	}
}
