import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import module from 'node:module';
import path from 'node:path';
import test from 'ava';
import {
	keys, openApp, program, TestApp,
} from '../../helpers/terminal-app.ts';
import {skipped} from '../../helpers/skipped.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';
import {TestTerminal} from '../../helpers/terminal.ts';

const escape = '\u{1B}';

function click(x: number, y: number): string {
	return `${escape}[<0;${x + 1};${y + 1}M${escape}[<0;${x + 1};${y + 1}m`;
}

/** Whether a program is on this machine. */
function hasProgram(name: string): boolean {
	try {
		execFileSync('sh', ['-c', `command -v ${name}`]);
		return true;
	} catch {
		return false;
	}
}

test.serial('Ctrl+Z and SIGTSTP give the terminal back while the program is stopped, and fg takes it again', async t => {
	if (!hasProgram('bash')) {
		skipped(t, 'there is no bash, which stops and continues programs');
		return;
	}

	const app = new TestApp(t, {file: 'bash', args: ['--norc', '-i'], env: {PS1: 'ready> '}});
	/** Have the shell carry out a command; its output is what stands between that and the next prompt. */
	const run = async (command: string): Promise<string> => {
		const before = app.transcript.length;
		app.press(`${command}; echo "do""ne"\r`);
		const output = (): string => app.transcript.slice(before);
		await app.waitFor(() => /done\r\n[^]*ready> /.test(output()), `the output of ${command}`);
		return output();
	};

	const modes = async (): Promise<string> => {
		const [output = ''] = /speed[^]*(?=done)/.exec(await run('stty -a')) ?? [];
		return output;
	};

	await app.waitForText('ready>');
	const before = await modes();
	app.press(`'${process.execPath}' '${program}' --port 0\r`);
	await app.waitFor(({footer}) => footer.includes('Esc commands'), 'the first frame');
	app.press('half');
	await app.waitForPane('CLIENT 1', '> half');

	app.press(keys.ctrl('z'));
	await app.waitForText('Stopped');
	t.false(app.isAlternateScreen);
	// What is left is the shell's own.
	t.deepEqual(app.changedModes.filter(mode => mode !== 2004), []);
	t.is(await modes(), before);
	const [, pid] = /^(\d+)\r$/m.exec(await run('jobs -p')) ?? [];

	for (const stop of [
		() => {
			process.kill(Number(pid), 'SIGTSTP');
		},
		() => {
			process.kill(Number(pid), 'SIGSTOP');
		},
	]) {
		app.press('fg\r');
		await app.waitForPane('CLIENT 1', '> half');
		await app.waitFor(screen => app.isPasteBracketed && screen.frameProblems.length === 0, 'the whole screen');
		t.true(app.isAlternateScreen);
		t.true(app.changedModes.includes(1000));
		const seen = app.transcript.length;
		stop();
		await app.waitFor(() => app.transcript.slice(seen).includes('Stopped'), 'the shell');
	}

	app.press('fg\r');
	await app.waitForPane('CLIENT 1', '> half');
	app.press(keys.enter);
	await app.waitForPane('CLIENT 1', 'HALF');
	const end = app.transcript.length;
	app.press(keys.ctrl('c'));
	// What is typed before the shell has its terminal again, the program may still read.
	await app.waitFor(() => !app.isAlternateScreen && app.transcript.slice(end).endsWith('ready> '), 'the shell');
	t.is(await modes(), before);
	// Each title that was saved is put back, also after a stop that the program did not see coming.
	t.is(app.transcript.split(`${escape}[23;2t`).length, app.transcript.split(`${escape}[22;2t`).length);
});

