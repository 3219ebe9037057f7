import type {ExperimentName} from '../engine/door/command.ts';

/** An experiment of the error laboratory, and the key that starts it from the list. */
export type Experiment = {readonly name: ExperimentName; readonly key: string};

/** The key of each experiment, in the order in which they are listed. `e` is none of them: it leaves the list. */
const experimentKeys: Readonly<Record<ExperimentName, string>> = {
	'tcp-refused': '1',
	'udp-refused': '2',
	'udp-connected-refused': '3',
	'address-in-use': '4',
	'permission-denied': '5',
	'unknown-host': '6',
	timeout: '7',
	'reset-or-end': '8',
	'half-close': '9',
	'broken-pipe': 'a',
	'message-too-long': 'b',
	'empty-datagram': 'c',
	'server-stops': 'd',
	'time-wait': 'f',
	'truncated-character': 'g',
	'no-reader': 'h',
};

/** The experiments in the order in which they are listed. */
export const experiments: readonly Experiment[] = Object.entries(experimentKeys).map(([name, key]) => ({name: name as ExperimentName, key}));
