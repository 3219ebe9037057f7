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

/** A check, and what has ticked it when, as the log's clock has it. */
type CheckState = {
	readonly check: Check;
	readonly tracker: Tracker;
	ticked: {readonly by: Match; readonly at: number} | undefined;
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

/** How the present step stands. */
type StepRun = {
	/** `opening`: its scene is being opened. */
	readonly stage: 'opening' | 'begun' | 'explaining' | 'finished';
	/** Everything was so when it began. */
	readonly isAlready: boolean;
	readonly checks: readonly CheckState[];
	readonly reactions: ReadonlyArray<{readonly text: LessonText; readonly tracker: Tracker}>;
	readonly reaction: ReactionState | undefined;
	/** How many have been asked for. */
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
	/** The checks that count from the beginning of the lesson. */
	readonly #ever = new Map<Check, CheckState>();
	#step = 0;
	#scene: LessonScene;
	/** The step that has that scene; -1: the lesson. */
	#sceneStep = -1;
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
				this.#ever.set(check, this.#followed(check));
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

	/** How the step stands in all else. */
	get state(): StepRun {
		return this.#run;
	}

	/** The events whose rows are marked: those of the explanation that is shown. */
	get marks(): readonly EventPlace[] {
		return this.#run.stage === 'explaining'
			? this.current.marks.flatMap(name => this.#bound.get(name)?.places ?? [])
			: [];
	}

	/** The start scene that was opened last. */
	get scene(): LessonScene {
		return this.#scene;
	}

	/** Whether going to a step opens a start scene: one of its own, or, back behind one, that of an earlier step. */
	opensScene(step: number): boolean {
		return this.lesson.steps[step]?.scene !== undefined || step < this.#sceneStep;
	}

	/**
	Set the step that is to be begun.

	@param opensScene - a scene is opened for it, and in force before that: its own, or the last one before it
	*/
	enter(step: number, opensScene: boolean): void {
		const {steps, scene} = this.lesson;
		this.#run = fresh;
		this.#step = Math.max(0, Math.min(step, steps.length - 1));
		if (opensScene) {
			const own = steps.slice(0, this.#step + 1).map(step => step.scene ?? step.resume);
			this.#sceneStep = own.findLastIndex(Boolean);
			this.#scene = own[this.#sceneStep] ?? scene;
		}

		this.#changes++;
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
			checks: checks.map(check => this.#ever.get(check) ?? this.#followed(check)),
			reactions: reactions.map(({when, text}) => ({text, tracker: trackCondition(when, this.context)})),
		};
		this.#changes++;
		this.#options.onStep();
		for (const state of this.#run.checks) {
			this.#bind(state);
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

	/** Follow all conditions; returns whether a check of the step was ticked. */
	#follow(seen: SeenEvent | undefined): boolean {
		const {stage, checks, reactions} = this.#run;
		const own = stage === 'begun' ? checks : [];
		for (const state of this.#ever.values()) {
			if (!own.includes(state)) {
				this.#take(state, seen);
			}
		}

		if (stage !== 'begun') {
			return false;
		}

		let hasTicked = false;
		for (const state of own) {
			const before = state.tracker.progress().seen;
			if (this.#take(state, seen)) {
				hasTicked = true;
				this.#bind(state);
			} else if (state.tracker.progress().seen !== before) {
				this.#changes++;
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

	#followed(check: Check): CheckState {
		return {check, tracker: trackCondition(check.when, this.context), ticked: undefined};
	}

	/** Whether a check is ticked by this. */
	#take(state: CheckState, seen: SeenEvent | undefined): boolean {
		const [by] = state.ticked ? [] : state.tracker.take(seen);
		state.ticked ??= by && {by, at: this.#options.now()};
		return by !== undefined;
	}

	/** What has ticked a check has its names from now on. */
	#bind({ticked}: CheckState): void {
		for (const [name, binding] of ticked?.by.bound ?? []) {
			this.#bound.set(name, binding);
		}

		this.#changes++;
	}

	hint(): void {
		this.#set({hints: Math.min(this.#run.hints + 1, this.current.hints.length)});
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

	get #isAllTicked(): boolean {
		return this.#run.checks.every(({ticked}) => ticked);
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