test.serial('a terminal that does not know its size has the environment\'s', async t => {
	const app = await openApp(t, {
		columns: 90,
		rows: 28,
		wrapper: ['sh', '-c', 'stty cols 0 rows 0; exec "$@"', 'sh'],
		env: {COLUMNS: '90', LINES: '28'},
	});
	t.deepEqual(app.screen.frameProblems, []);
	app.send('hello');
	await app.waitForPane('CLIENT 1', 'HELLO');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('the terminal is in raw mode before the program is loaded, and what is typed before it shows is not lost', async t => {
	if (!('registerHooks' in module)) {
		skipped(t, 'this version of Node does not tell what it loads');
		return;
	}

	const hook = `import {registerHooks} from 'node:module';
		registerHooks({resolve(specifier, context, next) {
			if (specifier === './main.js') process.stderr.write('raw: ' + process.stdin.isRaw + ' ');
			return next(specifier, context);
		}});`;
	const app = new TestApp(t, {
		file: process.execPath,
		args: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, program, '--port', '0'],
	});
	app.press('early');
	await app.waitFor(() => /raw: (?:true|false)/.test(app.transcript), 'the loading of the program');
	t.regex(app.transcript, /raw: true/);
	app.press(' keys\r');
	await app.waitForPane('CLIENT 1', 'EARLY KEYS');
	t.deepEqual(app.screen.frameProblems, []);
});

test.serial('raw mode is taken early by every command line that opens the screen, and by no other', async t => {
	if (!('registerHooks' in module)) {
		skipped(t, 'this version of Node does not tell what it loads');
		return;
	}

	const hook = `import {registerHooks} from 'node:module';
		registerHooks({resolve(specifier, context, next) {
			if (specifier === './main.js') {
				process.stderr.write('raw: ' + process.stdin.isRaw + ' ');
				process.exit();
			}
			return next(specifier, context);
		}});`;
	const isRaw = async (...args: readonly string[]): Promise<boolean> => {
		const app = new TestApp(t, {
			file: process.execPath,
			args: ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, program, ...args],
		});
		await app.waitFor(() => /raw: (?:true|false)/.test(app.transcript), 'the loading of the program');
		return app.transcript.includes('raw: true');
	};

	const relay = ['relay', 'udp', ':0', '127.0.0.1:9'];
	t.deepEqual(
		await Promise.all([
			isRaw(...relay),
			isRaw('learn'),
			isRaw(...relay, '--json'),
			isRaw(...relay, '--for=1s'),
			isRaw('learn', '--list'),
			isRaw('serve', 'udp'),
		]),
		[true, true, false, false, false, false],
	);
});

test.serial('the colours are for the ground that the terminal tells, however late, or that is given', async t => {
	const asked = `${escape}]11;?${escape}\\`;
	const [told, given] = [await openApp(t), await openApp(t, {args: ['--theme', 'light', '--no-mouse']})];
	t.true(told.transcript.includes(asked));
	t.false(given.transcript.includes(asked));
	t.true(given.transcript.includes('38;5;240m'));
	t.false(given.transcript.includes('38;5;248m'));
	told.press('typed');
	await told.waitForPane('CLIENT 1', '> typed');
	t.false(told.transcript.includes('38;5;240m'));
	told.press(`${escape}]11;rgb:ffff/ffff/ffff${escape}\\`);
	await told.waitFor(() => told.transcript.includes('38;5;240m'), 'the colours for a light ground');
	t.is(told.screen.pane('CLIENT 1').lines.at(-1)?.replace(/ +\d+ B$/, ''), '> typed');
	t.deepEqual(told.screen.frameProblems, []);
});

test.serial('a click focuses a pane, the wheel scrolls, and with --no-mouse the terminal has the mouse', async t => {
	const app = await openApp(t);
	t.true([1000, 1006].every(mode => app.changedModes.includes(mode)));
	app.press(click(5, 5));
	await app.waitForFocus('SERVER');
	await app.command('e');
	await app.waitForText('LABORATORY');
	app.press(`${escape}[<65;10;10M`);
	await app.waitForText('▸2');
	app.press(click(5, 8));
	await app.waitForText('▸6');

	const plain = await openApp(t, {args: ['--no-mouse']});
	t.deepEqual(plain.changedModes, [1049, 2004]);
	t.true(plain.transcript.includes(`${escape}[?1007s${escape}[?1007l`));
	t.like(await plain.quit(), {exitCode: 130});
	t.true(plain.transcript.includes(`${escape}[?1007r`));
});

test.serial('without colours the selected row has a sign', async t => {
	for (const [name, value] of [['NO_COLOR', '1'], ['FORCE_COLOR', '0']] as const) {
		const app = await openApp(t, {env: {[name]: value}});
		app.send('hello');
		await app.waitForPane('CLIENT 1', 'HELLO');
		app.press(keys.shiftUp);
		await app.waitForPane('CLIENT 1', /▸←.*HELLO/);
		t.notRegex(app.transcript, /\u{1B}\[(?:\d+;)*(?:3[0-8]|9[0-7])[;m]/u);
	}
});

test.serial('in a locale that is not UTF-8 it says so, in ASCII', async t => {
	const terminal = new TestTerminal(t, {
		file: process.execPath, args: [program, '--port', '0'], env: {LC_ALL: 'ko_KR.eucKR'},
	});
	t.like(await terminal.exit, {exitCode: 2});
	t.regex(terminal.transcript, /^[\r\n -~]*eucKR[\r\n -~]*LC_ALL=C\.UTF-8\r\n$/);
});

test.serial('what the terminal is told goes to the terminal alone, and not to a file that has standard error', async t => {
	const folder = await temporaryFolder(t);
	const app = await openApp(t, {folder, wrapper: ['sh', '-c', 'exec "$0" "$@" 2>errors']});
	app.press(keys.ctrl('q'));
	t.like(await app.exit, {exitCode: 0});
	t.is(await readFile(path.join(folder, 'errors'), 'utf8'), '');
});
