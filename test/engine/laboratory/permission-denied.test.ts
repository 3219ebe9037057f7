import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {runProgram, typescript} from '../../helpers/run-program.ts';
import type {ExperimentView} from '../../../source/engine/api/experiment.ts';
import type {SocketEvent} from '../../../source/log/event.ts';
import {LaboratoryRoom} from '../../helpers/laboratory-room.ts';
import {skipped} from '../../helpers/skipped.ts';

/** Somebody who may do nothing in particular. */
const nobody = {uid: 65_534, gid: 65_534};
const isRoot = process.getuid?.() === 0;
const program = path.join(import.meta.dirname, '../../fixtures/run-experiment.ts');

type Report = {readonly experiment: ExperimentView; readonly events: readonly SocketEvent[]};

/** From which port on Linux lets everybody bind (ip(7)). */
async function firstUnprivilegedPort(): Promise<number> {
	try {
		return Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
	} catch {
		return process.platform === 'win32' ? 0 : 1024;
	}
}

/** Whether this process may bind a low port: with another, which is not tried by the experiment. */
async function mayBindLow(): Promise<boolean> {
	const server = createServer();
	try {
		server.listen(20, '127.0.0.1');
		await once(server, 'listening');
		server.close();
		await once(server, 'close');
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	}
}

/** The report of the experiment for a user who is not root; undefined where no such user can run the program. */
async function runAsNobody(t: ExecutionContext): Promise<Report | undefined> {
	try {
		const {stdout} = await runProgram(
			process.execPath,
			[typescript, program, 'permission-denied'],
			isRoot ? nobody : {},
		);
		return JSON.parse(stdout) as Report;
	} catch (error) {
		const {code, stderr = ''} = error as {code?: unknown; stderr?: string};
		if (code === 'EACCES' || /eacces|permission denied/i.test(stderr)) {
			skipped(t, 'another user cannot read the program');
			return undefined;
		}

		throw error;
	}
}

// One after the other: the second counts the sockets of this process, and the pipes to a program are such.
test.serial('who is not root cannot bind a low port', async t => {
	if (await firstUnprivilegedPort() <= 19) {
		skipped(t, 'everybody may bind low ports here');
		return;
	}

	const report = await runAsNobody(t);
	if (!report) {
		return;
	}

	const {experiment: {isDone, outcome, facts}, events} = report;
	t.deepEqual({isDone, outcome, code: facts.failure?.code}, {isDone: true, outcome: 'caused', code: 'EACCES'});
	t.deepEqual(facts.address, {host: '127.0.0.1', port: 7});
	t.deepEqual(events.map(({type}) => type), ['listen-failed']);
});

test.serial('who may bind a low port binds it and gives it back, and is told so', async t => {
	if (!await mayBindLow()) {
		skipped(t, 'low ports are not allowed here');
		return;
	}

	const room = await LaboratoryRoom.open(t);
	const {isDone, outcome, facts} = await room.run('permission-denied');
	t.deepEqual(
		{
			isDone,
			outcome,
			failure: facts.failure,
			end: room.story.server?.slice(-2),
			state: room.server('laboratory').state.type,
		},
		{
			isDone: true,
			outcome: 'allowed',
			failure: undefined,
			end: ['listening-started', 'socket-closed'],
			state: 'closed',
		},
	);
	t.deepEqual(room.server('laboratory').configured, facts.address);
	t.true((facts.address?.port ?? 0) < 1024);
	await room.end();
	await room.assertClean(t);
});
