import {writeFileSync} from 'node:fs';
import type {Figure, HalfJob} from './settings.ts';

/** Violations of one kind that are told; the rest are the same. */
const maxOfAKind = 5;

/** One half of the soak, in its own process: what it finds and counts. */
export class Half {
	readonly job: HalfJob;
	readonly #start = performance.now();
	readonly #violations = new Counter();

	constructor(job: HalfJob) {
		this.job = job;
	}

	/** Seconds since it began. */
	get elapsed(): number {
		return (performance.now() - this.#start) / 1000;
	}

	/** Note what is being done now: where it hangs, if it does. */
	doing(what: string): void {
		writeFileSync(`${this.job.folder}.phase`, what);
	}

	/** Something that must never be is. Of each kind only the first few are told. */
	violation(kind: string, ...problems: readonly string[]): void {
		process.exitCode = problems.length > 0 ? 1 : process.exitCode;
		for (const problem of problems) {
			this.#violations.add(kind);
			if (this.#violations.get(kind) <= maxOfAKind) {
				console.log(`VIOLATION (seed ${this.job.seed}) after ${this.elapsed.toFixed(1)} s: ${kind}: ${problem}`);
			}
		}
	}

	/** Print a table. */
	figures(title: string, figures: readonly Figure[]): void {
		const width = Math.max(0, ...figures.map(([name]) => name.length));
		const lines = figures.map(([name, value]) => `  ${name.padEnd(width)}  ${value.toLocaleString('en')}`);
		console.log(['', title, ...lines].join('\n'));
	}
}

/** Counts by name. */
export class Counter {
	readonly #counts = new Map<string, number>();

	add(name: string, count = 1): void {
		this.#counts.set(name, this.get(name) + count);
	}

	get(name: string): number {
		return this.#counts.get(name) ?? 0;
	}

	/** All together, under this name, and then each, the largest first. */
	figures(all: string): Figure[] {
		const figures = [...this.#counts].toSorted(([, a], [, b]) => b - a);
		return [[all, figures.reduce((sum, [, count]) => sum + count, 0)], ...figures];
	}
}

/** Run a half in this process, which ends by itself afterwards: what keeps it alive has been left over. */
export async function runHalf(run: (half: Half) => Promise<void>): Promise<void> {
	const half = new Half(JSON.parse(process.argv[2] ?? '{}') as HalfJob);
	const failed = (kind: string) => (error: unknown): void => {
		half.violation(kind, describeError(error));
	};

	process.on('disconnect', () => {
		process.exit();
	});
	process.on('uncaughtException', failed('uncaught exception'));
	process.on('unhandledRejection', failed('unhandled rejection'));
	process.on('warning', failed('warning of the process'));
	try {
		process.chdir(half.job.folder);
		await run(half);
	} catch (error) {
		failed('the half itself failed')(error);
		// Handles that it has left open would keep it alive.
		process.exit(); // eslint-disable-line unicorn/no-process-exit -- This is a program.
	}

	half.doing('ending');
	process.removeAllListeners('disconnect');
	process.disconnect();
}

/** An error with its stack, where it has one. */
export function describeError(error: unknown): string {
	return error instanceof Error ? error.stack ?? error.message : String(error);
}
