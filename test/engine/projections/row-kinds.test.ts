import test from 'ava';
import type {CallLine} from '../../../source/engine/door/pane-view.ts';
import type {RowsKind} from '../../../source/engine/door/question.ts';
import type {EventType, SocketEvent} from '../../../source/engine/events/event.ts';
import {EventLog} from '../../../source/engine/events/event-log.ts';
import {farEndAt} from '../../../source/engine/events/recorder.ts';
import {PaneIndex} from '../../../source/engine/events/pane-index.ts';
import {formatCall, projectCalls} from '../../../source/engine/projections/calls.ts';
import {projectCallLines} from '../../../source/engine/projections/call-lines.ts';
import {projectLedgerRow} from '../../../source/engine/projections/ledger-row.ts';
import {projectRow, projectRows} from '../../../source/engine/projections/rows.ts';
import {
	everyEvent, failure, near, far,
} from '../../helpers/every-event.ts';

const dataTypes = new Set<EventType>(['datagram-sent', 'datagram-received', 'chunk-sent', 'chunk-received']);
const format = {payload: 'text', columns: 40, dumpColumns: 60} as const;

for (const [type, event] of Object.entries(everyEvent)) {
	test(`tells ${type} as the calls that it stands for`, t => {
		for (const isServer of [false, true]) {
			const {calls} = projectRow(event, {...format, kind: 'calls', isServer});
			t.deepEqual(calls?.map(({text}) => text), projectCalls(event, {isServer}).map(call => formatCall(call)));
			t.deepEqual(structuredClone(calls), calls);
		}

		for (const kind of ['messages', 'bytes'] as const) {
			t.is(projectRow(event, {...format, kind, isServer: false}).calls, undefined);
		}
	});

	test(`tells where the bytes of ${type} went, if it has any`, t => {
		const ledger = projectLedgerRow(event, undefined, 40);
		t.is(ledger !== undefined, dataTypes.has(type as EventType));
		t.deepEqual(structuredClone(ledger), ledger);
	});
}

test('says of a call whether it failed, and what it cannot say itself', t => {
	const base = {
		sequence: 0, time: 0, pane: 1, socket: 0,
	};
	t.like(projectCallLines({
		...base, type: 'connect-failed', peer: far, failure,
	}, false)[0], {name: 'connect', isFailed: true});
	t.deepEqual(projectCallLines({...base, type: 'fin-received', peer: far}, false), [{
		name: 'recv', text: 'recv() → 0 B', isFailed: false, note: 'peer-finished',
	}]);
});

test('says of a sendto() that the simulated link has lost the datagram that it took', t => {
	const call = (event: SocketEvent): CallLine[] => projectCallLines(event, false);
	const sent = everyEvent['datagram-sent'];
	t.is(call({...sent, fate: {type: 'lost', cause: 'loss'}})[0].note, 'lost-by-link');
	t.false(call({...sent, fate: {type: 'lost', cause: 'loss'}})[0].isFailed);
	t.is(call(sent)[0].note, undefined);
});

/** A log with two writes of a client, which a server has read as one. */
function fill(kind: RowsKind): Array<ReturnType<typeof projectRow>> {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.recorder(2, new PaneIndex(), 0);
	const server = log.recorder(1, index, 1);
	client.happened({type: 'connected', peer: far, local: near});
	server.happened({type: 'accepted', peer: near, local: far});
	client.chunkSent(Buffer.from('one '));
	client.chunkSent(Buffer.from('two'));
	server.chunkReceived(Buffer.from('one two'));
	client.chunkSent(Buffer.from('three'));
	server.chunkReceived(Buffer.from('three'));
	return [...projectRows(log, {first: 0, total: index.total, at: ordinal => index.at(ordinal)}, {
		type: 'rows', pane: 1, kind, rows: 10, end: undefined, ...format,
	}, true).rows];
}

test('says of a read how many writes it has the bytes of, where that is not one', t => {
	const [accepted, several, one] = fill('messages');
	t.is(accepted.writes, undefined);
	t.is(several.writes, 2);
	t.is(several.ledger, undefined);
	t.is(one.writes, undefined);
	t.true(fill('calls').every(row => row.writes === undefined && row.ledger === undefined));
});

