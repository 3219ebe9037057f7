
import {setTimeout as sleep} from 'node:timers/promises';
import {defaultLimits} from '../../source/sockets/limits.ts';
import type {BareJob} from '../bare-echo.ts';
import {freePort} from '../../test/helpers/loopback.ts';
import {HelperProcess} from '../helper-process.ts';
import type {LoadJob} from '../load.ts';
import {processorTime} from '../process-cost.ts';
import type {Result, Subject} from '../result.ts';
import {
	openPlayground, Screen, type Terminal, until,
} from '../terminal.ts';
import {isVerbose, secondsPerRow} from '../settings.ts';
import {median, pairedRatio} from '../statistics.ts';
import {Stopwatch} from '../stopwatch.ts';
import {type Sight, sights, Tour} from '../tour.ts';

/** How often each view is opened, how often each has its turn under load, and how often its frames are measured. */
const openings = scaled(3, 3);
const turns = scaled(5, 3);
const rounds = scaled(5, 3);

/** The time between two frames where they follow each other as fast as they may, in milliseconds. */
const frame = 1000 / 30;

/** How long one side is under load before it is the other's turn, in seconds. */
const turn = 1;

/**
How many messages are sent, each of which costs a frame, and milliseconds between them, so that the screen has rested
from the one before.
*/
const messages = scaled(6, 4);
const interval = 100;

/** Frames that a new screen draws before it is compared with one that has drawn many. */
const warmUp = 300;

/** Messages that make the newest rows of the log: more than a pane shows. */
const newest = 40;

type Load = HelperProcess<LoadJob, number>;
type Protocol = 'udp' | 'tcp';

/** A playground whose server's pane has the focus, and how to walk through its views. */
type Visited = {readonly terminal: Terminal; readonly screen: Screen; readonly port: number; readonly tour: Tour};

export const views: Subject = {
	name: 'views',
	about: [
		'with each view open: what the server answers / a bare echo server;',
		'from the key to the view, on a full log / the time between two frames, of which there are thirty a second;',
		'processor time of a frame, on a full log / on an almost empty one',
	].join(' '),
	async run() {
		const load: Load = new HelperProcess('load.ts');
		const bare = new HelperProcess<BareJob, undefined>('bare-echo.ts');
		try {
			const barePort = await freePort();
			await bare.do({port: barePort});
			return [...await measure('udp', load, barePort), ...await measure('tcp', load, barePort)];
		} finally {
			load.close();
			bare.close();
		}
	},
};

async function measure(protocol: Protocol, load: Load, barePort: number): Promise<Result[]> {
	const opened: Terminal[] = [];
	const visit = async (): Promise<Visited> => {
		const port = await freePort();
		const terminal = await openPlayground(port, ['--protocol', protocol, '--reply', 'echo']);
		opened.push(terminal);
		return {
			terminal, port, screen: new Screen(terminal), tour: new Tour(new Stopwatch(terminal)),
		};
	};

	try {
		const full = await visit();
		await fill(full, protocol, load, defaultLimits.events);
		const empty = await visit();
		await fill(empty, protocol, load, 0);
		await empty.tour.warmUp(warmUp);
		const frames = await compareFrames(full, empty, protocol, load);
		await empty.terminal.close();
		const opening = await timeOpenings(full, protocol);
		return [...await compareEcho(full, protocol, load, barePort), ...opening, ...frames];
	} finally {
		for (const terminal of opened) {
			await terminal.close();
		}
	}
}

/**
Put this many events into the log, or a few where that is 0, and messages at its end. The server has met the same number
of peers either way.
*/
async function fill({screen, port, tour}: Visited, protocol: Protocol, load: Load, events: number): Promise<void> {
	const type = `${protocol}-echo` as const;
	const rate = await load.do({type, port, seconds: 0.05});
	await load.do({type, port, seconds: Math.max(0.05, events / 2 / rate * 1.5)});
	await sleep(500);
	while (await screen.received() * 2 < events) {
		await load.do({type, port, seconds: 2});
		await sleep(500);
	}

	await addNewest(protocol, port, load);
	await tour.begin();
	if (isVerbose) {
		console.log(`views, ${protocol}: ${await screen.received()} messages received`);
	}
}

