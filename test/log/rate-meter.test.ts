import test from 'ava';
import fc from 'fast-check';
import {RateMeter} from '../../source/log/rate-meter.ts';

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
