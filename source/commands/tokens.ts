/* The command line taken apart: flags as they are defined, told in the help, and found among the words. */
import {faultsEn} from '../text/files/faults-en.ts';
import {
	errorText, type Fault, type FaultSentences, faultText,
} from '../text/files/file-problem.ts';
import {nearest} from '../text/nearest.ts';

/** A command line that cannot be used. The message names the flag, and what is allowed. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
	readonly #problem: Fault | Error;
	readonly #more: {readonly flag?: string; readonly meant?: string};

	/**
	@param problem - or what reading a file has thrown
	@param more - the flag that has that file, and the command line that was probably meant
	*/
	constructor(problem: Fault | Error, more: {readonly flag?: string; readonly meant?: string} = {}) {
		super(sentenceOf(problem, more));
		this.#problem = problem;
		this.#more = more;
	}

	/** The same error, with the command line that was probably meant. */
	withMeant(meant: string): UsageError {
		return new UsageError(this.#problem, {...this.#more, meant});
	}

	/** What is said of it in the language of these sentences. */
	textIn(sentences: FaultSentences): string {
		return sentenceOf(this.#problem, this.#more, sentences);
	}
}

function sentenceOf(
	problem: Fault | Error,
	{flag, meant}: {readonly flag?: string; readonly meant?: string},
	sentences: FaultSentences = faultsEn,
): string {
	const said = problem instanceof Error ? errorText(problem, sentences) : faultText(problem, sentences);
	return (flag === undefined ? '' : `${flag}: `) + said + (meant === undefined ? '' : `; ${sentences.meant(meant)}`);
}

/** What a flag takes, and what the help says of it. */
type Flag = {
	readonly type: 'string' | 'boolean';
	readonly shortFlag?: string;
	/** Whether it can be given more than once. */
	readonly isMultiple?: boolean;
	/** What its value is called: `N`, `HOST:PORT`. */
	readonly value?: string;
	/** The lines of the help. */
	readonly about: string;
};

/** A flag that has a value. @param value - what that is called in the help */
export function valueFlag(
	value: string,
	about: string,
	more: Pick<Flag, 'shortFlag' | 'isMultiple'> = {},
): Flag & {readonly type: 'string'} {
	return {
		type: 'string', value, about, ...more,
	};
}

/** A flag without a value. */
export function switchFlag(about: string, shortFlag?: string): Flag & {readonly type: 'boolean'} {
	return {type: 'boolean', about, ...(shortFlag !== undefined && {shortFlag})};
}

/** A command's flags, by their names in camel case, in the order of the help. */
export type Flags = Readonly<Record<string, Flag>>;

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
		const name = Object.keys(flags).find(flag => long ? dashed(flag) === typed : flags[flag]?.shortFlag === typed)
			?? Object.keys(flags).find(flag => long && dashed(flag) === positive);
		const isSwitch = name !== undefined && flags[name]?.type === 'boolean';
		const isNegated = long !== null && name !== undefined && dashed(name) !== typed;
		const given = long ? rest : (rest || undefined);
		if (name === undefined || (isSwitch && given !== undefined) || (!isSwitch && isNegated)) {
			tokens.push({type: 'unknown', typed: long ? `--${typed}` : word, value: long ? rest : undefined});
		} else {
			tokens.push({
				type: 'flag', name, value: isSwitch ? undefined : (given ?? takeValue()), isNegated,
			});
		}
	}

	return tokens;
}

/** Where the help says what a flag is for. */
const aboutColumn = 31;

/** The lines of the help for these flags. */
export function helpLines(flags: Flags): string {
	return Object.entries(flags).flatMap(([name, {shortFlag, value, about}]) => {
		const short = shortFlag === undefined ? '' : `-${shortFlag}, `;
		const flag = `${short.padStart(8)}--${dashed(name)}${value === undefined ? '' : ` ${value}`}`;
		const lines = about.split('\n').map(line => ' '.repeat(aboutColumn) + line);
		return flag.length < aboutColumn ? [flag + lines.join('\n').slice(flag.length)] : [flag, ...lines];
	}).join('\n');
}

/** What was given on the command line: values of flags by their names, and the words that belong to none. */
export type Given = {
	/** The value of a flag, undefined where it was not given, and empty where it has none. */
	readonly text: (name: string) => string | undefined;
	readonly has: (name: string) => boolean;
	/** The values of a flag that can be given more than once. */
	readonly all: (name: string) => readonly string[];
	readonly words: readonly string[];
};

/** Flag names as they are typed, for what is said of an unknown one. */
function allowedFlags(flags: Flags): string {
	return Object.entries(flags).map(([name, {shortFlag}]) =>
		shortFlag === undefined ? `--${dashed(name)}` : `--${dashed(name)} (-${shortFlag})`).join(', ');
}

/**
@param isBesideProgram - whether there is a program with options of its own
@param near - the flag that was probably meant
@throws UsageError for a flag that there is not, and one that has a value and takes none
*/
function checkToken(token: Token, flags: Flags, isBesideProgram = false, near = ''): void {
	if (token.type === 'unknown' && token.value !== undefined && isSwitch(token.typed, flags)) {
		throw new UsageError(['noValue', token.typed, token.value]);
	}

	if (token.type === 'unknown') {
		throw unknownFlag(token.typed, flags, isBesideProgram, near);
	}
}

/** @throws UsageError for a flag that is given twice, and may be given once */
function checkOnce(tokens: readonly Token[], flags: Flags): void {
	const seen = new Set<string>();
	for (const token of tokens) {
		if (token.type === 'flag' && seen.has(token.name) && !flags[token.name]?.isMultiple) {
			throw new UsageError(['twice', `--${dashed(token.name)}`]);
		}

		if (token.type === 'flag') {
			seen.add(token.name);
		}
	}
}

function unknownFlag(typed: string, flags: Flags, isBesideProgram: boolean, near = ''): UsageError {
	return new UsageError(['unknownFlag', typed, allowedFlags(flags), isBesideProgram, near]);
}

/** Whether a flag as it is typed is one without a value. */
function isSwitch(typed: string, flags: Flags): boolean {
	const names = new Set([typed.slice(2), typed.replace(/^--no-/, '')]);
	return Object.entries(flags).some(([flag, {type}]) => type === 'boolean' && names.has(dashed(flag)));
}

/**
@param isBesideProgram - whether there is a program with options of its own
@throws UsageError for a flag that there is not, or that is given twice
*/
export function readGiven(argv: readonly string[], flags: Flags, isBesideProgram = false): Given {
	const values = new Map<string, readonly string[]>();
	const words: string[] = [];
	const tokens = tokensOf(argv, flags);
	for (const token of tokens) {
		checkToken(token, flags, isBesideProgram, nearestFlag(token, flags));
		if (token.type === 'argument') {
			words.push(token.text);
		} else if (token.type === 'flag') {
			if (token.isNegated) {
				throw unknownFlag(`--no-${dashed(token.name)}`, flags, isBesideProgram);
			}

			values.set(token.name, [...values.get(token.name) ?? [], token.value ?? '']);
		}
	}

	checkOnce(tokens, flags);
	return {
		text: name => values.get(name)?.at(-1),
		has: name => values.has(name),
		all: name => values.get(name) ?? [],
		words,
	};
}

/** The flag that was probably meant; empty where none is near. */
function nearestFlag(token: Token, flags: Flags): string {
	const near = token.type === 'unknown' && token.typed.startsWith('--')
		? nearest(token.typed.slice(2).toLowerCase(), Object.keys(flags).map(name => dashed(name)))
		: undefined;
	return near === undefined ? '' : `--${near}`;
}
