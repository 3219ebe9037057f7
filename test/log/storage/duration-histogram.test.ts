import test from 'ava';
import fc from 'fast-check';
import {DurationHistogram} from '../../../source/log/storage/duration-histogram.ts';

function histogramOf(durations: readonly number[]): DurationHistogram {
	const histogram = new DurationHistogram();
	for (const duration of durations) {
		histogram.add(duration);
	}

	return histogram;
}

/** The same durations again and again, until there are too many to keep: percentiles stay what they are. */
function crowdOf(durations: readonly number[]): DurationHistogram {
	return histogramOf(Array.from({length: Math.ceil(1025 / durations.length)}, () => durations).flat());
}

/** The exact percentile by the nearest-rank method. */
function exact(durations: readonly number[], p: number): number {
	const sorted = durations.toSorted((a, b) => a - b);
	return sorted[Math.max(1, Math.ceil(p * sorted.length / 100)) - 1]!;
}

/** Durations from 1 µs to 1,000 s, as many of each order of magnitude. */
const duration = fc.double({
	min: -3, max: 6, noNaN: true,
}).map(power => Math.min(1_000_000, Math.max(0.001, 10 ** power)));
const percent = fc.oneof(fc.constantFrom(0, 50, 90, 95, 99, 99.9, 100), fc.double({min: 0, max: 100, noNaN: true}));

test('has no percentile and no last duration before the first', t => {
	const histogram = new DurationHistogram();
	t.is(histogram.percentile(50), undefined);
	t.is(histogram.last, undefined);
	t.is(histogram.count, 0);
});

test('is exact where there is one duration', t => {
	const histogram = histogramOf([0.123]);
	t.deepEqual([0, 50, 99, 100].map(p => histogram.percentile(p)), [0.123, 0.123, 0.123, 0.123]);
	t.is(histogram.last, 0.123);
	t.is(histogram.count, 1);
});

test('every percentile of up to 1,024 is exact, and of more is not said to be', t => {
	fc.assert(fc.property(fc.array(duration, {minLength: 1, maxLength: 1024, size: 'max'}), percent, (durations, p) => {
		const histogram = histogramOf(durations);
		t.true(histogram.isExact);
		t.is(histogram.percentile(p), exact(durations, p));
	}), {numRuns: 100});
	const most = histogramOf(Array.from({length: 1024}, () => 0.92));
	t.true(most.isExact);
	most.add(0.92);
	t.false(most.isExact);
});

test('tells the median and the slow ones of two thousand', t => {
	const histogram = histogramOf(Array.from({length: 2000}, (_, index) => (index >> 1) / 10 + 0.1));
	const near = (p: number, value: number): void => {
		t.true(Math.abs(histogram.percentile(p)! - value) <= 0.02 * value, `${p}: ${histogram.percentile(p)}`);
	};

	near(50, 50);
	near(90, 90);
	near(99, 99);
	t.is(histogram.percentile(0), 0.1);
	t.is(histogram.percentile(100), 100);
	t.is(histogram.last, 100);
});

test('is within 2 % of the exact percentile, and never outside of what was seen', t => {
	fc.assert(fc.property(fc.array(duration, {minLength: 1, maxLength: 300, size: 'max'}), percent, (durations, p) => {
		const histogram = crowdOf(durations);
		const answer = histogram.percentile(p)!;
		const value = exact(durations, p);
		t.true(Math.abs(answer - value) <= 0.02 * value, `${answer} for ${value}`);
		t.true(answer >= Math.min(...durations) && answer <= Math.max(...durations));
		t.is(histogram.count % durations.length, 0);
		t.is(histogram.last, durations.at(-1));
	}), {numRuns: 1000});
});

test('is within 2 % of the middle one of three, wherever that is', t => {
	fc.assert(fc.property(duration, value => {
		const answer = crowdOf([0.001, value, 1_000_000]).percentile(50)!;
		t.true(Math.abs(answer - value) <= 0.02 * value, `${answer} for ${value}`);
	}), {numRuns: 2000});
});

test('is close for neighbours, too, where only the bounds of what was seen hold it back', t => {
	const histogram = crowdOf([10, 10.001, 10.002]);
	t.true(histogram.percentile(50)! >= 10 && histogram.percentile(50)! <= 10.002);
});

test('never goes down as the percentage goes up', t => {
	fc.assert(fc.property(fc.array(duration, {minLength: 1, maxLength: 60}), percent, percent, (durations, a, b) => {
		const histogram = crowdOf(durations);
		t.true(histogram.percentile(Math.min(a, b))! <= histogram.percentile(Math.max(a, b))!);
	}), {numRuns: 500});
});

test('counts what is shorter than 1 µs or longer than 1,000 s, and stays inside of what was seen', t => {
	t.is(crowdOf([0, 0, 0]).percentile(50), 0);
	t.is(crowdOf([2e6, 3e6, 4e6]).percentile(50), 2e6);
	const histogram = crowdOf([0, 0, 0, 5, 5e9, 5e9, 5e9]);
	t.is(histogram.count % 7, 0);
	t.true(Math.abs(histogram.percentile(50)! - 5) <= 0.1);
	t.true(histogram.percentile(40)! <= 0.001 * 1.02);
	t.true(histogram.percentile(60)! >= 1e6 * 0.98);
	t.is(histogram.percentile(0), 0);
	t.is(histogram.percentile(100), 5e9);
});

test('ignores what is no duration', t => {
	const histogram = histogramOf([3, Number.NaN, -1, -0.000_001, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
	t.is(histogram.count, 1);
	t.is(histogram.last, 3);
	t.is(histogram.percentile(100), 3);
});
