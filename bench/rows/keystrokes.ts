
import {setTimeout as sleep} from 'node:timers/promises';
import {freePort} from '../../test/helpers/loopback.ts';
import {HelperProcess} from '../helper-process.ts';
import type {LoadJob} from '../load.ts';
import type {Result, Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio, quantile} from '../statistics.ts';
import {openPlayground} from '../terminal.ts';
import {Stopwatch} from '../stopwatch.ts';

const perSecond = 20_000;

/** How many lines are typed at idle, then as many under load, before it starts over. */
const linesPerTurn = 3;

/** The pauses between keys vary, so that they keep no step with the frames; in milliseconds. */
const shortestPause = 10;
const longestPause = 40;

const clearLine = '\u0015';

export const keystrokes: Subject = {
	name: 'keys',
	about: `from a key until its character shows, with ${perSecond.toLocaleString('en')} datagrams of 64 B a second arriving / at idle`,
	async run() {
		return [...(await compare('discard')), ...(await compare('echo'))];
	},
};

async function compare(rule: 'discard' | 'echo'): Promise<Result[]> {
	const port = await freePort();
	const playground = await openPlayground(port, ['--reply', rule]);
	const load = new HelperProcess<LoadJob, number>('load.ts');
	const typist = new Stopwatch(playground);
	const flood = async (seconds: number): Promise<number> => load.do({
		type: 'flood', port, seconds, perSecond, most: seconds * perSecond, bytes: 64,
	});
	try {
		// Frames that the screen draws by itself, at idle and under load, do not count as typing.
		await flood(2);
		await sleep(500);
		const {characters} = typist;
		const typeLines = async (): Promise<number[]> => {
			const times: number[] = [];
			for (let line = 0; line < linesPerTurn; line++) {
				for (const character of characters) {
					times.push(await typist.type(character));
					await sleep(shortestPause + (Math.random() * (longestPause - shortestPause)));
				}

				playground.press(clearLine);
				await sleep(300);
			}

			return times;
		};

		await typeLines();
		const turns: Array<[loaded: number[], idle: number[]]> = [];
		const end = performance.now() + (secondsPerRow * 1000);
		while (turns.length < 3 || performance.now() < end) {
			const idle = await typeLines();
			const arriving = flood(linesPerTurn * characters.length * 0.3);
			await sleep(300);
			const loaded = await typeLines();
			turns.push([loaded, idle]);
			if (isVerbose) {
				console.log(`keys, ${rule}: ${[loaded, idle].map(times => `${median(times).toFixed(1)} ${quantile(times, 0.99).toFixed(1)}`).join(' / ')} ms`);
			}

			await arriving;
			await sleep(300);
		}

		return results(rule, turns);
	} finally {
		load.close();
		await playground.close();
	}
}

function results(rule: string, turns: ReadonlyArray<[loaded: number[], idle: number[]]>): Result[] {
	const loaded = turns.flatMap(([times]) => times);
	const idle = turns.flatMap(([, times]) => times);
	const name = `keystroke to screen, 20,000 datagrams/s, ${rule}`;
	const format = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;
	return [
		{
			name: `${name}: median`,
			ours: format(median(loaded)),
			bare: format(median(idle)),
			ratio: pairedRatio(turns.map(([a, b]) => [median(a), median(b)])),
			target: {most: 1.5},
		},
		{
			name: `${name}: p99`,
			ours: format(quantile(loaded, 0.99)),
			bare: format(quantile(idle, 0.99)),
			ratio: quantile(loaded, 0.99) / quantile(idle, 0.99),
			target: {most: 2},
		},
	];
}
