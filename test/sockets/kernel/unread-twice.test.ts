import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';
import test from 'ava';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {skipped} from '../../helpers/skipped.ts';

test('a connection that one reading has passed over is there: only one that is missing twice has nothing unread', async t => {
	if (!KernelTables.isAvailable) {
		skipped(t, 'there is no /proc/net/tcp');
		return;
	}

	const {readFileSync} = fs;
	t.teardown(() => {
		fs.readFileSync = readFileSync;
		syncBuiltinESMExports();
	});
	const head = '  sl  local_address\n';
	const line = '   0: 0100007F:0051 0100007F:1000 01 00000000:00000005 00:00000000 00000000     0        0 1 1 0000000000000000 20 4 30 10 -1\n';
	let texts: Array<string | undefined> = [];
	fs.readFileSync = ((path: string) => {
		if (path !== '/proc/net/tcp') {
			return readFileSync(path);
		}

		const text = texts.shift();
		if (text === undefined) {
			throw Object.assign(new Error('no descriptor'), {code: 'EMFILE'});
		}

		return Buffer.from(text);
	}) as typeof readFileSync;
	syncBuiltinESMExports();
	const {unreadInKernel} = await import('../../../source/sockets/kernel/unread.ts');
	const [local, peer] = [{host: '127.0.0.1', port: 81}, {host: '127.0.0.1', port: 4096}];
	texts = [head, line];
	t.is(unreadInKernel(local, peer), 5);
	for (texts of [[head, head], [undefined, head]]) {
		t.is(unreadInKernel(local, peer), 0);
		t.is(texts.length, 0, 'it was read twice');
	}
});
