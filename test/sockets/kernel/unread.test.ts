import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import {mock} from 'node:test';
import test from 'ava';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {skipped} from '../../helpers/skipped.ts';

test('a table that takes long to read is not read for each of many connections that close together', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'there is no /proc/net/tcp');
		return;
	}

	const {readFileSync} = fs;
	let clock = 0;
	const mocked = mock.method(performance, 'now', () => clock);
	t.teardown(() => {
		mocked.mock.restore();
		fs.readFileSync = readFileSync;
		syncBuiltinESMExports();
	});
	let duration = 0;
	let readings = 0;
	const line = '   0: 0100007F:0050 0100007F:1000 01 00000000:00000005 00:00000000 00000000     0        0 1 1 0000000000000000 20 4 30 10 -1\n';
	fs.readFileSync = ((path: string) => {
		if (path !== '/proc/net/tcp') {
			return readFileSync(path);
		}

		readings++;
		clock += duration;
		return Buffer.from(line);
	}) as typeof readFileSync;
	syncBuiltinESMExports();
	const {unreadInKernel} = await import('../../../source/sockets/kernel/unread.ts');
	const [local, peer] = [{host: '127.0.0.1', port: 80}, {host: '127.0.0.1', port: 4096}];
	const ask = (): number => {
		readings = 0;
		for (let connection = 0; connection < 20; connection++) {
			t.is(unreadInKernel(local, peer), 5);
			t.is(unreadInKernel(local, peer), 5);
		}

		return readings;
	};

	duration = 1;
	t.is(ask(), 40, 'what is quick is always as it is now');
	for (duration of [20, 400]) {
		clock += 2000;
		const times = ask();
		t.true(times > 0 && times < 10, `${times} times, each in ${duration} ms`);
		clock += duration;
		t.is(unreadInKernel(local, peer), 5);
		t.is(readings, times + 1, 'it is as old as it took to read it');
	}
});
