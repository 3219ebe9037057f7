import type {ExerciseName} from '../../../engine/api/exercise.ts';
import type {Mistake} from '../../../engine/api/mistake.ts';
import {inLanguage} from '../both.ts';
import type {Language} from '../language.ts';
import type {ExerciseWords} from './exercise-words.ts';

/** Everything that is said of exercises, in this language. */
export async function exerciseWordsOf(language: Language): Promise<ExerciseWords> {
	const {exercisesWords} = await import('./exercise-words.ts');
	return inLanguage(exercisesWords, language);
}

/** What is said of a mistake. */
export function sayMistake(words: ExerciseWords, mistake: Mistake): readonly string[] {
	return words.mistake(mistake);
}

/** What a check of an exercise demands. */
export function demandOf({checks}: ExerciseWords, exercise: ExerciseName, check: string): string {
	const demands: Readonly<Partial<Record<string, string>>> = checks;
	return demands[`${exercise}/${check}`] ?? demands[check] ?? check;
}
