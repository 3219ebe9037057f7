/* Read before anything else is loaded, by old versions of Node, too. */

/** The flags of subcommands with which they write lines instead of opening the screen, as they do without these. */
export const lineFlags = {
	relay: ['lines', 'json', 'quiet', 'once', 'for', 'until'],
	learn: ['list', 'check'],
} as const;

/** Whether a command line opens the screen where there is a terminal. @param isSubcommand - its first word is one */
export function opensScreen([name, ...words]: readonly string[], isSubcommand: boolean): boolean {
	if (name !== 'relay' && name !== 'learn') {
		return !isSubcommand;
	}

	const flags: readonly string[] = lineFlags[name];
	const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
	return !own.some(word => flags.some(flag => word === `--${flag}` || word.startsWith(`--${flag}=`)));
}
