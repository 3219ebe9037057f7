import type {ReplyRule} from '../../replies/reply-rule.ts';
import type {ExerciseName, Seen, SkipCause} from '../api/exercise.ts';
import type {Mistake, MistakeKind} from '../api/mistake.ts';
import type {CheckContext} from './check-context.ts';

/** What a check finds: a mistake of the program, or what was seen where it holds; or that it is not judged so. */
export type Finding = Mistake | Seen
	| {readonly type: 'said'; readonly mistake: Mistake}
	| {readonly type: 'skipped'; readonly cause: SkipCause};

/** Where a check holds of which nothing can be shown. */
export const holds: Seen = {};

type SeenOf<Kind extends MistakeKind> = Omit<Extract<Mistake, {kind: Kind}>, 'kind'>;

export function mistake<Kind extends MistakeKind>(kind: Kind, seen: SeenOf<Kind>): {kind: Kind} & SeenOf<Kind> {
	return {kind, ...seen};
}

/** A check that holds, but for something that is worth saying. */
export function said(what: Mistake): Finding {
	return {type: 'said', mistake: what};
}

/** A check that cannot be judged, for one of the reasons that say all, or as another one does not hold. */
export function skipped(type: Exclude<SkipCause['type'], 'needs'>): Finding {
	return {type: 'skipped', cause: {type}};
}

export function needs(of: string): Finding {
	return {type: 'skipped', cause: {type: 'needs', of}};
}

/** Ends a check with what it has found, wherever that is found out. */
export class Found extends Error {
	readonly finding: Finding;

	constructor(finding: Finding) {
		super('kind' in finding ? finding.kind : undefined);
		this.finding = finding;
	}
}

/** What a check finds, in whichever way it ends. */
export async function findingOf(run: Check['run'], context: CheckContext): Promise<Finding> {
	try {
		return await run(context);
	} catch (error) {
		if (error instanceof Found) {
			return error.finding;
		}

		throw error;
	}
}

/** End the check with this mistake, where there is one. */
export function raise(found: Mistake | undefined): void {
	if (found) {
		throw new Found(found);
	}
}

/** One thing that is demanded of a program, and how it is found out. */
export type Check = {
	/** Unique in its exercise. The words say what it demands. */
	readonly name: string;
	/** The checks of the exercise that must hold, or it could not be judged. They come before it. */
	readonly needs: readonly string[];
	/** It is not made of a program that runs already. */
	readonly needsProgram?: true;
	/** Rejects with `CannotRun` where nothing can be said of the program at all, and when the exercise is ended. */
	readonly run: (context: CheckContext) => Promise<Finding>;
};

/** A check of any program. */
export function check(name: string, needs: readonly string[], run: Check['run']): Check {
	return {name, needs, run};
}

/** A check of a program that is started for it. */
export function programCheck(name: string, needs: readonly string[], run: Check['run']): Check {
	return {
		name, needs, needsProgram: true, run,
	};
}

/** A program that somebody is to write, and what is demanded of it. */
export type Exercise = {
	readonly name: ExerciseName;
	/** How the playground's server answers a client that is checked, to begin with. */
	readonly rule?: ReplyRule;
	/** In the order in which they are made. */
	readonly checks: readonly Check[];
};
