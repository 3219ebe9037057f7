import type {Protocol, Address} from '../../log/event.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {ExperimentName} from '../api/experiment.ts';
import type {ExperimentContext} from './experiment-context.ts';

/** Something that goes wrong with sockets, and how it is caused. */
export type Experiment = {
	readonly name: ExperimentName;
	readonly protocol: Protocol;
	/** How the server answers, where that is not the default rule. */
	readonly rule?: ReplyRule;
	/** There is no server of its own: the clients talk to this address, or to one that `run` names. */
	readonly connect?: Address;
	/**
	Take the steps, one after the other, and leave all sockets open. Settles with the outcome; rejects with the system's
	error where that is another than the expected one, and when the experiment is ended.
	*/
	readonly run: (context: ExperimentContext) => Promise<'caused' | 'allowed'>;
};

export function experiment(what: Omit<Experiment, 'run'>, run: Experiment['run']): Experiment {
	return {...what, run};
}
