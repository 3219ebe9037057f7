import type {ExerciseName} from '../../../engine/api/exercise.ts';
import type {Mistake} from '../../../engine/api/mistake.ts';
import {inLanguage} from '../both.ts';
import type {Language} from '../language.ts';
import type {ExerciseWords} from './exercise-words.ts';

export async function exerciseWordsOf(language: Language): Promise<ExerciseWords> {
	const {exercisesWords} = await import('./exercise-words.ts');
	return inLanguage(exercisesWords, language);
}

export function sayMistake(words: ExerciseWords, mistake: Mistake): readonly string[] {
	return words.mistake(mistake);
}

export function demandOf({checks}: ExerciseWords, exercise: ExerciseName, check: string): string {
	const demands: Readonly<Partial<Record<string, string>>> = checks;
	return demands[`${exercise}/${check}`] ?? demands[check] ?? check;
}
