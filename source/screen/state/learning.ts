import type {SceneName} from '../../engine/api/command.ts';
import type {LessonRunView, LessonView} from '../../engine/api/lesson.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {Lesson} from '../../lessons/lesson.ts';
import {type Draft, emptyDraft} from '../input/line/draft.ts';
import type {ExerciseName, ExerciseSubject, ExerciseView} from '../../engine/api/exercise.ts';
import type {ExerciseWords} from '../words/exercises/exercise-words.ts';

/** A lesson that can be opened; `file` is where one that is not built in was read from. */
export type OpenableLesson = {readonly lesson: Lesson; readonly file?: string};

/** What the command line shows first of the lessons: their list, or one of them. */
export type LessonStart = 'list' | OpenableLesson;

/** Where the panel of the open lesson stands, and how many lines of its text show. */
export type PanelSize = {
	/** Beside the rest of the screen, on the right, or else between the panes and the footer. */
	readonly isColumn: boolean;
	readonly width: number;
	readonly height: number;
	/** Lines of text that show at a time, the first of them, and how many there are. */
	readonly page: number;
	readonly top: number;
	readonly total: number;
	/** How many of them are to be read before one goes on. */
	readonly newLines: number;
};

export type Learning = {
	readonly isOpen: boolean;
	/** What the engine told last. */
	readonly view: LessonView | undefined;
	/** The built-in lessons in their order; undefined until they have been read. */
	readonly lessons: readonly Lesson[] | undefined;
	/** A lesson of a file that was opened. */
	readonly own: OpenableLesson | undefined;
	/** The scenes as they were when a lesson was opened, and none was before. */
	readonly before: Readonly<Partial<Record<SceneName, SceneView>>>;
	/** The first line of the panel's text that shows; -1 where an exercise's panel follows the check that is made. */
	readonly top: number;
	/** The answer to the step's question as far as it is given: a line, or a choice by its place, -1 while none is. */
	readonly draft: Draft;
	readonly chosen: number;
	/** The panel, while keys and drawing are about what is beside it. */
	readonly panel?: PanelSize;
};

export const noLearning: Learning = {
	isOpen: false,
	view: undefined,
	lessons: undefined,
	own: undefined,
	before: {},
	top: 0,
	draft: emptyDraft,
	chosen: -1,
};

/** The lesson that is open, once the engine has told it. */
export function openRun({isOpen, view}: Learning): LessonRunView | undefined {
	return isOpen ? view?.run : undefined;
}

/** An exercise that was started, and not left. */
export type OpenExercise = {
	readonly name: ExerciseName;
	readonly subject: ExerciseSubject;
	/** What the engine told last. */
	readonly view: ExerciseView | undefined;
};

export type Exercising = {
	/** What is said of them; undefined until it has been loaded. */
	readonly words: ExerciseWords | undefined;
	readonly run: OpenExercise | undefined;
	/** What was typed at the prompt of each, oldest first. */
	readonly typed: Readonly<Partial<Record<ExerciseName, readonly string[]>>>;
	/** Those of which every check has held. */
	readonly held: readonly ExerciseName[];
};

export const noExercise: Exercising = {
	words: undefined, run: undefined, typed: {}, held: [],
};
