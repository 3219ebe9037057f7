import {AsyncLocalStorage} from 'node:async_hooks';
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {
	type CustomRule, ruleOfModule, type RulePeer, type RuleTable,
} from '../../replies/custom-rule.ts';
import {isRuleTable} from '../../replies/reply-rule.ts';
import type {Codec} from '../../text/encoding/codec.ts';
import {
	BrokenFile, type FileProblem, problemsOf, saidText,
} from '../../text/files/file-problem.ts';
import {sizeOf, WatchedFile} from '../../text/files/watched-file.ts';
import {isEndingCall, shieldProcess} from './module-process.ts';

/** What became of a rules file when it was read: its rule, or what is wrong with it. */
export type RulesNews
	= | {readonly isUsable: true; readonly file: string; readonly entries: number | undefined}
	/** `isKept`: what it was before goes on. */
		| {
			readonly isUsable: false;
			readonly file: string;
			readonly problems: readonly FileProblem[];
			readonly isKept: boolean;
		};

/** A server that answers by the rules of a file. */
export type RulesUser = {
	/** How it writes text: a table with a text that cannot be written so is not used. */
	readonly codec: Codec;
	readonly onNews: (news: RulesNews) => void;
	readonly onPrinted: (text: string) => void;
	/** The module has failed outside of an answer, as in a timer. */
	readonly onFault: (error: unknown) => void;
};

/** The largest file that an entry of a table can answer with, in bytes. */
const maxAnswer = 16 * 1024 * 1024;

/** Read a table of rules. @throws Error with each problem on a line of its own, `file:line:column` */
export async function readRuleTable(file: string, codec: Codec): Promise<RuleTable> {
	return tableOf(file, await readFile(file, 'utf8'), [codec]);
}

async function tableOf(file: string, source: string, codecs: readonly Codec[]): Promise<RuleTable> {
	// It brings a parser of YAML with it, which no start should wait for.
	const {parseRuleTable} = await import('../../replies/rule-table.ts');
	const table = parseRuleTable(source, answer => {
		const answered = path.resolve(path.dirname(file), answer);
		sizeOf(answered, maxAnswer);
		return readFileSync(answered);
	}, codecs);
	if ('problems' in table) {
		throw new BrokenFile(path.basename(file), table.problems);
	}

	return table;
}

/** Where a module cannot be parsed: import() does not tell, and `node --check` does. Undefined for what it imports. */
async function lineOfSyntaxError(file: string): Promise<number | undefined> {
	const said = await new Promise<string>(resolve => {
		execFile(process.execPath, ['--check', file], (_, __, errors) => {
			resolve(errors);
		});
	});
	const [, line] = /^.*:(\d+)$/m.exec(said) ?? [];
	return line === undefined ? undefined : Number(line);
}

/** A table (YAML) or a module. Read again when it changes; what cannot be used leaves what was there before. */
export class RulesFile {
	readonly file: string;
	news: RulesNews | undefined;
	rule: CustomRule | undefined;
	readonly #users = new Set<RulesUser>();
	readonly #watched: WatchedFile;
	/** Whose message the module is answering. */
	readonly #answering = new AsyncLocalStorage<RulesUser>();
	/** Gives back what the module has other ones of, since it was first loaded: the console, process.exit() … */
	#unshield: (() => void) | undefined;
	#version = 0;

	constructor(file: string) {
		this.file = path.resolve(file);
		this.#watched = new WatchedFile({
			file: this.file,
			onSource: async source => this.#take(source),
			onProblem: error => {
				this.#publish({
					isUsable: false,
					file: path.basename(this.file),
					problems: problemsOf(error),
					isKept: this.rule !== undefined,
				});
			},
		});
	}

	/** Hear of every reading from now on, and of what a module does by itself. */
	subscribe(user: RulesUser): void {
		this.#users.add(user);
	}

	/** What the rule answers: no promise where it has none, so that the answer is sent while its message is known. */
	answer(user: RulesUser, message: Uint8Array, peer: RulePeer): unknown {
		const {rule} = this;
		return rule && this.#answering.run(user, (): unknown => rule(message, peer));
	}

	/**
	Tell of an error that nothing has caught, where it is the module's: its stack has the module, a file beside it or
	below, or no file at all, as where the module has thrown something else than an Error. @returns whether it is
	*/
	takeFault(thrown: unknown): boolean {
		const error = tamed(thrown);
		const {stack = ''} = error instanceof Error ? error : {};
		const frames = stack.split('\n').filter(line => /^ +at .*[/\\]/.test(line) && !line.includes('node:'));
		// Frames of ES modules have URLs, in which a space, for one, is written differently.
		const [own, program] = [path.dirname(this.file), import.meta.dirname].map(folder =>
			[folder + path.sep, pathToFileURL(folder + path.sep).href]);
		const isIn = (frame: string, folder: readonly string[] = []): boolean =>
			folder.some(start => frame.includes(start));
		const isOwn = frames.length === 0 || isEndingCall(error)
			|| frames.some(frame => isIn(frame, own) && !isIn(frame, program));
		if (!isOwn || isRuleTable(this.file) || this.rule === undefined) {
			return false;
		}

		this.#tellUsers(user => {
			user.onFault(error);
		});
		return true;
	}

	/** Read the file, and again whenever it changes. Done once; settles when it has been read for the first time. */
	async open(): Promise<void> {
		await this.#watched.open();
	}

	close(): void {
		this.#watched.close();
		this.#unshield?.();
		this.#unshield = undefined;
	}

	async #take(source: string): Promise<void> {
		const {rule, entries} = isRuleTable(this.file)
			? await tableOf(this.file, source, Array.from(this.#users, ({codec}) => codec))
			: {rule: await this.#import(), entries: undefined};
		this.rule = rule;
		this.#publish({isUsable: true, file: path.basename(this.file), entries});
	}

	async #import(): Promise<CustomRule> {
		// What a module writes would be in the middle of the screen, or of the JSON lines.
		this.#unshield ??= shieldProcess(text => {
			const shown = saidText(text.replace(/\n$/, ''));
			this.#tellUsers(user => {
				user.onPrinted(shown);
			});
		});
		const url = pathToFileURL(this.file);
		// Node keeps modules by their URL.
		url.searchParams.set('version', String(++this.#version));
		try {
			return ruleOfModule(await import(url.href) as Record<string, unknown>);
		} catch (error) {
			const line = error instanceof SyntaxError ? await lineOfSyntaxError(this.file) : undefined;
			throw line === undefined
				? error
				: new BrokenFile(path.basename(this.file), [{line, fault: ['said', saidText(error)]}]);
		}
	}

	/** Tell the server whose message is being answered; outside of an answer, all of them. */
	#tellUsers(tell: (user: RulesUser) => void): void {
		const user = this.#answering.getStore();
		for (const each of user ? [user] : this.#users) {
			tell(each);
		}
	}

	#publish(news: RulesNews): void {
		this.news = news;
		for (const user of this.#users) {
			user.onNews(news);
		}
	}
}

/** What was thrown; as its text where it throws itself when it is looked at, as a module's may. */
function tamed(error: unknown): unknown {
	try {
		return error instanceof Error && typeof error.stack !== 'string' ? saidText(error) : error;
	} catch {
		return saidText(error);
	}
}
