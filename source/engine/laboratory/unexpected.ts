import type {SocketFailure} from '../events/event.ts';
import {toFailure} from '../sockets/failure.ts';

/** The system said something else than an experiment was to cause. */
export class Unexpected extends Error {
	readonly failure: SocketFailure;

	constructor(failure: SocketFailure) {
		super(failure.message);
		this.failure = failure;
	}
}

/** What an experiment failed with, as plain data. */
export function failureOf(error: unknown): SocketFailure {
	return error instanceof Unexpected ? error.failure : toFailure(error);
}
