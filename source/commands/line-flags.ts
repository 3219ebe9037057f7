/* Apart from what reads all other flags: this is asked before anything else is loaded. */

/**
Whether a subcommand that opens the screen is to write lines instead. Read before anything else is loaded, by old
versions of Node, too.

@param flags - the flags that ask for lines, by their names
*/
export function asksForLines(words: readonly string[], flags: readonly string[]): boolean {
	const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
	return own.some(word => flags.some(flag => word === `--${flag}` || word.startsWith(`--${flag}=`)));
}
