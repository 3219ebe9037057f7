import {en, type Words} from './en.ts';
import {ko} from './ko.ts';

export type {Words} from './en.ts';

/** The languages that the screen speaks, by their ISO 639-1 codes. */
export const languages = ['en', 'ko'] as const;

/** One of them, by its code. */
export type Language = (typeof languages)[number];

/** Everything that the screen says, in this language. */
export function wordsOf(language: Language): Words {
	return language === 'ko' ? ko : en;
}

/** The language of a locale such as `ko_KR.UTF-8`, as the environment names it (locale(7)); English for any other. */
export function languageOfLocale({LC_ALL, LC_MESSAGES, LANG}: NodeJS.ProcessEnv): Language {
	return /^ko(?:[_.@]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ko' : 'en';
}

/**
A text without its sentences about keys, and parts between dots, where these keys do nothing: each of them names Esc.
*/
export function withoutKeys(text: string): string {
	if (!text.includes('Esc ')) {
		return text;
	}

	const sentences = text.split(/(?<=\.) /).map(sentence =>
		sentence.split(' · ').filter(part => !part.includes('Esc ')).join(' · '));
	return sentences.filter(sentence => sentence !== '').join(' ');
}
