/** The program's flags, by their names in camel case; one with several values can be given more than once. */
export type Flags = Readonly<Record<string, {
	readonly type: 'string' | 'boolean';
	readonly shortFlag?: string;
	readonly isMultiple?: boolean;
}>>;

/** A part of the command line: a flag with its value, a flag that there is not, or something that is no flag. */
export type Token
	= | {readonly type: 'flag'; readonly name: string; readonly value: string | undefined; readonly isNegated: boolean}
		| {readonly type: 'unknown'; readonly typed: string; readonly value: string | undefined}
		| {readonly type: 'argument'; readonly text: string};

/** A flag as it is typed: `closeAfterReply` is `close-after-reply`. */
export function dashed(name: string): string {
	return name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** Take a command line apart, as its flags say. A value is the text behind `=` or the next word. */
export function tokensOf(argv: readonly string[], flags: Flags): Token[] {
	const words = [...argv];
	const tokens: Token[] = [];
	const takeValue = (): string | undefined =>
		words[0] !== undefined && (words[0] === '' || !/^-\D/.test(words[0])) ? words.shift() : undefined;
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') {
			tokens.push(...words.map((text): Token => ({type: 'argument', text})));
			break;
		}

		const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
		const short = /^-([^-])=?(.*)$/su.exec(word);
		if (!long && !short) {
			tokens.push({type: 'argument', text: word});
			continue;
		}

		const [, typed = '', rest] = long ?? short ?? [];
		const positive = long ? typed.replace(/^no-/, '') : typed;
		const name = Object.keys(flags).find(flag =>
			long ? dashed(flag) === positive : flags[flag]?.shortFlag === typed);
		const isSwitch = name !== undefined && flags[name]?.type === 'boolean';
		const given = long ? rest : (rest || undefined);
		if (name === undefined || (isSwitch && given !== undefined) || (!isSwitch && positive !== typed)) {
			tokens.push({type: 'unknown', typed: long ? `--${typed}` : word, value: long ? rest : undefined});
		} else {
			tokens.push({
				type: 'flag', name, value: isSwitch ? undefined : (given ?? takeValue()), isNegated: positive !== typed,
			});
		}
	}

	return tokens;
}
