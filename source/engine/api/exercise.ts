/* Exercises: checks of a program that somebody else has written, and how they stand. */
import type {TypedUnion} from '../../text/by-type.ts';
import type {Address, Protocol, SocketFailure} from '../../log/event.ts';
import type {Exchange, Mistake, ProgramEnd} from './mistake.ts';

/** Over which protocol the learner's program talks, and what it is. The playground has the other role. */
type ExerciseKind = {readonly protocol: Protocol; readonly role: 'server' | 'client'};

/** The exercises, in the order in which they are listed. */
export const exerciseKinds = {
	'udp-uppercase-server': {protocol: 'udp', role: 'server'},
	'udp-uppercase-client': {protocol: 'udp', role: 'client'},
	'udp-echo-server': {protocol: 'udp', role: 'server'},
	'udp-pinger-client': {protocol: 'udp', role: 'client'},
	'tcp-uppercase-server': {protocol: 'tcp', role: 'server'},
	'tcp-uppercase-client': {protocol: 'tcp', role: 'client'},
	'tcp-chat-server': {protocol: 'tcp', role: 'server'},
} as const satisfies Readonly<Record<string, ExerciseKind>>;

export type ExerciseName = keyof typeof exerciseKinds;

export const exerciseNames = Object.keys(exerciseKinds) as readonly ExerciseName[];

/** The program that is checked: one that is started for it, a server that runs already, or a client that will come. */
export type ExerciseSubject
	/** `{port}` and `{host}` in its arguments are replaced; it also gets them as PORT and HOST in its environment. */
	= | {readonly type: 'program'; readonly command: readonly [string, ...string[]]}
		| {readonly type: 'server'; readonly address: Address}
		| {readonly type: 'listen'; readonly address: Address};

/** How long things are awaited, in milliseconds. */
export type ExerciseTimes = {
	/** Until a program that was started has bound its port, or has sent its first message. */
	readonly start: number;
	/** Until an answer is taken for one that does not come. */
	readonly answer: number;
	/** For something that is to be absent, such as a second answer. */
	readonly quiet: number;
	/** Until all checks together are given up. */
	readonly total: number;
};

/** What was seen where a check holds. */
export type Seen = {readonly exchange?: Exchange; readonly address?: Address; readonly bytes?: Uint8Array};

export type SkipCause
	/** Another check, on which it depends, does not hold. */
	= | {readonly type: 'needs'; readonly of: string}
	/** It needs a started program, Linux's tables, or more than this one does; or time, or a quiet machine. */
		| {readonly type: 'no-program' | 'no-tables' | 'not-needed' | 'time-limit' | 'busy'};

/** How a check stands. `said` holds, but for something that is worth saying. */
export type CheckState
	= | {readonly type: 'pending'}
	/** `givesUpIn`: no answer comes, and a client has at most this many milliseconds to give up. */
		| {readonly type: 'running'; readonly givesUpIn?: number}
		| {readonly type: 'holds'; readonly seen?: Seen}
	/** `program` as it was then: it may have been started again since. */
		| {readonly type: 'said' | 'fails'; readonly mistake: Mistake; readonly program?: ProgramView}
		| {readonly type: 'skipped'; readonly cause: SkipCause};

export type CheckView = {readonly name: string; readonly state: CheckState};

/** Bytes that a program has written to its standard output or standard error, in one go. */
export type OutputPart = {readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array};

/** The program that was started last for an exercise. */
export type ProgramView = {
	readonly pid: number;
	/** Its arguments, with addresses in them. */
	readonly command: readonly string[];
	readonly end: ProgramEnd | undefined;
	/** The last that it has written, and how many bytes came before. */
	readonly output: readonly OutputPart[];
	readonly outputBefore: number;
};

type NotRunFields = {
	/** The program could not be started (execve(2)), or the interpreter that its first line names. */
	'not-started': {program: string; interpreter?: string; failure: SocketFailure};
	/** There is no such script for the interpreter to run. */
	'no-script': {file: string};
	/** `isTold`: one after the other that the program was told. */
	'port-taken': {port: number; isTold?: true};
	/** The playground's own server could not be bound. */
	'not-bound': {address: Address; failure: SocketFailure};
	/** Nothing came to the address at which a client was to be started. */
	'no-client': {address: Address; waited: number};
	fault: {failure: SocketFailure};
};

/** Why an exercise could not be carried out: nothing is said of the program then. */
export type NotRun = TypedUnion<NotRunFields, 'reason'>;

/** How an exercise stands. Its sockets stay open until it is ended. */
export type ExerciseView = {
	readonly type: 'exercise';
	readonly name: ExerciseName;
	readonly subject: ExerciseSubject;
	readonly checks: readonly CheckView[];
	/** Where the program's server is reached, or where the playground's own server is; as soon as it is known. */
	readonly address: Address | undefined;
	readonly program: ProgramView | undefined;
	/** Whether all is done; with `notRun`, nothing could be checked. */
	readonly isDone: boolean;
	readonly notRun?: NotRun;
};
