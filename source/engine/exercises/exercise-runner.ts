import type {EventLog} from '../../log/event-log.ts';
import {toFailure} from '../../sockets/failure.ts';
import {
	type CheckState, type CheckView, exerciseKinds, type ExerciseName, type ExerciseSubject, type ExerciseTimes,
	type ExerciseView, type NotRun,
} from '../api/exercise.ts';
import {OneRun} from '../laboratory/one-run.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';
import {CannotRun, CheckContext} from './check-context.ts';
import {
	type Check, type Exercise, type Finding, findingOf, holds,
} from './exercise.ts';
import {exercises} from './exercises.ts';

type ExerciseRunnerOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly onChange: () => void;
};

/** What a run is made with besides: what is demanded, of which program, and the scene that was made for it. */
type RunOptions = ExerciseRunnerOptions & {
	readonly exercise: Exercise;
	readonly subject: ExerciseSubject;
	readonly scene: Scene;
	readonly times: ExerciseTimes;
};

const defaultExerciseTimes: ExerciseTimes = {
	start: 10_000, answer: 2000, quiet: 150, total: 120_000,
};

/** The checks of one exercise, one after the other, until all that they have opened is closed again. */
class ExerciseRun {
	readonly #options: RunOptions;
	readonly #context: CheckContext;
	readonly #over = Promise.withResolvers<void>();
	#checks: readonly CheckView[];
	#isDone = false;
	#notRun: NotRun | undefined;
	#isOutOfTime = false;

	constructor(options: RunOptions) {
		this.#options = options;
		this.#context = new CheckContext({
			...options,
			onWait: givesUpIn => {
				const {name} = this.#checks.find(({state}) => state.type === 'running')!;
				this.#set(name, {type: 'running', givesUpIn});
			},
		});
		this.#checks = options.exercise.checks.map(({name}) => ({name, state: {type: 'pending'}}));
	}

	/** How it stands. */
	get view(): ExerciseView {
		const {exercise, subject} = this.#options;
		return {
			type: 'exercise',
			name: exercise.name,
			subject,
			checks: this.#checks,
			address: this.#context.address,
			program: this.#context.program?.view(),
			isDone: this.#isDone,
			...(this.#notRun && {notRun: this.#notRun}),
		};
	}

	/** Something has happened. */
	look(): void {
		this.#context.look();
	}

	/** Make the checks once the run before is over. Never rejects. */
	async carryOut(before: Promise<void>): Promise<void> {
		const {times, exercise, onChange} = this.#options;
		let timer: NodeJS.Timeout | undefined;
		try {
			await before;
			timer = setTimeout(() => {
				this.#isOutOfTime = true;
				void this.#context.end();
			}, times.total);
			for (const check of exercise.checks) {
				if (this.#context.isEnded) {
					break;
				}

				await this.#make(check); // eslint-disable-line no-await-in-loop -- One after the other.
			}
		} catch (error) {
			if (error instanceof CannotRun) {
				this.#notRun = error.notRun;
			} else if (!this.#context.isEnded) {
				this.#notRun = {reason: 'fault', failure: toFailure(error)};
			}
		} finally {
			clearTimeout(timer);
			const {subject} = this.#options;
			if (this.#isOutOfTime && subject.type === 'listen' && this.#checks[0] && isOpen(this.#checks[0])) {
				this.#notRun ??= {reason: 'no-client', address: subject.address, waited: times.total};
			} else if (this.#isOutOfTime) {
				this.#checks = this.#checks.map(check => isOpen(check)
					? {...check, state: {type: 'skipped', cause: {type: 'time-limit'}}}
					: check);
			}

			await this.#context.stop();
			this.#isDone = true;
			onChange();
			this.#over.resolve();
		}
	}

	/** Stop where it is, end the program, and close everything that was opened. */
	async end(): Promise<void> {
		const {scenes, scene} = this.#options;
		await Promise.all([this.#context.end(), scenes.closeLaboratory(scene), this.#over.promise]);
	}

	/** End the program at once. */
	kill(): void {
		this.#context.kill();
	}

	async #make({name, needs, needsProgram, run}: Check): Promise<void> {
		const missing = needs.find(need => this.#checks.some(check => check.name === need && isMissing(check.state)));
		if (missing !== undefined) {
			this.#set(name, {type: 'skipped', cause: {type: 'needs', of: missing}});
			return;
		}

		const {subject, times: {quiet}} = this.#options;
		if (needsProgram && subject.type !== 'program') {
			this.#set(name, {type: 'skipped', cause: {type: 'no-program'}});
			return;
		}

		this.#set(name, {type: 'running'});
		const outcome = stateOf(await findingOf(run, this.#context));
		const {program} = this.#context;
		if (program && (outcome.type === 'fails' || outcome.type === 'said')) {
			// What it has said at its end may come after that.
			await this.#context.within(quiet, () => !program.end || program.isSilent ? true : undefined);
			this.#set(name, {...outcome, program: program.view()});
		} else {
			this.#set(name, outcome);
		}
	}

	#set(name: string, state: CheckState): void {
		this.#checks = this.#checks.map(check => check.name === name ? {name, state} : check);
		this.#options.onChange();
	}
}

/** How a check stands that has found this. */
function stateOf(found: Finding): CheckState {
	if ('type' in found) {
		return found;
	}

	return 'kind' in found ? {type: 'fails', mistake: found} : {type: 'holds', ...(found !== holds && {seen: found})};
}

function isOpen({state}: CheckView): boolean {
	return state.type === 'pending' || state.type === 'running';
}

/** Whether what depends on a check with this state cannot be judged. */
function isMissing(state: CheckState): boolean {
	return state.type === 'fails' || (state.type === 'skipped' && ['needs', 'time-limit', 'busy'].includes(state.cause.type));
}

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
