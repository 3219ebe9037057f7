import {inLanguage} from './both.ts';
import {bothLanguages, type Words} from './en.ts';

/** The screen in Korean. */
export const ko: Words = inLanguage(bothLanguages, 'ko');
