import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {keys, openApp, type TestApp} from '../../helpers/terminal-app.ts';
import {openRawUdp} from '../../helpers/raw-udp.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

/**
The text of the line of a program that is marked: its call has happened last.
*/
function markedLine(screen: TerminalScreen, title: string): string {
	return (
		screen
			.pane(title)
			.lines.map(line => /^►(?: *\d+ )?(.*)$/.exec(line)?.[1]?.trim())
			.find(text => text !== undefined) ?? ''
	);
}

async function waitForMark(app: TestApp, title: string, wanted: RegExp): Promise<void> {
	await app.waitFor(screen => wanted.test(markedLine(screen, title)), `${String(wanted)} marked in ${title}`);
}

/** The row of the call whose line is marked, with what stands beneath it. */
function markedCall(screen: TerminalScreen, title: string): string {
	const text = screen.pane(title).lines.map(line => line.split(' │ ').at(-1)?.trim() ?? '').join(' ');
	return text.slice(text.search(/\d[►▸]/) + 1).replaceAll(/\s+/g, ' ');
}

/** All lines of the program that is shown, gathered by scrolling from its end to its beginning. */
async function gather(app: TestApp, title: string): Promise<string[]> {
	const lines: string[] = [];
	const take = (): void => {
		for (const line of app.screen.pane(title).lines) {
			const [, number, text = ''] = /^[►›]? *(\d+)(?: (.*))?$/.exec(line) ?? [];
			if (number !== undefined) {
				lines[Number(number) - 1] = text.trimEnd();
			}
		}
	};

	const firstShown = (screen: TerminalScreen): number =>
		Number(/^\D*(\d+)/.exec(screen.pane(title).lines[1] ?? '')?.[1]);
	app.press(keys.pageUp.repeat(20));
	await app.waitFor(screen => firstShown(screen) === 1, 'the first line');
	take();
	for (;;) {
		const before = firstShown(app.screen);
		app.press(`${keys.pageDown}.`);
		await app.waitFor(screen => screen.cursor.before.endsWith('.'), 'another page');
		app.press(keys.backspace);
		await app.waitFor(screen => !screen.cursor.before.endsWith('.'), 'an empty line');
		take();
		if (firstShown(app.screen) === before) {
			return lines;
		}
	}
}

