
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {en} from '../../../source/screen/words/en.ts';
import {
	type AppOptions, keys, openApp, type TestApp,
} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';

const fixture = path.join(import.meta.dirname, '../../fixtures/fail-on-signal.ts');

/** A terminal in which a frame is dear. */
const large: AppOptions = {columns: 300, rows: 80};

/** Open the playground in a large terminal, and start a series in it that outlasts the test. */
async function openLoaded(t: ExecutionContext, options: AppOptions): Promise<TestApp> {
	const app = await openApp(t, {...large, ...options});
	if (options.args?.includes('tcp')) {
		await app.waitForPane('CLIENT 1', 'connected to');
	}

	await openSeriesPrompt(app);
	app.press(`1m at 1000/s${keys.enter}`);
	await app.waitForPane('SERVER', /message \d+/);
	await untilTyping(app);
	return app;
}

async function openSeriesPrompt(app: TestApp): Promise<void> {
	await app.command('b');
	await app.waitFor(({footer}) => footer.includes('do it'), 'the menu');
	app.press('7');
	await app.waitFor(({prompt}) => prompt.includes('cancels'), 'the prompt of a series');
}

async function untilTyping(app: TestApp): Promise<void> {
	await app.waitFor(({footer}) => footer.includes('Esc commands'), 'the panes, and no prompt');
}

function isPrompting({prompt}: TerminalScreen): boolean {
	return /Esc (?:cancels|ends it)/.test(prompt);
}

/** Each prompt: how it is opened, and what is typed into it key by key. */
const prompts: ReadonlyArray<readonly [name: string, open: (app: TestApp) => Promise<void>, text: string]> = [
	['address', openAddressPrompt, '127.0.0.1:9'],
	['filter', async app => app.command('/'), 'nothing'],
	['series', openSeriesPrompt, '100k at 10'],
	['link', async app => openLink(app, keys.enter), 'loss=1%'],
	['seed', async app => openLink(app, 's'), '4321'],
	['setting', openLastSetting, '127.0.0.1:9'],
	['file', async app => app.command('u'), '/dev/null'],
];

async function openLastSetting(app: TestApp): Promise<void> {
	await app.command('j');
	await app.waitForText(en.settings.keys.change);
	app.press(keys.end + keys.enter);
}

async function openAddressPrompt(app: TestApp): Promise<void> {
	await app.command('a');
	await app.waitFor(isPrompting, 'the prompt for an address');
}

async function openLink(app: TestApp, key: string): Promise<void> {
	await app.command('l');
	await app.waitForText(' SIMULATED LINK ');
	app.press(key);
}

/** What is drawn over the panes, or in their place: the keys after Esc, and what shows it. */
const overlays: ReadonlyArray<readonly [letter: string, isShown: (screen: TerminalScreen) => boolean]> = [
	['f', screen => screen.line(1).startsWith(' FLOW')],
	['l', ({text}) => text.includes(' SIMULATED LINK ')],
	['b', ({footer}) => footer.includes('do it')],
	['e', screen => screen.line(1).startsWith(' LABORATORY ')],
	['?', ({footer}) => footer.includes('Esc q close')],
	['j', ({footer}) => footer.includes(en.settings.keys.change)],
	['w', ({footer}) => footer.includes(en.views.saving.lesson)],
	['g', screen => screen.line(1).startsWith(' LESSONS ')],
];

