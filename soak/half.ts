import type {Figure, FromHalf, HalfJob} from './half-job.ts';

/** Of one sort of violation so many are told. */
const maxOfASort = 5;

/** One half of the soak, in its own process: what it tells the process that has begun it. */
export class Half {
	readonly job: HalfJob;
	readonly #start = performance.now();
	readonly #told = new Map<string, number>();

	constructor(job: HalfJob) {
		this.job = job;
	}

	/** Seconds since it began. */
	get elapsed(): number {
		return (performance.now() - this.#start) / 1000;
	}

	/** Say what is being done now. */
	doing(what: string): void {
		tell({type: 'doing', what});
	}

	/** Something that must never be is. @param sort - of each sort only the first few are told */
	violation(sort: string, text: string): void {
		const told = (this.#told.get(sort) ?? 0) + 1;
		this.#told.set(sort, told);
		if (told <= maxOfASort) {
			tell({type: 'violation', at: this.elapsed, text: `${sort}: ${text}`});
		}
	}

	/** Figures for the table at the end. */
	figures(title: string, figures: readonly Figure[]): void {
		tell({type: 'figures', title, figures});
	}
}

/** Run a half in this process, which ends by itself afterwards: what keeps it alive has been left over. */
export async function runHalf(run: (half: Half) => Promise<void>): Promise<void> {
	const half = new Half(JSON.parse(process.argv[2] ?? '{}') as HalfJob);
	process.on('disconnect', () => {
		process.exit();
	});
	process.on('uncaughtException', error => {
		half.violation('uncaught exception', error.stack ?? String(error));
	});
	process.on('unhandledRejection', reason => {
		half.violation('unhandled rejection', reason instanceof Error ? reason.stack ?? reason.message : String(reason));
	});
	process.on('warning', warning => {
		half.violation('warning of the process', warning.stack ?? String(warning));
	});
	try {
		process.chdir(half.job.folder);
		await run(half);
	} catch (error) {
		half.violation('the half itself failed', error instanceof Error ? error.stack ?? error.message : String(error));
		// Whatever it has opened would keep it alive.
		process.send!({type: 'doing', what: 'failing'} satisfies FromHalf, () => {
			process.exit(1); // eslint-disable-line unicorn/no-process-exit -- This is a program.
		});
		return;
	}

	half.doing('ending');
	process.removeAllListeners('disconnect');
	process.disconnect();
}

function tell(message: FromHalf): void {
	process.send!(message);
}
