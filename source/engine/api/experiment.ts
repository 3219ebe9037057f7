/* The experiments by name, and how one stands. */
import type {Address, SocketFailure} from '../../log/event.ts';
import type {Holders} from '../../sockets/reserved-address.ts';

/** The experiments of the error laboratory, in the order in which they are listed. */
export const experimentNames = [
	'tcp-refused',
	'udp-refused',
	'udp-connected-refused',
	'address-in-use',
	'permission-denied',
	'unknown-host',
	'connect-timeout',
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

export type ExperimentName = (typeof experimentNames)[number];

/** The progress of an experiment, its steps in the order in which they are taken. */
export type ExperimentView = {
	readonly name: ExperimentName;
	/** Whether all steps are done. The sockets stay open until the experiment is ended. */
	readonly isDone: boolean;
	/** Once it is done: the effect was `caused`, this machine has `allowed` it, or the experiment has `failed`. */
	readonly outcome: 'caused' | 'allowed' | 'failed' | undefined;
	readonly facts: ExperimentFacts;
};

/** What an experiment has found out so far, for the text that explains it: each as soon as it is known. */
export type ExperimentFacts = {
	/**
	The address that the experiment is about: without a listener, taken, not allowed to be bound, not found, or silent.
	In `time-wait` the client's own, which the kernel keeps.
	*/
	readonly address?: Address;
	/** The sockets of this program beside those in the panes, which keep that address as it is. */
	readonly holders?: Holders | undefined;
	/** What the system said of the call that was to fail; of one that was not, where the experiment has `failed`. */
	readonly failure?: SocketFailure;
	/** `connect-timeout`: how long connect() waited, in milliseconds. */
	readonly waited?: number;
	/** Bytes: of the largest datagram that was sent; `no-reader`: written until nothing more was taken. */
	readonly length?: number;
	/** `time-wait`: the state that the kernel's tables have, `TIME_WAIT`; undefined where there are no tables. */
	readonly state?: string;
	/** `no-reader`: where the bytes were once they stood still; undefined without the kernel's tables. */
	readonly queues?: {
		/** In the kernel: the receiving end's receive queue, and the sending end's send queue. */
		readonly receive: number;
		readonly send: number;
		/** Not in the kernel: read ahead by Node in the receiving program, and queued in the sending one. */
		readonly readAhead: number;
		readonly waiting: number;
	};
};
