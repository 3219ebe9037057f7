/* A lesson as the screen asks for it, and sees it. */
import type {NoFields, TypedUnion} from '../../text/by-type.ts';
import type {FilledText} from '../../lessons/fill-template.ts';
import type {
	Lesson, LessonLanguage, LessonSceneName, LookedOverlay, LookedView, Prediction,
} from '../../lessons/lesson.ts';
import type {PredictionState, RunPhase} from '../../lessons/lesson-run.ts';
import type {EventPlace} from '../../lessons/track-condition.ts';
import type {PaneId, Protocol} from '../../log/event.ts';

/** What a lesson is asked to do. While none is open, all but `start-lesson` and `note-screen` are refused. */
type LessonCommandFields = {
	/** Open a lesson where the person was, and its start scene; another one is left. Settles when that is open. */
	'start-lesson': {
		lesson: Lesson;
		/** The path of the file that it was read from; undefined for a built-in one. */
		file?: string;
		/** Another step, from 0, than the one that the person was at. */
		step?: number;
	};
	/** Its sockets stay as they are. */
	'leave-lesson': NoFields;
	'lesson-hint': NoFields;
	/** Answer the step's prediction: a number or a text as typed, a choice by its id; undefined: do not answer it. */
	'lesson-predict': {answer: string | undefined};
	'lesson-back': NoFields;
	/** Begin this step anew; what happened before does not count. */
	'lesson-again': NoFields;
	/** Go on to the next step. Refused while this one is not done, unless it is skipped. */
	'lesson-next': {skips?: true};
	/** Close the sockets of the lesson's scenes, and open its start scene again. The step begins anew. */
	'reset-lesson-scene': NoFields;
	/** What the person looks at now. Sent whenever that has changed while a lesson is open. */
	'note-screen': {look: ScreenLook};
};

export type LessonCommand = TypedUnion<LessonCommandFields>;

export type ScreenLook = {
	/** The scenes that show: one, or UDP's and TCP's side by side. */
	readonly scenes: readonly LessonSceneName[];
	readonly panes: ReadonlyArray<{
		readonly pane: PaneId;
		readonly view: LookedView;
		/** Of a program. */
		readonly language?: string;
	}>;
	readonly focus: PaneId | undefined;
	/** What is drawn over the panes or beside them, the docked flow diagram as well. */
	readonly overlays: readonly LookedOverlay[];
};

/** Asks for the lesson that is open, and how far each lesson is. It stays open. */
export type LessonQuery = {readonly type: 'lesson'; readonly language: LessonLanguage};

/** Asks for what is handed in at the end of a lesson. */
export type LessonReportQuery = {readonly type: 'lesson-report'; readonly language: LessonLanguage};

/** The lesson that is open, and the progress of all. */
export type LessonView = {
	readonly type: 'lesson';
	readonly run: LessonRunView | undefined;
	/** By the id of a built-in lesson, or the path of a file. A lesson that was never opened has none. */
	readonly progress: Readonly<Record<string, LessonProgress>>;
	readonly problem: ProgressProblem | undefined;
	/** The servers of the open lesson's scenes that have another port, as a program has the one that was asked for. */
	readonly otherPorts: readonly OtherPort[];
};

export type OtherPort = {readonly protocol: Protocol; readonly wanted: number; readonly port: number};

export type LessonProgress = {
	/** The step that the person was at, from 0. */
	readonly step: number;
	/** Which steps were done at some time, from 0. */
	readonly done: readonly number[];
	readonly count: number;
};

/**
Why progress is not kept, or not that of before: the file was broken, and is kept as `keptAs`; or it can not be read or
written, and the lessons go on without. Told until the next lesson is opened.
*/
export type ProgressProblem
	= | {readonly type: 'broken'; readonly file: string; readonly keptAs: string}
		| {readonly type: 'unreadable' | 'unwritable'; readonly file: string; readonly code: string};

