import test from 'ava';
import fc from 'fast-check';
import {SequenceRing} from '../../../source/log/storage/sequence-ring.ts';

/** How many of these ascending numbers are below another. */
function countBelow(numbers: readonly number[], limit: number): number {
	return numbers.filter(number => number < limit).length;
}

test('has room for what the log holds, however little room it begins with', t => {
	const step = fc.record({
		gap: fc.integer({min: 1, max: 4}),
		span: fc.integer({min: 0, max: 120}),
		asks: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.integer({min: 1, max: 5}), fc.array(step, {maxLength: 200, size: 'max'}), (room, steps) => {
			const ring = new SequenceRing(room);
			const model: number[] = [];
			/** How far each answer is from the right one. */
			const asked: number[] = [];
			let sequence = 0;
			let oldest = 0;
			for (const {gap, span, asks} of steps) {
				sequence += gap;
				oldest = Math.max(oldest, sequence - span);
				ring.push(sequence, oldest);
				model.push(sequence);
				asked.push(...(asks ? [ring.firstSince(oldest) - countBelow(model, oldest)] : []));
			}

			t.true(asked.every(difference => difference === 0));
			t.is(ring.total, model.length);
			const first = ring.firstSince(oldest);
			t.is(first, countBelow(model, oldest));
			t.deepEqual(
				Array.from({length: ring.total - first}, (_, index) => ring.at(first + index)),
				model.slice(first),
			);
		}),
		{numRuns: 200},
	);
});

test('is empty at first, and again when all are dropped', t => {
	const ring = new SequenceRing(2);
	t.is(ring.firstSince(0), 0);
	ring.push(5, 0);
	t.is(ring.firstSince(6), 1);
	t.is(ring.total, 1);
});
