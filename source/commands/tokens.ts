/* The command line taken apart: flags as they are defined, told in the help, and found among the words. */
import {faultsEn} from '../text/files/faults-en.ts';
import {
	errorText, type Fault, type FaultSentences, faultText,
} from '../text/files/file-problem.ts';
import {nearest} from '../text/nearest.ts';
import textWidth from '../text/width/width.ts';

/** A command line that cannot be used. The message names the flag, and what is allowed. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
	/** The same error, with the command line that was probably meant. */
	readonly withMeant: (meant: string) => UsageError;
	/** What is said of it in the language of these sentences. */
	readonly textIn: (sentences: FaultSentences) => string;

	/**
	@param problem - or what reading a file has thrown
	@param more - the flag that has that file, and the command line that was probably meant
	*/
	constructor(problem: Fault | Error, {flag, meant}: {readonly flag?: string; readonly meant?: string} = {}) {
		const textIn = (sentences: FaultSentences): string => [
			flag === undefined ? '' : `${flag}: `,
			problem instanceof Error ? errorText(problem, sentences) : faultText(problem, sentences),
			meant === undefined ? '' : `; ${sentences.meant(meant)}`,
		].join('');
		super(textIn(faultsEn));
		this.textIn = textIn;
		this.withMeant = meant => new UsageError(problem, {...(flag !== undefined && {flag}), meant});
	}
}

/** What a flag takes, and what the help says of it. */
type Flag = {
	/** What its value is called: `N`, `HOST:PORT`; undefined for a switch, which has none. */
	readonly value?: string;
	/** The lines of the help. */
	readonly about: string;
	readonly shortFlag?: string;
	/** Whether it can be given more than once. */
	readonly isMultiple?: boolean;
	/** What its value stands for; it stays a text where nothing reads it. Throws a UsageError that names the flag. */
	readonly read?: (flag: string, value: string) => unknown;
};

/** A flag that has a value. @param value - what that is called in the help */
export function valueFlag<More extends Omit<Flag, 'value' | 'about'>>(
	value: string,
	about: string,
	more?: More,
): {readonly value: string; readonly about: string} & NoInfer<More> {
	return {value, about, ...more!};
}

/** A flag without a value. */
export function switchFlag(about: string, shortFlag?: string): Pick<Flag, 'about' | 'shortFlag' | 'isMultiple'> {
	return {about, ...(shortFlag !== undefined && {shortFlag})};
}

/** A command's flags, by their names in camel case, in the order of the help. */
export type Flags = Readonly<Record<string, Flag>>;

/** A part of the command line: a flag with its value, a flag that there is not, or something that is no flag. */
export type Token
	= | {readonly type: 'flag'; readonly name: string; readonly value: string | undefined}
		| {readonly type: 'unknown'; readonly typed: string; readonly value: string | undefined}
		| {readonly type: 'argument'; readonly text: string};