test.serial(
	'UDP at 80x24 and 120x40: the program of a pane marks the line of its last call, and typing still sends',
	async t => {
		const folder = await temporaryFolder(t);
		const app = await openApp(t, {args: ['-c', '1', '-r', 'manual'], folder});
		const stranger = await openRawUdp(t);
		const {port} = app.serverAddress;
		app.press(keys.shiftTab);
		await app.waitForFocus('SERVER');
		app.press(keys.alt('s'));
		await app.waitFor(
			screen => screen.panes.length === 1 && screen.pane('SERVER').title.endsWith('udp_server_short.py · Python'),
			'the program',
		);
		await waitForMark(app, 'SERVER', /bind\(/);
		for (const [index, [columns, rows]] of (
			[
				[80, 24],
				[120, 40],
			] as const
		).entries()) {
			await app.resizeTo(columns, rows);
			stranger.send(`ask ${index}`, port);
			await waitForMark(app, 'SERVER', /recvfrom\(/);
			t.regex(
				markedCall(app.screen, 'SERVER'),
				new RegExp(String.raw`^►← recvfrom\(\) → 5 B, \('127\.0\.0\.1', ${stranger.port}\) ask ${index}`),
			);
			await app.waitForPane('SERVER', `> (to 127.0.0.1:${stranger.port})`);
			app.send(`answer ${index}`);
			t.is(await stranger.nextText(), `answer ${index}`);
			await waitForMark(app, 'SERVER', /sendto\(/);
			t.regex(markedCall(app.screen, 'SERVER'), /^►→ sendto\(8 B, .* answer \d/);
			t.deepEqual(app.screen.frameProblems, []);
		}

		app.press(keys.tab);
		await app.waitFor(screen => screen.pane('CLIENT 1').isFocused && screen.panes.length === 2, 'both panes');
		t.true(app.screen.pane('SERVER').title.endsWith('Python'));
		t.deepEqual(app.screen.frameProblems, []);
		app.press(keys.shiftTab);
		await app.waitFor(screen => screen.panes.length === 1 && screen.pane('SERVER').isFocused, 'the program again');
		// An older call is selected: the line that makes it is marked, and Enter opens its payload.
		app.press(keys.shiftUp + keys.up);
		await waitForMark(app, 'SERVER', /recvfrom\(/);
		await app.waitFor(screen => markedCall(screen, 'SERVER').startsWith('▸← recvfrom()'), 'the selected call');
		app.press(keys.escape);
		await waitForMark(app, 'SERVER', /sendto\(/);
		for (const name of ['short.mjs · JavaScript for Node', 'short.c · C', 'short.py · Python']) {
			app.press(keys.ctrl('s'));
			await app.waitFor(screen => screen.pane('SERVER').title.endsWith(`udp_server_${name}`), name);
			await waitForMark(app, 'SERVER', /send(?:to)?\(/);
		}

		await app.command('z');
		await app.waitFor(screen => screen.pane('SERVER').title.endsWith('udp_server.py · Python'), 'the full form');
		await waitForMark(app, 'SERVER', /sendto\(/);
		await app.command('w');
		app.press('w');
		await app.waitForPane('SERVER', `saved ${folder}`);
		await app.resizeTo(100, 30);
		const listing = await gather(app, 'SERVER');
		const saved = await readFile(path.join(folder, 'udp_server.py'), 'utf8');
		t.deepEqual(saved.split('\n').slice(2, -1), listing);
		t.true(saved.includes(String(port)));
		await app.resizeTo(80, 24);
		await app.command('z');
		await app.command('w');
		app.press('\r');
		await app.waitForPane('SERVER', `saved ${folder}`);
		const files = await readdir(folder);
		t.deepEqual(files.toSorted(), ['udp_server.py', 'udp_server_short.py']);
		app.press(keys.ctrl('v'));
		await app.waitFor(
			screen => screen.panes.length === 2 && screen.pane('SERVER').title.endsWith('●'),
			'the messages',
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'TCP at 80x24 and 120x40: a client\'s program knows its server, and follows the conversation in every language',
	async t => {
		const folder = await temporaryFolder(t);
		const app = await openApp(t, {args: ['-p', 'tcp', '-c', '1'], folder});
		await app.waitForPane('CLIENT 1', 'connected to');
		const {port} = app.serverAddress;
		await app.command('s');
		await app.waitFor(
			screen => screen.panes.length === 1 && screen.pane('CLIENT 1').title.endsWith('tcp_client_short.py · Python'),
			'the program',
		);
		await waitForMark(app, 'CLIENT 1', /connect\(/);
		await app.command('z');
		await waitForMark(app, 'CLIENT 1', /tcp_nodelay/i);
		for (const [name, receive] of [
			['tcp_client.py', /recv\(/],
			['tcp_client.mjs', /'data'/],
			['tcp_client.c', /recv\(/],
		] as const) {
			await app.waitFor(screen => screen.pane('CLIENT 1').title.includes(name), name);
			app.send(name);
			await waitForMark(app, 'CLIENT 1', receive);
			await app.waitForPane('CLIENT 1', new RegExp(String.raw`►← recv\(\) → ${name.length} B`));
			await app.command('w');
			app.press('w');
			await app.waitForPane('CLIENT 1', 'saved ');
			const saved = await readFile(path.join(folder, name), 'utf8');
			t.true(saved.includes(String(port)));
			await app.resizeTo(120, 40);
			t.true(receive.test(markedLine(app.screen, 'CLIENT 1')));
			await app.resizeTo(80, 24);
			app.press(keys.alt('s'));
		}

		app.press(keys.ctrl('d'));
		await app.waitForPane('CLIENT 1', /►[ →←○] (?:shutdown|recv\(\) → 0 B|close)/);
		t.deepEqual(app.screen.frameProblems, []);
	},
);

test.serial(
	'on a Korean screen a program has Korean comments, on the screen as in the file, and no English ones',
	async t => {
		const folder = await temporaryFolder(t);
		const app = await openApp(t, {args: ['--lang', 'ko', '-c', '1'], folder});
		await app.resizeTo(120, 40);
		app.press(keys.alt('s'));
		await app.waitFor(
			screen => screen.panes.length === 1 && screen.pane('클라이언트 1').title.includes('udp_client_short.py'),
			'the program',
		);
		app.press(keys.alt('z'));
		await app.waitFor(screen => screen.pane('클라이언트 1').title.includes('udp_client.py'), 'the full form');
		app.press(`${keys.alt('w')}w`);
		await app.waitForPane('클라이언트 1', folder);
		await app.resizeTo(100, 30);
		const listing = await gather(app, '클라이언트 1');
		const saved = await readFile(path.join(folder, 'udp_client.py'), 'utf8');
		t.deepEqual(saved.split('\n').slice(2, -1), listing);
		t.regex(saved, /^# UDP 클라이언트/m);
		const comments = listing.flatMap(line => /(?:^| )# (.*)/.exec(line)?.[1] ?? []);
		t.true(comments.length > 5);
		t.deepEqual(
			comments.filter(comment => !/[가-힣]/.test(comment)),
			['Ctrl+C'],
		);
		t.deepEqual(app.screen.frameProblems, []);
	},
);
