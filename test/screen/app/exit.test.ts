import {constants} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import {en} from '../../../source/screen/words/en.ts';
import {
	checkLeftAsFound, isFreed, openWatchedApp, readReport,
} from '../../helpers/terminal-exit.ts';
import {freeAddress} from '../../helpers/loopback.ts';
import {TerminalProcess} from '../../helpers/terminal-process.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';
import {inTime} from '../../helpers/in-time.ts';
import {exitCodes} from '../../../source/headless/exit-code.ts';
import {isPortFree} from '../../../source/sockets/reserved-address.ts';

const cli = path.join(import.meta.dirname, '../../../dist/cli.js');
const fixture = path.join(import.meta.dirname, '../../fixtures/fail-on-signal.ts');

for (const [name, press, code = 0] of [
	...([['q twice', 'q'], ['the Hangul letter on the key of q, and q', 'ㅂ']] as const).map(([what, letter]) =>
		[`Esc, then ${what}`, async (app: Awaited<ReturnType<typeof openWatchedApp>>) => {
			await app.command(letter);
			await app.waitForText(en.footer.quit);
			app.press('q');
		}] as const),
	['Ctrl+Q, pressed twice,', app => {
		app.press(keys.ctrl('q').repeat(2));
	}],
	['Ctrl+C', app => {
		app.press(keys.ctrl('c'));
	}, 130],
	['Ctrl+C while the letters are shown', async app => app.command(keys.ctrl('c')), 130],
] as ReadonlyArray<[string, (app: Awaited<ReturnType<typeof openWatchedApp>>) => Promise<void> | void, number?]>) {
	test.serial(`${name} ends it with code ${code}, and leaves the terminal and the ports as they were`, async t => {
		const app = await openWatchedApp(t);
		t.true(app.isAlternateScreen);
		await press(app);
		await checkLeftAsFound(t, app, code);
	});
}

for (const [signal, exitCode] of [['SIGTERM', 143], ['SIGHUP', 129], ['SIGINT', 130], ['SIGQUIT', 131]] as const) {
	test.serial(
		`${signal} ends it with code ${exitCode}, and leaves the terminal and the ports as they were`,
		async t => {
			const app = await openWatchedApp(t);
			await app.signalProgram(signal);
			await checkLeftAsFound(t, app, exitCode);
		},
	);
}

for (const [way, name, message] of [
	['throw', 'an exception that nothing catches', /thrown by the test/],
	['throw-twice', 'an exception, and another before the terminal is given back,', /thrown by the test/],
	['reject', 'a rejection that nothing handles', /rejected by the test/],
	['engine-exit', 'an end of the engine\'s thread', /socket-playground: the engine has failed: .*code 7/],
] as const) {
	test.serial(
		`${name} ends it with code 1 and a message, and leaves the terminal and the ports as they were`,
		async t => {
			const app = await openWatchedApp(t, {NODE_OPTIONS: `--import=${fixture}`, FAIL: way});
			await app.signalProgram('SIGUSR2');
			await checkLeftAsFound(t, app, 1);
			t.regex(app.transcript.split('\u{1B}[?1049l').at(-1) ?? '', message);
		},
	);
}

test.serial('a wrong option ends it at once, with code 2 and what is wrong, though the engine\'s thread is starting', async t => {
	const program = new TerminalProcess({file: process.execPath, args: [cli, '--port', '99999']});
	let output = '';
	program.listen(text => {
		output += text;
	});
	const {exitCode} = await inTime(program.exit, () => `the end after ${output}`);
	t.is(exitCode, exitCodes.usage);
	t.regex(output, /--port .*99999/);
	t.notRegex(output, /\u001B\[\?1049h/);
});

test.serial('a signal that comes before there is a screen gives the terminal back, too', async t => {
	const folder = await temporaryFolder(t);
	const wrapper = path.join(import.meta.dirname, '../../fixtures/run-and-report.ts');
	await Promise.all(([['SIGHUP', 129], ['SIGQUIT', 131]] as const).map(async ([signal, exitCode]) => {
		const report = path.join(folder, `${signal}.json`);
		const options = '--import=data:text/javascript,const{stdin}=process,set=stdin.setRawMode;'
			+ `stdin.setRawMode=function(on){set.call(stdin,on);on&&process.kill(process.pid,\`${signal}\`)}`;
		const program = new TerminalProcess({
			file: process.execPath,
			args: [wrapper, report, 'env', `NODE_OPTIONS=${options}`, process.execPath, cli, '--port', '0'],
		});
		await inTime(program.exit, () => `the end by ${signal}`);
		const {before, after, ...end} = await readReport(report);
		// A version of Node that loads the screen faster than it hears signals leaves that to the screen.
		t.is(end.exitCode ?? (end.signal && 128 + constants.signals[end.signal as NodeJS.Signals]), exitCode);
		t.is(after, before);
	}));
});

test.serial('Esc and Ctrl+C in one read quit, as they do one after the other', async t => {
	const app = await openWatchedApp(t);
	app.press(keys.escape + keys.ctrl('c'));
	await checkLeftAsFound(t, app, 130);
});

test.serial('closing the terminal\'s window ends it with the code of a hang-up, and frees the ports', async t => {
	const {host, port} = await freeAddress();
	const app = await openApp(t, {port, args: ['--host', host]});
	app.press(keys.ctrl('t'));
	await app.waitForPane('SERVER', 'ESTABLISHED');
	t.false(await isPortFree('tcp', port, host));
	t.false(await isPortFree('udp', port, host));
	app.hangUp();
	// The end of its input and the signal come together: where the signal comes while Node is on its way out, it ends
	// the rest of it.
	const {exitCode, signal} = await app.exit;
	t.is(signal === 0 ? exitCode : 128 + signal, 129);
	t.true(await isFreed('tcp', {host, port}));
	t.true(await isFreed('udp', {host, port}));
});

test.serial('a second signal while it ends changes nothing', async t => {
	const app = await openWatchedApp(t);
	await app.signalProgram('SIGTERM');
	try {
		await app.signalProgram('SIGTERM');
	} catch (error) {
		// It may have ended by then: there is no such process any more (kill(2)).
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
			throw error;
		}
	}

	await checkLeftAsFound(t, app, 143, 'SIGTERM');
});
