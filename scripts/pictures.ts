/* Make the readme's pictures: run the program in a terminal, use it, and draw what the terminal shows. */
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {openApp, keys, type TestApp} from '../test/helpers/terminal-app.ts';
import {screenSvg} from './screen-svg.ts';

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
			await app.command('f');
			await app.waitFor(({text}) => text.includes('ECONNREFUSED') && text.includes('accept()'), 'the diagram');
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

/** Take one picture. The program ends when it is taken. */
async function takePicture({name, title, args, use: prepare}: Scenario): Promise<void> {
	const endings: Array<() => unknown> = [];
	const app = await openApp({
		timeout: Object.assign(() => undefined, {clear: () => undefined}),
		teardown(ending) {
			endings.push(ending);
		},
	}, {args, ...size});
	try {
		await prepare(app);
		await writeFile(path.join(folder, `${name}.svg`), screenSvg(app.buffer, size.columns, size.rows, title));
		await app.quit();
	} finally {
		await Promise.all(endings.map(async ending => ending()));
	}
}

await mkdir(folder, {recursive: true});
await Promise.all(scenarios.map(async scenario => takePicture(scenario)));