test('says nothing of the writes that a read has the bytes of, where the first of them is not known any more', t => {
	const log = new EventLog({
		events: 4, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.recorder(2, new PaneIndex(), 0);
	const server = log.recorder(1, index, 1);
	client.happened({type: 'connected', peer: far, local: near});
	server.happened({type: 'accepted', peer: near, local: far});
	for (const text of ['one', 'two', 'three', 'four']) {
		client.chunkSent(Buffer.from(text));
	}

	server.chunkReceived(Buffer.from('onetwothreefour'));
	const read = (): ReturnType<typeof projectRow> => projectRows(log, {first: index.firstSince(log.first), total: index.total, at: ordinal => index.at(ordinal)}, {
		type: 'rows', pane: 1, kind: 'messages', rows: 1, end: undefined, ...format,
	}, true).rows[0];
	t.is(log.first, 3, 'the first write has gone');
	t.is(read().length, 15);
	t.is(read().writes, undefined);
});

test('cuts a read where the bytes of one write end and those of the next begin', t => {
	const [accepted, several, one] = fill('bytes');
	t.is(accepted.ledger, undefined);
	t.deepEqual(several.ledger, {
		isOver: false,
		parts: [{
			number: 1, from: 0, length: 4, whole: 4,
		}, {
			number: 2, from: 0, length: 3, whole: 3,
		}], missing: 0, more: 0, offset: 0, pieces: [{number: 1, text: 'one '}, {number: 2, text: 'two'}],
	});
	t.like(one.ledger, {offset: 7, pieces: [{number: 3, text: 'three'}]});
});

test('cuts the last piece that fits, and leaves out those that do not', t => {
	const event = {
		sequence: 0, time: 0, pane: 1, socket: 1, type: 'chunk-received', peer: near, length: 30, bytes: Buffer.alloc(30, 'x'), number: 1, offset: 0,
	} as const;
	const others = {length: 3, at: (index: number) => ({number: index + 1, offset: index * 10, length: 10})};
	t.deepEqual(projectLedgerRow(event, others, 60)?.pieces.map(({text}) => text.length), [10, 10, 10]);
	const narrow = projectLedgerRow(event, others, 20)!;
	t.deepEqual(narrow.pieces.map(({number, text}) => [number, text]), [[1, 'xxxxxxxxxx'], [2, 'xxx…']]);
	t.is(narrow.parts.length, 3);
	t.deepEqual(projectLedgerRow(event, others, 0)?.pieces, []);
});

test('shows a read whole, where the oldest of its writes are not known any more', t => {
	const event = {
		sequence: 0, time: 0, pane: 1, socket: 1, type: 'chunk-received', peer: near, length: 10, bytes: Buffer.from('0123456789'), number: 1, offset: 0,
	} as const;
	const others = {length: 1, at: () => ({number: 7, offset: 6, length: 4})};
	t.like(projectLedgerRow(event, others, 60), {missing: 6, pieces: [{number: 0, text: '0123456789'}]});
	t.like(projectLedgerRow(event, undefined, 60), {missing: 10, parts: [], pieces: [{number: 0, text: '0123456789'}]});
});

test('shows eight parts of a write, and counts the others', t => {
	const event = {
		sequence: 0, time: 0, pane: 1, socket: 1, type: 'chunk-sent', peer: near, length: 100, bytes: Buffer.alloc(100, 'x'), number: 4, offset: 50,
	} as const;
	const others = {length: 100, at: (index: number) => ({number: index + 1, offset: index * 5, length: 5})};
	const row = projectLedgerRow(event, others, 60)!;
	t.is(row.parts.length, 8);
	t.like(row, {more: 12, missing: 0});
	t.deepEqual(row.pieces.map(({number}) => number), [4]);
});

test('has one part of a datagram that was read, and none of one that was not', t => {
	const sent = {
		sequence: 0, time: 0, pane: 1, socket: 0, type: 'datagram-sent', peer: near, length: 2, bytes: Buffer.from('hi'), number: 5,
	} as const;
	t.like(projectLedgerRow({...sent, arrival: {type: 'read', number: 9}}, undefined, 60), {
		parts: [{
			number: 9, from: 0, length: 2, whole: 2,
		}], missing: 0, offset: undefined, pieces: [{number: 5, text: 'hi'}],
	});
	for (const arrival of [undefined, {type: 'lost'}, {type: 'under-way'}] as const) {
		t.like(projectLedgerRow({...sent, arrival}, undefined, 60), {parts: [], missing: 2});
	}

	t.like(projectLedgerRow({
		...sent, type: 'datagram-received', isThirdParty: false, write: 3, number: 8,
	}, undefined, 60), {pieces: [{number: 3, text: 'hi'}]});
});

test('takes a stream\'s bytes from a log that keeps a far end', t => {
	const log = new EventLog({
		events: 8, bytes: 64, clock: () => 0, isOwnHost: () => false,
	});
	log.recorder(1, new PaneIndex(), 0).datagramSent(farEndAt(far), Buffer.from('x'), 1);
	t.is(log.otherEndOf(0), undefined);
});
