/** Words as one types them in a shell (POSIX.1 2.2.2): in quotes where the shell would take them for something else. */
export function shellLine(words: readonly string[]): string {
	return words.map(word => /^[\w.:%+=,/-]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`).join(' ');
}
