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

test('counts a time that is a little late in its own second', t => {
	const meter = new RateMeter();
	meter.add(102_000, 1);
	meter.add(100_500, 2);
	meter.add(102_001, 4);
	t.deepEqual(meter.read(102_001).bytes, [...empty.slice(3), 2, 0, 5]);
	t.deepEqual(meter.read(100_900).bytes, [...empty.slice(1), 2]);
});

test('begins anew when the clock was set back by 16 seconds or more', t => {
	const meter = new RateMeter();
	meter.add(200_000, 1);
	meter.add(184_999, 2);
	t.deepEqual(meter.read(184_999).bytes, [...empty.slice(1), 2]);
	t.deepEqual(meter.read(200_000).bytes, empty);
});

test('goes on after a time that is no number, and after one that is out of every range', t => {
	const meter = new RateMeter();
	meter.add(100_000, 1);
	for (const time of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
		meter.add(time, 1);
	}

	t.deepEqual(meter.read(100_000).bytes, [...empty.slice(1), 4]);
	for (const time of [
		Number.MAX_VALUE,
		Number.MAX_SAFE_INTEGER * 1000,
		Number.MAX_SAFE_INTEGER * 1000 + 14_000,
		-Number.MAX_VALUE,
	]) {
		meter.add(time, 1);
	}

	meter.add(300_000, 3);
	t.deepEqual(meter.read(300_000).bytes, [...empty.slice(1), 3]);
	t.deepEqual(meter.read(Number.NaN).bytes, empty);
});

/** Steps of a clock: mostly a little forward, at times back, or far away. */
const steps = fc.array(fc.tuple(fc.oneof(
	fc.integer({min: 0, max: 2500}),
	fc.integer({min: 0, max: 400}),
	fc.integer({min: -20_000, max: 20_000}),
	fc.integer({min: -1_000_000, max: 1_000_000}),
), fc.nat(70_000)), {maxLength: 60});

test('agrees with a meter that remembers every message, however the clock goes', t => {
	fc.assert(fc.property(steps, fc.integer({min: -20_000, max: 20_000}), (messages, ahead) => {
		const meter = new RateMeter();
		let remembered: Array<{second: number; bytes: number}> = [];
		let newest = 0;
		let time = 1_700_000_000_000;
		for (const [step, bytes] of messages) {
			time += step;
			const second = Math.floor(time / 1000);
			if (second <= newest - 16) {
				remembered = [];
				newest = second;
			}

			newest = Math.max(newest, second);
			remembered.push({second, bytes});
			meter.add(time, bytes);
		}

		const now = Math.floor((time + ahead) / 1000);
		const held = remembered.filter(({second}) => second > newest - 16);
		const bySecond = Array.from({length: 16}, (_, index) => held.filter(({second}) => second === now - 15 + index));
		t.deepEqual(meter.read(time + ahead), {
			counts: bySecond.map(all => all.length),
			bytes: bySecond.map(all => all.reduce((sum, {bytes}) => sum + bytes, 0)),
		});
		t.is(meter.isQuiet(time + ahead), bySecond.every(all => all.length === 0));
	}), {numRuns: 500});
});
