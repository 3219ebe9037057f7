import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import path from 'node:path';
import test from 'ava';
import {Playground} from '../../../source/engine/playground.ts';
import type {ExerciseView} from '../../../source/engine/api/exercise.ts';
import {exitCodeOf, reports} from '../../../source/commands/check-report.ts';
import {exerciseWordsOf} from '../../../source/screen/words/exercises/say-exercise.ts';
import {languages} from '../../../source/screen/words/language.ts';
import {isPortFree} from '../../../source/sockets/reserved-address.ts';
import {
	checkProgram, commandOf, mistakesOf, outcomesOf,
} from '../../helpers/exercise-room.ts';
import {freePort} from '../../helpers/loopback.ts';
import {playgroundOptions} from '../../helpers/playground-options.ts';
import {processesWith} from '../../helpers/run-program.ts';
import {Program} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';

const fixtures = path.join(import.meta.dirname, '../../fixtures');

test('a program is ended with all that it has started, also what ignores SIGTERM or has a session of its own', async t => {
	if (process.platform !== 'linux') {
		skipped(t, 'there is no /proc');
		return;
	}

	const mark = `4117.${process.pid}`;
	const command = await commandOf(t, 'mistakes/leaves-others.py', ['{port}', mark]);
	if (!command) {
		return;
	}

	const playground = new Playground(playgroundOptions);
	t.teardown(async () => playground.close());
	await playground.execute({
		type: 'start-exercise',
		exercise: 'udp-echo-server',
		subject: {type: 'program', command},
		times: {answer: 300, start: 20_000},
	});
	t.deepEqual(processesWith(mark), [], 'also while its report is looked at');
	const view = playground.view({type: 'exercise'}) as ExerciseView;
	t.is(mistakesOf(view).answers?.kind, 'never-answers');
	const [part] = view.program?.output ?? [];
	t.regex(Buffer.from(part?.bytes ?? []).toString(), /ready/);
});

test('a check that waits for a client to give up tells so, and for how long at most', async t => {
	const command = await commandOf(t, 'mistakes/udp-client.py', ['no-timeout', '{host}', '{port}']);
	if (!command) {
		return;
	}

	const waits = new Set<string>();
	const view = await checkProgram('udp-uppercase-client', {type: 'program', command}, {answer: 1000}, ({checks}) => {
		for (const {name, state} of checks) {
			if (state.type === 'running' && state.givesUpIn !== undefined) {
				waits.add(`${name} ${state.givesUpIn}`);
			}
		}
	});
	t.deepEqual([...waits], ['lost-answer 3500']);
	const found = mistakesOf(view)['lost-answer'];
	t.true(found?.kind === 'no-timeout' && found.waited >= 3500 && found.waited < 36_000);
});

test('ending an exercise ends its program, and the command is answered', async t => {
	const command = await commandOf(t, 'mistakes/udp-server.py', ['not-bound', '{port}']);
	if (!command) {
		return;
	}

	const playground = new Playground(playgroundOptions);
	const {promise: started, resolve} = Promise.withResolvers<number>();
	const view = (): ExerciseView | undefined => {
		const answer = playground.view({type: 'exercise'});
		return answer?.type === 'exercise' ? answer : undefined;
	};

	playground.watch(() => {
		const pid = view()?.program?.pid;
		if (pid !== undefined) {
			resolve(pid);
		}
	});
	const done = playground.execute({
		type: 'start-exercise', exercise: 'udp-echo-server', subject: {type: 'program', command},
	});
	const pid = await started;
	t.is(view()?.checks[0]?.state.type, 'running');
	await playground.execute({type: 'end-exercise'});
	await done;
	t.is(view(), undefined);
	t.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
	await playground.close();
});

test('a program that is just being ended is killed at once when this process ends', async t => {
	if (process.platform !== 'linux') {
		skipped(t, 'there is no /proc');
		return;
	}

	const mark = `4118.${process.pid}`;
	// It ignores SIGTERM: only after a while would it be ended otherwise.
	const command = await commandOf(t, 'mistakes/leaves-others.py', ['{port}', mark]);
	if (!command) {
		return;
	}

	const playground = new Playground(playgroundOptions);
	const {promise: isReady, resolve} = Promise.withResolvers<void>();
	playground.watch(() => {
		const view = playground.view({type: 'exercise'});
		if (view?.type === 'exercise' && (view.program?.output.length ?? 0) > 0) {
			resolve();
		}
	});
	const done = playground.execute({
		type: 'start-exercise', exercise: 'udp-echo-server', subject: {type: 'program', command},
	});
	await isReady;
	t.true(processesWith(mark).length > 0);
	const ended = playground.execute({type: 'end-exercise'});
	playground.kill();
	t.deepEqual(processesWith(mark), []);
	await Promise.all([ended, done]);
	await playground.close();
});

