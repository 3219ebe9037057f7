import test from 'ava';
import {shortDuration} from '../../source/text/quantities.ts';

test('a duration has the digits that tell it apart', t => {
	t.deepEqual([1, 3.14, 9.94, 9.96, 140.4, 999.4, 999.6, 2040].map(milliseconds => shortDuration(milliseconds)), [
		'1.0 ms', '3.1 ms', '9.9 ms', '10 ms', '140 ms', '999 ms', '1.0 s', '2.0 s',
	]);
});

test('the shortest and the longest of several share their unit', t => {
	t.is(shortDuration(80, 140), '80–140 ms');
	t.is(shortDuration(80, 80.3), '80 ms');
	t.is(shortDuration(80, 1200), '80 ms–1.2 s');
});
