/* Lessons on live sockets, in a terminal. Every built-in lesson is played elsewhere: here is what the screen does. */
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

function has(text: string): (screen: TerminalScreen) => boolean {
	return ({lines}) => lines.some(line => line.includes(text));
}

test('a step is done in the panes: asked, answered, explained with what happened, its rows marked; Enter goes on', async t => {
	const folder = await temporaryFolder(t);
	const app = await openApp(t, {
		subcommand: ['learn', 'socket'],
		args: ['--lang', 'ko'],
		columns: 80,
		rows: 24,
		folder,
		env: {XDG_CONFIG_HOME: folder},
		isOpen: false,
	});
	await app.waitFor(has(ko.lessons.question), 'the question');
	t.true(app.screen.panes.every(({isFocused}) => !isFocused));
	app.press(`1${keys.enter}`);
	await app.waitFor(has(ko.lessons.yourGuess), 'the answer');
	app.send('hello');
	await app.waitFor(has(ko.lessons.explanation), 'the explanation');
	t.true(app.screen.lines.some(line => line.includes(ko.lessons.right)));
	t.true(app.screen.panes.every(({text}) => text.includes('◆')));
	const [, port = ''] = /:(\d+) ●/.exec(app.screen.pane(ko.client.title(1)).title) ?? [];
	t.regex(app.screen.pane(ko.server.title).text, new RegExp(`◆← :${port}`));
	app.press(keys.enter);
	await app.waitFor(has(' 2/5 '), 'the next step');
	t.false(app.screen.lines.some(line => line.includes('◆')));
	await app.resizeTo(140, 40);
	await app.waitFor(screen => screen.lines.every((_, y) => screen.cell(100, y) === '│'), 'the column');
	app.resize(30, 8);
	await app.waitFor(has('30x8'), 'too small');
	await app.resizeTo(80, 24);
	await app.waitFor(has(' 2/5 '), 'the step');
	await app.quit();
	const again = await openApp(t, {
		subcommand: ['learn'], columns: 80, rows: 24, folder, env: {XDG_CONFIG_HOME: folder},
	});
	await again.waitFor(has(en.lessons.progress(1, 5)), 'what was done before');
	again.press(keys.enter);
	await again.waitFor(has(' 2/5 '), 'the step that was left');
});

test('a lesson is opened beside sockets that are there, and its report and log are saved', async t => {
	const folder = await temporaryFolder(t);
	const app = await openApp(t, {
		columns: 140, rows: 40, folder, env: {XDG_CONFIG_HOME: folder},
	});
	await app.command('g');
	await app.waitFor(has(en.lessons.progress(0, 9)), 'the list');
	app.press(keys.down + keys.enter);
	await app.waitFor(has(' 1/9 '), 'the lesson');
	for (let step = 2; step <= 10; step++) {
		await app.command('g');
		app.press('s');
		await app.waitFor(has(step > 9 ? en.lessons.keys.list : ` ${step}/9 `), `step ${step}`);
	}

	await app.command('w');
	await app.waitFor(({lines}) => lines.join('').includes('lesson-udp.txt'), 'the report');
	const report = await readFile(path.join(folder, 'socket-playground-lesson-udp.md'), 'utf8');
	t.true(report.includes('`socket-playground-lesson-udp.txt`'));
	const log = await readFile(path.join(folder, 'socket-playground-lesson-udp.txt'), 'utf8');
	t.true(log.length > 0);
	await app.command('g');
	app.press('x');
	await app.waitFor(({panes, columns}) => panes.some(({x, width}) => x + width === columns), 'all columns again');
});

test('the same message is sent in both protocols, side by side', async t => {
	const app = await openApp(t, {columns: 80, rows: 24, args: ['-c', '1']});
	await app.command('c');
	await app.waitFor(({panes}) => panes.length === 4, 'both scenes');
	app.send('hello');
	await app.waitFor(({panes}) => panes.filter(({text}) => text.includes('HELLO')).length === 2, 'UDP\'s answer');
	app.press(keys.tab + keys.tab);
	await app.waitFor(({panes}) => panes.some(({isFocused, x, y}) => isFocused && x === 40 && y > 1), 'TCP\'s client');
	app.send('hello');
	await app.waitFor(({panes}) => panes.every(({text}) => text.includes('HELLO')), 'all four');
	t.true(app.screen.header.includes('[TCP]'));
	await app.command('c');
	await app.waitFor(({panes}) => panes.length === 2, 'one scene');
});
