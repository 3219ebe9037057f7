/* What the log knows of the other end of what is sent and received. */
import test from 'ava';
import type {SocketEvent} from '../../../source/log/event.ts';
import {EventLog} from '../../../source/log/event-log.ts';
import {farEndAt, type FarEnd, type SocketTrack} from '../../../source/log/socket-track.ts';
import {PaneIndex} from '../../../source/log/storage/pane-index.ts';
import type {StreamPiece} from '../../../source/log/delivery/stream-place.ts';

const near = {host: '127.0.0.1', port: 50_000};
const far = {host: '127.0.0.1', port: 80};

type Pair = {readonly log: EventLog; readonly client: SocketTrack; readonly server: SocketTrack};

function makePair(events = 64): Pair {
	const log = new EventLog({
		events, bytes: 4096, clock: () => 0, isOwnHost: host => host === '127.0.0.1',
	});
	return {log, client: log.track(2, new PaneIndex(), 0), server: log.track(1, new PaneIndex(), 1)};
}

/** The two ends of a TCP connection. */
function connect(events?: number): Pair {
	const pair = makePair(events);
	pair.client.happened({type: 'connection-opened', peer: far, local: near});
	pair.server.happened({type: 'connection-accepted', peer: near, local: far});
	return pair;
}

/** Two UDP sockets, and where the server is for the client. */
function bind(): Pair & {readonly there: FarEnd; readonly back: FarEnd} {
	const pair = makePair();
	pair.client.happened({type: 'socket-bound', local: near});
	pair.server.happened({type: 'socket-bound', local: far});
	return {...pair, there: pair.client.farEnd(farEndAt(far)), back: pair.server.farEnd(farEndAt(near))};
}

function pieces(log: EventLog, sequence: number): StreamPiece[] | undefined {
	const found = log.otherEndOf(sequence);
	return found && Array.from({length: found.length}, (_, index) => found.at(index));
}

function last(log: EventLog): SocketEvent {
	return log.read(log.next - 1);
}

test('numbers writes and reads from 1, each by itself, and counts the stream\'s bytes', t => {
	const {log, client, server} = connect();
	client.chunkSent(new Uint8Array(5));
	t.like(last(log), {number: 1, offset: 0, far: {pane: 1, socket: 1}});
	server.chunkReceived(new Uint8Array(3));
	t.like(last(log), {number: 1, offset: 0, far: {pane: 2, socket: 0}});
	client.chunkSent(new Uint8Array(4));
	t.like(last(log), {number: 2, offset: 5});
	server.chunkReceived(new Uint8Array(6));
	t.like(last(log), {number: 2, offset: 3});
	server.chunkSent(new Uint8Array(7));
	t.like(last(log), {number: 1, offset: 0});
	client.chunkReceived(new Uint8Array(7));
	t.like(last(log), {number: 1, offset: 0});
});

test('knows the other end\'s writes of what was read, and its reads of what was written', t => {
	const {log, client, server} = connect();
	client.chunkSent(new Uint8Array(5));
	client.chunkSent(new Uint8Array(4));
	server.chunkReceived(new Uint8Array(9));
	server.chunkSent(new Uint8Array(1));
	t.deepEqual(pieces(log, 4), [{number: 1, offset: 0, length: 5}, {number: 2, offset: 5, length: 4}]);
	t.deepEqual(pieces(log, 2), [{number: 1, offset: 0, length: 9}]);
	t.deepEqual(pieces(log, 5), [], 'not read yet');
	t.is(pieces(log, 0), undefined);
});

test('knows nothing of another program\'s end', t => {
	const {log, client} = makePair();
	client.happened({type: 'connection-opened', peer: far, local: near});
	client.chunkSent(new Uint8Array(5));
	t.is(pieces(log, 1), undefined);
	t.like(last(log), {far: undefined, peer: far});
});

test('has of the other end what the log still holds, with numbers and offsets as they were', t => {
	const {log, client, server} = connect(8);
	for (let round = 0; round < 100; round++) {
		client.chunkSent(new Uint8Array(3));
		server.chunkReceived(new Uint8Array(3));
		const read = last(log);
		const known = pieces(log, read.sequence)!;
		t.is(known.length, Math.min(round + 1, 4));
		t.deepEqual(known.at(-1), {number: round + 1, offset: round * 3, length: 3});
		t.like(read, {number: round + 1, offset: round * 3});
	}
});

