/* What passes between the screen's thread and the engine's: plain data. */
import type {Command, CommandAnswer} from './command.ts';
import type {View} from './view.ts';
import type {Query} from './query.ts';

/** What the screen's half sends. Before the first of these it sends the playground's options. */
export type ToEngine
	= | {readonly type: 'command'; readonly id: number; readonly command: Command}
	/** Asks once, whichever queries are open. */
		| {readonly type: 'read'; readonly id: number; readonly query: Query}
	/** Replaces the open queries. Also means: the last answers have been drawn, the next may come. */
		| {readonly type: 'ask'; readonly queries: readonly Query[]}
		| {readonly type: 'close'};

/** What the engine answers at one time to all open queries. */
export type Views = {
	/** An answer for each query, in their order; undefined where it has not changed since the last. */
	readonly views: ReadonlyArray<View | undefined>;
	/** The number of the last command that had been received, and begun, when these were made. */
	readonly lastCommand: number;
};

/** What the engine's half sends. */
export type FromEngine
	= | {readonly type: 'answer'; readonly id: number; readonly answer: CommandAnswer}
		| {readonly type: 'view'; readonly id: number; readonly view: View | undefined}
	/** A subscriber of the log, or work for a view, has failed. Sent once for each message; no socket is affected. */
		| {readonly type: 'fault'; readonly message: string}
		| ({readonly type: 'views'} & Views)
		| {readonly type: 'closed'};
