import test from 'ava';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';

test('an error of the program while the tables are read is told, and the next reading goes on', async t => {
	const faults: unknown[] = [];
	const {promise, resolve} = Promise.withResolvers<void>();
	const tables = new KernelTables({
		folder: 5 as never,
		interval: 1,
		onChange: () => undefined,
		onFault(error) {
			faults.push(error);
			if (faults.length === 2) {
				resolve();
			}
		},
	});
	t.teardown(() => {
		tables.close();
	});
	tables.watch([{protocol: 'tcp', ports: [1], families: [4]}]);
	const alive = setInterval(() => undefined, 1000);
	await promise;
	clearInterval(alive);
	t.true(faults.every(fault => fault instanceof TypeError));
	t.is(tables.snapshot, undefined);
});
