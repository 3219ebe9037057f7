/* What is wrong with a file that a person has written, as data, so that the screen says it in its own language. */
import {nearest} from '../nearest.ts';

/** More words than these are not listed where one of them was probably meant. */
const maxListed = 32;

const orders = 'u8, u16be, u16le, u24be, u32be, u48be, u64be and the same with le';

/**
What can be wrong, by name: in English, with its values. `what` is the part of the file, such as `a rule`; where
`isSlip`, a text is perhaps not in quotes that should be.
*/
export const faultsEn = {
	said: (text: string) => text,
	system: (message: string, _code: string, _path: string) => message,
	/** What the YAML parser says; by its code, another language says the same. */
	yaml: (text: string, isSlip: boolean, _code: string) => `${text}${quotes(isSlip, ': ')}`,
	map: (what: string, keys: readonly string[], isSlip: boolean) =>
		`${what} is a map with the keys ${keys.join(', ')}${quotes(isSlip)}`,
	names: (what: string, isSlip: boolean) => `${what} is a map from names, with at least one entry${quotes(isSlip)}`,
	list: (what: string) => `${what} is a list with at least one entry`,
	text: (what: string) => `${what} is a text${quotes(true)}`,
	unknown(kind: string, name: string, where: string, allowed: readonly string[], hint: string) {
		const list = allowed.length > 0 ? `; allowed are ${allowed.join(', ')}` : '';
		return `unknown ${kind} '${name}' in ${where}${perhaps(name, allowed)}${list}${hint === '' ? '' : `; ${hint}`}`;
	},
	missing: (what: string, keys: readonly string[]) => `${what} needs ${keys.join(', ')}`,
	oneKey: (what: string, keys: readonly string[]) => `${what} has exactly one of ${keys.join(', ')}`,
	word(what: string, word: string, allowed: readonly string[]) {
		const near = perhaps(word, allowed);
		return near !== '' && allowed.length > maxListed
			? `unknown ${what} '${word}'${near}`
			: `${what} is ${orList(allowed)}, not '${word}'${near}`;
	},
	integer: (what: string, least: number, most: number, text: string) =>
		`${what} is a whole number from ${least} to ${most}, not '${text}'`,
	hex: (what: string, digits: string) => `${what} is bytes such as DE AD BE EF, in pairs of digits, not '${digits}'`,
	duration: (what: string, text: string) =>
		`${what} is a duration up to 60 s such as 200ms or 1.5s, not '${text}'`,
	/** The name of the encoding, and the character. */
	unwritable: (encoding: string, character: string) => `${encoding} cannot write '${character}'`,
	/** A file that another one names. */
	tooLarge: (path: string, size: number, most: number) =>
		`file: ${path} has ${size} bytes, and at most ${most} are sent from a file`,
	noFile: (_path: string, message: string, _code: string) => `file: ${message}`,
	notRegular: (path: string) => `${path} is no regular file`,
	// Reply rules.
	closeAndReset: () => 'a rule closes the connection or resets it, not both',
	flagsAlone: () => 'flags belong to a regex',
	flags: (flags: string) => `flags are letters of imsu, not '${flags}'`,
	anyFalse: () => 'any is true, or is left out',
	regex: (message: string) => `regex: ${message}`,
	noExport: () => 'the module has no default export: export default function (message, peer) { … }',
	wrongExport: (found: string) => `the default export is a function of message and peer, not a ${found}`,
	wrongAnswer: (found: string) => `an answer is a string, bytes (Uint8Array, Buffer) or undefined, not a ${found}`,
	// Saved messages. `written` is a placeholder as the file has it.
	noMessages: () => 'a file of messages has messages or sequences',
	wrongName: (name: string) =>
		`a name has letters, digits, '_', '.' and '-', and begins with none of the last two; not '${name}'`,
	nameTwice: (name: string) => `${name} is the name of a message, too`,
	noMessage: (name: string) => `${name} has no message`,
	nested: (name: string) => `${name} is a sequence: the steps of a sequence are messages and pauses`,
	noPause: () => 'what is repeated forever has a pause in it',
	overflow: (written: string, value: number) => `${written} has no room for ${value}`,
	noPlaceholder: (written: string) =>
		`${written} is no placeholder: {counter}, {length:u16be}, {length:u16be+2}, {start}; a brace itself is {{`,
	nothingAdded: (written: string) => `${written}: only to counter and length something can be added`,
	hexFormat: (written: string, example: string) => `${written}: in hex a placeholder has its format, such as ${example}`,
	timeFormat: (written: string) => `${written}: the formats of a time are none (ISO 8601), s, ms, u32be and u32le (seconds), `
		+ 'u48be, u64be and the like (milliseconds)',
	checksumFormat: (written: string, name: string, bits: number) =>
		`${written}: the formats of ${name} are x, X, u${bits}be and u${bits}le`,
	numberFormat: (written: string) => `${written}: the formats are a number of places such as 04, x, X, 04x, ${orders}`,
	markTwice: (mark: string) => `{${mark}} stands once in a message`,
	endFirst: () => '{end} stands behind {start}',
	inFront: (written: string) => `${written} stands in front of what it counts: {start} says where that begins`,
} as const satisfies Readonly<Record<string, (...values: never[]) => string>>;

