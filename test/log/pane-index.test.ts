import test from 'ava';
import fc from 'fast-check';
import {PaneIndex} from '../../source/log/pane-index.ts';

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
