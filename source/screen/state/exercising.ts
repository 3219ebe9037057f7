import type {ExerciseName, ExerciseSubject, ExerciseView} from '../../engine/api/exercise.ts';
import type {ExerciseWords} from '../words/exercises/exercise-words.ts';

/** An exercise that was started, and not left. */
export type OpenExercise = {
	readonly name: ExerciseName;
	readonly subject: ExerciseSubject;
	/** What the engine told last. */
	readonly view: ExerciseView | undefined;
};

/** What the screen remembers of the exercises. */
export type Exercising = {
	/** What is said of them; undefined until it has been loaded. */
	readonly words: ExerciseWords | undefined;
	readonly run: OpenExercise | undefined;
	/** What was typed at the prompt of each, oldest first. */
	readonly typed: Readonly<Partial<Record<ExerciseName, readonly string[]>>>;
	/** Those of which every check has held. */
	readonly held: readonly ExerciseName[];
};

/** Before any was asked for. */
export const noExercise: Exercising = {
	words: undefined, run: undefined, typed: {}, held: [],
};
