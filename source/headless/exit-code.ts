import type {SocketFailure} from '../log/event.ts';

/** What the program ends with, by what it means. docs/command-line.md explains each. */
export const exitCodes = {
	done: 0,
	/** The program, or a connection that was open, has failed. */
	failed: 1,
	/** A command line, or a terminal, that cannot be used. */
	usage: 2,
	/** A socket could not be bound or connected, or lacks an option that was asked for, or a name was not resolved. */
	unreachable: 3,
	/** No answer in time, or not as many messages as were waited for. */
	unanswered: 4,
	/** Another answer than was expected. */
	unexpected: 5,
} as const;

/** The signals that end a run in order, and its exit code where it was not done: 128 and the signal's number. */
export const signalCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

export type EndSignal = keyof typeof signalCodes;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes] | (typeof signalCodes)[EndSignal];

/** The calls that make a socket reachable, and find what it talks to. */
const reachingCalls = new Set(['bind', 'listen', 'connect', 'getaddrinfo', 'socket']);

/** The errors of errno(3) that say that the other end, or the way to it, is not there, whichever call has them. */
const unreachableErrors = new Set([
	'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN',
]);

export function exitCodeOf({code, syscall}: SocketFailure): ExitCode {
	return reachingCalls.has(syscall) || unreachableErrors.has(code) ? exitCodes.unreachable : exitCodes.failed;
}
