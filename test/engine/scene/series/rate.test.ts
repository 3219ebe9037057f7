import test from 'ava';
import {openSeriesRoom} from './_series-room.ts';

// In a file of its own: what else runs in the process must not wake the event loop.
test('keeps its rate though nothing else happens in the program', async t => {
	const series = await openSeriesRoom(t, 'udp', {reply: 'discard'});
	await series.run({count: 8, rate: 20});
	const times = series.room.all('datagram-sent').map(({time}) => time);
	const gaps = times.slice(1).map((time, index) => time - times[index]!).toSorted((a, b) => a - b);
	t.true(gaps[3]! > 25 && gaps[3]! < 100, `${gaps.map(gap => Math.round(gap)).join(', ')} ms between messages`);
});
