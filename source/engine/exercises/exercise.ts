import type {Protocol} from '../../log/event.ts';
import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {CheckState, ExerciseName} from '../api/exercise.ts';
import type {CheckContext} from './check-context.ts';

/** What a check finds. */
export type CheckOutcome = Extract<CheckState, {type: 'holds' | 'said' | 'fails' | 'skipped'}>;

/** One thing that is demanded of a program, and how it is found out. */
export type Check = {
	/** Unique in its exercise. The words say what it demands. */
	readonly name: string;
	/** The checks of the exercise that must hold, or it could not be judged. They come before it. */
	readonly needs: readonly string[];
	/** Rejects with `CannotRun` where nothing can be said of the program at all, and when the exercise is ended. */
	readonly run: (context: CheckContext) => Promise<CheckOutcome>;
};

/** A program that somebody is to write, and what is demanded of it. */
export type Exercise = {
	readonly name: ExerciseName;
	readonly protocol: Protocol;
	/** What the learner's program is. The playground has the other role. */
	readonly role: 'server' | 'client';
	/** How the playground's server answers a client that is checked, to begin with. */
	readonly rule?: ReplyRule;
	/** In the order in which they are made. */
	readonly checks: readonly Check[];
};
