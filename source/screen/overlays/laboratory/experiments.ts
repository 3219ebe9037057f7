import {type ExperimentName, experimentNames} from '../../../engine/api/experiment.ts';

/** An experiment of the error laboratory, and the key that starts it from the list. */
export type ListedExperiment = {readonly name: ExperimentName; readonly key: string};

/** The keys of the list, in its order. `e` is none of them: it leaves the list. */
const keys = '123456789abcdfghijklmnopqrstuvwxyz';

/** The experiments in the order in which they are listed. */
export const experiments: readonly ListedExperiment[] = experimentNames.map((name, index) => ({
	name,
	key: keys.charAt(index),
}));
