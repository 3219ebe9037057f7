import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type {JsonLine} from '../../source/headless/json-line.ts';
import {runProgram} from '../helpers/run-program.ts';
import {skipped} from '../helpers/skipped.ts';
import {program} from '../helpers/terminal-app.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

test('broadcast and multicast, over IPv4 and IPv6, go from one network namespace to another', async t => {
	const folder = await temporaryFolder(t);
	const script = path.join(import.meta.dirname, '../fixtures/two-networks.sh');
	const run = await runProgram('unshare', ['-rn', 'sh', script, folder, process.execPath, program])
		.catch((error: unknown) => error as {readonly code: number | string; readonly stdout: string});
	if ('code' in run && (run.code === 77 || run.code === 1 || run.code === 'ENOENT')) {
		skipped(t, 'no two network namespaces can be made here');
		return;
	}

	const read = async (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');
	const served: string = await read('served');
	t.deepEqual(run.stdout.trim().split('\n'), [
		'refused 3', 'broadcast 0', 'group4 0', 'group6 0', 'other 4',
	], `${served}`);
	t.regex(await read('refused'), /EACCES.*--option broadcast.*SO_BROADCAST/s);
	const lines = served.trim().split('\n').map(line => JSON.parse(line) as JsonLine);
	const received = lines.flatMap(line => line.type === 'datagram-received' ? [line.text] : []);
	t.deepEqual(received, ['broadcast', 'group4', 'group6']);
	t.deepEqual(lines.flatMap(line => line.type === 'option-set' ? [line.option] : []), [
		{name: 'join', group: '239.1.2.3', interface: 'v1'},
		{name: 'join', group: 'ff02::1234', interface: 'v1'},
	]);
});
