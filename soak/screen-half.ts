
/* The built program in a pseudo-terminal: keys at random, other sizes, and foreign peers that talk to its servers. */
import {createSocket} from 'node:dgram';
import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import fc from 'fast-check';
import {residentMemory} from '../bench/process-cost.ts';
import {median} from '../bench/statistics.ts';
import {comesTrue, settles} from '../test/helpers/in-time.ts';
import {keys} from '../test/helpers/terminal-app.ts';
import {hostilePayloads} from '../test/helpers/terminal-hostility.ts';
import {keyRun} from '../test/helpers/terminal-random.ts';
import {drawsOf} from './draws.ts';
import {foreignAct, ForeignClients} from './foreign-peers.ts';
import {type Half, runHalf} from './half.ts';
import {MemorySamples, SocketWatch} from './process-watch.ts';
import {ScreenApp} from './screen-app.ts';

/** The log holds 131,072 events; each of these datagrams is two, with its answer. A full log's memory can be flat. */
const fill = 75_000;

/** How long the program may take for an answer, in milliseconds; and to quit. */
const answerTimeout = 8000;
const quitTimeout = 5000;

/** Ink's restore-cursor writes this to the standard error of every program that has hidden the cursor. */
const showCursor = '\u{1B}[?25h';

/** What is typed into the prompts that the letters open: of the link, of a series, of a filter. */
const answer = fc.constantFrom(
	'hostile',
	'perfect',
	'mobile,loss=0',
	'loss=30%,delay=100ms,jitter=0.5',
	'slice=3,pause=5ms',
	'stall',
	'rate=64KiB/s',
	'20',
	'100 @ 50',
	'500 @ 200',
	'안녕',
	'hello',
	'',
	'x'.repeat(50),
	'7f 00',
);

function repeated(key: fc.Arbitrary<string>, min: number, max: number): fc.Arbitrary<string> {
	return fc.tuple(key, fc.integer({min, max})).map(([key, times]) => key.repeat(times));
}

const letter = (letters: string): fc.Arbitrary<string> => fc.constantFrom(...letters).map(one => keys.escape + one);
const steps = repeated(fc.constantFrom(keys.down, keys.up, keys.right, keys.left, keys.tab), 0, 12);

function joined(...parts: ReadonlyArray<fc.Arbitrary<string>>): fc.Arbitrary<string> {
	return fc.tuple(...parts).map(texts => texts.join(''));
}

/** Keys to be written at once: any keys, commands and what their prompts take, walks through lists. None quits. */
const run = fc.oneof(
	{weight: 10, arbitrary: keyRun},
	{
		weight: 2,
		arbitrary: joined(letter('lb/'), steps, answer, fc.constantFrom(keys.enter, keys.enter, keys.escape, '')),
	},
	{weight: 1, arbitrary: joined(letter('elb'), steps, fc.constant(keys.enter))},
	{weight: 3, arbitrary: joined(answer, fc.constant(keys.enter))},
	{weight: 2, arbitrary: repeated(fc.constant(keys.tab), 1, 4)},
	{weight: 1, arbitrary: repeated(fc.constant(keys.escape), 1, 3)},
);

const sizes: ReadonlyArray<readonly [columns: number, rows: number]> = [
	[80, 24], [120, 40], [50, 10], [100, 30], [200, 60], [61, 17],
];

/** One turn: keys, another size now and then, what foreign peers do, and a pause in milliseconds. */
const turn = fc.record({
	run,
	size: fc.oneof({weight: 24, arbitrary: fc.constant(undefined)}, {weight: 1, arbitrary: fc.constantFrom(...sizes)}),
	acts: fc.array(foreignAct, {minLength: 2, maxLength: 2}),
	hostile: fc.tuple(fc.nat(), fc.constantFrom(...hostilePayloads())),
	pause: fc.integer({min: 20, max: 200}),
});

const options = fc.tuple(fc.nat(1_000_000), fc.constantFrom('en', 'ko'), fc.constantFrom('udp', 'tcp'))
	.map(([seed, language, protocol]) => ['--seed', String(seed), '--lang', language, '--protocol', protocol]);

/** All that watches the program. */
type Watchers = {readonly watch: SocketWatch; readonly memory: MemorySamples; readonly foreign: ForeignClients};

