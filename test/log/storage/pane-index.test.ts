import test from 'ava';
import fc from 'fast-check';
import {RateMeter, PaneIndex} from '../../../source/log/storage/pane-index.ts';

/** How many of these ascending numbers are below another. */
function countBelow(numbers: readonly number[], limit: number): number {
	return numbers.filter(number => number < limit).length;
}

test('is empty at first', t => {
	const index = new PaneIndex();
	t.is(index.total, 0);
	t.is(index.firstSince(0), 0);
	t.deepEqual(index.received, {count: 0, bytes: 0});
	t.deepEqual(index.sent, {count: 0, bytes: 0});
});

test('knows the sequence number of each ordinal', t => {
	const index = new PaneIndex();
	for (const sequence of [3, 4, 9]) {
		index.push(sequence, 0);
	}

	t.is(index.total, 3);
	t.deepEqual([0, 1, 2].map(ordinal => index.at(ordinal)), [3, 4, 9]);
});

test('tells the oldest ordinal that the log still holds', t => {
	const index = new PaneIndex();
	for (const sequence of [3, 4, 9]) {
		index.push(sequence, 0);
	}

	t.is(index.firstSince(3), 0);
	t.is(index.firstSince(4), 1);
	t.is(index.firstSince(5), 2);
	t.is(index.firstSince(10), 3);
	t.is(index.total, 3);
});

test('grows while the log holds all of its events', t => {
	const index = new PaneIndex();
	for (let sequence = 0; sequence < 1000; sequence++) {
		index.push(sequence * 2, 0);
	}

	t.is(index.firstSince(0), 0);
	for (let ordinal = 0; ordinal < 1000; ordinal++) {
		t.is(index.at(ordinal), ordinal * 2);
	}
});

test('agrees with a plain array for any sequence of events', t => {
	const steps = fc.array(
		fc.record({gap: fc.integer({min: 1, max: 5}), span: fc.integer({min: 1, max: 300}), asks: fc.boolean()}),
		{maxLength: 400, size: 'max'},
	);
	fc.assert(fc.property(steps, all => {
		const index = new PaneIndex();
		const model: number[] = [];
		/** How far each answer is from the right one. */
		const asked: number[] = [];
		let sequence = 0;
		let oldest = 0;
		for (const {gap, span, asks} of all) {
			sequence += gap;
			oldest = Math.max(oldest, sequence - span);
			index.push(sequence, oldest);
			model.push(sequence);
			const first = countBelow(model, oldest);
			asked.push(
				...(asks ? [index.firstSince(oldest) - first, index.at(first) - model[first]!] : []),
				index.at(model.length - 1) - sequence,
			);
		}

		t.true(asked.every(difference => difference === 0));
		t.is(index.total, model.length);
		for (let ordinal = index.firstSince(oldest); ordinal < index.total; ordinal++) {
			t.is(index.at(ordinal), model[ordinal]!);
		}
	}), {numRuns: 60});
});

const empty: readonly number[] = Array.from({length: 16}, () => 0);

test('counts messages and bytes in the seconds of the clock, the current one last', t => {
	const meter = new RateMeter();
	meter.add(100_000, 5);
	meter.add(100_999.9, 7);
	meter.add(101_000, 1);
	meter.add(103_500, 0);
	t.deepEqual(meter.read(103_600), {
		counts: [...empty.slice(4), 2, 1, 0, 1],
		bytes: [...empty.slice(4), 12, 1, 0, 0],
	});
});

test('forgets a second when the clock is 16 seconds further', t => {
	const meter = new RateMeter();
	meter.add(100_000, 5);
	t.deepEqual(meter.read(115_999).counts, [1, ...empty.slice(1)]);
	t.false(meter.isQuiet(115_999));
	t.deepEqual(meter.read(116_000), {counts: empty, bytes: empty});
	t.true(meter.isQuiet(116_000));
	meter.add(116_000, 2);
	t.deepEqual(meter.read(116_000), {counts: [...empty.slice(1), 1], bytes: [...empty.slice(1), 2]});
});

test('is quiet, and all zeros, before the first message', t => {
	t.true(new RateMeter().isQuiet(100_000));
	t.deepEqual(new RateMeter().read(100_000), {counts: empty, bytes: empty});
});

test('is not quiet when all that passed was empty datagrams', t => {
	const meter = new RateMeter();
	meter.add(100_000, 0);
	t.false(meter.isQuiet(100_000));
});

test('counts a message that is recorded a little late in its own second', t => {
	const meter = new RateMeter();
	meter.add(102_000, 1);
	meter.add(101_999, 2);
	meter.add(102_001, 4);
	t.deepEqual(meter.read(102_001).bytes, [...empty.slice(2), 2, 5]);
});

test('agrees with a meter that remembers every message', t => {
	const steps = fc.array(fc.tuple(fc.oneof(
		fc.integer({min: 0, max: 400}),
		fc.integer({min: 0, max: 2500}),
		fc.integer({min: 0, max: 40_000}),
	), fc.nat(70_000)), {maxLength: 60});
	fc.assert(fc.property(steps, fc.nat(20_000), (messages, ahead) => {
		const meter = new RateMeter();
		const remembered: Array<{readonly second: number; readonly bytes: number}> = [];
		let time = 0;
		for (const [step, bytes] of messages) {
			time += step;
			remembered.push({second: Math.floor(time / 1000), bytes});
			meter.add(time, bytes);
		}

		const now = Math.floor((time + ahead) / 1000);
		const bySecond = empty.map((_, index) => remembered.filter(({second}) => second === now - 15 + index));
		t.deepEqual(meter.read(time + ahead), {
			counts: bySecond.map(all => all.length),
			bytes: bySecond.map(all => all.reduce((sum, {bytes}) => sum + bytes, 0)),
		});
		t.is(meter.isQuiet(time + ahead), bySecond.every(all => all.length === 0));
	}), {numRuns: 500});
});
