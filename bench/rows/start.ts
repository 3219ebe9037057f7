
import path from 'node:path';
import {distribution, playgroundTexts, Terminal} from '../terminal.ts';
import {freePort} from '../../test/helpers/loopback.ts';
import type {Subject} from '../result.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';

export const start: Subject = {
	name: 'start',
	about: 'from the start of the program until its whole first screen has been drawn / a two-line Ink "hello" that is not bundled',
	async run() {
		const pairs: Array<[number, number]> = [];
		const end = performance.now() + secondsPerRow * 1000;
		while (pairs.length < 5 || (performance.now() < end && pairs.length < 30)) {
			const port = await freePort();
			pairs.push([
				await timeUntil(
					[path.join(distribution, 'cli.js'), '--lang', 'en', '--port', String(port)],
					playgroundTexts,
				),
				await timeUntil([path.join(import.meta.dirname, '../ink-hello.js')], ['hello']),
			]);
			if (isVerbose) {
				console.log(`start: ${pairs
					.at(-1)!
					.map(time => time.toFixed(0))
					.join(' / ')} ms`);
			}
		}

		const format = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;
		return [
			{
				name: 'start to the first full frame',
				ours: format(median(pairs.map(([ours]) => ours))),
				bare: format(median(pairs.map(([, hello]) => hello))),
				ratio: pairedRatio(pairs),
				target: {most: 0.65},
			},
		];
	},
};

/** Milliseconds from starting a program until it has drawn all these texts. */
async function timeUntil(argv: readonly string[], texts: readonly string[]): Promise<number> {
	const begin = performance.now();
	const terminal = new Terminal(argv);
	try {
		await terminal.shows(texts);
		return performance.now() - begin;
	} finally {
		await terminal.close();
	}
}
