import type {ExperimentView} from '../api/experiment.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {Scene} from '../scene/scene.ts';
import type {Scenes} from '../scene/scenes.ts';
import {ExperimentContext, failureOf, type LaboratoryTimes} from './experiment-context.ts';
import type {Experiment} from './experiment.ts';

/** What a run is made with: what is to be caused, and the scene that was made for it. */
type ExperimentRunOptions = {
	readonly experiment: Experiment;
	readonly scene: Scene;
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	readonly onChange: () => void;
};

/** One experiment, from its first step until all that it has opened is closed again. */
export class ExperimentRun {
	readonly #options: ExperimentRunOptions;
	readonly #context: ExperimentContext;
	/** Settles when its last step has been taken, or it has been ended. */
	readonly #over = Promise.withResolvers<void>();

	constructor(options: ExperimentRunOptions) {
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
