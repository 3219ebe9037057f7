import type {EventLog} from '../../log/event-log.ts';
import type {Scenes} from '../scene/scenes.ts';
import {defaultRule} from '../../replies/reply-rule.ts';
import {perfect} from '../../link/conditions.ts';
import type {ExperimentName} from '../api/experiment.ts';
import {experiments} from './experiments.ts';
import {ExperimentRun} from './experiment-run.ts';
import type {LaboratoryTimes} from './experiment-context.ts';

/** What the laboratory is made with. */
type LaboratoryOptions = {
	readonly scenes: Scenes;
	readonly log: EventLog;
	readonly times: LaboratoryTimes;
	/** How the experiment stands has changed. */
	readonly onChange: () => void;
};

/** The error laboratory: one experiment at a time, in a scene of its own. The other scenes are never touched. */
export class Laboratory {
	readonly #options: LaboratoryOptions;
	#run: ExperimentRun | undefined;
	/** The ends of the experiments before; one that failed is over, too. */
	#endings: Promise<unknown> = Promise.resolve();
	#isClosed = false;

	constructor(options: LaboratoryOptions) {
		this.#options = options;
		options.log.watch(() => {
			this.look();
		});
	}

	/** Something else than an event has happened that an experiment may wait for. */
	look(): void {
		this.#run?.look();
	}

	/**
	End the experiment that is there, set this one up at once, and carry it out. Settles when it is done, or has been
	ended.
	*/
	async start(name: ExperimentName): Promise<void> {
		if (this.#isClosed) {
			return;
		}

		const ended = this.end();
		const {scenes, log, times, onChange} = this.#options;
		const experiment = experiments.get(name);
		if (!experiment) {
			throw new RangeError(`There is no experiment ${name}`);
		}

		const {protocol, rule = defaultRule, connect} = experiment;
		const scene = scenes.setUpLaboratory(protocol, {
			host: '127.0.0.1',
			port: 0,
			reply: rule,
			closeAfterReply: false,
			clients: 0,
			connect,
			link: perfect,
			seed: 0,
		});
		const run = new ExperimentRun({
			experiment, scene, scenes, log, times, onChange,
		});
		this.#run = run;
		await run.carryOut(ended);
	}

	/**
	Close all that the experiment has opened. Settles when that is done, and when every experiment before has ended.
	*/
	async end(): Promise<void> {
		const run = this.#run;
		this.#run = undefined;
		if (run) {
			// A socket that could not be closed does not disturb the next experiment, which has a scene and sockets of
			// its own.
			this.#endings = Promise.allSettled([this.#endings, run.end()]);
		}

		await this.#endings;
	}

	/** End the experiment, and set up no other. May be called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		await this.end();
	}
}
