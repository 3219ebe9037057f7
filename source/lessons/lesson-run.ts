/* A lesson that is under way. It has no sockets: it is told what happens, and how everything stands. */
import {eventFields} from './fields.ts';
import {compare} from './compare.ts';
import {writePath} from './fill-template.ts';
import type {
	Check, Lesson, LessonScene, LessonStep, LessonText, Prediction,
} from './lesson.ts';
import {namesOfAll} from './bound-names.ts';
import type {LessonFacts, SeenEvent} from './seen.ts';
import {
	type Binding, type EventPlace, kept, type Match, type TrackContext, type Tracker, trackCondition,
} from './track-condition.ts';

type LessonRunOptions = {
	readonly lesson: Lesson;
	/** The steps that were done before, from 0. */
	readonly done: readonly number[];
	readonly facts: () => LessonFacts;
	/** Milliseconds of the log's clock. */
	readonly now: () => number;
	/** A step has been begun, or all of its checks are ticked. */
	readonly onStep: () => void;
};

/**
`asking`: for a prediction; `explaining`: all is ticked; `finished`: the last step has been left, and the report can be
saved.
*/
export type RunPhase = 'asking' | 'doing' | 'explaining' | 'finished';

type CheckState = {
	readonly check: Check;
	readonly tracker: Tracker;
	/** When it was ticked, as the log's clock has it. */
	doneAt: number | undefined;
};

/** How a prediction stands, and what was answered. */
export type PredictionState = {
	readonly prediction: Prediction;
	/** `open`: it is asked; `given`: it is not known yet what comes; `skipped`: it was not answered. */
	readonly state: 'open' | 'given' | 'right' | 'wrong' | 'skipped';
	readonly given: string | undefined;
	/** What came, once the step is done: the id of a choice, or as it is written. */
	readonly came: string | undefined;
};

/** What was said of something else that was done, and the event that it speaks of. */
type ReactionState = {readonly number: number; readonly text: LessonText; readonly it: SeenEvent | undefined};

/** A check that counts from the beginning of the lesson, and what has made it true. */
type EverCheck = {readonly tracker: Tracker; match: {readonly match: Match; readonly at: number} | undefined};

/** How the present step stands. */
type StepRun = {
	/** `opening`: its scene is being opened. */
	readonly stage: 'opening' | 'begun' | 'explaining' | 'finished';
	/** Everything was so when it began. */
	readonly isAlready: boolean;
	readonly checks: readonly CheckState[];
	readonly reactions: ReadonlyArray<{readonly text: LessonText; readonly tracker: Tracker}>;
	readonly reaction: ReactionState | undefined;
	readonly hints: number;
	readonly prediction: PredictionState | undefined;
};

/** A step that is yet to begin. */
const fresh: StepRun = {
	stage: 'opening', isAlready: false, checks: [], reactions: [], reaction: undefined, hints: 0, prediction: undefined,
};

/** A lesson under way: the step, what is ticked, what is bound. */
export class LessonRun {
	readonly lesson: Lesson;
	/** With what conditions are followed, and texts filled. */
	readonly context: TrackContext;
	readonly #options: LessonRunOptions;
	readonly #done: Set<number>;
	readonly #skipped = new Set<number>();
	readonly #bound = new Map<string, Binding>();
	readonly #ever = new Map<Check, EverCheck>();
	#step = 0;
	#scene: LessonScene;
	#run = fresh;
	#reactionCount = 0;
	#changes = 0;

	constructor(options: LessonRunOptions) {
		const {lesson, done, facts} = options;
		this.#options = options;
		this.lesson = lesson;
		this.#scene = lesson.scene;
		this.#done = new Set(done.filter(step => step < lesson.steps.length));
		this.context = {
			facts,
			scenes: () => this.scene.protocols,
			bound: () => this.#bound,
		};
		for (const check of lesson.steps.flatMap(({checks}) => checks)) {
			if (check.isEver) {
				this.#ever.set(check, {tracker: trackCondition(check.when, this.context), match: undefined});
			}
		}
	}

	/** Another number whenever anything of it has changed. */
	get changes(): number {
		return this.#changes;
	}

	/** From 0. */
	get step(): number {
		return this.#step;
	}

