import {spawnSync} from 'node:child_process';
import {accessSync, constants, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {oldestNode, versionProblem} from '../../source/node-version.ts';
import {en} from '../../source/screen/words/en.ts';
import {keys, openApp, program} from '../helpers/terminal-app.ts';
import {TestTerminal} from '../helpers/terminal.ts';

type Run = {readonly code: number; readonly out: string; readonly err: string};

function run(args: readonly string[], node = process.execPath): Run {
	const {status, stdout, stderr} = spawnSync(node, [program, ...args], {
		encoding: 'utf8',
		env: {...process.env, LC_ALL: 'C.UTF-8'},
		input: '',
		timeout: 100_000,
	});
	return {code: status ?? -1, out: stdout, err: stderr};
}

const wrong: ReadonlyArray<readonly [readonly string[], readonly RegExp[]]> = [
	[['--protocol', 'sctp'], [/--protocol/, /udp/, /tcp/, /sctp/]],
	[['-p', 'UDP6'], [/--protocol/, /udp/, /tcp/]],
	[['--protocol'], [/--protocol/, /udp/, /tcp/]],
	[['--port', '65536'], [/--port/, /0/, /65535/, /65536/]],
	[['--port', '-1'], [/--port/]],
	[['--port', 'http'], [/--port/, /http/]],
	[['--port', '80.5'], [/--port/]],
	[['--port', '0x50'], [/--port/]],
	[['--port', ''], [/--port/]],
	[['--clients', '10'], [/--clients/, /0/, /9/]],
	[['-c', 'many'], [/--clients/, /many/]],
	[['--reply', 'shout'], [/--reply/, /uppercase/, /echo/, /reverse/, /chat/, /discard/, /manual/]],
	[['--connect', 'nowhere'], [/--connect/, /host:port/]],
	[['--connect', '127.0.0.1:0'], [/--connect/]],
	[['--connect', '127.0.0.1:70000'], [/--connect/]],
	[['--connect', '::1:80'], [/--connect/, /\[v6]:port/]],
	[['--connect', ''], [/--connect/]],
	[['--host', ''], [/--host/]],
	[['--link', 'modem'], [/--link/, /modem/, /perfect/, /hostile/, /loss/, /stall/]],
	[['--link', 'loss=200%'], [/--link/, /loss/, /0% to 100%/, /200%/]],
	[['--link'], [/--link/, /perfect/]],
	[['--seed', '4294967296'], [/--seed/, /0/, /4294967295/]],
	[['--seed', 'lucky'], [/--seed/, /lucky/]],
	[['--seed', '-1'], [/--seed/]],
	[['--lang', 'fr'], [/--lang/, /en/, /ko/]],
	[['--such-flag'], [/--such-flag/, /--port/]],
	[['--port', '1', '--port', '2'], [/--port/]],
	[['--prot', 'udp'], [/--prot\b/]],
	[['-z'], [/-z/]],
	[['serve-me'], [/serve-me/]],
	[['--', '--port'], [/--port/]],
	[['-l', '9000'], [/ -l;/, /--clients \(-c\)/, /perhaps: socket-playground -p tcp --port 9000$/m]],
	[['--print-address', '--connect', 'a:1'], [/--print-address/, /--connect/]],
];

for (const [args, patterns] of wrong) {
	test.serial(`'${args.join(' ')}' gets one line that names the flag and what is allowed, and code 2`, t => {
		const {code, out, err} = run(args);
		t.is(code, 2);
		t.is(out, '');
		t.regex(err, /^[^\n]+\n$/);
		for (const pattern of patterns) {
			t.regex(err, pattern);
		}
	});
}

test.serial('an unknown flag that begins with --no- is named as it was typed', t => {
	t.regex(run(['--no-such-flag']).err, /--no-such-flag/);
});

test.serial('a terminal is asked for, in one line and code 2, where there is none', t => {
	const {code, out, err} = run([]);
	t.is(code, 2);
	t.is(out, '');
	t.regex(err, /^socket-playground: [^\n]*terminal[^\n]*\n$/);
});

for (const [name, redirection] of [['input', '</dev/null'], ['output', '| cat']] as const) {
	test.serial(`standard ${name} that is no terminal gets one line, though the other is one`, async t => {
		const terminal = new TestTerminal(t, {
			file: '/bin/sh',
			args: ['-c', `"$0" "$1" ${redirection}`, process.execPath, program],
		});
		const {exitCode} = await terminal.exit;
		t.is(exitCode, name === 'input' ? 2 : 0);
		t.regex(terminal.transcript, /^socket-playground: [^\r\n]*terminal[^\r\n]*\r\n$/);
		t.false(terminal.isAlternateScreen);
	});
}

for (const [name, change] of [['dumb', ['TERM=dumb']], ['not set', ['-u', 'TERM']]] as const) {
	test.serial(`a terminal of which TERM is ${name} gets one line and code 2, and nothing is drawn`, async t => {
		const terminal = new TestTerminal(t, {file: 'env', args: [...change, process.execPath, program]});
		t.like(await terminal.exit, {exitCode: 2, signal: 0});
		t.regex(terminal.transcript, /^socket-playground: [^\r\n]*TERM=xterm-256color[^\r\n]*\r\n$/);
	});
}

test.serial('--print-address writes what was bound before the screen opens, and the window is named after it', async t => {
	const app = await openApp(t, {args: ['--print-address']});
	const {host, port} = app.serverAddress;
	const wanted = `socket-playground UDP ${host}:${port}`;
	await app.waitFor(() => app.titles.at(-1) === wanted, wanted);
	const [before = '', drawn = ''] = app.transcript.split('\u{1B}[22;2t');
	t.true(before.startsWith(`udp ${host}:${port}\r\n`));
	t.true(drawn.includes('\u{1B}]2;'));
	app.press(keys.ctrl('t'));
	await app.waitForText(/server 127\.0\.0\.1:\d+ ●.*/);
	await app.waitFor(() => app.titles.at(-1)?.startsWith('socket-playground TCP 127.0.0.1:') ?? false);
	await app.quit();
	t.true(app.transcript.split('\u{1B}[?1049l').at(-1)?.includes('\u{1B}[23;2t'));
});

test.serial('--print-address says in a sentence that the engine has failed', async t => {
	const end = 'import {isMainThread} from \'node:worker_threads\'; if (!isMainThread) process.exit(7);';
	const terminal = new TestTerminal(t, {
		file: process.execPath,
		args: [program, '--print-address'],
		env: {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(end)}`},
	});
	t.like(await terminal.exit, {exitCode: 1, signal: 0});
	t.is(terminal.transcript, `${en.fatal.engine('The engine\'s thread ended with code 7')}\r\n`);
});

test.serial('a wrong flag on a terminal leaves the screen alone', async t => {
	const terminal = new TestTerminal(t, {file: process.execPath, args: [program, '--port', 'x']});
	t.like(await terminal.exit, {exitCode: 2, signal: 0});
	t.regex(terminal.transcript, /^socket-playground: [^\r\n]*--port[^\r\n]*\r\n$/);
});

test.serial('--help prints every flag, with what it takes, and ends with code 0', t => {
	const {code, out, err} = run(['--help']);
	t.is(code, 0);
	t.is(err, '');
	for (const flag of [
		'-p, --protocol',
		'--host',
		'--port',
		'-c, --clients',
		'-r, --reply',
		'--close-after-reply',
		'--connect',
		'--link',
		'--seed',
		'--lang',
	]) {
		t.true(out.includes(flag));
	}
});

test.serial('--version prints the version of the package, and ends with code 0', t => {
	const {version} = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
		version: string;
	};
	t.deepEqual(run(['--version']), {code: 0, out: `${version}\n`, err: ''});
});

test.serial('the flags do what the help says', async t => {
	const app = await openApp(t, {
		columns: 120,
		rows: 40,
		args: ['-p', 'tcp', '-c', '3', '-r', 'reverse', '--close-after-reply', '--host', '::1', '--lang', 'en'],
	});
	await app.waitForPane('CLIENT 3', 'connected to [::1]:');
	t.regex(app.screen.header, /\[TCP].*server \[::1]:\d+ ●.*close after reply.*reverse/);
	t.is(app.screen.pane('CLIENT 4').title, '');
	app.send('abc');
	await app.waitForPane('CLIENT 1', 'cba');
	t.deepEqual(app.screen.frameProblems, []);
});

test('what is started first is written for every Node that starts a module', t => {
	const code = readFileSync(program, 'utf8');
	t.notRegex(code, /(?:import|from) ?["'(]+node:|\?\?|\?\.[a-z[(]|\|\|=|&&=|#[a-z]/);
	t.true(code.length < 17_500, `${code.length}`);
});

test('a version of Node that is too old is told which one is needed', t => {
	for (const version of ['22.0.0', '24.11.1', '100.0.0']) {
		t.is(versionProblem(version), undefined);
	}

	for (const version of ['21.9.0', '20.20.2', '18.0.0', '8.17.0', '0.12.18']) {
		t.is(
			versionProblem(version),
			`socket-playground needs Node ${oldestNode.major} or newer; this is Node ${version}\n`,
		);
	}
});

/** A node on the path that is too old, if there is one. */
function oldNode(): string | undefined {
	return (process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, 'node')).find(file => {
		try {
			accessSync(file, constants.X_OK);
		} catch {
			return false;
		}

		return (
			Number(/^v(\d+)/.exec(spawnSync(file, ['--version'], {encoding: 'utf8'}).stdout)?.[1]) < oldestNode.major
		);
	});
}

const node = oldNode();
const onOldNode = node === undefined ? test.skip : test.serial;

onOldNode('a Node that is too old prints the help and the version, and else says which one is needed', t => {
	for (const flag of ['--help', '-h', '--version']) {
		t.deepEqual(run([flag], node), run([flag]), flag);
	}

	for (const args of [[], ['--port', 'x'], ['--', '--help']]) {
		const {code, out, err} = run(args, node);
		t.is(code, oldestNode.exitCode);
		t.is(out, '');
		t.regex(err, /^socket-playground needs Node 22 or newer; this is Node \d[\d.]+\n$/);
	}
});
