import type {EventLog} from '../../log/event-log.ts';
import {perfect} from '../../link/conditions.ts';
import {defaultRule} from '../../replies/reply-rule.ts';
import type {Scenes} from '../scene/scenes.ts';
import type {
	ExerciseName, ExerciseSubject, ExerciseTimes, ExerciseView,
} from '../api/exercise.ts';
import {exercises} from './exercises.ts';
import {ExerciseRun} from './exercise-run.ts';

/** What the runner is made with. */
type ExerciseRunnerOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	/** How the exercise stands has changed. */
	readonly onChange: () => void;
};

/** The times where no others are asked for. */
export const defaultExerciseTimes: ExerciseTimes = {
	start: 10_000, answer: 2000, quiet: 150, total: 120_000,
};

/** Carries out exercises, one at a time, in the laboratory's scene. */
export class ExerciseRunner {
	readonly #options: ExerciseRunnerOptions;
	#run: ExerciseRun | undefined;
	/** The ends of the runs before; one that failed is over, too. */
	#endings: Promise<unknown> = Promise.resolve();
	readonly #ending = new Set<ExerciseRun>();
	#isClosed = false;

	constructor(options: ExerciseRunnerOptions) {
		this.#options = options;
		options.log.watch(() => {
			this.look();
		});
	}

	/** How the exercise stands; undefined where there is none. */
	get view(): ExerciseView | undefined {
		return this.#run?.view;
	}

	/** Something else than an event has happened that a check may wait for. */
	look(): void {
		this.#run?.look();
	}

	/** End the exercise that is there, and carry out this one. Settles when it is done, or has been ended. */
	async start(name: ExerciseName, subject: ExerciseSubject, times: Partial<ExerciseTimes> = {}): Promise<void> {
		const exercise = exercises.get(name);
		if (!exercise) {
			throw new RangeError(`There is no exercise ${name}`);
		}

		if (this.#isClosed) {
			return;
		}

		const ended = this.end();
		const {scenes} = this.#options;
		const {protocol, role, rule = defaultRule} = exercise;
		const scene = scenes.setUpLaboratory(protocol, {
			host: '127.0.0.1',
			port: 0,
			reply: rule,
			closeAfterReply: false,
			clients: 0,
			// A server that is checked takes the place of the playground's: its port is found out later.
			connect: role === 'server' ? {host: '127.0.0.1', port: 0} : undefined,
			link: perfect,
			seed: 0,
		});
		const run = new ExerciseRun({
			...this.#options, exercise, subject, scene, times: {...defaultExerciseTimes, ...times},
		});
		this.#run = run;
		await run.carryOut(ended);
	}

	/** End the program, and close all that the exercise has opened. Settles when that is done. */
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

	/** End the program at once, without waiting: this process is about to end. */
	kill(): void {
		this.#run?.kill();
		for (const run of this.#ending) {
			run.kill();
		}
	}

	/** End the exercise, and carry out no other. May be called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.end();
	}
}