test('a server that a check has ended is started again for those that follow', async t => {
	const command = await commandOf(t, 'mistakes/udp-server.py', ['ascii-only', '{port}']);
	if (!command) {
		return;
	}

	const outcomes = outcomesOf(await checkProgram('udp-uppercase-server', {type: 'program', command}));
	t.is(outcomes.characters, 'fails ended-by-bytes');
	t.is(outcomes.large, 'holds');
	t.is(outcomes.empty, 'holds');
});

test('what takes longer than all checks may is not checked, and is not said to be wrong', async t => {
	const command = await commandOf(t, 'mistakes/udp-server.py', ['never-answers', '{port}']);
	if (!command) {
		return;
	}

	const outcomes = outcomesOf(await checkProgram('udp-echo-server', {type: 'program', command}, {total: 1500, answer: 20_000}));
	t.is(outcomes.answers, 'skipped time-limit');
	t.is(outcomes.empty, 'skipped time-limit');
});

test('a server that runs already is checked without being started', async t => {
	const port = await freePort();
	const program = new Program(t, 'python3', [path.join(fixtures, 'solutions/udp-echo-server.py'), String(port)]);
	await program.prints('ready');
	const view = await checkProgram('udp-echo-server', {type: 'server', address: {host: '127.0.0.1', port}});
	const {port: portCheck, 'all-addresses': addresses, ...others} = outcomesOf(view);
	t.is(portCheck, 'skipped no-program');
	t.is(addresses, 'skipped no-program');
	t.deepEqual([...new Set(Object.values(others))], ['holds']);
	t.is(view.program, undefined);
});

test('a client that somebody else starts is waited for', async t => {
	const port = await freePort();
	const checked = checkProgram('udp-uppercase-client', {type: 'listen', address: {host: '127.0.0.1', port}});
	const program = new Program(t, 'python3', [
		'-c',
		'import socket, sys, time\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n'
		+ 's.settimeout(0.2)\nwhile True:\n'
		+ ' s.sendto(b"hello\\0", ("127.0.0.1", int(sys.argv[1])))\n'
		+ ' try:\n  print(s.recv(99))\n  break\n except Exception: pass',
		String(port),
	]);
	await program.prints('HELLO');
	const outcomes = outcomesOf(await checked);
	t.is(outcomes.sends, 'holds');
	t.is(outcomes['sends-line'], 'fails terminator');
});

test('where no client comes, nothing is said of one', async t => {
	const port = await freePort();
	const view = await checkProgram(
		'udp-uppercase-client',
		{type: 'listen', address: {host: '127.0.0.1', port}},
		{total: 3000},
	);
	t.is(view.notRun?.reason, 'no-client');
});

test('a program that cannot be started has not been run', async t => {
	const view = await checkProgram('udp-echo-server', {type: 'program', command: ['/nonexistent/program']});
	t.is(view.notRun?.reason, 'not-started');
	const without = await checkProgram('udp-echo-server', {type: 'program', command: ['python3', 'missing.py', '{port}']});
	t.deepEqual(without.notRun, {reason: 'no-script', file: path.resolve('missing.py')});
	t.is(exitCodeOf(without), 3);
	for (const language of languages) {
		t.true(reports.text(without, await exerciseWordsOf(language)).includes(path.resolve('missing.py')));
	}
});

test.serial('a program that takes port 12000 is checked there', async t => {
	const command = await commandOf(t, 'solutions/udp-textbook-server.py', []);
	if (!command || !await isPortFree('udp', 12_000)) {
		skipped(t, 'port 12000 is taken');
		return;
	}

	const view = await checkProgram('udp-uppercase-server', {type: 'program', command});
	t.is(view.address?.port, 12_000);
	t.deepEqual([...new Set(Object.values(outcomesOf(view)))], ['holds']);
});

test.serial('where another program has port 12000, nothing is said of one that needs it', async t => {
	const command = await commandOf(t, 'solutions/udp-textbook-server.py', []);
	if (!command) {
		return;
	}

	const socket = createSocket('udp4');
	socket.bind(12_000);
	// Where that fails, the port is taken all the same.
	await Promise.allSettled([once(socket, 'listening')]);
	const view = await checkProgram('udp-uppercase-server', {type: 'program', command});
	t.deepEqual(view.notRun, {reason: 'port-taken', port: 12_000});
	socket.close();
});