/** Walk through every prompt, overlay and view: each opens, takes keys, and closes. */
async function walk(t: ExecutionContext, app: TestApp): Promise<void> {
	await app.command('b');
	await app.waitFor(({footer}) => footer.includes('stop the series'), 'the report of the series');
	app.press(keys.typing);
	await untilTyping(app);
	// Another series can be asked for where none is under way.
	app.press(keys.tab);
	await app.waitForFocus('CLIENT 2');
	for (const [name, open, text] of prompts) {
		await open(app);
		await app.waitFor(isPrompting, `the prompt ${name}`);
		app.press(keys.backspace.repeat(30));
		for (const character of text) {
			app.press(character);
		}

		await app.waitFor(({prompt}) => prompt.includes(text), `${text} in the prompt ${name}`);
		app.press(keys.escape);
		await app.waitFor(screen => !isPrompting(screen), `the end of the prompt ${name}`);
		app.press(keys.typing);
		await untilTyping(app);
		t.deepEqual(app.screen.frameProblems, [], name);
	}

	for (const [letter, isShown] of overlays) {
		await app.command(letter);
		// In a wide terminal the flow diagram stands beside the panes first.
		app.press(letter === 'f' && app.screen.columns >= 120 ? keys.ctrl('f') : '');
		await app.waitFor(isShown, `what is shown by ${letter}`);
		app.press(keys.pageDown + keys.pageUp + keys.typing);
		await untilTyping(app);
		t.deepEqual(app.screen.frameProblems, [], letter);
	}

	app.press(keys.shiftTab);
	await app.waitForFocus('CLIENT 1');
	app.press(keys.shiftUp);
	await app.waitFor(({footer}) => footer.includes('open whole'), 'a selected row');
	app.press(keys.enter);
	await app.waitFor(screen => screen.line(1).startsWith(' PAYLOAD'), 'the payload');
	app.press(keys.escape);
	await app.waitFor(({footer}) => footer.includes('open whole'), 'the selected row again');
	app.press(keys.typing);
	await untilTyping(app);
	for (const view of ['call-view', 'byte-view', 'socket-view', 'message-view'] as const) {
		await app.showView('CLIENT 1', view);
		t.deepEqual(app.screen.frameProblems, [], view);
	}

	await app.waitForPane('SERVER', /message \d+/);
}

/** What runs a program on one core only: the first that this process may use. */
function oneCore(): readonly string[] {
	const [core = '0']
		= /\d+/.exec(execFileSync('taskset', ['-cp', String(process.pid)], {encoding: 'utf8'})
			.split(':')
			.at(-1) ?? '') ?? [];
	return ['taskset', '-c', core];
}

test.serial(
	'UDP in a large terminal: under load every prompt and overlay takes keys, and SIGTERM ends the program from within a prompt',
	async t => {
		const app = await openLoaded(t, {});
		await walk(t, app);
		await openAddressPrompt(app);
		app.press('1');
		app.signal('SIGTERM');
		t.like(await app.exit, {exitCode: 143, signal: 0});
		t.deepEqual(app.changedModes, []);
	},
);

test.serial(
	'TCP on one core: under load every prompt and overlay takes keys, and Ctrl+Q, pressed twice, quits from within a prompt',
	async t => {
		if (!isInstalled('taskset')) {
			skipped(t, 'there is no taskset');
			return;
		}

		// On one core a frame is dear in a smaller one, too.
		const app = await openLoaded(t, {
			args: ['-p', 'tcp'], columns: 160, rows: 45, wrapper: oneCore(),
		});
		await walk(t, app);
		await openAddressPrompt(app);
		app.press(keys.ctrl('q'));
		await app.waitFor(({footer}) => footer.includes(en.footer.quit), 'whether to quit');
		app.press(keys.ctrl('q'));
		t.like(await app.exit, {exitCode: 0, signal: 0});
		t.deepEqual(app.changedModes, []);
	},
);

for (const [signal, exitCode] of [['SIGHUP', 129], ['SIGINT', 130]] as const) {
	test.serial(`${signal} ends the program while the engine's answers pour in`, async t => {
		const app = await openLoaded(t, {args: ['-c', '1']});
		await app.command('f');
		await app.waitFor(screen => screen.line(1).includes(' FLOW '), 'the flow diagram');
		app.signal(signal);
		t.like(await app.exit, {exitCode, signal: 0});
		t.deepEqual(app.changedModes, []);
	});
}

test.serial('SIGTERM ends the program under load though its terminal reading stopped any more', async t => {
	const app = await openLoaded(t, {args: ['-c', '1'], env: {NODE_OPTIONS: `--import=${fixture}`, FAIL: 'fill'}});
	app.stopReading();
	app.signal('SIGUSR2');
	app.signal('SIGTERM');
	t.like(await app.exit, {exitCode: 143, signal: 0});
});
