/* How a learner's program is started, and that nothing of it is left when it has been ended. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	connect, createServer, type AddressInfo, type Socket,
} from 'node:net';
import {existsSync, readFileSync} from 'node:fs';
import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {LearnerProgram} from '../../../source/engine/exercises/program/learner-program.ts';
import {CheckContext} from '../../../source/engine/exercises/check-context.ts';
import {ProcessorWait} from '../../../source/engine/exercises/program/processor-wait.ts';
import {isUnused} from '../../../source/engine/exercises/program/ports.ts';
import {NoScript} from '../../../source/engine/exercises/program/spawn-program.ts';
import type {Scene} from '../../../source/engine/scene/scene.ts';
import type {EventLog} from '../../../source/log/event-log.ts';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {type ThreadTimes, threadTimesOf} from '../../../source/sockets/kernel/process-sockets.ts';
import {isPortFree} from '../../../source/sockets/reserved-address.ts';
import {comesTrue} from '../../helpers/in-time.ts';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';
import {temporaryFolder} from '../../helpers/temporary-folder.ts';

const address = {host: '127.0.0.1', port: 12_000};
const leaver = fileURLToPath(new URL('../../fixtures/leaves-everything.py', import.meta.url));

async function start(
	t: ExecutionContext,
	command: readonly [string, ...string[]],
	onChange: () => void = () => undefined,
): Promise<LearnerProgram> {
	const program = await LearnerProgram.start(command, address, onChange);
	t.teardown(async () => program.stop());
	return program;
}

/** Start the program that leaves everything. Settles with the number of the process that has nothing left of it. */
async function startLeaver(t: ExecutionContext): Promise<{readonly program: LearnerProgram; readonly left: number}> {
	const file = path.join(await temporaryFolder(t), 'pid');
	const program = await start(t, ['python3', leaver, file]);
	for (;;) {
		const left = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
		if (left > 0 && readFileSync(`/proc/${left}/environ`).length === 0) {
			return {program, left};
		}

		// No event tells what another process has in /proc.
		await wait(5);
	}
}

/** Whether a process runs: one that has ended, and that its parent has not asked for yet, does not (proc(5)). */
function isAlive(pid: number): boolean {
	const stat = `/proc/${pid}/stat`;
	return existsSync(stat) && !/\) [ZX] /v.test(readFileSync(stat, 'latin1'));
}

for (const way of ['stop', 'kill'] as const) {
	test(`${way}() ends a process that has left its parent, session, environment and descriptors, and no other`, async t => {
		if (process.platform !== 'linux' || !isInstalled('python3')) {
			skipped(t, 'this needs Linux and python3');
			return;
		}

		const [{program, left}, other] = [await startLeaver(t), await startLeaver(t)];
		const stranger = spawn('sleep', ['60'], {detached: true});
		t.teardown(() => stranger.kill('SIGKILL'));
		await once(stranger, 'spawn');
		t.true(isAlive(left));
		await program[way]();
		t.false(isAlive(left));
		t.true([other.left, stranger.pid!].every(pid => isAlive(pid)));
	});
}

test('a program has its own environment and arguments, and no other process between', async t => {
	const {promise: silent, resolve} = Promise.withResolvers<void>();
	const program = await start(t, [
		'node', '-p', '[process.env.PORT, process.env.HOST, process.pid, process.argv.length]', 'a "b" {port}',
	], () => {
		if (program.isSilent) {
			resolve();
		}
	});
	await silent;

	t.regex(program.textOf('stdout'), new RegExp(String.raw`'12000',\s+'127\.0\.0\.1',\s+${program.view().pid},\s+2`, 'v'));
	t.deepEqual(program.view().command.slice(3), ['a "b" 12000']);
	t.deepEqual(program.end, {code: 0, signal: undefined});
});

test('what cannot be executed is an error of the system, and a script that is not there is named', async t => {
	const folder = await temporaryFolder(t);
	const file = path.join(folder, 'plain');
	const script = path.join(folder, 'script');
	await writeFile(file, 'text');
	await writeFile(script, '#!/nowhere/python3\r\n');
	await chmod(script, 0o755);
	await t.throwsAsync(start(t, ['no-such-program']), {code: 'ENOENT'});
	await t.throwsAsync(start(t, [path.join(folder, 'none')]), {code: 'ENOENT'});
	t.like(await t.throwsAsync(start(t, [script]), {code: 'ENOENT'}), {interpreter: String.raw`/nowhere/python3\r`});
	for (const [name, code] of [[file, 'EACCES'], [folder, 'EISDIR']] as const) {
		await t.throwsAsync(start(t, [name]), {code});
	}

	for (const command of [['python3', 'missing.py'], ['node', 'missing.mjs', '{port}'], ['python3', './missing']] as const) {
		const {file: named} = (await t.throwsAsync(start(t, command), {instanceOf: NoScript}));
		t.is(named, path.resolve(command[1]));
	}

	// Node adds the ending.
	await writeFile(path.join(folder, 'ended.js'), '');
	for (const command of [
		['node', '-p', '1'],
		['node', path.join(folder, 'plain')],
		['node', path.join(folder, 'ended')],
		['sleep', 'missing.py'],
	] as const) {
		await t.notThrowsAsync(start(t, command));
	}
});