export type LessonRunView = {
	/** What its progress is kept by. */
	readonly key: string;
	readonly id: string;
	readonly title: string;
	/** The language of the texts: another one than asked for where the lesson has only that. */
	readonly language: LessonLanguage;
	/** The scenes to show: UDP's and TCP's side by side where it is both. */
	readonly protocols: readonly Protocol[];
	/** The panes of their servers, by which the lesson's scenes are told from those before. */
	readonly servers: Readonly<Partial<Record<Protocol, PaneId>>>;
	/** Whether the step is yet to begin: its scenes are being opened. */
	readonly isOpening: boolean;
	/** Everything was so when the step began: it is explained after its question, or with `lesson-next`. */
	readonly isAlready: boolean;
	/** The step, from 0. */
	readonly step: number;
	readonly count: number;
	/** Which steps were done at some time, this one as well. */
	readonly done: readonly number[];
	/** Which were skipped since the lesson was opened, and not done after that. */
	readonly skipped: readonly number[];
	/** Whether going on, or back, opens a start scene: the sockets that are open are closed. */
	readonly isNextAnew: boolean;
	readonly isBackAnew: boolean;
	readonly phase: RunPhase;
	readonly text: FilledText;
	readonly checks: readonly CheckView[];
	readonly prediction: PredictionView | undefined;
	/** The hints that were asked for, and how many there are. */
	readonly hints: readonly FilledText[];
	readonly hintCount: number;
	/** What is said of something else that was done. `number` grows with each. */
	readonly reaction: {readonly number: number; readonly text: FilledText} | undefined;
	/** Once the step is done. */
	readonly explanation: FilledText | undefined;
	/** The events whose rows are marked, in the order in which the explanation has them. */
	readonly marks: readonly EventPlace[];
	readonly teaches: readonly string[];
};

/** A checkbox. `seen` of `count` events have happened; of any other condition 0 of 1. */
export type CheckView = {
	readonly label: FilledText | undefined;
	readonly isDone: boolean;
	readonly seen: number;
	readonly count: number;
};

export type PredictionView = {
	readonly kind: Prediction['kind'];
	readonly ask: FilledText;
	readonly choices: ReadonlyArray<{readonly id: string; readonly text: FilledText}>;
	readonly state: PredictionState['state'];
	/** As it was given: the text of a choice. */
	readonly given: FilledText | undefined;
	/** What came, once the step is done. */
	readonly came: FilledText | undefined;
	readonly comment: FilledText | undefined;
};

/** What is handed in: data for the Markdown report. Times are milliseconds since the epoch. */
export type LessonReportView = {
	readonly type: 'lesson-report';
	readonly report: LessonReport | undefined;
};

export type LessonReport = {
	readonly id: string;
	readonly title: string;
	readonly language: LessonLanguage;
	readonly startedAt: number;
	readonly endedAt: number | undefined;
	/** The seed of the link's random choices, of each scene. */
	readonly seeds: ReadonlyArray<{readonly protocol: Protocol; readonly seed: number}>;
	readonly count: number;
	/** Which steps were done at some time, from 0. */
	readonly done: readonly number[];
	/** In the lesson's order, those that were begun only included. */
	readonly steps: readonly StepReport[];
};

export type StepReport = {
	/** From 0. */
	readonly step: number;
	readonly outcome: 'done' | 'skipped' | 'begun';
	readonly teaches: readonly string[];
	readonly text: FilledText;
	/** When it was done, and how long it took, in milliseconds. */
	readonly done: {readonly at: number; readonly after: number} | undefined;
	/** How often it was begun, and how many hints were shown the last time. */
	readonly attempts: number;
	readonly hints: number;
	readonly checks: ReadonlyArray<{readonly label: FilledText | undefined; readonly doneAt: number | undefined}>;
	readonly prediction: Pick<PredictionView, 'ask' | 'state' | 'given' | 'came'> | undefined;
	readonly explanation: FilledText | undefined;
};
