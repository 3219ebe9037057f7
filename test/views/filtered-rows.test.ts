import {mock} from 'node:test';
import test from 'ava';
import fc from 'fast-check';
import {EventLog} from '../../source/log/event-log.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import type {SocketTrack} from '../../source/log/socket-track.ts';
import {FilteredRows} from '../../source/views/filtered-rows.ts';
import type {Filter} from '../../source/views/rows.ts';

const filter: Filter = {type: 'text', text: 'yes', types: []};

type Room = {
	readonly log: EventLog;
	readonly index: PaneIndex;
	readonly track: SocketTrack;
	readonly other: SocketTrack;
};

function makeRoom(events: number): Room {
	const log = new EventLog({
		events, bytes: 1024 * 1024, clock: () => 0, isOwnHost: () => false,
	});
	const index = new PaneIndex();
	return {
		log, index, track: log.track(1, index, 0), other: log.track(2, new PaneIndex(), 0),
	};
}

const yes = Buffer.from('yes');
const no = Buffer.from('no');

/** The sequence numbers of what was found, by their ordinals. */
function found(rows: FilteredRows): Map<number, number> {
	const ordinals = Array.from({length: rows.total - rows.first}, (_, index) => rows.first + index);
	return new Map(ordinals.map(ordinal => [ordinal, rows.at(ordinal)]));
}

/** Search until everything has been looked at: on a busy machine a slice may be a single event. */
function finish(rows: FilteredRows): void {
	while (!rows.isComplete) {
		rows.search();
	}
}

/** The sequence numbers of all events that fit, looked for one by one. */
function naive({log, index}: Room): number[] {
	const all = Array.from({length: index.total - index.firstSince(log.first)}, (_, offset) =>
		index.at(index.firstSince(log.first) + offset));
	return all.filter(sequence => {
		const event = log.read(sequence);
		return 'bytes' in event && Buffer.from(event.bytes).equals(yes);
	});
}

test('finds what was there before below ordinal 0, and what comes afterwards from 0', t => {
	const room = makeRoom(64);
	const {log, index, track, other} = room;
	for (const bytes of [yes, no, yes]) {
		track.chunkSent(bytes);
		other.chunkSent(yes);
	}

	const rows = new FilteredRows(log, index, filter);
	t.false(rows.isComplete);
	t.is(rows.total - rows.first, 0);
	finish(rows);
	t.deepEqual([...found(rows)], [[-2, 0], [-1, 4]]);
	track.chunkSent(yes);
	track.chunkSent(no);
	t.false(rows.isComplete);
	finish(rows);
	t.deepEqual([...found(rows)], [[-2, 0], [-1, 4], [0, 6]]);
});

test('is complete at once where there is nothing to look at', t => {
	const {log, index} = makeRoom(64);
	t.true(new FilteredRows(log, index, filter).isComplete);
});

test('looks at 2,000 events at most before it lets others work, the newest first', t => {
	const room = makeRoom(131_072);
	const {log, index, track} = room;
	for (let count = 0; count < 131_072; count++) {
		track.chunkSent(yes);
	}

	const rows = new FilteredRows(log, index, filter);
	rows.search();
	t.true(rows.total - rows.first <= 2000);
	t.true(rows.total > rows.first);
	t.is(rows.at(rows.total - 1), 131_071);
	let searches = 1;
	while (!rows.isComplete) {
		const before = rows.total - rows.first;
		rows.search();
		searches++;
		t.true(rows.total - rows.first - before <= 2000);
		t.true(rows.total - rows.first > before);
	}

	t.true(searches >= 66);
	t.is(rows.total - rows.first, 131_072);
	t.is(rows.at(rows.first), 0);
});

test('looks at each event once: asking again costs nothing', t => {
	const {log, index, track} = makeRoom(64);
	track.chunkSent(yes);
	const rows = new FilteredRows(log, index, filter);
	rows.search();
	const {read} = log;
	log.read = () => {
		throw new Error('looked at again');
	};

	rows.search();
	log.read = read;
	t.deepEqual([...found(rows)], [[-1, 0]]);
});

test('looks at new events before old ones', t => {
	const {log, index, track} = makeRoom(16_384);
	for (let count = 0; count < 5000; count++) {
		track.chunkSent(yes);
	}

	const rows = new FilteredRows(log, index, filter);
	rows.search();
	track.chunkSent(yes);
	rows.search();
	t.is(rows.at(0), 5000);
	t.is(rows.total, 1);
	t.false(rows.isComplete);
});

test('agrees with looking at everything, its ordinals never change, and dropped rows stay dropped', t => {
	const step = fc.record({
		kind: fc.constantFrom('yes', 'no', 'other', 'search'),
		times: fc.integer({min: 1, max: 9}),
	});
	fc.assert(
		fc.property(
			fc.constantFrom(4, 16, 64),
			fc.nat(80),
			fc.array(step, {maxLength: 60, size: 'max'}),
			(events, before, steps) => {
				const room = makeRoom(events);
				const {log, index, track, other} = room;
				for (let count = 0; count < before; count++) {
					track.chunkSent(count % 3 === 0 ? yes : no);
				}

				const rows = new FilteredRows(log, index, filter);
				const known = new Map<number, number>();
				for (const {kind, times} of steps) {
					for (let count = 0; count < times; count++) {
						if (kind === 'search') {
							rows.search();
						} else {
							(kind === 'other' ? other : track).chunkSent(kind === 'no' ? no : yes);
						}
					}

					for (const [ordinal, sequence] of found(rows)) {
						t.true(sequence >= log.first);
						t.is(known.get(ordinal) ?? sequence, sequence);
						known.set(ordinal, sequence);
					}
				}

				// A search that takes too long, as on a busy machine, is cut short.
				for (let searches = 0; searches < 100 && !rows.isComplete; searches++) {
					rows.search();
				}

				t.true(rows.isComplete);
				t.deepEqual([...found(rows).values()], naive(room));
			},
		),
		{numRuns: 200},
	);
});

test('looks again at an event that could not be read', t => {
	const {log, index, track} = makeRoom(64);
	track.chunkSent(yes);
	const rows = new FilteredRows(log, index, filter);
	const read = log.read.bind(log);
	log.read = () => {
		throw new Error('no');
	};

	t.throws(() => {
		rows.search();
	}, {message: 'no'});
	log.read = read;
	finish(rows);
	t.is(found(rows).size, 1);
});

test('lets others work once its time is over, and looks at one event at least', t => {
	const {log, index, track} = makeRoom(64);
	for (let count = 0; count < 10; count++) {
		track.chunkSent(yes);
	}

	const rows = new FilteredRows(log, index, filter);
	let time = 0;
	const clock = mock.method(performance, 'now', () => time);
	const read = log.read.bind(log);
	log.read = sequence => {
		time += 3;
		return read(sequence);
	};

	rows.search();
	t.is(found(rows).size, 2);
	log.read = sequence => {
		time += 300;
		return read(sequence);
	};

	rows.search();
	clock.mock.restore();
	t.is(found(rows).size, 3);
});
