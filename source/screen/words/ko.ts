import {type Words, wordsOf} from './words.ts';

/** The screen in Korean. */
export const ko: Words = wordsOf('ko');
