import type {EventLog} from '../../log/event-log.ts';
import type {Scenes} from '../scene/scenes.ts';
import {
	exerciseKinds, type ExerciseName, type ExerciseSubject, type ExerciseTimes, type ExerciseView,
} from '../api/exercise.ts';
import {OneRun} from '../laboratory/one-run.ts';
import {exercises} from './exercises.ts';
import {ExerciseRun} from './exercise-run.ts';

type ExerciseRunnerOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly onChange: () => void;
};

const defaultExerciseTimes: ExerciseTimes = {
	start: 10_000, answer: 2000, quiet: 150, total: 120_000,
};

/** Carries out exercises, one at a time, in the laboratory's scene. */
export class ExerciseRunner extends OneRun<ExerciseRun> {
	readonly #options: ExerciseRunnerOptions;

	constructor(options: ExerciseRunnerOptions) {
		super(options.log);
		this.#options = options;
	}

	/** How the exercise stands; undefined where there is none. */
	get view(): ExerciseView | undefined {
		return this.run?.view;
	}

	/** End the exercise that is there, and carry out this one. Settles when it is done, or has been ended. */
	async start(name: ExerciseName, subject: ExerciseSubject, times: Partial<ExerciseTimes> = {}): Promise<void> {
		const exercise = exercises.get(name);
		if (!exercise) {
			throw new RangeError(`There is no exercise ${name}`);
		}

		await this.begin(() => {
			const {protocol, role} = exerciseKinds[name];
			return new ExerciseRun({
				...this.#options,
				exercise,
				subject,
				scene: this.#options.scenes.setUpLaboratory(protocol, {
					rule: exercise.rule,
					// A server that is checked takes the place of the playground's: its port is found out later.
					connect: role === 'server' ? {host: '127.0.0.1', port: 0} : undefined,
				}),
				times: {...defaultExerciseTimes, ...times},
			});
		});
	}

	/** End the programs at once, without waiting: this process is about to end. */
	kill(): void {
		for (const run of this.all) {
			run.kill();
		}
	}
}
