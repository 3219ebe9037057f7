/* Where the bytes of a stream go between two real sockets of one playground. */
import test from 'ava';
import fc from 'fast-check';
import type {LedgerRow} from '../../../source/views/ledger.ts';
import type {Row} from '../../../source/views/rows.ts';
import type {SocketEvent} from '../../../source/log/event.ts';
import {inTime} from '../../helpers/in-time.ts';
import {openPlayground, PlaygroundRoom} from '../../helpers/playground-room.ts';
import {connectRaw} from '../../helpers/raw-tcp.ts';

type DataRow = Row & {readonly ledger: LedgerRow; readonly length: number; readonly number: number};

/** The rows of a pane that have bytes, told as bytes. */
function dataRows(room: PlaygroundRoom, pane: number, type: 'chunk-sent' | 'chunk-received'): DataRow[] {
	return room.rows(pane, 'bytes').rows.filter((row): row is DataRow => row.type === type && row.ledger !== undefined);
}

/**
Every byte of one end's rows by the number of the other end's row that has it, and its place there: `number:place`.
*/
function bytesOf(rows: readonly DataRow[]): string[] {
	return rows.flatMap(({ledger}) =>
		ledger.parts.flatMap(({number, from, length}) =>
			Array.from({length}, (_, index) => `${number}:${from + index}`)));
}

function placesOf(rows: readonly DataRow[]): string[] {
	return rows.flatMap(({number, length}) => Array.from({length}, (_, index) => `${number}:${index}`));
}

test('shows two quick writes that came as one read', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	void room.send(pane, 'hello ');
	void room.send(pane, 'world');
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === 11, '11 bytes');
	const reads = dataRows(room, room.server('tcp').pane, 'chunk-received');
	const writes = dataRows(room, pane, 'chunk-sent');
	t.deepEqual(writes.map(({number, ledger}) => [number, ledger.offset]), [[1, 0], [2, 6]]);
	t.deepEqual(bytesOf(reads), placesOf(writes));
	t.deepEqual(bytesOf(writes), placesOf(reads));
	// The kernel may make two reads of them, where this program is slow to write the second.
	const first = reads[0]!;
	const isOne = reads.length === 1;
	t.deepEqual(first.ledger.parts.map(({number, length}) => [number, length]), isOne ? [[1, 6], [2, 5]] : [[1, 6]]);
	const told = room.rows(room.server('tcp').pane).rows.find(({type}) => type === 'chunk-received');
	t.is(told?.writes, isOne ? 2 : undefined);
});

test('shows a write of a megabyte that came as many reads, in both directions', async t => {
	// The log has room for all of it four times: which events a smaller one drops depends on when they come.
	const limits = {events: 16_384, logBytes: 16 * 1024 * 1024};
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'echo', limits});
	const {pane} = room.client('tcp');
	const length = 1024 * 1024;
	await room.playground.execute({type: 'send', pane, bytes: Buffer.alloc(length, 'x')});
	await room.until(() => room.client('tcp').received.bytes === length, 'all of it back');
	const server = room.server('tcp').pane;
	const write = dataRows(room, pane, 'chunk-sent')[0]!;
	const reads = dataRows(room, server, 'chunk-received');
	t.true(reads.length > 1);
	t.is(write.ledger.parts.length + write.ledger.more, reads.length);
	t.is(write.ledger.missing, 0);
	t.is(reads.reduce((sum, row) => sum + row.length, 0), length);
	for (const row of reads) {
		t.deepEqual(row.ledger.parts, [{
			number: 1, from: row.ledger.offset, length: row.length, whole: length,
		}]);
	}

	const answers = dataRows(room, server, 'chunk-sent');
	const heard = dataRows(room, pane, 'chunk-received');
	for (const row of [...answers, ...heard]) {
		t.is(row.ledger.missing, 0);
		const known = row.ledger.parts.reduce((sum, part) => sum + part.length, 0);
		t.true(row.ledger.more > 0 ? known < row.length : known === row.length);
	}

	t.is(answers.reduce((sum, row) => sum + row.length, 0), length);
	t.is(heard.reduce((sum, row) => sum + row.length, 0), length);
	t.deepEqual(room.client('tcp').sent, {count: 1, bytes: length});
	t.deepEqual(room.server('tcp').peers[0]!.received, {count: reads.length, bytes: length});
});

