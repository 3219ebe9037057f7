import test from 'ava';
import {
	TableRoom, readingOver, requestsOf, tableLine, tickLong,
} from '../../helpers/table-room.ts';

test.serial('has no snapshot and reads nothing before something is watched', async t => {
	const {tables} = await TableRoom.open(t, {tcp: tableLine(1000)});
	t.is(requestsOf(tickLong), 0);
	t.is(tables.snapshot, undefined);
	t.is(tables.revision, 0);
});

test.serial('begins to read at once, and says that there is a snapshot', async t => {
	const room = await TableRoom.open(t, {
		tcp: tableLine(1000) + tableLine(1001),
		tcp6: tableLine(1002, {family: 6}),
		udp: tableLine(1000, {drops: true}),
	});
	await room.changeAfter(() => {
		t.is(requestsOf(() => {
			room.tables.watch([{protocol: 'tcp', ports: [1000, 1002]}]);
		}), 1);
		t.is(room.tables.snapshot, undefined);
	});
	t.deepEqual(room.ports, [1000, 1002]);
	t.deepEqual(room.tables.snapshot?.map(({local}) => local.host), ['127.127.127.127', '::']);
	t.is(room.tables.revision, 1);
	t.is(room.changes, 1);
});

test.serial('an empty table is a snapshot too', async t => {
	const room = await TableRoom.open(t, {tcp: '', tcp6: ''});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	t.deepEqual(room.tables.snapshot, []);
});

test.serial(
	'reads both protocols, each for its own ports, in an order that does not depend on what was asked first',
	async t => {
		const room = await TableRoom.open(t, {
			tcp: tableLine(1000) + tableLine(1001),
			udp: tableLine(1000, {drops: true}) + tableLine(1001, {drops: true}),
		});
		await room.changeAfter(() => {
			room.tables.watch([
				{protocol: 'tcp', ports: [1001]},
				{protocol: 'udp', ports: [1000]},
				{protocol: 'tcp', ports: [1000]},
			]);
		});
		t.deepEqual(
			room.tables.snapshot?.map(({protocol, local, drops}) => [protocol, local.port, drops]),
			[
				['udp', 1000, 3],
				['tcp', 1000, undefined],
				['tcp', 1001, undefined],
			],
		);
	},
);

test.serial('reads only the tables of a family that is asked for', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000), tcp6: tableLine(1000, {family: 6})});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000], families: [6]}]);
	});
	t.deepEqual(room.tables.snapshot?.map(({local}) => local.host), ['::']);
});

test.serial('watching the same again reads nothing, and watching other ports reads at once', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000) + tableLine(1001)});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000, 1002]}]);
	});
	t.is(requestsOf(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1002, 1000]}, {protocol: 'udp', ports: []}]);
	}), 0);
	await room.changeAfter(() => {
		t.is(requestsOf(() => {
			room.tables.watch([{protocol: 'tcp', ports: [1001]}]);
		}), 1);
		t.deepEqual(room.ports, [1000]);
	});
	t.deepEqual(room.ports, [1001]);
	t.is(requestsOf(tickLong), 1);
});

test.serial(
	'never reads twice at once: what is watched meanwhile is read afterwards, and only that is told',
	async t => {
		const room = await TableRoom.open(t, {tcp: tableLine(1000) + tableLine(1001) + tableLine(1002)});
		await room.changeAfter(() => {
			room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
			t.is(
				requestsOf(() => {
					room.tables.watch([{protocol: 'tcp', ports: [1001]}]);
					room.tables.watch([]);
					room.tables.watch([{protocol: 'tcp', ports: [1002]}]);
				}),
				0,
			);
		});
		t.deepEqual(room.ports, [1002]);
		t.is(room.changes, 1);
	},
);

test.serial('watching nothing forgets the snapshot and stops reading; watching again begins anew', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000)});
	const wanted = [{protocol: 'tcp', ports: [1000]}] as const;
	await room.changeAfter(() => {
		room.tables.watch(wanted);
	});
	room.tables.watch([]);
	t.is(room.tables.snapshot, undefined);
	t.deepEqual([room.tables.revision, room.changes], [2, 2]);
	t.is(requestsOf(tickLong), 0);
	room.tables.watch([]);
	t.is(room.changes, 2);
	await room.changeAfter(() => {
		room.tables.watch(wanted);
	});
	t.deepEqual(room.ports, [1000]);
});

test.serial('stops a reading that is under way when nothing is watched any more', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000)});
	room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	room.tables.watch([]);
	await readingOver();
	t.is(room.tables.snapshot, undefined);
	t.is(room.changes, 0);
	t.is(requestsOf(tickLong), 0);
});

test.serial('a closed one reads nothing, tells nothing and may be closed again', async t => {
	const room = await TableRoom.open(t, {tcp: tableLine(1000)});
	await room.changeAfter(() => {
		room.tables.watch([{protocol: 'tcp', ports: [1000]}]);
	});
	room.tables.watch([{protocol: 'tcp', ports: [1000, 1]}]);
	room.tables.close();
	room.tables.close();
	await readingOver();
	t.is(requestsOf(() => {
		tickLong();
		room.tables.watch([{protocol: 'tcp', ports: [1]}]);
	}), 0);
	t.is(room.tables.snapshot, undefined);
	t.is(room.changes, 1);
});
