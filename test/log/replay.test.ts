import test from 'ava';
import type {LogEntry} from '../../source/log/amendment.ts';
import {EventLog} from '../../source/log/event-log.ts';
import {EventPair} from '../helpers/event-pair.ts';
import {Replay} from './_replay.ts';

function emptyLog(): EventLog {
	return new EventLog({
		events: 64, bytes: 4096, clock: () => 0, isOwnHost: () => false,
	});
}

/** What a subscriber gets of this, with whole payloads. */
function entriesOf(act: (pair: EventPair) => void): {readonly pair: EventPair; readonly entries: LogEntry[]} {
	const pair = new EventPair();
	// The first events of a pair are appended before anybody can subscribe.
	const entries: LogEntry[] = [];
	pair.log.subscribe({
		payload: 'whole',
		onEntry(entry) {
			entries.push(structuredClone(entry));
		},
	});
	act(pair);
	return {pair, entries};
}

/** The same with its sequence numbers counted from 0, as if nothing had come before. */
function fromZero(entries: readonly LogEntry[], by = 2): LogEntry[] {
	return entries.map(entry => {
		switch (entry.type) {
			case 'event': {
				return {...entry, event: {...entry.event, sequence: entry.event.sequence - by}};
			}

			case 'amendment': {
				return {...entry, amendment: {...entry.amendment, sequence: entry.amendment.sequence - by}};
			}

			case 'gap': {
				return entry;
			}

			default: {
				return entry satisfies never;
			}
		}
	});
}

test('counts what it is given as the tracks did, and knows which read a datagram was', t => {
	const {pair, entries} = entriesOf(world => {
		for (const text of ['one', 'two']) {
			world.ask(text);
			world.now += 10;
		}

		world.answer('ONE', world.read('one'));
	});
	const log = emptyLog();
	const replay = new Replay(log);
	for (const entry of fromZero(entries)) {
		replay.take(entry);
	}

	t.like(log.read(0), {arrival: {type: 'read', number: 1}, bytes: new Uint8Array(Buffer.from('one')), time: 1000});
	t.like(log.read(1), {arrival: {type: 'under-way'}, time: 1010});
	t.deepEqual(replay.indexes.get(2)?.sent, pair.client.index.sent);
	t.deepEqual(replay.indexes.get(1)?.received, pair.server.index.received);
	t.deepEqual(replay.tracks.get(pair.server.trackId)?.sent, {count: 1, bytes: 3});
});

test('says what is missing instead of making something up', t => {
	const {entries} = entriesOf(pair => {
		pair.ask('one');
		pair.ask('two');
	});
	const [first, second] = fromZero(entries);
	t.throws(() => {
		new Replay(emptyLog()).take(second!);
	}, {instanceOf: RangeError, message: /Event 1 .* event 0/v});
	t.throws(() => {
		new Replay(emptyLog()).take({type: 'gap', missed: 3});
	}, {instanceOf: RangeError, message: /3 entries/v});
	const shortened = structuredClone(first);
	if (shortened?.type === 'event' && 'bytes' in shortened.event) {
		Object.assign(shortened.event, {bytes: new Uint8Array(0)});
	}

	t.throws(() => {
		new Replay(emptyLog()).take(shortened!);
	}, {instanceOf: RangeError, message: /0 of 3 bytes/v});
});

test('takes a repeated payload for one, and two that only came in one array for two', t => {
	const bytes = new Uint8Array(1000);
	const entries = (isRepeat: boolean): LogEntry[] =>
		[0, 1, 2, 3, 4, 5, 6, 7].map(sequence => ({
			type: 'event',
			trackId: 1,
			farTrackId: undefined,
			isRepeat: isRepeat && sequence > 0,
			event: {
				sequence,
				time: 0,
				pane: 1,
				socket: 0,
				type: 'chunk-sent',
				peer: {host: '127.0.0.1', port: 9},
				length: 1000,
				bytes,
				number: sequence + 1,
				offset: sequence * 1000,
			},
		}));
	const firsts = [true, false].map(isRepeat => {
		const log = emptyLog();
		const replay = new Replay(log);
		for (const entry of entries(isRepeat)) {
			replay.take(entry);
		}

		return log.first;
	});
	t.deepEqual(firsts, [0, 4]);
});

test('knows of a datagram that the kernel has dropped that it is lost', t => {
	const {entries} = entriesOf(pair => {
		pair.ask('dropped');
		pair.ask('read');
		pair.read('read');
	});
	const log = emptyLog();
	const replay = new Replay(log);
	for (const entry of fromZero(entries)) {
		replay.take(entry);
	}

	t.like(log.read(0), {arrival: {type: 'lost'}});
	t.like(log.read(1), {arrival: {type: 'read', number: 1}});
});