test('a thread that waits for something is not told as runnable, whatever its program is called', async t => {
	if (!existsSync('/proc/self/schedstat')) {
		skipped(t, 'the kernel does not tell for how long a thread waits for a processor');
		return;
	}

	const file = path.join(await temporaryFolder(t), 'a) R (b');
	await writeFile(file, '#!/bin/sh\necho begun\nread line\n', {mode: 0o755});
	const child = spawn(file);
	t.teardown(() => child.kill());
	await once(child.stdout, 'data');
	const look = (): ThreadTimes | undefined => threadTimesOf([child.pid!]).get(String(child.pid));
	// No event tells that it waits for a line.
	t.true(await comesTrue(() => look()?.isRunnable === false, 20_000));
	t.true(look()!.used > 0);
});

test('what a program waits for a processor is told: what is over by the kernel, what goes on by what it has not used', t => {
	const times = {isRunnable: false, used: 5, delayed: 2000};
	const threads = new Map([['1', times]]);
	const wait = new ProcessorWait(() => new Map(threads));
	const running = new ProcessorWait(() => new Map(threads));
	t.deepEqual(wait.look(), {share: 0, isQueued: false}, 'what was before does not count');
	threads.set('1', {...times, isRunnable: true, used: 6});
	t.false(running.look().isQueued, 'it has run since the beginning');
	threads.set('1', {...times, isRunnable: true});
	t.true(wait.look().isQueued);
	threads.set('1', {...times, isRunnable: true, used: 6});
	t.false(wait.look().isQueued, 'it has run meanwhile');
	threads.set('2', {isRunnable: false, used: 1, delayed: 60_000});
	t.is(wait.look().share, 1);
	threads.clear();
	t.is(wait.look().share, 1, 'also when it has ended');
});

test('a time for which something is awaited of a program is longer by what kept it from a processor, but not without end', async t => {
	const [scene, log]: [Partial<Scene>, Partial<EventLog>] = [{}, {}];
	const context = new CheckContext({
		scene: scene as Scene,
		log: log as EventLog,
		subject: {type: 'program', command: ['sleep', '61']},
		times: {
			start: 1, answer: 1, quiet: 1, total: 1,
		},
		onChange: () => undefined,
		onWait: () => undefined,
	});
	t.teardown(async () => context.end());
	const program = await context.start(address);
	for (const [share, least, queued] of [[0, 60, 2], [0.5, 120, 2], [1, 600, 2], [0, 550, 150]] as const) {
		let looks = 0;
		Object.assign(program, {waitForProcessor: () => ({look: () => ({share, isQueued: ++looks <= queued})})});
		const began = performance.now();
		await context.wait(60);
		// Timers may be early by less than a millisecond each.
		t.true(performance.now() - began > least - 15, `${share}`);
		t.true(looks >= 3, 'not given up while it waits for one');
		t.true(looks < 100, 'given up where it never gets one');
	}
});

test('a port that a connection in TIME_WAIT has is not for a program, though this one could bind it', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'this needs the kernel\'s tables');
		return;
	}

	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	const client = connect(port, '127.0.0.1');
	const [accepted] = await once(server, 'connection') as [Socket];
	client.resume();
	accepted.resume();
	const closed = [once(client, 'close'), once(accepted, 'close'), once(server, 'close')];
	// What closes first has the connection in TIME_WAIT.
	accepted.end();
	server.close();
	await Promise.all(closed);
	t.true(await isPortFree('tcp', port));
	t.false(await isUnused('tcp', port));
});

test('of what a program writes the newest is kept, and it is told how much came before', async t => {
	const chunk = 10_000;
	const chunks = 4;
	const {promise: isWritten, resolve} = Promise.withResolvers<void>();
	let received = 0;
	let last: unknown;
	const program = await LearnerProgram.start(['node', '-e', `
		const write = () => process.stdout.write('x'.repeat(${chunk}));
		process.stdin.on('data', write);
		write();
	`], {host: '127.0.0.1', port: 0}, () => {
		const part = program.view().output.at(-1);
		received += part && part !== last ? part.bytes.length : 0;
		last = part;
		if (received === chunk * chunks) {
			resolve();
		} else if (received % chunk === 0) {
			// Each is a part of its own.
			program.type(['next']);
		}
	});
	t.teardown(async () => program.stop());
	await isWritten;
	const {outputBefore} = program.view();
	t.is(program.textOf('stdout').length + outputBefore, chunk * chunks);
	t.true(outputBefore >= 2 * chunk);
});
