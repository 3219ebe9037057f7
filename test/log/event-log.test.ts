import {setImmediate as turn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {report} from '../helpers/every-event.ts';
import type {Address, ColdEventBody, SocketEvent} from '../../source/log/event.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {farEndAt} from '../../source/log/socket-track.ts';
import {thirdPartyFlag} from '../../source/log/storage/hot-codes.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';

const peer: Address = {host: '127.0.0.1', port: 9};
const local: Address = {host: '127.0.0.1', port: 12_000};
const failure = {code: 'ECONNREFUSED', syscall: 'connect', message: 'connect ECONNREFUSED 127.0.0.1:9'};

function makeLog(events: number, bytes: number): EventLog {
	let time = 0;
	return new EventLog({
		events, bytes, clock: () => time++, isOwnHost: () => false,
	});
}

function eventsOf(log: EventLog): SocketEvent[] {
	return Array.from({length: log.next - log.first}, (_, index) => log.read(log.first + index));
}

test('keeps what was sent and received with time, pane, socket, peer and bytes', t => {
	const log = makeLog(16, 1024);
	const track = log.track(7, new PaneIndex(), 3);
	track.datagramSent(farEndAt(peer), Uint8Array.of(1, 2), 1);
	track.datagramReceived(farEndAt(peer), Uint8Array.of(3), {datagramAnswered: () => 12.5});
	track.datagramReceived(farEndAt(local), new Uint8Array(0), {datagramAnswered: () => Number.NaN}, thirdPartyFlag);
	track.happened({type: 'connection-opened', peer, local});
	track.chunkSent(Uint8Array.of(4));
	track.chunkReceived(Uint8Array.of(5, 5), 1);
	track.chunkReceived(Uint8Array.of(6));
	const base = {pane: 7, socket: 3};
	const data = {...base, far: undefined};
	t.deepEqual(eventsOf(log), [
		{
			sequence: 0,
			time: 0,
			...data,
			type: 'datagram-sent',
			peer,
			length: 2,
			bytes: Uint8Array.of(1, 2),
			number: 1,
			arrival: undefined,
		},
		{
			sequence: 1,
			time: 1,
			...data,
			type: 'datagram-received',
			peer,
			length: 1,
			bytes: Uint8Array.of(3),
			number: 1,
			elapsed: 12.5,
			isThirdParty: false,
			write: undefined,
		},
		{
			sequence: 2,
			time: 2,
			...data,
			type: 'datagram-received',
			peer: local,
			length: 0,
			bytes: new Uint8Array(0),
			number: 2,
			elapsed: undefined,
			isThirdParty: true,
			write: undefined,
		},
		{
			sequence: 3,
			time: 3,
			...base,
			type: 'connection-opened',
			peer,
			local,
		},
		{
			sequence: 4,
			time: 4,
			...data,
			type: 'chunk-sent',
			peer,
			length: 1,
			bytes: Uint8Array.of(4),
			number: 2,
			offset: 2,
		},
		{
			sequence: 5,
			time: 5,
			...data,
			type: 'chunk-received',
			peer,
			length: 2,
			bytes: Uint8Array.of(5, 5),
			number: 3,
			offset: 1,
			elapsed: 1,
		},
		{
			sequence: 6,
			time: 6,
			...data,
			type: 'chunk-received',
			peer,
			length: 1,
			bytes: Uint8Array.of(6),
			number: 4,
			offset: 3,
			elapsed: undefined,
		},
	]);
});

const happenings: readonly ColdEventBody[] = [
	{type: 'socket-bound', local},
	{type: 'bind-failed', local, failure},
	{
		type: 'send-failed', peer, length: 3, bytes: Uint8Array.of(1, 2, 3), failure,
	},
	{type: 'listening-started', local},
	{type: 'listen-failed', local, failure},
	{type: 'connection-accepted', peer, local},
	{type: 'connection-rejected', peer, limit: 2},
	{type: 'connect-started', peer},
	{type: 'connection-opened', peer, local},
	{type: 'connect-failed', peer, failure},
	{type: 'fin-sent', peer},
	{type: 'fin-received', peer},
	{type: 'reset-received', peer, failure},
	{type: 'socket-failed', failure},
	{type: 'backpressure-started', peer, waiting: 5},
	{type: 'backpressure-ended', peer},
	{
		type: 'send-refused', peer, length: 3, waiting: 5,
	},
	{
		type: 'socket-closed', peer, local, discarded: 4,
	},
	{type: 'rule-changed', rule: 'echo'},
	{type: 'closing-changed', closeAfterReply: true},
	{type: 'reply-unchanged'},
	{type: 'destination-changed', destination: '[::1]:9'},
	{type: 'reset-sent', peer},
	{type: 'peer-set', peer, local},
	{type: 'reading-stopped', peer},
	{type: 'reading-resumed', peer},
	{type: 'link-changed', conditions: 'loss 30 %', seed: 7},
	{type: 'loss-ordered'},
	{type: 'series-started', count: undefined, rate: 10},
	{type: 'series-ended', report},
];

for (const eventBody of happenings) {
	test(`keeps ${eventBody.type} as it happened`, t => {
		const log = makeLog(4, 64);
		log.track(2, new PaneIndex(), 1).happened(eventBody);
		t.deepEqual(log.read(0), {
			sequence: 0, time: 0, pane: 2, socket: 1, ...eventBody,
		});
	});
}

test('drops the oldest when it holds as many events as it may', t => {
	const log = makeLog(4, 1024);
	const track = log.track(1, new PaneIndex(), 0);
	for (let count = 0; count < 10; count++) {
		track.chunkSent(Uint8Array.of(count));
	}

	t.is(log.first, 6);
	t.is(log.next, 10);
	t.deepEqual(eventsOf(log).map(event => 'bytes' in event && event.bytes[0]), [6, 7, 8, 9]);
	t.throws(() => log.read(5), {instanceOf: RangeError});
	t.throws(() => log.read(10), {instanceOf: RangeError});
});

test('drops the oldest when it holds as many bytes as it may', t => {
	const log = makeLog(64, 100);
	const track = log.track(1, new PaneIndex(), 0);
	for (let count = 0; count < 10; count++) {
		track.chunkSent(new Uint8Array(20).fill(count));
	}

	t.is(log.first, 5);
	for (const [index, event] of eventsOf(log).entries()) {
		t.deepEqual('bytes' in event && event.bytes, new Uint8Array(20).fill(index + 5));
	}
});

test('forgets the object of a rare event when that is dropped', t => {
	const log = makeLog(2, 64);
	const track = log.track(1, new PaneIndex(), 0);
	track.happened({type: 'socket-bound', local});
	track.chunkSent(Uint8Array.of(1));
	track.chunkSent(Uint8Array.of(2));
	track.happened({type: 'fin-sent', peer});
	t.deepEqual(eventsOf(log).map(({type}) => type), ['chunk-sent', 'fin-sent']);
	track.chunkSent(Uint8Array.of(3));
	track.chunkSent(Uint8Array.of(4));
	t.deepEqual(eventsOf(log).map(({type}) => type), ['chunk-sent', 'chunk-sent']);
});

test('keeps no reference to a rare event that was dropped', async t => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const log = makeLog(2, 64);
	const track = log.track(1, new PaneIndex(), 0);
	const happen = (): WeakRef<ColdEventBody> => {
		const eventBody: ColdEventBody = {type: 'fin-sent', peer};
		track.happened(eventBody);
		return new WeakRef(eventBody);
	};

	const gone = happen();
	const held = happen();
	track.chunkSent(Uint8Array.of(1));
	await turn();
	collectGarbage();
	t.is(gone.deref(), undefined);
	t.not(held.deref(), undefined);
});

