import test from 'ava';
import type {EventType, SocketEvent} from '../../source/log/event.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt} from '../../source/log/socket-track.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import type {Call} from '../../source/log/calls/calls.ts';
import {callText, projectCalls} from '../../source/views/calls.ts';
import {projectLedgerRow} from '../../source/views/ledger.ts';
import {projectRows, type Row, type RowsKind} from '../../source/views/rows.ts';
import {
	everyEvent, failure, near, far,
} from '../helpers/every-event.ts';

const dataTypes = new Set<EventType>(['datagram-sent', 'datagram-received', 'chunk-sent', 'chunk-received']);

for (const [type, event] of Object.entries(everyEvent)) {
	test(`tells where the bytes of ${type} went, if it has any`, t => {
		const ledger = projectLedgerRow(event, undefined);
		t.is(ledger !== undefined, dataTypes.has(type as EventType));
		t.deepEqual(structuredClone(ledger), ledger);
	});
}

test('says of a call whether it failed, and what it cannot say itself', t => {
	const base = {
		sequence: 0, time: 0, pane: 1, socket: 0,
	};
	t.like(projectCalls({
		...base, type: 'connect-failed', peer: far, failure, progress: 'under-way',
	}, {isServer: false})[0], {name: 'getsockopt', error: failure.code});
	t.deepEqual(projectCalls({...base, type: 'fin-received', peer: far}, {isServer: false}), [{
		name: 'recv', arguments: [], result: [{bytes: 0}], note: 'peer-finished',
	}]);
});

test('says of a sendto() that the simulated link has lost the datagram that it took', t => {
	const call = (event: SocketEvent): readonly Call[] => projectCalls(event, {isServer: false});
	const sent = everyEvent['datagram-sent'];
	t.is(call({...sent, fate: {type: 'lost', cause: 'loss'}})[0]?.note, 'lost-by-link');
	t.is(call({...sent, fate: {type: 'lost', cause: 'loss'}})[0]?.error, undefined);
	t.is(call(sent)[0]?.note, undefined);
});

/** A log with two writes of a client, which a server has read as one. */
function fill(kind: RowsKind): Row[] {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.track(2, new PaneIndex(), 0);
	const server = log.track(1, index, 1);
	client.happened({type: 'connection-opened', peer: far, local: near});
	server.happened({type: 'connection-accepted', peer: near, local: far});
	client.chunkSent(Buffer.from('one '));
	client.chunkSent(Buffer.from('two'));
	server.chunkReceived(Buffer.from('one two'));
	client.chunkSent(Buffer.from('three'));
	server.chunkReceived(Buffer.from('three'));
	return [...projectRows(log, {first: 0, total: index.total, at: ordinal => index.at(ordinal)}, {
		type: 'rows', pane: 1, kind, rows: 10, end: undefined, maxBytes: 100,
	}, true).rows];
}

test('says of a read how many writes it has the bytes of, where that is not one', t => {
	const [accepted, several, one] = fill('messages');
	t.is(accepted!.writes, undefined);
	t.is(several!.writes, 2);
	t.is(several!.ledger, undefined);
	t.is(one!.writes, undefined);
	t.true(fill('calls').every(row => row.writes === undefined && row.ledger === undefined));
	t.deepEqual(
		fill('calls').map(({calls = []}) => calls.map(call => callText(call))),
		[
			['accept() → connection 1, (\'127.0.0.1\', 50000)', 'setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)'],
			['recv() → 7 B'],
			['recv() → 5 B'],
		],
	);
	t.is(one!.calls, undefined);
});

