import {
	cp, mkdir, rm,
} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {comesTrue} from '../test/helpers/in-time.ts';
import {TerminalEmulator} from '../test/helpers/terminal-emulator.ts';
import {TerminalProcess} from '../test/helpers/terminal-process.ts';

const columns = 120;
const rows = 40;
const root = path.join(import.meta.dirname, '..');

/** Control sequences (ECMA-48), and the beginning of one at the end of a text. */
const sequence = /\u001B(?:\[[\d;:<=>?]*[ -/]*[@-~]|][^\u0007\u001B]*(?:\u0007|\u001B\\)|[ -/]*[0-Z\\^-~])/g;
const unfinished = /\u001B(?:\[[\d;:<=>?]*[ -/]*|][^\u0007\u001B]*)?$/;

/** Where the program that is measured lies: a copy, so that a build during the run does not disturb it. */
export const distribution = path.join(root, 'node_modules/.bench-dist/dist');

/** Copy dist/ as it is installed: with package.json beside it. */
export async function copyDistribution(): Promise<void> {
	const installed = path.dirname(distribution);
	await rm(installed, {recursive: true, force: true});
	await mkdir(installed, {recursive: true});
	await cp(path.join(root, 'dist'), distribution, {recursive: true});
	await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
}

/** Wait until the condition holds. Rejects, saying what was waited for, after this many milliseconds. */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
	milliseconds: number,
): Promise<void> {
	if (!await comesTrue(condition, milliseconds)) {
		throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
	}
}

/** A Node program in a pseudo-terminal of 120x40, whose output is taken and not looked at. */
export class Terminal extends TerminalProcess {
	/** All that it wrote until its first screen was complete. */
	firstOutput = '';

	/**
	@param argv - Node's arguments: a script and its own
	@param folder - the program's working directory
	*/
	constructor(argv: readonly string[], folder?: string) {
		super({
			file: process.execPath, args: argv, columns, rows, folder,
		});
	}

	/** Get the visible characters from now on, without control sequences. @returns what ends that */
	listenToText(listener: (text: string) => void): () => void {
		let held = '';
		return this.listen(output => {
			const text = held + output;
			held = unfinished.exec(text)?.[0] ?? '';
			listener(text.slice(0, text.length - held.length).replaceAll(sequence, ''));
		});
	}

	/** Settle when all these texts have been on screen since this was called. */
	async shows(texts: readonly string[], milliseconds = 20_000): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		let seen = '';
		const timer = setTimeout(() => {
			reject(new Error(`The screen never showed ${texts.join(', ')} but\n${seen}`));
		}, milliseconds);
		const stop = this.listenToText(text => {
			seen += text;
			if (texts.every(wanted => seen.includes(wanted))) {
				resolve();
			}
		});
		try {
			await promise;
		} finally {
			clearTimeout(timer);
			stop();
		}
	}

	/** End the program, first kindly. */
	async close(): Promise<void> {
		for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
			if (!this.hasExited) {
				this.signal(signal);

				await Promise.race([this.exit, sleep(3000)]);
			}
		}
	}
}

/** Start the playground and wait until it is drawn and hears keys. */
export async function openPlayground(port: number, argv: readonly string[], folder?: string): Promise<Terminal> {
	const terminal = new Terminal(
		[path.join(distribution, 'cli.js'), '--lang', 'en', '--port', String(port), ...argv],
		folder,
	);
	const stop = terminal.listen(output => {
		terminal.firstOutput += output;
	});
	await terminal.shows(playgroundTexts);
	stop();
	return terminal;
}

/** What the whole first screen has: the header, every pane, the footer. */
export const playgroundTexts = ['socket-playground', 'SERVER', 'CLIENT 1', 'CLIENT 2', 'Esc commands'];

/**
What is on a terminal's screen, worked out by a terminal emulator when it is looked at: not before, as that would take
processor time from what is measured.
*/
export class Screen {
	readonly #emulator = new TerminalEmulator(columns, rows);
	readonly #outputs: string[];

	constructor(terminal: Terminal) {
		this.#outputs = [terminal.firstOutput];
		terminal.listen(output => {
			this.#outputs.push(output);
		});
	}

	/** The lines of the screen, as they are now. */
	async lines(): Promise<string[]> {
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#emulator.write(this.#outputs.splice(0).join(''), resolve);
		await promise;
		return this.#emulator.look().lines;
	}

	/** How many datagrams the header says have arrived. */
	async received(): Promise<number> {
		const [header = ''] = await this.lines();
		const [, count] = /← ([\d,]+)/.exec(header) ?? [];
		return count === undefined ? Number.NaN : Number(count.replaceAll(',', ''));
	}
}
