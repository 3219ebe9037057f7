import test from 'ava';
import {timeOfDay} from '../../source/text/time-of-day.ts';

test('a time of day is this machine\'s, to the millisecond', t => {
	const time = new Date(2024, 0, 2, 3, 4, 5, 6).getTime();
	t.is(timeOfDay(time, 'full'), '03:04:05.006');
	t.is(timeOfDay(time + 0.9, 'full'), '03:04:05.006');
	t.is(timeOfDay(time, 'short'), '04:05.006');
	t.is(timeOfDay(time, 'seconds'), '05.006');
});
