import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {setImmediate as turn} from 'node:timers/promises';
import test from 'ava';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {skipped} from '../../helpers/skipped.ts';

test('a large table is not read for each of many connections that close together, but for the first of them', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'there is no /proc/net/tcp');
		return;
	}

	const {readFileSync} = fs;
	t.teardown(() => {
		fs.readFileSync = readFileSync;
		syncBuiltinESMExports();
	});
	let lines = 0;
	let readings = 0;
	const line = '   0: 0100007F:0050 0100007F:1000 01 00000000:00000005 00:00000000 00000000     0        0 1 1 0000000000000000 20 4 30 10 -1\n';
	fs.readFileSync = ((path: string) => {
		if (path !== '/proc/net/tcp') {
			return readFileSync(path);
		}

		readings++;
		return Buffer.from(line.repeat(lines));
	}) as typeof readFileSync;
	syncBuiltinESMExports();
	const {isGoneFromKernel, unreadInKernel} = await import('../../../source/sockets/kernel/unread.ts');
	const [local, peer] = [{host: '127.0.0.1', port: 80}, {host: '127.0.0.1', port: 4096}];
	const readTimes = async (): Promise<number> => {
		readings = 0;
		for (let connection = 0; connection < 20; connection++) {
			t.is(unreadInKernel(local, peer), 5);
			t.false(isGoneFromKernel(local, peer));
			await turn();
		}

		return readings;
	};

	lines = 1;
	t.is(unreadInKernel(local, peer), 5);
	t.is(unreadInKernel(local, peer), 5);
	t.is(readings, 2);
	lines = 20_000;
	const times = await readTimes();
	t.true(times < 30, `${times} times`);
});
