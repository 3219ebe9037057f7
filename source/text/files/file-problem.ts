/*
What is wrong with a file that a person has written, or with a command line, as data, so that it is said in the language
of the screen.
*/
import {faultsEn} from './faults-en.ts';

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

	constructor(fault: Fault) {
		super(faultText(fault));
		this.fault = fault;
	}
}

/** A file that cannot be used: each problem is a line of its message, `file:line:column: what is wrong`. */
export class BrokenFile extends Error {
	override readonly name = 'BrokenFile';
	readonly file: string;
	readonly problems: readonly FileProblem[];

	constructor(file: string, problems: readonly FileProblem[]) {
		super(formatProblems(file, problems));
		this.file = file;
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
export function saidText(said: unknown, most = maxSaid): string {
	try {
		const text = String(said);
		return text.length > most ? `${text.slice(0, most)}…` : text;
	} catch {
		// It has no prototype, or a method of its own that throws.
		return typeof said;
	}
}

/** What an error says, in English or in another language: of a file that cannot be used, each problem on a line. */
export function errorText(error: unknown, sentences?: FaultSentences): string {
	return error instanceof BrokenFile
		? formatProblems(error.file, error.problems, sentences)
		: faultText(faultOf(error), sentences);
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
