import test from 'ava';
import fc from 'fast-check';
import {sparkline} from '../../../source/screen/panes/rate-text.ts';
import textWidth from '../../../source/text/width/width.ts';

test('scales bars to the largest value', t => {
	t.is(sparkline([1, 2, 3, 4, 5, 6, 7, 8], 8), '▁▂▃▄▅▆▇█');
	t.is(sparkline([100, 800, 400], 8), '▁█▄');
	t.is(sparkline([1, 2, 3], 8), '▃▆█');
});

test('shows nothing apart from little', t => {
	t.is(sparkline([0, 1, 1_000_000], 8), '·▁█');
	t.is(sparkline([0, 0], 8), '··');
	t.is(sparkline([5], 8), '█');
});

test('shows the last values only, and scales to those', t => {
	t.is(sparkline([1_000_000, 2, 4], 2), '▄█');
	t.is(sparkline([1, 2], 0), '');
	t.is(sparkline([1, 2], -1), '');
	t.is(sparkline([], 8), '');
});

test('takes NaN and negative numbers for 0', t => {
	t.is(sparkline([Number.NaN, -5, 1], 8), '··█');
	t.is(sparkline([Number.POSITIVE_INFINITY, 1, Number.MIN_VALUE], 8), '█▁▁');
	t.is(sparkline([Number.MAX_VALUE, Number.MIN_VALUE], 8), '█▁');
});

test('takes one column for each value, higher bars for higher values, and leaves the values as they were', t => {
	const order = '·▁▂▃▄▅▆▇█';
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.nat(), fc.nat(10), fc.double({min: 0})), {maxLength: 30}),
			fc.nat(40),
			(values, columns) => {
				const before = [...values];
				const line = sparkline(values, columns);
				t.deepEqual(values, before);
				const shown
					= columns === 0 ? [] : values.slice(-columns).map(value => (Number.isNaN(value) ? 0 : value));
				t.is(textWidth(line), shown.length);
				const levels = Array.from(line, bar => order.indexOf(bar));
				for (const [index, value] of shown.entries()) {
					t.is(levels[index] === 0, value === 0);
					t.true(value < Math.max(...shown) || value === 0 || levels[index] === 8);
					t.true(index === 0 || value < shown[index - 1]! || levels[index]! >= levels[index - 1]!);
				}
			},
		),
		{numRuns: 500},
	);
});
