/*
Make the readme's pictures: run the program in a terminal, use it, and draw what the terminal shows. Names of pictures
make only these: npm run pictures -- tour udp
*/
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {bindingOf} from '../source/screen/input/keys.ts';
import {openApp, keys, type TestApp} from '../test/helpers/terminal-app.ts';
import {
	animatedSvg, type Frame, screenRows, screenSvg,
} from './screen-svg.ts';

const folder = path.join(import.meta.dirname, '../docs');
const size = {columns: 120, rows: 30};

/** What is done before the picture is taken. */
type Scenario = {
	readonly name: string;
	readonly title: string;
	readonly args: readonly string[];
	readonly use: (app: TestApp) => Promise<void>;
};

const scenarios: readonly Scenario[] = [
	{
		name: 'udp',
		title: 'socket-playground in UDP: one socket serves two clients',
		args: ['--protocol', 'udp'],
		async use(app) {
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.send(String.raw`tab\tand \xff`);
			await app.waitForPane('CLIENT 1', 'TAB');
			app.press(keys.tab);
			app.send('안녕 you');
			await app.waitForPane('CLIENT 2', '안녕 YOU');
			app.press('hello again');
			await app.waitForPane('CLIENT 2', 'hello again');
		},
	},
	{
		name: 'tcp',
		title: 'socket-playground in TCP: a welcoming socket, and a connection socket for each client',
		args: ['--protocol', 'tcp'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 2.*ESTABLISHED/);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.tab);
			app.send('👋 a byte stream');
			await app.waitForPane('CLIENT 2', 'A BYTE STREAM');
			app.press(keys.ctrl('d'));
			await app.waitForPane('SERVER', 'connection 2 FIN received');
			await app.waitForPane('CLIENT 2', 'closed');
		},
	},
	{
		name: 'calls',
		title: 'The calls view: what each thing that happened is as a call of the socket interface',
		args: ['--protocol', 'tcp', '--clients', '1'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 1.*ESTABLISHED/);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.ctrl('d'));
			await app.waitForPane('CLIENT 1', 'closed');
			await nextView(app, 'CLIENT 1', 'calls');
			app.press(keys.tab);
			await nextView(app, 'SERVER', 'calls');
			await app.waitForPane('SERVER', 'shutdown');
		},
	},
	{
		name: 'bytes',
		title: 'The bytes view: which writes each read got its bytes from',
		args: ['--protocol', 'tcp', '--clients', '1', '--reply', 'discard'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 1.*ESTABLISHED/);
			app.press(['one', 'two', 'three'].map(text => `${text}${keys.enter}`).join(''));
			await app.waitForPane('CLIENT 1', 'three');
			app.press(keys.paste('0123456789'.repeat(10_000)));
			await app.waitForPane('CLIENT 1', 'KiB');
			app.press(keys.enter);
			await app.waitForPane('SERVER', /(?:\d{5} B.*){2}/s);
			await nextView(app, 'CLIENT 1', 'calls');
			await nextView(app, 'CLIENT 1', 'bytes');
			app.press(keys.tab);
			await nextView(app, 'SERVER', 'calls');
			await nextView(app, 'SERVER', 'bytes');
			await app.waitForPane('SERVER', '[D]');
		},
	},
	{
		name: 'sockets',
		title: 'The sockets view: every socket of the server with its four-tuple and its state in the kernel',
		args: ['--protocol', 'tcp', '--clients', '3'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 3.*ESTABLISHED/);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.shiftTab);
			app.press(keys.right + keys.right);
			await app.waitForPane('SERVER', '(to connection 3)');
			app.press(keys.ctrl('x'));
			await app.waitForPane('SERVER', 'connection 3 closed');
			for (const name of ['calls', 'bytes', 'sockets']) {
				await nextView(app, 'SERVER', name);
			}

			await app.waitForPane('SERVER', 'FIN_WAIT2');
			app.press(keys.shiftTab);
			await app.waitForPane('CLIENT 3', 'has sent its FIN');
			app.press(keys.ctrl('x'));
			await app.waitForPane('SERVER', 'TIME_WAIT');
		},
	},
	{
		name: 'program',
		title: 'The program that a pane is, with the line marked whose call has just happened',
		args: ['--protocol', 'udp', '--clients', '1'],
		async use(app) {
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.tab);
			await app.command('s');
			await app.waitForPane('SERVER', /►.*sendto/);
		},
	},
	{
		name: 'flow',
		title: 'The flow diagram: a lane for each socket, an arrow for each thing that went from one to another',
		args: ['--protocol', 'tcp', '--clients', '2'],
		async use(app) {
			await app.waitForPane('SERVER', /connection 2.*ESTABLISHED/);
			app.send('hello');
			await app.waitForPane('CLIENT 1', 'HELLO');
			app.press(keys.tab);
			app.send('안녕 👋');
			await app.waitForPane('CLIENT 2', '← ');
			app.press(keys.ctrl('d'));
			await app.waitForPane('CLIENT 2', 'closed');
			app.press(keys.shiftTab + keys.shiftTab);
			app.press(keys.ctrl('o'));
			await app.waitForPane('SERVER', 'stopped');
			app.press(keys.tab + keys.tab);
			await app.command('o');
			await app.waitForPane('CLIENT 2', 'ECONNREFUSED');
			app.press(keys.ctrl('f').repeat(2));
			await app.waitFor(screen => screen.line(1).startsWith(' FLOW') && screen.text.includes('accept()'), 'the diagram');
		},
	},
	{
		name: 'payload',
		title: 'A payload whole: bytes and characters side by side',
		args: ['--protocol', 'udp', '--clients', '1', '--reply', 'echo'],
		async use(app) {
			app.send(String.raw`소켓 👋 is \xec\x86 cut, and café is five letters in six bytes\r\n`);
			await app.waitForPane('CLIENT 1', '← ');
			app.press('\u{1B}[1;2A');
			await app.waitFor(({footer}) => footer.includes('open whole'), 'a selected row');
			app.press(keys.enter);
			await app.waitFor(({text}) => text.includes('0000'), 'the payload');
		},
	},
	{
		name: 'fates',
		title: 'A bad link: lost, delayed, doubled and overtaken datagrams',
		args: [
			'--protocol',
			'udp',
			'--clients',
			'1',
			'--seed',
			'11',
			'--link',
			'loss=30%,delay=120ms,jitter=80%,duplication=20%',
		],
		async use(app) {
			await app.command('z');
			app.press(['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map(text => `${text}${keys.enter}`).join(''));
			await app.waitForPane('CLIENT 1', 'arrived after');
			await app.waitFor(({text}) => !text.includes(' ms …'), 'nothing on the link');
		},
	},
	{
		name: 'link',
		title: 'The panel of the simulated link: what it does to each direction',
		args: ['--protocol', 'udp', '--clients', '1', '--seed', '42', '--link', 'lossy'],
		async use(app) {
			await app.command('l');
			app.press(keys.down);
			await app.waitFor(({text}) => text.includes('▸ loss'), 'the panel');
		},
	},
	{
		name: 'series',
		title: 'The report of a series of messages over a lossy link',
		args: ['--protocol', 'udp', '--clients', '1', '--seed', '5', '--link', 'lossy'],
		async use(app) {
			await app.command('b');
			app.press('7');
			await app.waitFor(({footer}) => footer.includes('burst'), 'the prompt');
			app.press(`1000 at 500/s${keys.enter}`);
			await app.waitForPane('CLIENT 1', 'series ends');
			await app.command('b');
			app.press('0');
			await app.waitFor(({text}) => text.includes('round trip'), 'the report');
		},
	},
	{
		name: 'laboratory',
		title: 'The error laboratory: reset against orderly end',
		args: ['--protocol', 'tcp'],
		async use(app) {
			await app.command('e');
			await app.waitFor(({text}) => text.includes('LABORATORY'), 'the list');
			app.press('8');
			await app.waitFor(({text}) => text.includes('· done'), 'the end of the experiment');
		},
	},
];

/** Press the key for the next view of a pane, and wait until it shows. */
async function nextView(app: TestApp, pane: string, name: string): Promise<void> {
	await app.command('v');
	await app.waitFor(screen => screen.pane(pane).title.endsWith(name), `${name} in ${pane}`);
}

/** The animated picture at the top of the readme. */
const tour = {
	name: 'tour', title: 'The first minute with socket-playground: a datagram, its system calls, its flow; the same in TCP',
};
const tourSize = {columns: 120, rows: 28};

/** Milliseconds that a letter, and a whole screen, are shown. */
const letterTime = 160;
const screenTime = 4000;

/** Use the program as in a first minute, and take each frame of it. */
async function takeTour(app: TestApp): Promise<Frame[]> {
	const frames: Frame[] = [];
	const take = (caption: string, duration = screenTime): void => {
		const rows = screenRows(app.buffer, tourSize.columns, tourSize.rows, app.isCursorVisible);
		frames.push({rows, duration, caption});
	};

	const type = async (text: string, caption: string): Promise<void> => {
		for (const [index, letter] of [...text].entries()) {
			app.press(letter);
			await app.waitForPane('CLIENT 1', `> ${text.slice(0, index + 1)}`);
			take(caption, letterTime);
		}
	};

	const showLetters = async (letter: string, caption: string): Promise<void> => {
		await app.command('');
		take(`Esc shows the commands, ${caption}`, screenTime / 2);
		app.press(letter + (bindingOf(letter)?.isRepeated ? keys.enter : ''));
	};

	take('A UDP server and two clients: each pane is a real socket');
	await type('hello', 'Type hello …');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', '← ');
	take('… and Enter sends it in one datagram. The server answers in upper case');
	await showLetters('v', 'v is the next view');
	await app.waitForPane('CLIENT 1', 'recvfrom(');
	take('The same as system calls');
	await showLetters('f', 'f is the flow diagram');
	await app.waitForText('"HELLO"');
	take('The same as a flow diagram, one lane for each socket', screenTime * 1.5);
	app.press(keys.ctrl('t'));
	await app.waitForPane('CLIENT 2', 'connected');
	take('Ctrl+T: the same in TCP. A connection socket for each client, before any data');
	await type('hello', 'Type hello …');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', '← ');
	await app.waitForText('"HELLO"');
	take('… and it travels as bytes of a stream. The handshake came first', screenTime * 1.5);
	return frames;
}

/** Run the program, use it, and write what comes of it. The program ends then. */
async function picture(
	{name, ...options}: Pick<Scenario, 'name' | 'args'> & {readonly columns: number; readonly rows: number},
	draw: (app: TestApp) => Promise<string>,
): Promise<void> {
	const endings: Array<() => unknown> = [];
	const app = await openApp({
		timeout: Object.assign(() => undefined, {clear: () => undefined}),
		teardown(ending) {
			endings.push(ending);
		},
	}, options);
	try {
		await writeFile(path.join(folder, `${name}.svg`), await draw(app));
	} finally {
		await Promise.all(endings.map(async ending => ending()));
	}
}

const pictures: ReadonlyMap<string, () => Promise<void>> = new Map([
	[tour.name, async () => picture({...tour, ...tourSize, args: ['--protocol', 'udp']}, async app =>
		animatedSvg(await takeTour(app), tourSize.columns, tourSize.rows, tour.title))],
	...scenarios.map(({name, title, args, use: prepare}): [string, () => Promise<void>] => [
		name,
		async () => picture({name, args, ...size}, async app => {
			await prepare(app);
			return screenSvg(app.buffer, size.columns, size.rows, title);
		}),
	]),
]);

const wanted = process.argv.slice(2);
const unknown = wanted.find(name => !pictures.has(name));
if (unknown !== undefined) {
	throw new RangeError(`There is no picture '${unknown}': there are ${[...pictures.keys()].join(', ')}`);
}

await mkdir(folder, {recursive: true});
const made = [...pictures].filter(([name]) => wanted.length === 0 || wanted.includes(name));
const outcomes = await Promise.allSettled(made.map(async ([, make]) => make()));
for (const [index, outcome] of outcomes.entries()) {
	if (outcome.status === 'rejected') {
		// The others are made all the same.
		process.stderr.write(`${made[index]?.[0]}: ${String(outcome.reason)}\n`);
		process.exitCode = 1;
	}
}
