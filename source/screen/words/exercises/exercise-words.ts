import type {ExerciseName, NotRun, SkipCause} from '../../../engine/api/exercise.ts';
import type {Mistake} from '../../../engine/api/mistake.ts';
import type {ProgramEnd} from '../../../engine/api/exchange.ts';

/** What is said of each of some mistakes: what the program does, then why that is wrong, or what to do. */
export type MistakeWords<Kinds extends Mistake> = {
	readonly [Kind in Kinds['kind']]: (mistake: Extract<Kinds, {kind: Kind}>) => readonly string[];
};

/** What a check demands, by its name; where the exercises differ, by `exercise/check`. */
export type CheckWords = Readonly<Record<string, string>>;

/** What programs are to do, whole, line by line, where the checks alone do not tell it. */
export type ExerciseRules = Readonly<Partial<Record<ExerciseName, readonly string[]>>>;

/** Everything that is said of exercises. It is loaded with the first of them. */
export type ExerciseWords = {
	/** What the program is to be, in a line. */
	readonly about: Readonly<Record<ExerciseName, string>>;
	readonly rules: ExerciseRules;
	readonly checks: CheckWords;
	readonly mistakes: MistakeWords<Mistake>;
	readonly skipped: (cause: SkipCause) => string;
	/** No answer comes, and the client has at most this time to give up. */
	readonly waits: (time: string) => string;
	readonly notRun: (notRun: NotRun, command: string) => readonly string[];
	/** How a program ended: `exit code 1`. */
	readonly ended: (end: ProgramEnd) => string;
	readonly report: {
		/** Where a client is waited for that somebody starts. */
		readonly waiting: (address: string) => string;
		/** In front of each check, all as wide. */
		readonly signs: Readonly<Record<'holds' | 'said' | 'fails' | 'skipped', string>>;
		/** Above what the program had written when this check was made. */
		readonly output: (check: string) => string;
		readonly noOutput: (check: string) => string;
		readonly endedWith: (end: string) => string;
		readonly before: (bytes: string) => string;
		readonly sum: (count: {holds: number; said: number; fails: number; skipped: number}) => string;
		/** What was sent, what came back, and after how long. */
		readonly exchanged: (sent: string, got: string | undefined, elapsed: string) => string;
	};
};
