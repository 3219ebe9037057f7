/* Which language is spoken: without the words, so that old versions of Node can ask for it, too. */

/** The languages that the screen speaks, by their ISO 639-1 codes. */
export const languages = ['en', 'ko'] as const;

export type Language = (typeof languages)[number];

/** The language of a locale such as `ko_KR.UTF-8`, as the environment names it (locale(7)); English for any other. */
export function languageOfLocale({LC_ALL, LC_MESSAGES, LANG}: NodeJS.ProcessEnv): Language {
	return /^ko(?:[_.@]|$)/.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'ko' : 'en';
}

/**
The language that a command line asks for, whether or not the rest of it can be used; else that of the locale. English
where the locale's character set is not UTF-8, in which all is written.
*/
export function languageAsked(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
	const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
	const at = own.map(word => /^--lang(?:=|$)/.test(word)).lastIndexOf(true);
	const asked = own[at]?.slice('--lang='.length) || own[at + 1];
	const found = at === -1 ? undefined : languages.find(language => language === asked);
	return found ?? (otherCharset(environment) === undefined ? languageOfLocale(environment) : 'en');
}

/** The character set that the locale names (locale(7)), where it is not UTF-8. */
export function otherCharset({LC_ALL, LC_CTYPE, LANG}: NodeJS.ProcessEnv): string | undefined {
	const [, charset = ''] = /\.([\w-]+)/.exec(LC_ALL || LC_CTYPE || LANG || '') ?? [];
	return charset === '' || /^utf-?8$/i.test(charset) ? undefined : charset;
}
