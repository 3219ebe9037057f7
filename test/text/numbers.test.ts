import test from 'ava';
import {
	formatBytes, formatCount, formatElapsed, formatRate,
} from '../../source/text/numbers.ts';

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
