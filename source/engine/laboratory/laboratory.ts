import type {EventLog} from '../../log/event-log.ts';
import type {Scenes} from '../scene/scenes.ts';
import type {ExperimentName} from '../api/experiment.ts';
import {experiments} from './experiments.ts';
import {ExperimentRun} from './experiment-run.ts';
import type {LaboratoryTimes} from './experiment-context.ts';
import {OneRun} from './one-run.ts';

type LaboratoryOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	readonly onChange: () => void;
};

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
