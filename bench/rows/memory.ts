
import {setTimeout as sleep} from 'node:timers/promises';
import {defaultLimits} from '../../source/sockets/limits.ts';
import {freePort} from '../../test/helpers/loopback.ts';
import {HelperProcess} from '../helper-process.ts';
import type {LoadJob} from '../load.ts';
import {processorTime, residentMemory} from '../process-cost.ts';
import type {Subject} from '../result.ts';
import {openPlayground, Screen, type Terminal} from '../terminal.ts';
import {datagrams, isVerbose} from '../settings.ts';
import {median} from '../statistics.ts';
import {Stopwatch} from '../stopwatch.ts';

/** As fast as the load can, and faster than the server: what is lost on the way does not count. */
const perSecond = 150_000;

/** With datagrams of this length the log is full by count and by bytes at the same time. */
const bytes = defaultLimits.logBytes / defaultLimits.events;

/** The flood ends after so long, in seconds: the row then says how many datagrams there were. */
const longestFlood = 200;

const looks = 20;
const frames = 200;

export const memory: Subject = {
	name: 'memory',
	about: `resident memory, and processor time per keystroke (all threads), ${datagrams.toLocaleString('en')} datagrams of ${bytes} B later / when the log was first full`,
	async run() {
		const port = await freePort();
		const playground = await openPlayground(port, ['--reply', 'discard']);
		const load = new HelperProcess<LoadJob, number>('load.ts');
		const screen = new Screen(playground);
		const typist = new Stopwatch(playground);
		try {
			await receive(screen, load, port, defaultLimits.events);
			const before = await look(playground, typist);
			const received = await receive(screen, load, port, defaultLimits.events + datagrams);
			const later = `${(received / 1e6).toFixed(1)} million datagrams later`;
			const after = await look(playground, typist);
			const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
			const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;
			return [
				{
					name: `resident memory, ${later}`,
					ours: megabytes(after.memory),
					bare: megabytes(before.memory),
					ratio: after.memory / before.memory,
					target: {most: 1.15},
				},
				{
					name: `processor time of a frame, ${later}`,
					ours: milliseconds(after.frame),
					bare: milliseconds(before.frame),
					ratio: after.frame / before.frame,
					target: {most: 1.1},
				},
			];
		} finally {
			load.close();
			await playground.close();
		}
	},
};

/** Let datagrams come until the header shows this many. @returns how many there were */
async function receive(
	screen: Screen,
	load: HelperProcess<LoadJob, number>,
	port: number,
	wanted: number,
): Promise<number> {
	const start = performance.now();
	let received = await screen.received();
	while (!(received >= wanted) && performance.now() - start < longestFlood * 1000) {
		const missing = wanted - (received || 0);
		await load.do({
			type: 'flood',
			port,
			seconds: 10,
			perSecond,
			most: Math.max(1000, missing),
			bytes,
		});
		await sleep(400);
		received = await screen.received();
	}

	if (isVerbose) {
		console.log(`memory: ${received} datagrams after ${((performance.now() - start) / 1000).toFixed(1)} s`);
	}

	return received;
}

type Look = {
	/** In bytes. */
	readonly memory: number;
	/** In milliseconds. */
	readonly frame: number;
};

async function look(playground: Terminal, typist: Stopwatch): Promise<Look> {
	const samples: number[] = [];
	for (let sample = 0; sample < looks; sample++) {
		samples.push(await residentMemory(playground.pid));
		await sleep(50);
	}

	return {memory: median(samples), frame: await frameCost(playground, typist)};
}

/** The processor time that the program, all its threads together, takes to draw a typed character. */
async function frameCost(playground: Terminal, typist: Stopwatch): Promise<number> {
	const {characters} = typist;
	let drawn = 0;
	const start = await processorTime(playground.pid);
	while (drawn < frames) {
		for (const character of characters) {
			await typist.type(character);
			drawn++;
		}

		playground.press('\u0015');
		drawn++;
		await sleep(100);
	}

	return (await processorTime(playground.pid) - start) / drawn;
}
