import test from 'ava';
import fc from 'fast-check';
import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from '../../source/text/numbers.ts';
import {shortDuration} from '../../source/text/quantities.ts';

test('what is rounded up to the next unit has that', t => {
	const told: ReadonlyArray<readonly [string, string]> = [
		[formatElapsed(0.994), '0.99 ms'],
		[formatElapsed(0.997), '1.0 ms'],
		[formatElapsed(999.94), '999.9 ms'],
		[formatElapsed(999.97), '1.0 s'],
		[formatElapsed(999.97, true), '~1.0 s'],
		[formatBytes(1023.94 * 1024), '1023.9 KiB'],
		[formatBytes(1023.97 * 1024), '1.0 MiB'],
		[formatBytes(1023.97 * 1024 * 1024), '1.0 GiB'],
		[formatRate(999.4), '999'],
		[formatRate(999.6), '1,000'],
		[shortDuration(9.96), '10 ms'],
		[shortDuration(999.6), '1.0 s'],
	];
	t.deepEqual(told.map(([text]) => text), told.map(([, wanted]) => wanted));
});

test('no number is as large as one of the next unit, and each is what it was but for its last digit', t => {
	const most = {
		ms: 1000, s: Number.POSITIVE_INFINITY, B: 10_000, KiB: 1024, MiB: 1024, GiB: 1024,
	};
	const sizes = {
		ms: 1, s: 1000, B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3,
	};
	fc.assert(fc.property(
		fc.constantFrom(0.01, 1, 10, 1000, 1024, 10_000, 1024 ** 2, 1024 ** 3),
		fc.double({min: 0.99, max: 1.01, noNaN: true}),
		(boundary, factor) => {
			const value = boundary * factor;
			for (const text of [formatElapsed(value), shortDuration(value), formatBytes(Math.round(value))]) {
				const [digits = '', unit = ''] = text.split(' ');
				const number = Number(digits.replaceAll(',', ''));
				const name = unit as keyof typeof most;
				t.true(number < most[name], text);
				t.true(Math.abs((number * sizes[name]) - value) <= Math.max(0.06 * sizes[name], 0.5), `${value}: ${text}`);
			}

			t.is(formatRate(value), formatCount(Number(formatRate(value).replaceAll(',', ''))), `${value}`);
		},
	));
});

test('a number has the unit in which it is shortest, also where rounding makes it one of the next', t => {
	t.deepEqual([999, 1000, 1_234_567].map(count => formatCount(count)), ['999', '1,000', '1,234,567']);
	t.deepEqual(
		[9999, 10_000, 1_048_524, 1_048_525, 1_048_576, (1024 ** 3) - 1].map(bytes => formatBytes(bytes)),
		['9,999 B', '9.8 KiB', '1023.9 KiB', '1.0 MiB', '1.0 MiB', '1.0 GiB'],
	);
	t.deepEqual(
		[0.08, 1, 999.94, 999.95, 1000, Number.NaN].map(milliseconds => formatElapsed(milliseconds)),
		['0.08 ms', '1.0 ms', '999.9 ms', '1.0 s', '1.0 s', 'rtt ?'],
	);
	t.deepEqual([0.25, 12.34, 999.4, 999.6, 1000, 9600.4].map(rate => formatRate(rate)), ['0.25', '12.3', '999', '1,000', '1,000', '9,600']);
});
