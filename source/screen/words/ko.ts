import {type Words, wordsOf} from './words.ts';

export const ko: Words = wordsOf('ko');