await runHalf(async half => {
	half.doing('starting the program');
	const {seconds, seed, folder} = half.job;
	const app = await ScreenApp.open(folder, drawsOf(options, seed).next().value);
	const watchers: Watchers = {
		watch: new SocketWatch(app.programPid),
		// After a burst the engine keeps some of what its garbage took, in steps.
		memory: new MemorySamples({name: 'screen: resident', bound: 1.5, seconds}),
		foreign: new ForeignClients(),
	};
	try {
		half.doing('filling the log');
		const flooded = await flood(app.port, seconds / 6);
		const pressed = await pressKeys(half, app, watchers);
		half.figures('screen: foreign clients', watchers.foreign.acts.figures('counts'));
		const {answerTimes} = app;
		const saved = await readdir(path.join(folder, 'saved'));
		half.figures('screen: what was done', [
			['characters pressed', pressed],
			['datagrams to fill the log', flooded],
			['sockets that it was seen with', watchers.watch.seen],
			['files saved', saved.length],
			['answers asked for', answerTimes.length],
			['an answer took, ms: median', Math.round(median(answerTimes))],
			['an answer took, ms: longest', Math.round(Math.max(...answerTimes))],
		]);
		await quit(half, app, watchers);
	} finally {
		watchers.foreign.close();
		app.kill();
	}
});

/** Send datagrams to a port of 127.0.0.1 at a pace that an engine can follow. @returns how many were sent */
async function flood(port: number, seconds: number): Promise<number> {
	const socket = createSocket('udp4');
	const bytes = Buffer.alloc(160, 'flood of the soak ');
	socket.on('error', () => undefined);
	// The answers are read and ignored.
	socket.on('message', () => undefined);
	const end = performance.now() + (seconds * 1000);
	let sent = 0;
	while (sent < fill && performance.now() < end) {
		for (let left = 100; left > 0; left--, sent++) {
			socket.send(bytes, port, '127.0.0.1', () => undefined);
		}

		await sleep(8);
	}

	socket.close();
	return sent;
}

/** Press keys until the time is over; ask every few seconds for an answer. @returns how many characters were pressed */
async function pressKeys(half: Half, app: ScreenApp, {watch, memory, foreign}: Watchers): Promise<number> {
	const {seconds, seed} = half.job;
	const address = {host: '127.0.0.1', port: app.port};
	const interval = Math.min(4, seconds / 12);
	let pressed = 0;
	let asked = half.elapsed;
	for (const {run, size, acts, hostile, pause} of drawsOf(turn, seed)) {
		const left = seconds - half.elapsed;
		if (left <= 0) {
			break;
		}

		half.doing('pressing keys');
		app.press(run);
		pressed += run.length;
		if (size) {
			app.resize(...size);
		}

		for (const act of acts) {
			act(foreign, {udp: address, tcp: address});
		}

		const [index, payload] = hostile;
		foreign.send('hostile', address, index, [payload]);
		await sleep(pause);
		if (half.elapsed - asked > interval && left > interval) {
			asked = half.elapsed;
			half.doing('waiting for an answer of the screen');
			half.violation('the screen does not answer', ...await app.ask(Math.max(answerTimeout, left * 1000)));
			memory.add(await residentMemory(app.programPid));
			watch.look();
			app.transcript = '';
		}
	}

	return pressed;
}

/** Quit by key: the program must end well, give the terminal back, and leave nothing. */
async function quit(half: Half, app: ScreenApp, {watch, memory, foreign}: Watchers): Promise<void> {
	const demand = (holds: boolean, problem: string): void => {
		if (!holds) {
			half.violation('the end of the program', problem);
		}
	};

	half.doing('waiting for a last answer of the screen');
	half.violation('the screen does not answer', ...await app.ask(answerTimeout));
	watch.look();
	half.doing('quitting by key');
	app.press(keys.ctrl('c'));
	if (!await settles(app.exit, quitTimeout)) {
		demand(false, `it has not ended ${quitTimeout / 1000} s after Ctrl+C\n${app.screen.text}`);
		return;
	}

	const {exitCode, signal} = await app.exit;
	demand(exitCode === 130 && signal === 0, `exit code ${exitCode}, signal ${signal}`);
	// The size has changed.
	const texts = [await app.read('before'), await app.read('after')];
	const [before, after] = texts.map(modes => modes.replace(/rows \d+; columns \d+;/, ''));
	demand(before === after, `the terminal's modes were\n${before}\nand are\n${after}`);
	demand(!app.isAlternateScreen, 'the terminal is left with the alternate screen');
	demand(app.changedModes.length === 0, `the terminal is left with modes ${app.changedModes.join(', ')}`);
	const written = await app.read('errors');
	demand(written === '' || written === showCursor, `standard error has ${JSON.stringify(written)}`);
	half.doing('looking for what is left');
	// The kernel keeps its ends of connections for as long as the peers keep theirs.
	foreign.close();
	await comesTrue(() => watch.left.length === 0, 2500);
	half.violation('something is left', ...watch.left);
	half.violation('memory is not flat', ...memory.problems);
	half.figures('screen: at the end', [memory.figure, ['sockets left', watch.left.length], ['exit code', exitCode]]);
}
