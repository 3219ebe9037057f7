import type {ExerciseName} from '../../../engine/api/exercise.ts';
import type {Mistake, MistakeKind} from '../../../engine/api/mistake.ts';
import type {Language} from '../language.ts';
import type {ExerciseWords} from './exercise-words.ts';

const loads: Readonly<Record<Language, () => Promise<ExerciseWords>>> = {
	async en() {
		const {exercisesEn} = await import('./exercises-en.ts');
		return exercisesEn;
	},
	async ko() {
		const {exercisesKo} = await import('./exercises-ko.ts');
		return exercisesKo;
	},
};

/** Everything that is said of exercises, in this language. */
export async function exerciseWordsOf(language: Language): Promise<ExerciseWords> {
	return loads[language]();
}

/** What is said of a mistake. */
export function sayMistake({mistakes}: ExerciseWords, mistake: Mistake): readonly string[] {
	const say = mistakes[mistake.kind] as (mistake: Mistake & {kind: MistakeKind}) => readonly string[];
	return say(mistake);
}

/** What a check of an exercise demands. */
export function demandOf({checks}: ExerciseWords, exercise: ExerciseName, check: string): string {
	return checks[`${exercise}/${check}`] ?? checks[check] ?? check;
}