test('says nothing of the writes that a read has the bytes of, where the first of them is not known any more', t => {
	const log = new EventLog({
		events: 4, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.track(2, new PaneIndex(), 0);
	const server = log.track(1, index, 1);
	client.happened({type: 'connection-opened', peer: far, local: near});
	server.happened({type: 'connection-accepted', peer: near, local: far});
	for (const text of ['one', 'two', 'three', 'four']) {
		client.chunkSent(Buffer.from(text));
	}

	server.chunkReceived(Buffer.from('onetwothreefour'));
	const read = (): Row =>
		projectRows(
			log,
			{first: index.firstSince(log.first), total: index.total, at: ordinal => index.at(ordinal)},
			{
				type: 'rows',
				pane: 1,
				kind: 'messages',
				rows: 1,
				end: undefined,
				maxBytes: 100,
			},
			true,
		).rows[0]!;
	t.is(log.first, 3, 'the first write was dropped');
	t.is(read().length, 15);
	t.is(read().writes, undefined);
});

test('tells of which writes a read has which bytes and those of the next begin', t => {
	const [accepted, several, one] = fill('bytes');
	t.is(accepted!.ledger, undefined);
	t.deepEqual(several!.ledger, {
		isOver: false,
		parts: [{
			number: 1, from: 0, length: 4, whole: 4,
		}, {
			number: 2, from: 0, length: 3, whole: 3,
		}], missing: 0, more: 0, offset: 0,
	});
	t.like(one!.ledger, {offset: 7, parts: [{number: 3, length: 5}]});
	t.is(several!.calls, undefined);
});

test('shows eight parts of a write, and counts the others', t => {
	const event = {
		sequence: 0,
		time: 0,
		pane: 1,
		socket: 1,
		type: 'chunk-sent',
		peer: near,
		length: 100,
		bytes: Buffer.alloc(100, 'x'),
		number: 4,
		offset: 50,
	} as const;
	const others = {length: 100, at: (index: number) => ({number: index + 1, offset: index * 5, length: 5})};
	const row = projectLedgerRow(event, others)!;
	t.is(row.parts.length, 8);
	t.like(row, {more: 12, missing: 0});
});

test('has one part of a datagram that was read, and none of one that was not', t => {
	const sent = {
		sequence: 0,
		time: 0,
		pane: 1,
		socket: 0,
		type: 'datagram-sent',
		peer: near,
		length: 2,
		bytes: Buffer.from('hi'),
		number: 5,
	} as const;
	t.like(projectLedgerRow({...sent, arrival: {type: 'read', number: 9}}, undefined), {
		parts: [{
			number: 9, from: 0, length: 2, whole: 2,
		}], missing: 0, offset: undefined,
	});
	for (const arrival of [undefined, {type: 'lost'}, {type: 'under-way'}] as const) {
		t.like(projectLedgerRow({...sent, arrival}, undefined), {parts: [], missing: 2});
	}

	t.like(projectLedgerRow({
		...sent, type: 'datagram-received', isThirdParty: false, write: 3, number: 8,
	}, undefined), {parts: [{number: 3, length: 2}]});
});

test('takes a stream\'s bytes from a log that keeps a far end', t => {
	const log = new EventLog({
		events: 8, bytes: 64, clock: () => 0, isOwnHost: () => false,
	});
	log.track(1, new PaneIndex(), 0).datagramSent(farEndAt(far), Buffer.from('x'), 1);
	t.is(log.otherEndOf(0), undefined);
});

test('says of a write what was never read once the other end is closed, of the playground\'s own sockets only', t => {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.track(2, index, 0);
	const server = log.track(1, new PaneIndex(), 1);
	client.happened({type: 'connection-opened', peer: far, local: near});
	client.chunkSent(Buffer.from('to somebody'));
	const row = (): Row =>
		projectRows(log, {first: 0, total: index.total, at: ordinal => index.at(ordinal)}, {
			type: 'rows', pane: 2, kind: 'messages', rows: 1, end: undefined, maxBytes: 100,
		}, false).rows[0]!;
	t.is(row().neverRead, undefined, 'a foreign end');
	server.happened({type: 'connection-accepted', peer: near, local: far});
	server.chunkReceived(Buffer.from('to some'));
	t.is(row().neverRead, undefined, 'an open end');
	server.happened({
		type: 'socket-closed', peer: near, local: far, discarded: 0,
	});
	t.is(row().neverRead, 4);
});

test('counts the writes of a read beyond those that it lists', t => {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => true,
	});
	const index = new PaneIndex();
	const client = log.track(2, new PaneIndex(), 0);
	const server = log.track(1, index, 1);
	client.happened({type: 'connection-opened', peer: far, local: near});
	server.happened({type: 'connection-accepted', peer: near, local: far});
	for (let count = 0; count < 12; count++) {
		client.chunkSent(Buffer.from('x'));
	}

	server.chunkReceived(Buffer.from('x'.repeat(12)));
	const [row] = projectRows(log, {first: 0, total: index.total, at: ordinal => index.at(ordinal)}, {
		type: 'rows', pane: 1, kind: 'messages', rows: 1, end: undefined, maxBytes: 100,
	}, true).rows;
	t.is(row!.writes, 12);
});

test('tells the calls of a pane\'s own sockets as a server makes them, and those of another pane among them as a client', t => {
	const log = new EventLog({
		events: 64, bytes: 4096, clock: () => 0, settings: () => [{from: 0, offset: 5000}], isOwnHost: () => true,
	});
	const index = new PaneIndex();
	for (const pane of [1, 2]) {
		log.track(pane, index, 0).happened({type: 'socket-bound', local: {...near, port: 50_000 + pane}}, pane);
	}

	const {rows} = projectRows(log, {first: 0, total: index.total, at: ordinal => index.at(ordinal)}, {
		type: 'rows', pane: 1, kind: 'calls', rows: 2, end: undefined, maxBytes: 100,
	}, true);
	t.deepEqual(rows.map(({calls}) => calls?.at(-1)?.note), [undefined, 'library-binds']);
	t.deepEqual(rows.map(({time}) => time), [5001, 5002], 'with the time of day');
});
