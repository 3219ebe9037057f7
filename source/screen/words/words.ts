import {inLanguage} from './both.ts';
import {bothLanguages, en, type Words} from './en.ts';
import type {Language} from './language.ts';

export type {Words} from './en.ts';

let korean: Words | undefined;

/** Everything that the screen says, in this language. */
export function wordsOf(language: Language): Words {
	if (language === 'en') {
		return en;
	}

	// Made when it is asked for: most starts have one language.
	korean ??= inLanguage(bothLanguages, language);
	return korean;
}

/** A text without its sentences about keys, and parts between dots, where these do nothing: each names Esc. */
export function withoutKeys(text: string): string {
	if (!text.includes('Esc ')) {
		return text;
	}

	const sentences = text.split(/(?<=\.) /).map(sentence =>
		sentence.split(' · ').filter(part => !part.includes('Esc ')).join(' · '));
	return sentences.filter(sentence => sentence !== '').join(' ');
}
