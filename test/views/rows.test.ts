import test from 'ava';
import fc from 'fast-check';
import {EventLog} from '../../source/log/event-log.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {projectRows, type RowsQuery, type RowsView} from '../../source/views/rows.ts';

/** A log in which pane 1 has every second event: its payloads are 0, 1, 2 ... */
function fill(count: number, events = 64): {log: EventLog; index: PaneIndex} {
	const log = new EventLog({
		events, bytes: 4096, clock: () => 0, isOwnHost: () => false,
	});
	const index = new PaneIndex();
	const other = new PaneIndex();
	for (let number = 0; number < count; number++) {
		log.track(1, index, 0).chunkSent(Buffer.from(String(number)));
		log.track(2, other, 0).chunkSent(Buffer.from('other'));
	}

	return {log, index};
}

function ask({log, index}: {log: EventLog; index: PaneIndex}, query: Partial<RowsQuery>): RowsView {
	return projectRows(
		log,
		{first: index.firstSince(log.first), total: index.total, at: ordinal => index.at(ordinal)},
		{
			type: 'rows',
			pane: 1,
			kind: 'messages',
			rows: 3,
			end: undefined,
			maxBytes: 400,
			...query,
		},
		false,
	);
}

function payloads({rows}: RowsView): Array<string | undefined> {
	return rows.map(({bytes}) => bytes && Buffer.from(bytes).toString());
}

test('follows the end when no end is asked for', t => {
	const view = ask(fill(10), {});
	t.deepEqual(payloads(view), ['7', '8', '9']);
	t.like(view, {
		type: 'rows', pane: 1, end: 10, total: 10, first: 0,
	});
});

test('shows the rows before the end that is asked for', t => {
	const view = ask(fill(10), {end: 5});
	t.deepEqual(payloads(view), ['2', '3', '4']);
	t.like(view, {end: 5, total: 10});
});

test('fills the window at the top and at the bottom', t => {
	const padLines = fill(10);
	t.deepEqual(payloads(ask(padLines, {end: 1})), ['0', '1', '2']);
	t.deepEqual(payloads(ask(padLines, {end: -5})), ['0', '1', '2']);
	t.deepEqual(payloads(ask(padLines, {end: 99})), ['7', '8', '9']);
});

test('shows what there is when that is less than a window', t => {
	t.deepEqual(payloads(ask(fill(2), {rows: 10})), ['0', '1']);
	t.deepEqual(payloads(ask(fill(2), {rows: 10, end: 1})), ['0', '1']);
	t.deepEqual(ask(fill(0), {}), {
		type: 'rows', pane: 1, kind: 'messages', rows: [], end: 0, total: 0, first: 0,
	});
	t.deepEqual(payloads(ask(fill(5), {rows: 0})), []);
});

test('says how many rows were dropped, and never shows one of them', t => {
	const view = ask(fill(100, 16), {end: 3, rows: 5});
	t.is(view.first, 92);
	t.is(view.total, 100);
	t.deepEqual(payloads(view), ['92', '93', '94', '95', '96']);
});

test('has only as many bytes of a payload as are asked for', t => {
	const log = new EventLog({
		events: 8, bytes: 100_000, clock: () => 0, isOwnHost: () => false,
	});
	const index = new PaneIndex();
	log.track(1, index, 0).chunkSent(Buffer.alloc(20_000, 'x'));
	const {rows: [row]} = ask({log, index}, {maxBytes: 5});
	t.is(row?.length, 20_000);
	t.deepEqual(row?.bytes, Uint8Array.from(Buffer.from('xxxxx')));
	t.is(row?.bytes?.buffer.byteLength, 5, 'what passes between threads is no larger');
});

test('shows a window of neighbours, as full as it can be, for any query', t => {
	const query = fc.record({rows: fc.nat(40), end: fc.option(fc.integer({min: -5, max: 130}), {nil: undefined})});
	fc.assert(fc.property(fc.nat(120), query, (count, asked) => {
		const view = ask(fill(count, 64), asked);
		const held = view.total - view.first;
		t.is(view.total, count);
		t.is(view.rows.length, Math.min(asked.rows, held));
		t.true(view.end <= view.total);
		t.deepEqual(
			payloads(view),
			Array.from({length: view.rows.length}, (_, offset) => String(view.end - view.rows.length + offset)),
		);
		t.is(
			view.end,
			asked.end === undefined ? count : Math.min(count, Math.max(asked.end, view.first + view.rows.length)),
		);
	}));
});