	get current(): LessonStep {
		return this.lesson.steps[this.#step]!;
	}

	/** The steps that were done at some time. */
	get done(): readonly number[] {
		return [...this.#done].toSorted((a, b) => a - b);
	}

	/** Those that were skipped since the lesson was opened, and not done after that. */
	get skipped(): readonly number[] {
		return [...this.#skipped].toSorted((a, b) => a - b);
	}

	get phase(): RunPhase {
		const {stage, prediction} = this.#run;
		return stage === 'opening' || stage === 'begun' ? (prediction?.state === 'open' ? 'asking' : 'doing') : stage;
	}

	/**
	Whether everything was so when the step began, and it is not explained yet: that waits until the question is
	answered, or the person goes on.
	*/
	get isAlready(): boolean {
		return this.#run.isAlready && this.#run.stage === 'begun';
	}

	/** Whether the step is yet to begin: its scene is being opened. */
	get isOpening(): boolean {
		return this.#run.stage === 'opening';
	}

	get checks(): ReadonlyArray<Readonly<CheckState>> {
		return this.#run.checks;
	}

	get prediction(): PredictionState | undefined {
		return this.#run.prediction;
	}

	/** How many hints have been asked for. */
	get hints(): number {
		return this.#run.hints;
	}

	get reaction(): ReactionState | undefined {
		return this.#run.reaction;
	}

	/** The events whose rows are marked: those of the explanation that is shown. */
	get marks(): readonly EventPlace[] {
		return this.#run.stage === 'explaining'
			? this.current.marks.flatMap(name => this.#bound.get(name)?.places ?? [])
			: [];
	}

	/** The start scene that is in force at the present step: its own, or the last one before it. */
	get scene(): LessonScene {
		return this.#scene;
	}

	/** Whether going to a step opens a start scene: one of its own, or, back behind one, that of an earlier step. */
	opensScene(step: number): boolean {
		return this.lesson.steps[step]?.scene !== undefined || this.#sceneAt(step) !== this.#scene;
	}

	/** Set the step that is to be begun, so that its scene is in force, before that scene is opened. */
	enter(step: number): void {
		this.#run = fresh;
		this.#step = Math.max(0, Math.min(step, this.lesson.steps.length - 1));
		this.#scene = this.#sceneAt(this.#step);
		this.#changes++;
	}

	#sceneAt(step: number): LessonScene {
		const {steps, scene} = this.lesson;
		return steps.slice(0, step + 1).findLast(own => own.scene)?.scene ?? scene;
	}

	/** Begin the step anew: only what happens from now on counts, but for checks that count from the beginning. */
	begin(): void {
		const {checks, reactions, prediction} = this.current;
		const {sometimes} = namesOfAll(checks.map(({when}) => when));
		for (const name of sometimes) {
			this.#bound.delete(name);
		}

		this.#run = {
			...fresh,
			stage: 'begun',
			prediction: prediction && {
				prediction, state: 'open', given: undefined, came: undefined,
			},
			checks: checks.map(check => ({
				check,
				tracker: this.#ever.get(check)?.tracker ?? trackCondition(check.when, this.context),
				doneAt: undefined,
			})),
			reactions: reactions.map(({when, text}) => ({text, tracker: trackCondition(when, this.context)})),
		};
		this.#changes++;
		this.#options.onStep();
		for (const state of this.#run.checks) {
			const known = this.#ever.get(state.check)?.match;
			if (known) {
				this.#tick(state, known.match, known.at);
			}
		}

		this.#follow(undefined);
		this.#set({isAlready: this.#isAllTicked});
	}

	/** Explain a step of which everything was so when it began. */
	explain(): void {
		if (this.isAlready) {
			this.#finishStep();
		}
	}

	/** An event has happened, or, without one, a state may be another one. */
	take(seen: SeenEvent | undefined): void {
		if (this.#follow(seen)) {
			// What was right needs no other answer.
			this.#set({reaction: undefined});
			this.#finishStep();
		}
	}

	/** Follow all conditions; returns whether a check was ticked. */
	#follow(seen: SeenEvent | undefined): boolean {
		const {stage, checks, reactions} = this.#run;
		const isActive = stage === 'begun';
		let hasTicked = false;
		const own = new Set(isActive ? checks.map(({check}) => check) : []);
		for (const [check, ever] of this.#ever) {
			if (!ever.match && !own.has(check)) {
				const last = ever.tracker.take(seen).at(-1);
				ever.match = last && {match: last, at: this.#options.now()};
			}
		}

		if (!isActive) {
			return false;
		}

		for (const state of checks) {
			if (state.doneAt === undefined) {
				hasTicked = this.#takeCheck(state, seen) || hasTicked;
			}
		}

		for (const {text, tracker} of reactions) {
			const match = tracker.take(seen).at(-1);
			if (match) {
				this.#set({reaction: {number: ++this.#reactionCount, text, it: match.by && kept(match.by)}});
			}
		}

		return hasTicked;
	}

	hint(): void {
		this.#set({hints: Math.min(this.hints + 1, this.current.hints.length)});
	}

	/** Answer the prediction, or pass it. It can be answered once. */
	predict(answer: string | undefined): void {
		const {prediction, stage} = this.#run;
		if (prediction?.state === 'open' && stage === 'begun') {
			const given = answer?.trim() || undefined;
			this.#set({prediction: {...prediction, state: given === undefined ? 'skipped' : 'given', given}});
			this.explain();
		}
	}

	/** The present step is left as it is. */
	skip(): void {
		if (this.#run.stage !== 'explaining') {
			this.#skipped.add(this.#step);
		}
	}

	/** The last step has been left. */
	finish(): void {
		this.#set({stage: 'finished'});
		this.#options.onStep();
	}

	#takeCheck(state: CheckState, seen: SeenEvent | undefined): boolean {
		const before = state.tracker.progress().seen;
		const match = state.tracker.take(seen)[0];
		if (match) {
			const at = this.#options.now();
			this.#tick(state, match, at);
			const ever = this.#ever.get(state.check);
			if (ever) {
				ever.match = {match, at};
			}
		} else if (state.tracker.progress().seen !== before) {
			this.#changes++;
		}

		return match !== undefined;
	}

	#tick(state: CheckState, {bound}: Match, at: number): void {
		state.doneAt = at;
		for (const [name, binding] of bound) {
			this.#bound.set(name, binding);
		}

		this.#changes++;
	}

