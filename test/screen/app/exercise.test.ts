/* An exercise in the screen, against small programs in Python. */
import {existsSync, readFileSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {en} from '../../../source/screen/words/en.ts';
import {exercisesWords} from '../../../source/screen/words/exercises/exercise-words.ts';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {keys, openApp} from '../../helpers/terminal-app.ts';
import type {TerminalScreen} from '../../helpers/terminal-screen.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

/** An echo server that SIGTERM does not end, and that leaves a child behind. */
const server = (answer: string): string => String.raw`
import os, signal, socket, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open('pids', 'a').write('%d\n' % os.getpid())
written, writing = os.pipe()
child = os.fork()
if child == 0:
    os.setsid()
    open('pids', 'a').write('%d\n' % os.getpid())
    os.write(writing, b'.')
    while True:
        time.sleep(1)
os.read(written, 1)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(('', int(sys.argv[1])))
print('ready to receive')
while True:
    message, sender = s.recvfrom(2048)
    s.sendto(${answer}, sender)
`;

function has(text: string): (screen: TerminalScreen) => boolean {
	return ({lines}) => lines.some(line => line.includes(text));
}

/** Whether a process runs: one that has ended, and that its parent has not asked for yet, does not (proc(5)). */
function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}

	const stat = `/proc/${pid}/stat`;
	return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

test('a server with a mistake is told it beside the panes, one without has all ticked, and Ctrl+C leaves no process', async t => {
	if (process.platform !== 'linux' || !isInstalled('python3')) {
		skipped(t, 'this needs Linux and python3');
		return;
	}

	const folder = await temporaryFolder(t);
	await writeFile(path.join(folder, 'wrong.py'), server(String.raw`message + b'\0'`));
	await writeFile(path.join(folder, 'right.py'), server('message'));
	await writeFile(path.join(folder, 'silent.py'), server('message').replace('s.sendto', 'str'));
	const app = await openApp(t, {
		subcommand: ['learn'], columns: 160, rows: 50, folder, env: {XDG_CONFIG_HOME: folder},
	});
	await app.waitFor(has('▸'), 'a list that is read, and marks an entry');
	app.press(keys.end + keys.up.repeat(4) + keys.enter);
	await app.waitFor(has(en.exercises.promptHint), 'the prompt');
	app.send('python3 wrong.py {port}');
	await app.waitFor(has('✗ bytes'), 'the mistake');
	await app.waitFor(has('1 does not'), 'the end of the checks');
	t.true(has('The text is sent with its terminator')(app.screen));
	t.true(has('stdout | ready to receive')(app.screen));
	t.regex(app.screen.pane(en.client.title(1)).text, /→ :\d+ .*\n.*← :\d+ .*\\0/);
	app.press('w');
	await app.waitFor(has('exercise-udp-echo-server.txt'), 'the report');
	const report = await readFile(path.join(folder, 'socket-playground-exercise-udp-echo-server.txt'), 'utf8');
	t.true(report.startsWith(`udp-echo-server: ${exercisesWords.about['udp-echo-server'].en}`));
	t.regex(report, /FAIL {2}bytes/);
	app.press('p');
	await app.waitFor(has('wrong.py {port}'), 'what was typed last');
	app.press(keys.ctrl('u'));
	app.send('python3 right.py {port}');
	await app.waitFor(has('10 checks hold'), 'that all holds');
	t.false(has('✗')(app.screen));
	// It is quit while the checks are made.
	app.press('p');
	await app.waitFor(has('right.py {port}'), 'what was typed last');
	app.press(keys.ctrl('u'));
	app.send('python3 silent.py {port}');
	await app.waitFor(has('… answers'), 'the answer that is awaited');
	await app.quit();
	const written = await readFile(path.join(folder, 'pids'), 'utf8');
	const pids = written.trim().split('\n').map(Number);
	t.is(pids.length, 6);
	t.deepEqual(pids.filter(pid => isAlive(pid)), []);
});