type FaultName = keyof typeof faultsEn;

/** The sentences of a language. */
export type FaultSentences = {
	readonly [Name in FaultName]: (...values: Parameters<(typeof faultsEn)[Name]>) => string;
};

/** What is wrong: its name among the sentences, and the values in it. */
export type Fault = {
	readonly [Name in FaultName]: readonly [name: Name, ...values: Parameters<(typeof faultsEn)[Name]>];
}[FaultName];

/** What is wrong with a file, and at which line and column, both from 1, where it stands somewhere. */
export type FileProblem = {readonly line?: number; readonly column?: number; readonly fault: Fault};

/** An error of which the screen can say in its own language what is wrong. */
export class FaultError extends Error {
	override readonly name = 'FaultError';
	readonly fault: Fault;

	constructor(fault: Fault, options?: ErrorOptions) {
		super(faultText(fault), options);
		this.fault = fault;
	}
}

/** A file that cannot be used: each problem is a line of its message, `file:line:column: what is wrong`. */
export class BrokenFile extends Error {
	override readonly name = 'BrokenFile';
	readonly problems: readonly FileProblem[];

	constructor(file: string, problems: readonly FileProblem[]) {
		super(formatProblems(file, problems));
		this.problems = problems;
	}
}

/** What is wrong, in English or in another language. */
export function faultText([name, ...values]: Fault, sentences: FaultSentences = faultsEn): string {
	return (sentences[name] as (...all: readonly unknown[]) => string)(...values);
}

/** What is wrong with a file, a line for each problem: `file:line:column: message`. */
export function formatProblems(name: string, problems: readonly FileProblem[], sentences?: FaultSentences): string {
	return problems.map(({line, column, fault}) =>
		`${line === undefined ? '' : `${name}:${line}:${column === undefined ? '' : `${column}:`} `}${faultText(fault, sentences)}`)
		.join('\n');
}

/** What an error, or another module, says is kept to this many characters. */
const maxSaid = 2000;

/** A value as text, of which a row and the log take no more than they need; whatever a module has thrown. */
export function saidText(said: unknown): string {
	try {
		const text = String(said);
		return text.length > maxSaid ? `${text.slice(0, maxSaid)}…` : text;
	} catch {
		// It has no prototype, or a method of its own that throws.
		return typeof said;
	}
}

/** What an error says, as data: of the system's errors the code and the path. */
export function faultOf(error: unknown): Fault {
	if (error instanceof FaultError) {
		return error.fault;
	}

	const {message, code, syscall, path = ''}: Partial<NodeJS.ErrnoException> = error instanceof Error ? error : {};
	const said = saidText(message ?? error);
	return code !== undefined && syscall !== undefined ? ['system', said, code, path] : ['said', said];
}

/** What an error says of a file that another one names. */
export function fileFault(error: unknown): Fault {
	const fault = faultOf(error);
	if (fault[0] === 'system') {
		const [, message, code, path] = fault;
		return ['noFile', path, message, code];
	}

	return fault[0] === 'said' ? ['noFile', '', fault[1], fault[1]] : fault;
}

/** What is wrong with a file, from what reading it has thrown. */
export function problemsOf(error: unknown): readonly FileProblem[] {
	return error instanceof BrokenFile ? error.problems : [{fault: faultOf(error)}];
}

function quotes(isSlip: boolean, separator = '; '): string {
	return isSlip ? `${separator}a text with a colon, a comma or a brace in it stands in quotes` : '';
}

function perhaps(word: string, allowed: readonly string[]): string {
	const near = nearest(word.toLowerCase(), allowed);
	return near === undefined ? '' : `; perhaps '${near}'`;
}

function orList(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