	get #isAllTicked(): boolean {
		return this.#run.checks.every(({doneAt}) => doneAt !== undefined);
	}

	#set(changed: Partial<StepRun>): void {
		this.#run = {...this.#run, ...changed};
		this.#changes++;
	}

	#finishStep(): void {
		const {stage, prediction} = this.#run;
		if (stage === 'begun' && this.#isAllTicked) {
			this.#done.add(this.#step);
			this.#skipped.delete(this.#step);
			this.#set({stage: 'explaining', prediction: prediction && judge(prediction, this.context)});
			this.#options.onStep();
		}
	}
}

/** A prediction beside what came. */
function judge({prediction, state, given}: PredictionState, context: TrackContext): PredictionState {
	const {answer, kind, tolerance} = prediction;
	const right = 'name' in answer ? [valueAsText(answer, context) ?? ''] : answer;
	if (state !== 'given' || given === undefined) {
		return {
			prediction, state: 'skipped', given, came: right[0],
		};
	}

	const isRight = right.some(value => kind === 'number'
		? Math.abs(Number(given.replaceAll(/[\s,_]/g, '')) - Number(value)) <= tolerance
		: given.toLowerCase() === value.trim().toLowerCase());
	const found = isRight ? right.find(value => compare(value, '=', given)) : undefined;
	return {
		prediction, state: isRight ? 'right' : 'wrong', given, came: found ?? right[0],
	};
}

/** A bound value as it is typed: a number without its unit. */
function valueAsText(path: {readonly name: string; readonly field: string}, context: TrackContext): string | undefined {
	const seen = context.bound().get(path.name)?.seen;
	const value = seen && eventFields[path.field]?.of(seen);
	if (value !== undefined && typeof value !== 'object') {
		return String(value);
	}

	const written = writePath(path, context);
	return typeof written === 'string' ? written : undefined;
}
