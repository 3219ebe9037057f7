import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import fs, {mkdir, rm} from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import path from 'node:path';
import {mock} from 'node:test';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {KernelTables} from '../../../source/sockets/kernel/kernel-tables.ts';
import {typescript} from '../../helpers/run-program.ts';
import {
	TableRoom, files, readingOver, requestsOf, tableLine, tickLong, timers,
} from '../../helpers/table-room.ts';

test.serial('reads again after the interval, and tells of a change only', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000), tcp6: ''}, 5000);
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	const first = room.tables.snapshot;
	t.is(requestsOf(() => {
		mock.timers.tick(4999);
	}), 0);
	await room.write('tcp', tableLine(999) + tableLine(1000));
	t.is(requestsOf(() => {
		mock.timers.tick(1);
	}), 1);
	await readingOver();
	t.is(room.tables.snapshot, first);
	await room.write('tcp', tableLine(1000, {state: '08'}));
	await room.changeAfter(tickLong);
	t.is(room.tables.snapshot?.[0]?.state, 'CLOSE_WAIT');
	t.is(room.tables.revision, 2);
	t.is(room.changes, 2);
});

test.serial('the time of a reading is when it began: what has happened since may be missing in it', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000), tcp6: ''});
	t.is(room.tables.readAt, Number.NEGATIVE_INFINITY);
	const before = performance.now();
	let after = 0;
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
		after = performance.now();
	});
	t.true(room.tables.readAt >= before && room.tables.readAt <= after);
});

test.serial('rests nine times as long as a reading took, and no longer than two seconds', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000), tcp6: ''});
	let now = 0;
	let step = 100;
	const clock = mock.method(performance, 'now', () => {
		now += step;
		return now;
	}).mock;
	t.teardown(() => {
		clock.restore();
	});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	for (const [taken, rest] of [[1000, 900], [10, 2000], [100, 250]] as const) {
		step = taken;
		t.is(requestsOf(() => {
			mock.timers.tick(rest - 1);
		}), 0);
		t.is(requestsOf(() => {
			mock.timers.tick(1);
		}), 1);
		await readingOver();
	}
});

test.serial('tells of every field that changes', async t => {
	const old = tableLine(1000, {drops: true});
	const room = await TableRoom.open(t, {udp: old, udp6: ''});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'udp', ports: [1000]}]);
	});
	for (const [index, text] of [
		old.replace(' 3\n', ' 4\n'),
		old.replace('00000000:00000000', '00000000:00000001'),
		old.replace('00000000:00000000', '00000001:00000000'),
		old.replace(' 01 ', ' 07 '),
		old.replace(':0001', ':0002'),
		old.replace('7F7F7F7F:0001', '01010101:0001'),
		old.replace('7F7F7F7F:03E8', '01010101:03E8'),
		old + tableLine(1000, {drops: true}).replace(':0001', ':0003'),
		'',
	].entries()) {
		for (const written of [text, old]) {
			await room.write('udp', written);
			await room.changeAfter(tickLong);
		}

		t.is(room.tables.revision, (index * 2) + 3);
	}
});

test.serial('a table that is not there is not looked for again', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000)});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	t.deepEqual(room.ports, [1000]);
	await room.write('tcp6', tableLine(1000, {family: 6}));
	await room.write('tcp', tableLine(1000, {state: '08'}));
	await room.changeAfter(tickLong);
	t.is(room.tables.snapshot?.length, 1);
});

test.serial('where no table is there, it has no snapshot and gives up', async t => {
	const room = await TableRoom.open(t, {});
	const begun = timers.callCount();
	room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	await readingOver();
	await room.write('tcp', tableLine(1000));
	t.is(requestsOf(tickLong), 0);
	t.is(timers.callCount(), begun);
	t.is(room.tables.snapshot, undefined);
	t.is(room.changes, 0);
});

test.serial('a reading that fails otherwise leaves no snapshot, and the next may be better', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000), tcp6: ''});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	await rm(path.join(room.folder, 'tcp'));
	await mkdir(path.join(room.folder, 'tcp'));
	await room.changeAfter(tickLong);
	t.is(room.tables.snapshot, undefined);
	await rm(path.join(room.folder, 'tcp'), {recursive: true});
	await room.write('tcp', tableLine(1000));
	await room.changeAfter(tickLong);
	t.deepEqual(room.ports, [1000]);
	t.true(files.opened > 0);
	t.is(files.closed, files.opened);
});

