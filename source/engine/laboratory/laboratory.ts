import type {ExperimentName, ExperimentView} from '../api/experiment.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';
import {ExperimentContext, failureOf, type LaboratoryTimes} from './experiment-context.ts';
import type {Experiment} from './experiment.ts';
import {experiments} from './experiments.ts';
import {OneRun} from './one-run.ts';

type LaboratoryOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	readonly onChange: () => void;
};

/** What a run is made with besides: what is to be caused, and the scene that was made for it. */
type RunOptions = LaboratoryOptions & {readonly experiment: Experiment; readonly scene: Scene};

/** One experiment, from its first step until all that it has opened is closed again. */
class ExperimentRun {
	readonly #options: RunOptions;
	readonly #context: ExperimentContext;
	/** Settles when its last step has been taken, or it has been ended. */
	readonly #over = Promise.withResolvers<void>();

	constructor(options: RunOptions) {
		this.#options = options;
		const {scene, log, times, experiment: {name}} = options;
		this.#context = new ExperimentContext({
			scene, log, times, onFacts: facts => {
				this.#show({facts: {...scene.experiment?.facts, ...facts}});
			},
		});
		scene.experiment = {
			name, isDone: false, outcome: undefined, facts: {},
		};
	}

	/** Something has happened. */
	look(): void {
		this.#context.look();
	}

	/** Take the steps once the run before is over. Never rejects: a failure is its outcome. */
	async carryOut(before: Promise<void>): Promise<void> {
		const context = this.#context;
		try {
			await before;
			if (!context.isEnded) {
				const outcome = await this.#options.experiment.run(context);
				this.#show({isDone: true, outcome});
			}
		} catch (error) {
			// An experiment that was ended has no outcome.
			if (!context.isEnded) {
				this.#show({
					isDone: true,
					outcome: 'failed',
					facts: {...this.#options.scene.experiment?.facts, failure: failureOf(error)},
				});
			}
		} finally {
			this.#over.resolve();
		}
	}

	/** Stop where it is, and close everything that it has opened. */
	async end(): Promise<void> {
		const {scenes, scene} = this.#options;
		await Promise.all([this.#context.end(), scenes.closeLaboratory(scene), this.#over.promise]);
	}

	#show(change: Partial<ExperimentView>): void {
		const {scene, onChange} = this.#options;
		if (scene.experiment) {
			scene.experiment = {...scene.experiment, ...change};
			onChange();
		}
	}
}

/** The error laboratory: one experiment at a time, in a scene of its own. The other scenes are never touched. */
export class Laboratory extends OneRun<ExperimentRun> {
	readonly #options: LaboratoryOptions;

	constructor(options: LaboratoryOptions) {
		super(options.log);
		this.#options = options;
	}

	/**
	End the experiment that is there, set this one up at once, and carry it out. Settles when it is done, or has been
	ended.
	*/
	async start(name: ExperimentName): Promise<void> {
		const experiment = experiments.get(name);
		if (!experiment) {
			throw new RangeError(`There is no experiment ${name}`);
		}

		await this.begin(() => {
			const {protocol, rule, connect} = experiment;
			return new ExperimentRun({
				...this.#options, experiment, scene: this.#options.scenes.setUpLaboratory(protocol, {rule, connect}),
			});
		});
	}
}