test('keeps the first quarter of its bytes of one huge payload, and the length of all of it', t => {
	const log = makeLog(16, 100);
	const track = log.track(1, new PaneIndex(), 0);
	track.chunkSent(Uint8Array.from({length: 60}, (_, index) => index));
	track.chunkSent(Uint8Array.of(200));
	const [huge, next] = eventsOf(log);
	t.like(huge, {length: 60, bytes: Uint8Array.from({length: 25}, (_, index) => index)});
	t.like(next, {length: 1, bytes: Uint8Array.of(200)});
});

test('shares one copy between events of the same bytes, as an echo makes them', t => {
	const log = makeLog(64, 100);
	const track = log.track(1, new PaneIndex(), 0);
	for (let count = 0; count < 5; count++) {
		const bytes = new Uint8Array(20).fill(count);
		track.chunkReceived(bytes);
		track.chunkSent(bytes);
	}

	t.is(log.first, 0);
	t.deepEqual(eventsOf(log).map(event => 'bytes' in event && event.bytes[19]), [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
});

test('does not take an empty payload for the one before it', t => {
	const log = makeLog(8, 64);
	const track = log.track(1, new PaneIndex(), 0);
	const empty = new Uint8Array(0);
	track.datagramReceived(farEndAt(peer), Uint8Array.of(1));
	track.datagramReceived(farEndAt(peer), empty);
	track.datagramSent(farEndAt(peer), empty, 1);
	t.deepEqual(eventsOf(log).map(event => 'bytes' in event && [...event.bytes]), [[1], [], []]);
});

test('reads only as many bytes as are wanted', t => {
	const log = makeLog(8, 1024);
	log.track(1, new PaneIndex(), 0).chunkSent(Uint8Array.of(1, 2, 3, 4));
	t.like(log.read(0, 2), {length: 4, bytes: Uint8Array.of(1, 2)});
	t.like(log.read(0, 0), {length: 4, bytes: new Uint8Array(0)});
});

test('keeps its own copy of the bytes, of rare events as well', t => {
	const log = makeLog(8, 1024);
	const track = log.track(1, new PaneIndex(), 0);
	const bytes = Uint8Array.of(1, 2, 3);
	track.chunkReceived(bytes);
	track.happened({
		type: 'send-failed', peer, length: 3, bytes: Uint8Array.from(bytes), failure,
	});
	bytes[0] = 99;
	t.like(log.read(0), {bytes: Uint8Array.of(1, 2, 3)});
	t.like(log.read(1), {bytes: Uint8Array.of(1, 2, 3)});
});

test('holds on to no buffer that the bytes of a rare event came in', async t => {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	const log = makeLog(8, 1024);
	const track = log.track(1, new PaneIndex(), 0);
	const happen = (): WeakRef<Uint8Array> => {
		const bytes = new Uint8Array(64);
		track.sendFailed(peer, bytes, failure);
		return new WeakRef(bytes);
	};

	const buffer = happen();
	track.chunkSent(Uint8Array.of(1));
	await turn();
	collectGarbage();
	t.is(buffer.deref(), undefined);
	t.like(log.read(0), {length: 64, bytes: new Uint8Array(64)});
});

test('has the bytes before a chunk as far back as none of them is missing', t => {
	const log = makeLog(4, 400);
	const track = log.track(1, new PaneIndex(), 0);
	for (const text of ['a'.repeat(150), 'bcd', 'ef', 'g']) {
		track.chunkReceived(Buffer.from(text));
	}

	const before = (most: number): string => Buffer.from(log.bytesBefore(3, most)).toString();
	t.deepEqual([1, 4, 5, 6, 200].map(most => before(most)), ['f', 'cdef', 'bcdef', 'bcdef', 'bcdef']);
	track.chunkReceived(Buffer.from('hi'));
	track.chunkReceived(Buffer.from('j'));
	t.deepEqual(log.bytesBefore(5, 1000), Buffer.from('efghi'), 'the others were dropped');
	const young = makeLog(4, 400);
	const other = young.track(1, new PaneIndex(), 0);
	other.chunkSent(Buffer.from('kl'));
	other.chunkReceived(Buffer.from('no'));
	other.chunkSent(Buffer.from('m'));
	t.deepEqual(young.bytesBefore(2, 1000), Buffer.from('kl'), 'those that were sent');
});

test('has the messages and the reads of a stream that it still holds, and none that it has dropped', t => {
	const log = makeLog(8, 1024);
	const track = log.track(1, new PaneIndex(), 0);
	for (let number = 1; number <= 9; number++) {
		const text = Buffer.from(`${number}\n`);
		track.chunkReceived(text);
		track.happened({
			type: 'message-received',
			peer,
			message: number,
			length: 1,
			bytes: text.subarray(0, 1),
			frame: {offset: (number - 1) * 2, length: 2},
			reads: {first: number, last: number},
		});
		const newest = log.next - 1;
		const pieces = [log.messagesOf(newest - 1)!, log.readsOf(newest)].map(({length, at}) =>
			Array.from({length}, (_, index) => at(index)));
		const held = Array.from({length: Math.min(4, number)}, (_, index) => {
			const kept = number - Math.min(4, number) + index + 1;
			return {number: kept, offset: (kept - 1) * 2, length: 2};
		});
		t.deepEqual(pieces, [held, held]);
	}
});

test('says so after every append, when the event can be read', t => {
	const log = makeLog(8, 1024);
	const index = new PaneIndex();
	const track = log.track(1, index, 0);
	const seen: string[] = [];
	log.watch(() => {
		seen.push(`${log.read(log.next - 1).type} ${index.total} ${index.sent.count}`);
	});

	track.happened({type: 'socket-bound', local});
	track.chunkSent(Uint8Array.of(1));
	t.deepEqual(seen, ['socket-bound 1 0', 'chunk-sent 2 1']);
});

test('never loses count, however many events were dropped', t => {
	const log = makeLog(4, 64);
	const [one, two] = [new PaneIndex(), new PaneIndex()];
	for (let count = 0; count < 100; count++) {
		log.track(1, one, count).chunkSent(new Uint8Array(7));
		log.track(2, two, 0).datagramReceived(farEndAt(peer), new Uint8Array(3));
	}

	t.deepEqual(one.sent, {count: 100, bytes: 700});
	t.deepEqual(one.received, {count: 0, bytes: 0});
	t.deepEqual(two.received, {count: 100, bytes: 300});
	t.is(one.total, 100);
	t.is(one.firstSince(log.first), 98);
	t.is(log.read(one.at(99)).pane, 1);
});

test('is made for a power of two only', t => {
	t.throws(() => makeLog(100, 64), {instanceOf: RangeError});
	t.throws(() => makeLog(0, 64), {instanceOf: RangeError});
	t.notThrows(() => makeLog(1, 64));
});

test('keeps the beginning of each payload while more comes in a second than it can hold, and all of it again afterwards', t => {
	let now = 1000;
	const log = new EventLog({
		events: 64,
		bytes: 64 * 1024,
		clock: () => now,
		isOwnHost: () => false,
	});
	const track = log.track(1, new PaneIndex(), 0);
	const large = Uint8Array.from({length: 10_000}, (_, index) => index % 251);
	for (let count = 0; count < 8; count++) {
		track.chunkSent(Uint8Array.from(large));
	}

	const kept = (): Array<{length: number; kept: number}> =>
		Array.from({length: log.next - log.first}, (_, index) => {
			const event = log.read(log.first + index);
			return 'bytes' in event ? {length: event.length, kept: event.bytes.length} : {length: 0, kept: 0};
		});
	t.deepEqual(kept().at(-1), {length: 10_000, kept: 4096});
	t.true(kept().every(({length}) => length === 10_000));
	const echoed = Uint8Array.from(large);
	track.chunkReceived(echoed);
	track.chunkSent(echoed);
	t.deepEqual(kept().slice(-2), [
		{length: 10_000, kept: 4096},
		{length: 10_000, kept: 4096},
	]);
	now += 1000;
	track.chunkSent(Uint8Array.from(large));
	t.deepEqual(kept().at(-1), {length: 10_000, kept: 10_000});
});
