/* What passes between a learner's program and the playground, and how that program ends. */
import type {Address} from '../../log/event.ts';

/** How a program ended: its exit code, or the signal that has ended it (waitpid(2)). */
export type ProgramEnd = {readonly code: number | undefined; readonly signal: string | undefined};

/** A message that was sent to a program, and what came back. Times are milliseconds. */
export type Exchange = {
	readonly from: Address;
	readonly sent: Uint8Array;
	/** How long an answer was awaited, or was on its way. */
	readonly elapsed: number;
	/** What came back; undefined where nothing did. */
	readonly got?: Uint8Array;
};

/** What a program was expected to send, and what it has sent instead. */
export type WrongBytes = Exchange & {readonly got: Uint8Array; readonly expected: Uint8Array};