test('tells where every byte came from and went, for any writes', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({length: fc.integer({min: 1, max: 3000}), waits: fc.boolean()}), {
				minLength: 1,
				maxLength: 7,
				size: 'max',
			}),
			async writes => {
				const room = new PlaygroundRoom({clients: 1, reply: 'echo'});
				try {
					await room.playground.execute({type: 'open-scene', protocol: 'tcp'});
					const {pane} = room.client('tcp');
					const server = room.server('tcp').pane;
					let written = 0;
					for (const {length, waits} of writes) {
						void room.playground.execute({type: 'send', pane, bytes: new Uint8Array(length)});
						written += length;
						if (waits) {
							const all = written;
							await room.until(() => room.client('tcp').received.bytes === all, 'all of it back');
						}
					}

					await room.until(() => room.client('tcp').received.bytes === written, 'all of it back');
					for (const [from, to] of [
						[pane, server],
						[server, pane],
					] as const) {
						const sent = dataRows(room, from, 'chunk-sent');
						const received = dataRows(room, to, 'chunk-received');
						t.deepEqual(bytesOf(received), placesOf(sent));
						t.deepEqual(bytesOf(sent), placesOf(received));
						t.true([...sent, ...received].every(row => row.ledger.missing === 0 && row.far !== undefined));
						t.deepEqual(
							sent.map(({number}) => number),
							sent.map((_, index) => index + 1),
						);
					}

					t.deepEqual(
						dataRows(room, pane, 'chunk-sent').map(({length}) => length),
						writes.map(({length}) => length),
					);
				} finally {
					await inTime(room.playground.close(), () => 'the end');
				}
			},
		),
		{numRuns: 20},
	);
});

test('keeps the connections of several clients apart', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 3, reply: 'echo'});
	const {clients} = room.scene('tcp');
	for (const [index, {pane}] of clients.entries()) {
		await room.send(pane, 'x'.repeat(index + 1));
	}

	await room.until(
		() => room.scene('tcp').clients.every(({received}, index) => received.bytes === index + 1),
		'three answers',
	);
	for (const event of room.all('chunk-received').filter(({pane}) => pane === room.server('tcp').pane)) {
		const place = clients.findIndex(({pane}) => pane === event.far?.pane);
		t.is(event.length, place + 1);
		const back: SocketEvent = await room.happened('chunk-received', ({pane}) => pane === clients[place]!.pane);
		t.like(back, {far: {pane: room.server('tcp').pane, socket: event.socket}});
	}
});

test('knows no far end of what a foreign program sends and gets', async t => {
	const room = await openPlayground(t, 'tcp', {reply: 'echo'});
	const raw = await connectRaw(t, room.address('tcp'));
	raw.write('hi');
	await raw.read(2);
	const {pane} = room.server('tcp');
	for (const row of [...dataRows(room, pane, 'chunk-received'), ...dataRows(room, pane, 'chunk-sent')]) {
		t.is(row.far, undefined);
		t.like(row, {number: 1, ledger: {parts: [], missing: 2, offset: 0}});
	}
});

test('begins at number 1 and offset 0 again when a client connects again', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	await room.send(pane, 'first');
	await room.happenedTimes('chunk-received', 1);
	await room.playground.execute({type: 'close-client', pane});
	await room.playground.execute({type: 'reopen-client', pane});
	await room.send(pane, 'second');
	const [, again] = await room.happenedTimes('chunk-received', 2);
	t.like(again, {
		socket: 2, number: 1, offset: 0, far: {pane, socket: 0},
	});
	t.deepEqual(room.all('chunk-sent').map(({number, offset, far}) => ({number, offset, far})), [
		{number: 1, offset: 0, far: {pane: room.server('tcp').pane, socket: 1}},
		{number: 1, offset: 0, far: {pane: room.server('tcp').pane, socket: 2}},
	]);
	t.deepEqual(dataRows(room, pane, 'chunk-sent').map(({ledger}) => ledger.missing), [0, 0]);
	t.like(room.client('tcp'), {sent: {count: 2, bytes: 11}});
});

test('says of a write to an end that is closed how many of its bytes were never read, and nothing of one that was read', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {pane} = room.client('tcp');
	await room.send(pane, 'in time');
	await room.until(() => room.server('tcp').peers[0]?.received.bytes === 7, '7 bytes');
	await room.playground.execute({type: 'close-connection', connection: 1});
	await room.until(() => room.rows(pane).rows.some(({type}) => type === 'fin-received'), 'the FIN');
	await room.until(() => room.server('tcp').peerCount === 0, 'the end of the connection');
	await room.send(pane, 'too late');
	t.deepEqual(
		room
			.rows(pane)
			.rows.filter(({type}) => type === 'chunk-sent')
			.map(({neverRead}) => neverRead),
		[undefined, 8],
	);
});

test('the rows of a client that is closed are other ones when the far end closes and leaves its bytes unread', async t => {
	const room = await openPlayground(t, 'tcp', {clients: 1, reply: 'discard'});
	const {playground} = room;
	const {pane} = room.client('tcp');
	await room.until(() => room.server('tcp').peerCount === 1, 'the connection');
	await playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'stop-reading'}});
	await room.send(pane, 'unread');
	await playground.execute({type: 'close-client', pane});
	await room.until(() => room.client('tcp').state.type === 'closed', 'the end of the client');
	const query = {
		type: 'rows', pane, kind: 'messages', rows: 100, end: undefined, maxBytes: 100,
	} as const;
	const told = () => room.rows(pane).rows.find(({type}) => type === 'chunk-sent')?.neverRead;
	const before = playground.revisionOf(query);
	t.is(told(), undefined);
	await playground.execute({type: 'act', on: {type: 'connection', connection: 1}, act: {type: 'reset'}});
	await room.until(() => room.server('tcp').peerCount === 0, 'the end of the connection');
	t.is(told(), 6);
	t.not(playground.revisionOf(query), before);
});
