import {mkdtempSync, rmSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {networkInterfaces, tmpdir} from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import type {CommentLanguage, ListingForm, SourceLanguage} from '../../source/programs/languages.ts';
import {type Listing, type Program, projectListing} from '../../source/programs/listing.ts';
import {parseAddress} from '../../source/text/address.ts';
import {isInstalled, Program as StartedProgram} from './program.ts';
import {python, runProgram} from './run-program.ts';

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

/** What has been asked for of each program: many tests look at all listings. */
const listings = new WeakMap<Program, Map<string, Listing>>();

/** A program's listing, which is made once. */
export function listingOf(
	program: Program,
	language: SourceLanguage,
	comments: CommentLanguage = 'en',
	form: ListingForm = 'full',
): Listing {
	const made = listings.get(program) ?? new Map<string, Listing>();
	listings.set(program, made);
	const name = `${language} ${comments} ${form}`;
	const listing = made.get(name) ?? projectListing(program, language, comments, form);
	made.set(name, listing);
	return listing;
}

/** A listing's text, as it would be saved. */
export function listingText(...asked: Parameters<typeof listingOf>): string {
	return listingOf(...asked).lines.map(({text}) => `${text}\n`).join('');
}

/** Run a program to its end, and take what it has printed. Rejects, with its errors, where it fails. */
export async function run(file: string, parameters: readonly string[], input = ''): Promise<string> {
	const running = runProgram(file, parameters);
	running.child.stdin?.end(input);
	const {stdout} = await running;
	return stdout;
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
	const {fileName} = listingOf(program, language, 'en', form);
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
export class RunningListing extends StartedProgram {
	constructor(t: ExecutionContext, file: string, parameters: readonly string[]) {
		super(t, file, parameters, {env: {NODE_OPTIONS: ''}});
	}

	/** Where a server is bound, by its first line, which in the short form has the port only. */
	async address(host = '127.0.0.1'): Promise<Address> {
		await this.prints(/\n/);
		const [line = ''] = this.text.split('\n');
		const [, port] = /^ready to (?:receive|accept) on port (\d+)$/.exec(line) ?? [];
		const address = port === undefined
			? parseAddress(/^(?:bound to|listening on) (\S+)$/.exec(line)?.[1] ?? '')
			: {host, port: Number(port)};
		if (!address) {
			throw new Error(`The first line is ${line}`);
		}

		return address;
	}

	/** As Ctrl+C does. */
	interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
		this.child.kill(signal);
	}
}