test('says which read a datagram became, and which write it was', t => {
	const {log, client, server, there, back} = bind();
	const bytes = Buffer.from('hello');
	const number = client.nextWrite();
	const departure = client.departs(there, number, bytes, 0);
	client.datagramSent(there, bytes, number, departure);
	const {sequence} = last(log);
	t.like(log.read(sequence), {number: 1, far: {pane: 1, socket: 1}, arrival: {type: 'under-way'}});
	server.datagramReceived(back, bytes);
	t.like(log.read(sequence), {arrival: {type: 'read', number: 1}});
	t.like(last(log), {number: 1, write: 1, far: {pane: 2, socket: 0}});
});

test('says so as well where the read comes before the send is known to have worked', t => {
	const {log, client, server, there, back} = bind();
	const bytes = Buffer.from('hello');
	const departure = client.departs(there, client.nextWrite(), bytes, 0);
	server.datagramReceived(back, bytes);
	t.like(last(log), {write: 1});
	client.datagramSent(there, bytes, 1, departure);
	t.like(last(log), {arrival: {type: 'read', number: 1}});
});

test('says that a datagram is lost once a later one has been read, and tells its pane', t => {
	const {log, client, server, there, back} = bind();
	for (const text of ['a', 'b', 'c']) {
		const number = client.nextWrite();
		client.datagramSent(there, Buffer.from(text), number, client.departs(there, number, Buffer.from(text), 0));
	}

	const first = log.next - 3;
	t.is(client.index.changes, 0);
	server.datagramReceived(back, Buffer.from('b'));
	t.deepEqual([0, 1, 2].map(index => {
		const event = log.read(first + index);
		return 'arrival' in event ? event.arrival : undefined;
	}), [{type: 'lost'}, {type: 'read', number: 1}, {type: 'under-way'}]);
	t.is(client.index.changes, 1);
});

test('says that a datagram is lost once the socket that should have read it is closed, even after a late event of that socket', t => {
	const {log, client, server, there} = bind();
	client.datagramSent(there, Buffer.from('a'), 1, client.departs(there, client.nextWrite(), Buffer.from('a'), 0));
	const {sequence} = last(log);
	t.like(log.read(sequence), {arrival: {type: 'under-way'}});
	server.happened({type: 'socket-closed', local: far, discarded: 0});
	t.like(log.read(sequence), {arrival: {type: 'lost'}});
	server.happened({
		type: 'send-failed',
		peer: near,
		length: 0,
		bytes: new Uint8Array(0),
		failure: {code: 'ECANCELED', syscall: 'send', message: ''},
	});
	t.like(log.read(sequence), {arrival: {type: 'lost'}});
});

test('knows whose datagram it was that is read after its socket was closed', t => {
	const {log, client, server, there} = bind();
	client.datagramSent(there, Buffer.from('a'), 1, client.departs(there, client.nextWrite(), Buffer.from('a'), 0));
	const {sequence} = last(log);
	client.happened({type: 'socket-closed', local: near, discarded: 0});
	server.datagramReceived(server.farEnd(farEndAt(near)), Buffer.from('a'));
	t.like(last(log), {write: 1, far: {pane: 2, socket: 0}});
	t.like(log.read(sequence), {arrival: {type: 'read', number: 1}});
	server.datagramReceived(server.farEnd(farEndAt(near)), Buffer.from('b'));
	t.like(last(log), {write: undefined, far: undefined}, 'somebody else\'s, from the same port');
});

test('expects nothing of a datagram that the system did not take', t => {
	const {log, client, server, there, back} = bind();
	const refused = client.departs(there, client.nextWrite(), Buffer.from('a'), 0);
	client.cancel(refused);
	server.datagramReceived(back, Buffer.from('a'));
	t.like(last(log), {write: undefined});
});

test('marks no event that has left the log', t => {
	const {log, client, server, there, back} = bind();
	client.datagramSent(there, Buffer.from('a'), 1, client.departs(there, client.nextWrite(), Buffer.from('a'), 0));
	const other = log.track(3, new PaneIndex(), 0);
	for (let count = 0; count < 64; count++) {
		other.datagramReceived(farEndAt({host: '192.0.2.1', port: 1}), Buffer.from('b'));
	}

	server.datagramReceived(back, Buffer.from('a'));
	t.like(last(log), {write: 1, number: 1});
	t.true(Array.from({length: 63}, (_, index) => log.read(log.first + index)).every(event => 'write' in event && event.write === undefined));
});
