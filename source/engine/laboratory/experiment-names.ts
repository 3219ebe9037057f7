/** The experiments of the error laboratory, in the order in which they are listed. */
export const experimentNames = [
	'tcp-refused',
	'udp-refused',
	'udp-connected-refused',
	'address-in-use',
	'permission-denied',
	'unknown-host',
	'timeout',
	'reset-or-end',
	'half-closed',
	'broken-pipe',
	'message-too-long',
	'empty-datagram',
	'server-stops',
	'time-wait',
	'truncated-character',
	'no-reader',
] as const;

/** The name of an experiment. */
export type ExperimentName = (typeof experimentNames)[number];