async function addNewest(protocol: Protocol, port: number, load: Load): Promise<void> {
	await load.do({
		type: 'trickle', protocol, port, messages: newest, interval: 2,
	});
	await sleep(300);
}

/** The processor time, in milliseconds, of each frame that a message makes necessary. */
async function compareFrames(full: Visited, empty: Visited, protocol: Protocol, load: Load): Promise<Result[]> {
	const results: Result[] = [];
	for (const sight of sights) {
		const costs: Array<readonly [full: number, empty: number]> = [];
		for (const visited of [full, empty]) {
			await visited.tour.open(sight);
			await settled(visited, sight);
		}

		// The first round warms both up, and is not counted.
		for (let round = 0; round <= rounds; round++) {
			const pair = [await costOfFrame(full, protocol, load), await costOfFrame(empty, protocol, load)] as const;
			costs.push(...(round > 0 ? [pair] : []));
		}

		await full.tour.leave(sight);
		await empty.tour.leave(sight);
		results.push(row(
			`${protocol.toUpperCase()}, ${sight.name}: processor time of a frame, full log`,
			costs,
			milliseconds => `${milliseconds.toFixed(1)} ms`,
			{most: 1.3},
		));
	}

	return results;
}

/** What is looked for is found bit by bit, whether or not anything happens. */
async function settled({screen}: Visited, {name, done}: Sight): Promise<void> {
	const start = performance.now();
	if (done) {
		await until(`${name} to be done`, async () => {
			const lines = await screen.lines();
			return lines.some(line => done.test(line));
		}, 60_000);
		if (isVerbose) {
			console.log(`views: ${name}: done after ${((performance.now() - start) / 1000).toFixed(1)} s`);
		}
	}
}

async function costOfFrame({terminal: {pid}, port}: Visited, protocol: Protocol, load: Load): Promise<number> {
	const before = await processorTime(pid);
	await load.do({
		type: 'trickle', protocol, port, messages, interval,
	});
	return (await processorTime(pid) - before) / messages;
}

async function timeOpenings({tour}: Visited, protocol: Protocol): Promise<Result[]> {
	const pairs = new Map(sights.map(({name}) => [name, [] as Array<[opening: number, frame: number]>]));
	for (let time = 0; time < openings; time++) {
		for (const sight of sights) {
			pairs.get(sight.name)!.push([await tour.open(sight), frame]);
			await tour.leave(sight);
		}
	}

	return sights.map(({name}) =>
		row(
			`${protocol.toUpperCase()}, ${name}: from key to view, full log`,
			pairs.get(name)!,
			milliseconds => `${milliseconds.toFixed(1)} ms`,
			{most: 2},
		));
}

async function compareEcho({tour, port}: Visited, protocol: Protocol, load: Load, barePort: number): Promise<Result[]> {
	const pairs = new Map(sights.map(({name}) => [name, [] as Array<[ours: number, bare: number]>]));
	const type = `${protocol}-echo` as const;
	for (let time = 0; time < turns; time++) {
		for (const sight of sights) {
			// Of TCP the last load has left nothing but the ends of its connections to see.
			await addNewest(protocol, port, load);
			await tour.open(sight);
			pairs
				.get(sight.name)!
				.push([
					await load.do({type, port, seconds: turn}),
					await load.do({type, port: barePort, seconds: turn}),
				]);
			await tour.leave(sight);
		}
	}

	return sights.map(({name}) =>
		row(
			`${protocol.toUpperCase()}, ${name}: echo, 50 peers, 64 B`,
			pairs.get(name)!,
			rate => `${Math.round(rate).toLocaleString('en')}/s`,
			{least: 0.85},
		));
}

function row(
	name: string,
	pairs: ReadonlyArray<readonly [ours: number, bare: number]>,
	format: (value: number) => string,
	target: Result['target'],
): Result {
	if (isVerbose) {
		console.log(`views: ${name}: ${pairs.map(pair => pair.map(value => format(value)).join(' / ')).join(', ')}`);
	}

	return {
		name,
		ours: format(median(pairs.map(([ours]) => ours))),
		bare: format(median(pairs.map(([, bare]) => bare))),
		ratio: pairedRatio(pairs),
		target,
	};
}

/** How often something is done where each row of the bench has 20 seconds, and how often at least. */
function scaled(often: number, least: number): number {
	return Math.max(least, Math.round(often * secondsPerRow / 20));
}