/** Have a table say something else each time that it is opened from now on: the last text stays. */
function writeBeforeReading(t: ExecutionContext, file: string, ...texts: string[]): void {
	const {open} = fs;
	fs.open = async (...given: Parameters<typeof open>) => {
		if (given[0] === file && texts.length > 0) {
			writeFileSync(file, texts.shift()!);
		}

		return open(...given);
	};

	syncBuiltinESMExports();
	t.teardown(() => {
		fs.open = open;
		syncBuiltinESMExports();
	});
}

test.serial('a socket that one reading has passed over is not gone: what was there is looked for again at once', async t => {
	const line = (state = '01'): string => tableLine(1000, {state});
	const other = (state: string): string => tableLine(1001, {state});
	const room = await TableRoom.open(t, {tcp: line() + other('01')});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000, 1001]}]);
	});
	writeBeforeReading(t, path.join(room.folder, 'tcp'), line(), line('08') + other('04'), other('04'), line('08'), other('04'));
	await room.changeAfter(tickLong);
	t.deepEqual(room.tables.snapshot?.map(({state}) => state), ['CLOSE_WAIT', 'FIN_WAIT1'], 'as they were when they were read last');
	const {revision} = room.tables;
	tickLong();
	await readingOver();
	t.deepEqual(room.tables.snapshot?.map(({state}) => state).toSorted(), ['CLOSE_WAIT', 'FIN_WAIT1'], 'each is in one of two');
	await room.changeAfter(tickLong);
	t.deepEqual(room.ports, [1001], 'missing twice');
	t.true(room.tables.revision > revision);
});

test.serial('what is watched anew is read twice, where that is wanted', async t => {
	const room = await TableRoom.open(t, {tcp: ''}, undefined, true);
	const file = path.join(room.folder, 'tcp');
	writeBeforeReading(t, file, tableLine(1000), tableLine(1001), tableLine(1000), tableLine(1001), tableLine(1002));
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000, 1001]}]);
	});
	t.deepEqual(room.ports?.toSorted(), [1000, 1001]);
	room.tables.watch([{protocol: 'tcp', ports: [1000, 1001, 1002]}]);
	await readingOver();
	t.deepEqual(room.ports?.toSorted(), [1000, 1001]);
	await room.changeAfter(tickLong);
	t.deepEqual(room.ports, [1002]);
});

test.serial('reads a table that is larger than its buffer, and a smaller one after it', async t => {
	const ports = Array.from({length: 3000}, (_, index) => index + 1);
	const room = await TableRoom.open(t, {tcp: ports.map(port => tableLine(port)).join('')});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1, 1500, 3000]}, {protocol: 'tcp', ports: [2999]}]);
	});
	// Port 1 is the remote port of all.
	t.deepEqual(room.ports, ports);
	await room.write('tcp', tableLine(5));
	await room.changeAfter(tickLong);
	t.deepEqual(room.ports, [5]);
});

test.serial('keeps no process alive', async t => {
	const {folder} = await TableRoom.open(t, {tcp: tableLine(1000)});
	const root = path.join(import.meta.dirname, '../../..');
	const script = `
import {KernelTables} from ${JSON.stringify(pathToFileURL(path.join(root, 'source/sockets/kernel/kernel-tables.ts')))};
const tables = new KernelTables({folder: ${JSON.stringify(folder)}, interval: 600_000, onChange: () => console.log(tables.snapshot.length)});
tables.watch([{protocol: 'tcp', ports: [1000]}]);
`;
	const {status, stdout, stderr} = spawnSync(
		process.execPath,
		[typescript, '--input-type=module', '-e', script],
		{cwd: root, encoding: 'utf8', timeout: 100_000},
	);
	t.is(stderr, '');
	t.is(stdout, '1\n');
	t.is(status, 0);
});

test.serial('is available where /proc/net/tcp can be read', t => {
	t.is(typeof KernelTables.isAvailable, 'boolean');
	t.true(!KernelTables.isAvailable || process.platform === 'linux');
});