/** A flag as it is typed: `closeAfterReply` is `--close-after-reply`. */
export function dashed(name: string): string {
	return `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}

/** Take a command line apart, as its flags say. A value is the text behind `=` or the next word. */
export function tokensOf(argv: readonly string[], flags: Flags): Token[] {
	const words = [...argv];
	const tokens: Token[] = [];
	const takeValue = (): string | undefined =>
		words[0] !== undefined && !/^-\D/.test(words[0]) ? words.shift() : undefined;
	for (let word = words.shift(); word !== undefined; word = words.shift()) {
		if (word === '--') {
			tokens.push(...words.map((text): Token => ({type: 'argument', text})));
			break;
		}

		const [, typed, given] = /^(--[^=]+)(?:=(.*))?$/s.exec(word) ?? /^(-[^-])=?(.+)?$/su.exec(word) ?? [];
		if (typed === undefined) {
			tokens.push({type: 'argument', text: word});
			continue;
		}

		const isLong = typed.startsWith('--');
		const name = Object.keys(flags).find(flag => typed === (isLong ? dashed(flag) : `-${flags[flag]?.shortFlag}`));
		const isSwitch = name !== undefined && flags[name]?.value === undefined;
		if (name === undefined || (isSwitch && !isLong && given !== undefined)) {
			tokens.push({type: 'unknown', typed: isLong ? typed : word, value: isLong ? given : undefined});
		} else {
			tokens.push({type: 'flag', name, value: isSwitch ? given : (given ?? takeValue())});
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
		const flag = `${short.padStart(8)}${dashed(name)}${value === undefined ? '' : ` ${value}`}`;
		const lines = about.split('\n').map(line => ' '.repeat(aboutColumn) + line);
		return flag.length < aboutColumn ? [flag + lines.join('\n').slice(flag.length)] : [flag, ...lines];
	}).join('\n');
}

/** Columns of a terminal as it is opened. */
const helpColumns = 80;

/** A line of the help: a flag, or a command, with what is said of it, and the default behind that. */
const helpParts = /^(\s*(?:(?:-\w, )?--[\w-]+(?: \S+)?\s{2,}|(?:\$ |learn ).*?\s{3,})?)(.*?)(?:\s+(\([^()]*\)))?$/;

/** A help in lines of at most 80 columns: what is longer goes on beneath itself, and a default stays whole. */
export function foldHelp(help: string): string {
	const folded: string[] = [];
	const lines = help.split('\n');
	for (let index = 0; index < lines.length;) {
		const first = index;
		do {
			index++;
		} while (goesOn(lines[index - 1]!, lines[index]));

		const own = lines.slice(first, index);
		const isLong = own.some(line => textWidth(line) > helpColumns);
		folded.push(...(isLong ? foldLine(own.join(' ').trimEnd()) : own));
	}

	return folded.join('\n');
}

/** Whether the next line of the help is the rest of a sentence. */
function goesOn(line: string, next = ''): boolean {
	const isParagraph = /^ {2}\S/.test(line) && /^ {2}\S/.test(next);
	const isTold = /^ {20}/.test(line) || /\S {2,}\S/.test(line);
	return isParagraph || (isTold && /[\p{L}\d,]$/v.test(line) && /^ {20,}[\p{Ll}\p{Lo}']/v.test(next));
}

function foldLine(line: string): string[] {
	const [, lead = '', text = '', value = ''] = helpParts.exec(line) ?? [];
	const room = helpColumns - textWidth(lead);
	const gap = room - textWidth(text) - textWidth(value);
	if (value !== '' && gap >= 1) {
		return [lead + text + ' '.repeat(gap) + value];
	}

	const lines: string[] = [];
	for (const word of [...text.split(/ +/), ...(value === '' ? [] : [value])]) {
		const last = lines.at(-1);
		if (last !== undefined && textWidth(`${last} ${word}`) <= room) {
			lines[lines.length - 1] = `${last} ${word}`;
		} else {
			lines.push(word);
		}
	}

	const indent = ' '.repeat(textWidth(lead));
	return lines.map((part, index) => (index === 0 ? lead : indent) + part);
}

/** A flag's value: undefined where the flag was not given, and an empty text where no value was. */
type ValueOf<Known extends Flag> = Known extends {readonly value: string}
	? (Known extends {readonly isMultiple: true} ? readonly string[] : ReadAs<Known> | undefined)
	: boolean;

type ReadAs<Known extends Flag> = Known extends {readonly read: (flag: string, value: string) => infer Value}
	? Value
	: string;

/** What was given on the command line: values of flags by their names, and the words that belong to none. */
export type Given<Known extends Flags> = {
	readonly values: {readonly [Name in keyof Known]: ValueOf<Known[Name]>};
	readonly words: readonly string[];
};

/**
@param isBesideProgram - whether there is a program with options of its own
@throws UsageError for a flag that there is not, or that is given twice, and what the flags' own values throw
*/
export function readGiven<Known extends Flags>(
	argv: readonly string[],
	flags: Known,
	isBesideProgram = false,
): Given<Known> {
	const given = new Map<string, readonly string[]>();
	const words: string[] = [];
	for (const token of tokensOf(argv, flags)) {
		if (token.type === 'argument') {
			words.push(token.text);
			continue;
		}

		if (token.type === 'unknown') {
			const near = nearestFlag(token.typed, flags);
			throw new UsageError([
				'unknownFlag', token.typed, allowedFlags(flags), isBesideProgram, near === undefined ? '' : dashed(near),
			]);
		}

		const {name, value} = token;
		const {value: valueName, isMultiple = false} = flags[name]!;
		if (valueName === undefined && value !== undefined) {
			throw new UsageError(['noValue', dashed(name), value]);
		}

		if (given.has(name) && !isMultiple) {
			throw new UsageError(['twice', dashed(name)]);
		}

		given.set(name, [...given.get(name) ?? [], value ?? '']);
	}

	const values = Object.entries(flags).map(([name, flag]) => [name, valueOf(name, flag, given.get(name))]);
	return {values: Object.fromEntries(values) as Given<Known>['values'], words};
}

function valueOf(name: string, {value, isMultiple = false, read}: Flag, given: readonly string[] | undefined): unknown {
	if (value === undefined) {
		return given !== undefined;
	}

	if (isMultiple) {
		return given ?? [];
	}

	const [text] = given ?? [];
	return text === undefined || !read ? text : read(dashed(name), text);
}

/** Flag names as they are typed, for what is said of an unknown one. */
function allowedFlags(flags: Flags): string {
	return Object.entries(flags).map(([name, {shortFlag}]) =>
		dashed(name) + (shortFlag === undefined ? '' : ` (-${shortFlag})`)).join(', ');
}

/** The name of the flag that was probably meant by this one. */
export function nearestFlag(typed: string, flags: Flags): string | undefined {
	const near = typed.startsWith('--')
		? nearest(typed.slice(2).toLowerCase(), Object.keys(flags).map(name => dashed(name).slice(2)))
		: undefined;
	return Object.keys(flags).find(name => dashed(name) === `--${near}`);
}
