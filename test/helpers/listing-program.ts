import {type ChildProcessWithoutNullStreams, execFile, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {networkInterfaces, tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import type {CommentLanguage, ListingForm, SourceLanguage} from '../../source/programs/languages.ts';
import {type Program, projectListing} from '../../source/programs/listing.ts';
import {parseAddress} from '../../source/text/address.ts';
import {inTime} from './in-time.ts';
import {isInstalled} from './program.ts';
import {python} from './run-program.ts';

/** What runs a language's listings. */
const needed: Readonly<Record<SourceLanguage, string>> = {python: 'python3', javascript: 'node', c: 'cc'};

/** The warnings that a listing in C must not give rise to. */
export const warnings = ['-Wall', '-Wextra', '-Werror', '-std=c11', '-D_POSIX_C_SOURCE=200809L'] as const;

/** Why a language's listings cannot be run on this machine, or at this address; undefined where they can. */
export function whyNot(language: SourceLanguage, host = '127.0.0.1'): string | undefined {
	if (host === '::1' && !Object.values(networkInterfaces()).flat().some(address => address?.address === '::1')) {
		return 'this machine has no ::1';
	}

	return language === 'javascript' || isInstalled(needed[language])
		? undefined
		: `${needed[language]} is not installed`;
}

/** A listing's text, as it would be saved. */
export function listingText(
	program: Program,
	language: SourceLanguage,
	comments?: CommentLanguage,
	form?: ListingForm,
): string {
	return projectListing(program, language, comments, form).lines.map(({text}) => `${text}\n`).join('');
}

/** Run a program to its end, and take what it has printed. Rejects, with its errors, where it fails. */
export async function run(file: string, parameters: readonly string[], input = ''): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = execFile(file, parameters, (error, output) => {
			if (error) {
				reject(new Error(error.message));
			} else {
				resolve(output);
			}
		});
		child.stdin?.end(input);
	});
}

/** How many listings run at a time: all of them at once would take so long that a test gives up. */
const places = 4;

let running = 0;
const waiting: Array<() => void> = [];

/** Wait for one of the places; it is free again when the test has ended. */
async function takePlace(t: ExecutionContext): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	waiting.push(resolve);
	const admit = (): void => {
		if (running < places && waiting.length > 0) {
			running++;
			waiting.shift()?.();
		}
	};

	admit();
	await promise;
	t.teardown(() => {
		running--;
		admit();
	});
}

/** Where listings are saved; removed when this process ends. */
const folder = mkdtempSync(path.join(tmpdir(), 'listings-'));
process.once('exit', () => {
	rmSync(folder, {recursive: true});
});

/** The command that runs a listing, by its text: each is saved, and compiled, once. */
const commands = new Map<string, Promise<string[]>>();

async function makeCommand(text: string, language: SourceLanguage, fileName: string): Promise<string[]> {
	const file = path.join(folder, `${commands.size}-${fileName}`);
	await writeFile(file, text);
	if (language !== 'c') {
		return [...(language === 'python' ? await python() : [process.execPath]), file];
	}

	const binary = file.replace(/\.c$/, '');
	await run('cc', [...warnings, '-pthread', '-o', binary, file]);
	return [binary];
}

/**
Start a listing, saved and compiled, as soon as there is a place for it. It is ended with the test.

@param under - the command that runs it, and its options, where that is not the listing's own
*/
export async function runListing(
	t: ExecutionContext,
	program: Program,
	language: SourceLanguage,
	under: readonly string[] = [],
	form: ListingForm = 'full',
): Promise<RunningListing> {
	const {fileName} = projectListing(program, language, 'en', form);
	return runText(t, listingText(program, language, 'en', form), language, fileName, under);
}

/** Start a program by its text, as runListing() does. */
export async function runText(
	t: ExecutionContext,
	text: string,
	language: SourceLanguage,
	fileName: string,
	under: readonly string[] = [],
): Promise<RunningListing> {
	await takePlace(t);
	const made = commands.get(text) ?? makeCommand(text, language, fileName);
	commands.set(text, made);
	const [file = '', ...parameters] = [...under, ...await made];
	return new RunningListing(t, file, parameters);
}

/** A listing that runs, and what it has printed. It is ended with the test. */
export class RunningListing {
	output = '';
	errors = '';
	/** Its exit code, or undefined where a signal has ended it. */
	readonly exit: Promise<number | undefined>;
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #looks: Array<() => void> = [];

	constructor(t: ExecutionContext, file: string, parameters: readonly string[]) {
		this.#child = spawn(file, parameters, {env: {...process.env, LC_ALL: 'C.UTF-8', NODE_OPTIONS: ''}});
		this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
			this.output += text;
			this.#look();
		});
		this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
			this.errors += text;
		});
		this.#child.stdin.on('error', error => {
			t.log(`the input was closed: ${error.message}`);
		});
		const {promise, resolve} = Promise.withResolvers<number | undefined>();
		this.#child.on('error', error => {
			this.errors += error.message;
			resolve(undefined);
		});
		this.#child.on('close', code => {
			resolve(code ?? undefined);
		});
		this.exit = inTime(promise, () => `the end of the listing: ${JSON.stringify([this.output, this.errors])}`);
		this.exit.catch(() => undefined);
		t.teardown(async () => {
			this.#child.kill('SIGKILL');
			await promise;
		});
	}

	/** Where a server is bound, by its first line, which in the short form has the port only. */
	async address(host = '127.0.0.1'): Promise<Address> {
		await this.prints(/\n/);
		const [line = ''] = this.output.split('\n');
		const [, port] = /^ready to (?:receive|accept) on port (\d+)$/.exec(line) ?? [];
		const address = port === undefined
			? parseAddress(/^(?:bound to|listening on) (\S+)$/.exec(line)?.[1] ?? '')
			: {host, port: Number(port)};
		if (!address) {
			throw new Error(`The first line is ${line}`);
		}

		return address;
	}

	type(text: string): void {
		this.#child.stdin.write(text);
	}

	/** End its standard input. */
	endInput(): void {
		this.#child.stdin.end();
	}

	/** As Ctrl+C does. */
	interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
		this.#child.kill(signal);
	}

	/** Wait until its standard output matches; a pattern, this many times. */
	async prints(wanted: string | RegExp, times = 1): Promise<void> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#looks.push(() => {
			if (this.output.split(wanted).length > times) {
				resolve();
			}
		});
		this.#look();
		await inTime(
			promise,
			() => `${String(wanted)} ${times} times in ${JSON.stringify([this.output, this.errors])}`,
		);
	}

	#look(): void {
		for (const look of this.#looks) {
			look();
		}
	}
}
