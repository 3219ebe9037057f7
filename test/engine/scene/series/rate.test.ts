import test from 'ava';
import {openSeriesRoom} from './_series-room.ts';

// In a file of its own: what else runs in the process must not wake the event loop.
test('keeps its rate though nothing else happens in the program', async t => {
	const series = await openSeriesRoom(t, 'udp', {reply: 'discard'});
	await series.run({count: 6, rate: 2});
	const {time: start} = await series.room.happened('series-started');
	const times = series.room.all('datagram-sent').map(({time}) => time);
	// Each has a time of its own, whenever the others are sent. A busy machine sends late, but hardly each time.
	const late = times.map((time, place) => time - start - (500 * place)).slice(1);
	const least = Math.min(...late);
	t.is(times.length, 6);
	t.true(least > -1 && least < 500, `${late.map(each => Math.round(each)).join(', ')} ms late`);
});
