import type {EventLog} from '../../log/event-log.ts';
import {toFailure} from '../../sockets/failure.ts';
import {
	type CheckState, type CheckView, exerciseKinds, type ExerciseName, type ExerciseSubject, type ExerciseTimes,
	type ExerciseView, type NotRun,
} from '../api/exercise.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';
import {CannotRun, CheckContext} from './check-context.ts';
import {
	type Check, type Exercise, type Finding, findingOf, holds,
} from './exercise.ts';
import {exercises} from './exercises.ts';

type ExerciseRunOptions = {
	readonly name: ExerciseName;
	readonly subject: ExerciseSubject;
	readonly times: Partial<ExerciseTimes> | undefined;
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly onChange: () => void;
};

const defaultTimes: ExerciseTimes = {
	start: 10_000, answer: 2000, quiet: 150, total: 120_000,
};

/** The checks of one exercise, one after the other, until all that they have opened is closed again. */
export class ExerciseRun {
	readonly #options: ExerciseRunOptions;
	readonly #exercise: Exercise;
	readonly #times: ExerciseTimes;
	readonly #scene: Scene;
	readonly #context: CheckContext;
	readonly #over = Promise.withResolvers<void>();
	#checks: readonly CheckView[];
	#isDone = false;
	#notRun: NotRun | undefined;
	#isOutOfTime = false;

	constructor(options: ExerciseRunOptions) {
		const {name, scenes} = options;
		const exercise = exercises.get(name);
		if (!exercise) {
			throw new RangeError(`There is no exercise ${name}`);
		}

		const {protocol, role} = exerciseKinds[name];
		this.#options = options;
		this.#exercise = exercise;
		this.#times = {...defaultTimes, ...options.times};
		this.#scene = scenes.setUpLaboratory(protocol, {
			rule: exercise.rule,
			// A server that is checked takes the place of the playground's: its port is found out later.
			connect: role === 'server' ? {host: '127.0.0.1', port: 0} : undefined,
		});
		this.#context = new CheckContext({
			...options,
			scene: this.#scene,
			times: this.#times,
			onWait: givesUpIn => {
				const waiting = this.#checks.find(({state}) => state.type === 'running')!;
				this.#set(waiting.name, {type: 'running', givesUpIn});
			},
		});
		this.#checks = exercise.checks.map(check => ({name: check.name, state: {type: 'pending'}}));
	}

	get view(): ExerciseView {
		const {name, subject} = this.#options;
		return {
			type: 'exercise',
			name,
			subject,
			checks: this.#checks,
			address: this.#context.address,
			program: this.#context.program?.view(),
			isDone: this.#isDone,
			...(this.#notRun && {notRun: this.#notRun}),
		};
	}

	look(): void {
		this.#context.look();
	}

	/** Make the checks once the run before is over. Never rejects. */
	async carryOut(before: Promise<void>): Promise<void> {
		const {subject, onChange} = this.#options;
		const {total} = this.#times;
		let timer: NodeJS.Timeout | undefined;
		try {
			await before;
			timer = setTimeout(() => {
				this.#isOutOfTime = true;
				void this.#context.end();
			}, total);
			for (const check of this.#exercise.checks) {
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
			if (this.#isOutOfTime && subject.type === 'listen' && this.#checks[0] && isOpen(this.#checks[0])) {
				this.#notRun ??= {reason: 'no-client', address: subject.address, waited: total};
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
		const closed = this.#options.scenes.closeLaboratory(this.#scene);
		await Promise.all([this.#context.end(), closed, this.#over.promise]);
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

		if (needsProgram && this.#options.subject.type !== 'program') {
			this.#set(name, {type: 'skipped', cause: {type: 'no-program'}});
			return;
		}

		this.#set(name, {type: 'running'});
		const outcome = stateOf(await findingOf(run, this.#context));
		const {program} = this.#context;
		if (program && (outcome.type === 'fails' || outcome.type === 'said')) {
			// What it has said at its end may come after that.
			await this.#context.within(this.#times.quiet, () => !program.end || program.isSilent ? true : undefined);
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
