import {en, type Words} from './en.ts';
import {ko} from './ko.ts';

export type {Words} from './en.ts';

export const languages = ['en', 'ko'] as const;

export type Language = (typeof languages)[number];

export function wordsOf(language: Language): Words {
	return language === 'ko' ? ko : en;
}

/** The language of a locale such as `ko_KR.UTF-8`, as the environment names it (locale(7)); English for any other. */
export function languageOfLocale({LC_ALL, LC_MESSAGES, LANG}: NodeJS.ProcessEnv): Language {
	return /^ko(?:[_.@]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ko' : 'en';
}
