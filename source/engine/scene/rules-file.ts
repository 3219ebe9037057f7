import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {type CustomRule, ruleOfModule} from '../../replies/custom-rule.ts';
import type {Codec} from '../../text/codec.ts';
import {formatProblems, WatchedFile} from '../../text/watched-file.ts';

/** What became of a rules file when it was read: its rule, or what is wrong with it. */
export type RulesNews
	= | {readonly isUsable: true; readonly file: string; readonly entries: number | undefined}
	/** `isKept`: what it was before goes on. */
		| {readonly isUsable: false; readonly file: string; readonly problem: string; readonly isKept: boolean};

/** The largest file that an entry of a table can answer with, in bytes. */
const maxAnswer = 16 * 1024 * 1024;

/** The extensions of tables; everything else is a module. */
const tableExtensions = new Set(['.yaml', '.yml']);

/**
Read a table of rules.

@throws Error for a file that cannot be read, or that is no table: each problem on a line of its own, `file:line:column`
*/
export async function readRuleTable(
	file: string,
	codec?: Codec,
): Promise<{readonly rule: CustomRule; readonly entries: number}> {
	return tableOf(file, await readFile(file, 'utf8'), codec);
}

/** Whether a file is a table, and not a module. */
export function isTable(file: string): boolean {
	return tableExtensions.has(path.extname(file));
}

async function tableOf(
	file: string,
	source: string,
	codec?: Codec,
): Promise<{readonly rule: CustomRule; readonly entries: number}> {
	// It brings a parser of YAML with it, which no start should wait for.
	const {parseRuleTable} = await import('../../replies/rule-table.ts');
	const table = parseRuleTable(source, answer => {
		const bytes = readFileSync(path.resolve(path.dirname(file), answer));
		if (bytes.length > maxAnswer) {
			throw new RangeError(`${answer} has ${bytes.length} bytes; an answer has at most ${maxAnswer}`);
		}

		return bytes;
	}, codec);
	if ('problems' in table) {
		throw new Error(formatProblems(path.basename(file), table.problems));
	}

	return table;
}

/**
A file with reply rules of one's own: a table (YAML) or a module. It is read again when it changes; what cannot be used
leaves what was there before.
*/
export class RulesFile {
	readonly file: string;
	/** What became of the file when it was last read; undefined before that. */
	news: RulesNews | undefined;
	rule: CustomRule | undefined;
	readonly #listeners = new Set<(news: RulesNews) => void>();
	readonly #watched: WatchedFile;
	#version = 0;

	constructor(file: string) {
		this.file = path.resolve(file);
		this.#watched = new WatchedFile({
			file: this.file,
			onSource: async source => this.#take(source),
			onProblem: error => {
				this.#tell(error);
			},
		});
	}

	/** Hear of every reading from now on. */
	subscribe(onNews: (news: RulesNews) => void): void {
		this.#listeners.add(onNews);
	}

	/** Read the file, and again whenever it changes. Done once; settles when it has been read for the first time. */
	async open(): Promise<void> {
		await this.#watched.open();
	}

	close(): void {
		this.#watched.close();
	}

	async #take(source: string): Promise<void> {
		const {rule, entries} = isTable(this.file)
			? await tableOf(this.file, source)
			: {rule: await this.#import(), entries: undefined};
		this.rule = rule;
		this.#publish({isUsable: true, file: path.basename(this.file), entries});
	}

	async #import(): Promise<CustomRule> {
		const url = pathToFileURL(this.file);
		// Node keeps modules by their URL.
		url.searchParams.set('version', String(++this.#version));
		return ruleOfModule(await import(url.href) as Record<string, unknown>);
	}

	#tell(error: unknown): void {
		const problem = error instanceof Error ? error.message : String(error);
		this.#publish({
			isUsable: false, file: path.basename(this.file), problem, isKept: this.rule !== undefined,
		});
	}

	#publish(news: RulesNews): void {
		this.news = news;
		for (const listener of this.#listeners) {
			listener(news);
		}
	}
}
