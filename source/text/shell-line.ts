/**
The words of a line as a shell splits it (POSIX.1 2.2), without expansion: at blanks, but for what is in quotes or
behind a backslash. Undefined where a quotation mark is not closed.
*/
export function shellWords(line: string): string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let rest = line;
	while (rest !== '') {
		const [blank] = /^\s+/.exec(rest) ?? [];
		const [part, plain, escaped, single, double]
			= /^(?:([^\s'"\\]+)|\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)")/.exec(rest) ?? [];
		if (blank === undefined && part === undefined) {
			return undefined;
		}

		if (blank !== undefined && word !== undefined) {
			words.push(word);
			word = undefined;
		} else if (part !== undefined) {
			const text = plain ?? escaped ?? single ?? double?.replaceAll(/\\(["$\\`])/g, '$1') ?? '';
			word = (word ?? '') + text;
		}

		rest = rest.slice((blank ?? part ?? '').length);
	}

	return word === undefined ? words : [...words, word];
}

/** Words as one types them in a shell (POSIX.1 2.2.2): in quotes where the shell would take them for something else. */
export function shellLine(words: readonly string[]): string {
	return words.map(word => /^[\w.:%+=,/-]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`).join(' ');
}
