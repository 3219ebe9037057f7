import type {EventLog} from '../../log/event-log.ts';

/** What is carried out in the laboratory's scene: an experiment, or an exercise. */
type Run = {
	/** Something has happened that a step may wait for. */
	readonly look: () => void;
	/** Settles when it is done, or has been ended. It waits for `before` where it needs what the last run has held. */
	readonly carryOut: (before: Promise<void>) => Promise<void>;
	/** Close all that it has opened. Settles when that is done. */
	readonly end: () => Promise<void>;
};

/** Carries out one run at a time. */
export class OneRun<One extends Run> {
	#run: One | undefined;
	readonly #ending = new Set<One>();
	/** The ends of the runs before; one that failed is over, too. */
	#endings: Promise<unknown> = Promise.resolve();
	#isClosed = false;

	constructor(log: EventLog) {
		log.watch(() => {
			this.look();
		});
	}

	/** Something else than an event has happened that the run may wait for. */
	look(): void {
		this.#run?.look();
	}

	/**
	End the run that is there. Settles when all that it has opened is closed, and when every run before has ended: a
	socket that could not be closed does not disturb the next run, which has a scene and sockets of its own.
	*/
	async end(): Promise<void> {
		const run = this.#run;
		this.#run = undefined;
		if (run) {
			this.#ending.add(run);
			const ended = run.end().finally(() => {
				this.#ending.delete(run);
			});
			this.#endings = Promise.allSettled([this.#endings, ended]);
		}

		await this.#endings;
	}

	/** End the run, and begin no other. May be called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.end();
	}

	/** The run that is carried out, or done and not ended yet. */
	protected get run(): One | undefined {
		return this.#run;
	}

	/** That one, and those that are being ended. */
	protected get all(): readonly One[] {
		return [...this.#ending, ...(this.#run ? [this.#run] : [])];
	}

	/** End the run that is there, make this one at once, and carry it out. Settles when it is done, or was ended. */
	protected async begin(make: () => One): Promise<void> {
		if (this.#isClosed) {
			return;
		}

		const ended = this.end();
		const run = make();
		this.#run = run;
		await run.carryOut(ended);
	}
}
