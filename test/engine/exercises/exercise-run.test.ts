import {createSocket} from 'node:dgram';
import {writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {Playground} from '../../../source/engine/playground.ts';
import type {ExerciseName, ExerciseView, NotRun} from '../../../source/engine/api/exercise.ts';
import type {Address} from '../../../source/log/event.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {exitCodeOf, reports} from '../../../source/commands/check-report.ts';
import {exerciseWordsOf} from '../../../source/screen/words/exercises/say-exercise.ts';
import {languages} from '../../../source/screen/words/language.ts';
import {
	checkProgram, commandOf, mistakesOf, outcomesOf,
} from '../../helpers/exercise-room.ts';
import {freePort} from '../../helpers/loopback.ts';
import {playgroundOptions} from '../../helpers/playground-options.ts';
import {PlaygroundRoom} from '../../helpers/playground-room.ts';
import {
	inOwnNetwork, processesWith, python, runProgram, typescript,
} from '../../helpers/run-program.ts';
import {isInstalled, Program} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

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

test('an exercise that is ended, or replaced, while its code is loaded does not begin', async t => {
	const room = new PlaygroundRoom({});
	t.teardown(async () => room.playground.close());
	const {playground} = room;
	const start = async (exercise: ExerciseName): Promise<unknown> => playground.execute({
		type: 'start-exercise', exercise, subject: {type: 'listen', address: {host: '127.0.0.1', port: 0}}, times: {total: 300},
	});
	const first = start('udp-uppercase-client');
	await playground.execute({type: 'end-exercise'});
	await first;
	t.is(playground.view({type: 'exercise'}), undefined);
	await Promise.all([start('udp-uppercase-client'), start('tcp-uppercase-client')]);
	t.like(playground.view({type: 'exercise'}), {name: 'tcp-uppercase-client'});
	t.is(room.scene('laboratory').protocol, 'tcp');
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

type TextbookReport = {
	readonly address?: Address;
	readonly notRun?: NotRun;
	readonly outcomes: Readonly<Record<string, string>>;
};

/** What is told of the textbook's server: where that can be made, in a network in which nobody else has its port. */
async function checkTextbookServer(t: ExecutionContext, ...parameters: string[]): Promise<TextbookReport | undefined> {
	// Whether it can be run.
	if (!await commandOf(t, 'solutions/udp-textbook-server.py', [])) {
		return undefined;
	}

	const fixture = 'check-textbook-server.ts';
	const report = await inOwnNetwork('ip link set lo up', fixture, ...parameters) as TextbookReport | undefined;
	if (report) {
		return report;
	}

	const {stdout} = await runProgram(process.execPath, [typescript, path.join(fixtures, fixture), ...parameters]);
	return JSON.parse(stdout) as TextbookReport;
}

test('a program that takes port 12000 is checked there', async t => {
	const report = await checkTextbookServer(t);
	if (report?.notRun?.reason === 'port-taken') {
		skipped(t, 'port 12000 is taken');
	} else if (report) {
		t.is(report.address?.port, 12_000);
		t.deepEqual([...new Set(Object.values(report.outcomes))], ['holds']);
	}
});

test('where another program has port 12000, nothing is said of one that needs it', async t => {
	const report = await checkTextbookServer(t, 'taken');
	if (report) {
		t.deepEqual(report.notRun, {reason: 'port-taken', port: 12_000});
	}
});

/** Waits for the port of a server that prints it, takes that port, and says so to the server. */
class PortTaker {
	readonly taken: number[] = [];
	readonly #t: ExecutionContext;
	readonly #folder: string;
	readonly #protocol: 'udp' | 'tcp';

	constructor(t: ExecutionContext, folder: string, protocol: 'udp' | 'tcp') {
		this.#t = t;
		this.#folder = folder;
		this.#protocol = protocol;
	}

	readonly look = ({program}: ExerciseView): void => {
		const output = Buffer.concat(program?.output.map(({bytes}) => bytes) ?? []).toString();
		const port = Number(/^port (\d+)$/m.exec(output)?.[1]);
		if (!(port > 0) || this.taken.includes(port)) {
			return;
		}

		this.taken.push(port);
		const onTaken = (): void => {
			writeFileSync(path.join(this.#folder, String(port)), '');
		};

		if (this.#protocol === 'udp') {
			const socket = createSocket('udp4');
			this.#t.teardown(() => socket.close());
			socket.bind(port, onTaken);
		} else {
			const server = createServer().listen(port, '0.0.0.0', onTaken);
			this.#t.teardown(() => server.close());
		}
	};
}

/** A server that prints its port, and waits for a file of that name in a folder before it binds, but only so often. */
const lateServer = `
import os, socket, sys, time
port, folder, most = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if len(os.listdir(folder)) < most:
    print('port', port, flush=True)
    while not os.path.exists(os.path.join(folder, str(port))):
        time.sleep(0.01)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('', port))
while True:
    data, client = server.recvfrom(2048)
    server.sendto(data.upper(), client)
`;

for (const [times, told] of [[1, undefined], [3, 'port-taken']] as const) {
	test(`a program whose port another program takes first is started at another port: ${times} times, and ${told ?? 'it is checked'}`, async t => {
		const folder = await temporaryFolder(t);
		const [interpreter, ...options] = await python();
		const command = [interpreter, ...options, '-c', lateServer, '{port}', folder, String(times)] as const;
		if (!KernelTables.isAvailable || !isInstalled('python3')) {
			skipped(t, 'this needs the kernel\'s tables and python3');
			return;
		}

		const {taken, look} = new PortTaker(t, folder, 'udp');
		const view = await checkProgram('udp-uppercase-server', {type: 'program', command}, {}, look);
		t.is(taken.length, times);
		t.is(view.notRun?.reason, told);
		if (told === undefined) {
			t.deepEqual([...new Set(Object.values(outcomesOf(view)))], ['holds']);
			t.false(taken.includes(view.address!.port));
		} else {
			t.deepEqual(view.notRun, {reason: told, port: taken.at(-1), isTold: true});
		}
	});
}

/**
A server that, started a second time at a port, prints that and waits for a file of that name in a folder before it
binds, but only so often.
*/
const laterServer = `
import os, runpy, sys, time
port, folder, most, solution = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
before = os.path.join(folder, 'before' + port)
if os.path.exists(before) and sum(name.isdigit() for name in os.listdir(folder)) < most:
    print('port', port, flush=True)
    while not os.path.exists(os.path.join(folder, port)):
        time.sleep(0.01)
open(before, 'w').close()
sys.argv = [solution, port]
runpy.run_path(solution, run_name='__main__')
`;

for (const [times, told] of [[1, undefined], [3, 'port-taken']] as const) {
	test(`a program whose port another program takes while it is started again is checked at another one: ${times} times, and ${told ?? 'it is checked'}`, async t => {
		const folder = await temporaryFolder(t);
		const solution = await commandOf(t, 'solutions/tcp-uppercase-server.py', []);
		if (!solution) {
			return;
		}

		const [interpreter, ...options] = await python();
		const command = [
			interpreter, ...options, '-c', laterServer, '{port}', folder, String(times), solution.at(-1)!,
		] as const;
		const {taken, look} = new PortTaker(t, folder, 'tcp');
		const view = await checkProgram('tcp-uppercase-server', {type: 'program', command}, {}, look);
		t.is(taken.length, times);
		t.deepEqual(view.notRun, told && {reason: told, port: taken.at(-1)!, isTold: true});
		if (told === undefined) {
			t.is(outcomesOf(view).restart, 'holds');
			t.false(taken.includes(view.address!.port));
		}
	});
}
