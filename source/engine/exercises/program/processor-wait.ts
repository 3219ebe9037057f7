import type {ThreadTimes} from '../../../sockets/kernel/process-sockets.ts';

/** How a program has been kept waiting for a processor. */
type Waited = {
	/** The share of the time since the beginning for which a thread was, that was kept waiting most: from 0 to 1. */
	readonly share: number;
	/** A thread has something to do, and has had no processor for it since the last look. */
	readonly isQueued: boolean;
};

/**
Measures for how long a program could not run, as other programs had the processors: what it has not done meanwhile is
not its fault. Where the kernel does not tell, it could run all the time.
*/
export class ProcessorWait {
	readonly #threads: () => ReadonlyMap<string, ThreadTimes>;
	readonly #began = performance.now();
	readonly #first: ReadonlyMap<string, ThreadTimes>;
	#last: ReadonlyMap<string, ThreadTimes>;
	#longest = 0;

	/** @param threads - tells how the program's threads stand now */
	constructor(threads: () => ReadonlyMap<string, ThreadTimes>) {
		this.#threads = threads;
		this.#first = threads();
		this.#last = this.#first;
	}

	look(): Waited {
		const threads = this.#threads();
		const elapsed = performance.now() - this.#began;
		let isQueued = false;
		for (const [thread, {isRunnable, used, delayed}] of threads) {
			this.#longest = Math.max(this.#longest, delayed - (this.#first.get(thread)?.delayed ?? 0));
			// The kernel tells of a wait when it is over: of one that goes on only that nothing was used meanwhile.
			isQueued ||= isRunnable && used === (this.#last.get(thread)?.used ?? used);
		}

		this.#last = threads;
		return {share: elapsed > 0 ? Math.min(1, this.#longest / elapsed) : 0, isQueued};
	}
}
