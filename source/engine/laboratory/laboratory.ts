import type {ExerciseView} from '../api/exercise.ts';
import type {ExperimentName, ExperimentView} from '../api/experiment.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';
import {ExperimentContext, failureOf, type LaboratoryTimes} from './experiment-context.ts';
import type {Experiment} from './experiment.ts';
import {experiments} from './experiments.ts';

/** What is carried out in the laboratory's scene: an experiment, or the checks of an exercise. */
type Run = {
	/** Something has happened that a step may wait for. */
	readonly look: () => void;
	/** Settles when it is done, or has been ended. It waits for `before` where it needs what the last run has held. */
	readonly carryOut: (before: Promise<void>) => Promise<void>;
	/** Close all that it has opened. Settles when that is done. */
	readonly end: () => Promise<void>;
	readonly view?: ExerciseView;
	/** End the program of an exercise at once, without waiting: this process is about to end. */
	readonly kill?: () => void;
};

type LaboratoryOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	readonly onChange: () => void;
};

/** One experiment, from its first step until all that it has opened is closed again. */
class ExperimentRun {
	readonly #options: LaboratoryOptions;
	readonly #experiment: Experiment;
	readonly #scene: Scene;
	readonly #context: ExperimentContext;
	/** Settles when its last step has been taken, or it has been ended. */
	readonly #over = Promise.withResolvers<void>();

	constructor(options: LaboratoryOptions, experiment: Experiment) {
		const {scenes, log, times} = options;
		const {name, protocol, rule, connect} = experiment;
		const scene = scenes.setUpLaboratory(protocol, {rule, connect});
		this.#options = options;
		this.#experiment = experiment;
		this.#scene = scene;
		this.#context = new ExperimentContext({
			scene, log, times, onFacts: facts => {
				this.#show({facts: {...scene.experiment?.facts, ...facts}});
			},
		});
		scene.experiment = {
			name, isDone: false, outcome: undefined, facts: {},
		};
	}

	look(): void {
		this.#context.look();
	}

	/** Take the steps once the run before is over. Never rejects: a failure is its outcome. */
	async carryOut(before: Promise<void>): Promise<void> {
		const context = this.#context;
		try {
			await before;
			if (!context.isEnded) {
				const outcome = await this.#experiment.run(context);
				this.#show({isDone: true, outcome});
			}
		} catch (error) {
			// An experiment that was ended has no outcome.
			if (!context.isEnded) {
				this.#show({
					isDone: true,
					outcome: 'failed',
					facts: {...this.#scene.experiment?.facts, failure: failureOf(error)},
				});
			}
		} finally {
			this.#over.resolve();
		}
	}

	/** Stop where it is, and close everything that it has opened. */
	async end(): Promise<void> {
		const closed = this.#options.scenes.closeLaboratory(this.#scene);
		await Promise.all([this.#context.end(), closed, this.#over.promise]);
	}

	#show(change: Partial<ExperimentView>): void {
		const scene = this.#scene;
		if (scene.experiment) {
			scene.experiment = {...scene.experiment, ...change};
			this.#options.onChange();
		}
	}
}

/** Carries out one run at a time, each in a scene of its own. The other scenes are never touched. */
export class Laboratory {
	readonly #options: LaboratoryOptions;
	#run: Run | undefined;
	readonly #ending = new Set<Run>();
	/** The ends of the runs before; one that failed is over, too. */
	#endings: Promise<unknown> = Promise.resolve();
	#isClosed = false;
	#turn = 0;

	constructor(options: LaboratoryOptions) {
		this.#options = options;
		options.log.watch(() => {
			this.look();
		});
	}

	get exercise(): ExerciseView | undefined {
		return this.#run?.view;
	}

	/** Another number whenever a run was begun or ended. */
	get turn(): number {
		return this.#turn;
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
		this.#turn++;
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

	/** End the programs of exercises at once. */
	kill(): void {
		for (const run of [...this.#ending, this.#run]) {
			run?.kill?.();
		}
	}

	/** Cause what the experiment is about, in the place of the run that is there. Settles as `begin` does. */
	async start(name: ExperimentName): Promise<void> {
		const experiment = experiments.get(name);
		if (!experiment) {
			throw new RangeError(`There is no experiment ${name}`);
		}

		await this.begin(() => new ExperimentRun(this.#options, experiment));
	}

	/** End the run that is there, make this one at once, and carry it out. Settles when it is done, or was ended. */
	async begin(make: () => Run): Promise<void> {
		if (this.#isClosed) {
			return;
		}

		const ended = this.end();
		const run = make();
		this.#run = run;
		await run.carryOut(ended);
	}
}
