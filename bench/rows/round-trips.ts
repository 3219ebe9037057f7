
import {freePort} from '../../test/helpers/loopback.ts';
import {HelperProcess} from '../helper-process.ts';
import type {EngineJob} from '../engine-only.ts';
import type {Subject} from '../result.ts';
import {openPlayground, Screen, until} from '../terminal.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';
import {Stopwatch} from '../stopwatch.ts';

const messagesPerTurn = 25;

/** A client's row with an answer. The clients are on the right: a round-trip time stands before their border. */
const answer = /← \S+ +\d+ B {2}(m\d+) +([\d.]+) ms\s*[┃│]$/;

export const roundTrips: Subject = {
	name: 'rtt',
	about: 'the round-trip time that a client\'s pane shows, typed into a screen that draws a frame after the other / sent as often by an engine with no screen',
	async run() {
		const [port, enginePort] = [await freePort(), await freePort()];
		const playground = await openPlayground(port, ['--reply', 'echo']);
		const engineOnly = new HelperProcess<EngineJob, number[]>('engine-only.ts');
		const screen = new Screen(playground);
		const typist = new Stopwatch(playground);
		const characters = typist.characters.slice(0, 8);
		let sent = 0;

		/** Type a message, each key as soon as the one before it shows, and go on typing while the answer comes. */
		const send = async (): Promise<number> => {
			const text = `m${++sent}`;
			playground.press(`${text}\r`);
			for (const character of characters) {
				await typist.type(character);
			}

			playground.press('\u0015');
			let row: string | undefined;
			await until(`an answer to ${text}`, async () => {
				const lines = await screen.lines();
				row = lines.findLast(line => answer.exec(line)?.[1] === text);
				return row !== undefined;
			}, 5000);
			return Number(answer.exec(row ?? '')?.[2]);
		};

		try {
			const pairs: Array<[number, number]> = [];
			await send();
			await engineOnly.do({port: enginePort, messages: 5, interval: 50});
			const end = performance.now() + secondsPerRow * 1000;
			while (pairs.length < 2 || performance.now() < end) {
				const start = performance.now();
				const drawn: number[] = [];
				for (let message = 0; message < messagesPerTurn; message++) {
					drawn.push(await send());
				}

				const interval = (performance.now() - start) / messagesPerTurn;
				const bare = await engineOnly.do({port: enginePort, messages: messagesPerTurn, interval});
				pairs.push([median(drawn), median(bare)]);
				if (isVerbose) {
					console.log(`rtt, every ${interval.toFixed(0)} ms: ${median(drawn).toFixed(2)} ${median(bare).toFixed(2)} ms (${drawn.length}, ${bare.length})`);
				}
			}

			const format = (milliseconds: number): string => `${milliseconds.toFixed(2)} ms`;
			return [
				{
					name: 'round-trip time on screen: median',
					ours: format(median(pairs.map(([ours]) => ours))),
					bare: format(median(pairs.map(([, bare]) => bare))),
					ratio: pairedRatio(pairs),
					target: {most: 1.5},
				},
			];
		} finally {
			engineOnly.close();
			await playground.close();
		}
	},
};
