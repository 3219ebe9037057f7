import type {ExerciseWords} from './exercise-words.ts';
import {exercisesEn} from './exercises-en.ts';

/** The exercises, in Korean. */
export const exercisesKo: ExerciseWords = {...exercisesEn};
