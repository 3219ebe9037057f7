/*
What each replaced part of a dependency gains: two builds, with all of them and without one, in turns.
`node --import=./scripts/typescript.js bench/replacements.ts width` measures one; settings.ts has what the environment
can say.
*/
import {execFile} from 'node:child_process';
import {cp} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {freePort} from '../test/helpers/loopback.ts';
import {typescript} from '../test/helpers/run-program.ts';
import {HelperProcess} from './helper-process.ts';
import type {LoadJob} from './load.ts';
import {processorTime} from './process-cost.ts';
import {formatTable, type Result} from './result.ts';
import {isVerbose, secondsPerRow} from './settings.ts';
import {median, pairedRatio} from './statistics.ts';
import {playgroundTexts, Terminal} from './terminal.ts';

const root = path.join(import.meta.dirname, '..');
// eslint-disable-next-line @typescript-eslint/strict-void-return -- What execFile() returns is not wanted.
const run = promisify(execFile);

/** What each replacement is for. */
const purposes = new Map<string, 'start' | 'frame'>([
	['output', 'frame'],
	['sanitize-ansi', 'frame'],
	['width', 'frame'],
	['lazy-width', 'start'],
	['fetch', 'start'],
]);

/** One that pays takes at least 5 % off what it is for. */
const target = {most: 0.95};

/** Messages that each cost a frame, and as many as make a screen quick before it is measured. */
const messages = 30;
const warmUp = 150;
const trickle = {type: 'trickle', protocol: 'udp', interval: 40} as const;

/** Ink begins each frame with it: a synchronized update (private mode 2026). */
const beginOfFrame = '\u{1B}[?2026h';

type Drawn = {readonly terminal: Terminal; readonly port: number; frames: number};

const names = process.argv.slice(2);
const unknown = names.find(name => !purposes.has(name));
if (unknown === undefined) {
	const whole = await build('');
	const results: Result[] = [];
	for (const [name, purpose] of purposes) {
		if (names.length === 0 || names.includes(name)) {
			const folders = [whole, await build(name)] as const;
			const compareBuilds = purpose === 'start' ? compareStarts : compareFrames;
			results.push(await compareBuilds(name, folders));
		}
	}

	console.log(`\n${formatTable(results)}`);
} else {
	process.stderr.write(`There is no replacement '${unknown}': there are ${[...purposes.keys()].join(', ')}\n`);
	process.exitCode = 2;
}

/** Build the program without one of the replacements, or with all of them. @returns the folder */
async function build(without: string): Promise<string> {
	const installed = path.join(root, 'node_modules/.bench-replacements', without || 'whole');
	const folder = path.join(installed, 'dist');
	await run(process.execPath, [
		typescript, path.join(root, 'scripts/build.ts'), '--out', folder, '--without', without,
	]);
	await cp(path.join(root, 'package.json'), path.join(installed, 'package.json'));
	return folder;
}

/** The processor time of every thread, in milliseconds, until the first screen is whole. */
async function compareStarts(name: string, folders: readonly [string, string]): Promise<Result> {
	const costOf = async (folder: string): Promise<number> => {
		const terminal = await open(folder, await freePort());
		try {
			return await processorTime(terminal.pid);
		} finally {
			await terminal.close();
		}
	};

	return compare(`${name}: start`, folders, costOf);
}

/** The processor time of a frame, in milliseconds: messages arrive in a pane of 120x40 characters. */
async function compareFrames(name: string, folders: readonly [string, string]): Promise<Result> {
	const load = new HelperProcess<LoadJob, number>('load.ts');
	const opened = new Map<string, Drawn>();
	try {
		for (const folder of folders) {
			const port = await freePort();
			const drawn: Drawn = {terminal: await open(folder, port), port, frames: 0};
			drawn.terminal.listen(output => {
				drawn.frames += output.split(beginOfFrame).length - 1;
			});

			opened.set(folder, drawn);
			await load.do({...trickle, port, messages: warmUp});
		}

		return await compare(`${name}: frame`, folders, async folder => {
			const drawn = opened.get(folder)!;
			const {frames, port, terminal: {pid}} = drawn;
			const before = await processorTime(pid);
			await load.do({...trickle, port, messages});
			await sleep(trickle.interval);
			return (await processorTime(pid) - before) / (drawn.frames - frames);
		});
	} finally {
		load.close();
		for (const {terminal} of opened.values()) {
			await terminal.close();
		}
	}
}

async function compare(
	name: string,
	[whole, without]: readonly [string, string],
	costOf: (folder: string) => Promise<number>,
): Promise<Result> {
	// The first of each has caches to fill.
	await costOf(whole);
	await costOf(without);
	const pairs: Array<[number, number]> = [];
	const end = performance.now() + (secondsPerRow * 1000);
	while (pairs.length < 5 || performance.now() < end) {
		// Which comes first is of no advantage to either.
		if (pairs.length % 2 === 0) {
			pairs.push([await costOf(whole), await costOf(without)]);
		} else {
			const cost = await costOf(without);
			pairs.push([await costOf(whole), cost]);
		}
	}

	const format = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
	if (isVerbose) {
		console.log(`${name}: ${pairs.map(pair => pair.map(cost => format(cost)).join(' / ')).join(', ')}`);
	}

	return {
		name: `${name}, with / without, processor time`,
		ours: format(median(pairs.map(([cost]) => cost))),
		bare: format(median(pairs.map(([, cost]) => cost))),
		ratio: pairedRatio(pairs),
		target,
	};
}

async function open(folder: string, port: number): Promise<Terminal> {
	const terminal = new Terminal([path.join(folder, 'cli.js'), '--lang', 'en', '--port', String(port)]);
	await terminal.shows(playgroundTexts);
	return terminal;
}
