import test from 'ava';
import {asMilliseconds, lossesIn, roundTripsIn} from '../../../../source/engine/exercises/udp/ping-statistics.ts';

const roundTrips: ReadonlyArray<readonly [text: string, min: number, avg: number, max: number]> = [
	['rtt min/avg/max = 0.04/0.06/0.16 s', 0.04, 0.06, 0.16],
	['rtt min/avg/max/mdev = 40.1/61/160/3 ms', 40.1, 61, 160],
	['Minimum: 40 ms\nMaximum: 160 ms\nAverage: 61 ms', 40, 61, 160],
	['Minimum = 40ms, Maximum = 160ms, Average = 61ms', 40, 61, 160],
	['round-trip (ms)  min 40  avg 61  max 160', 40, 61, 160],
	['최소 40 ms, 평균 61 ms, 최대 160 ms', 40, 61, 160],
	['max 1.6e-1, min 4e-2, mean 6.1e-2', 0.04, 0.061, 0.16],
	['ping 1: 40 ms\nmin RTT:\n40\navg RTT:\n61\nmax RTT:\n160', 40, 61, 160],
	['10 packets, 30% loss, min: 40, avg: 61, max: 160', 40, 61, 160],
];

for (const [text, min, avg, max] of roundTrips) {
	test(`the round-trip times in ${JSON.stringify(text)} are found`, t => {
		const found = roundTripsIn(text);
		t.true(found.min.includes(min), `${JSON.stringify(found)}`);
		t.true(found.avg.includes(avg), `${JSON.stringify(found)}`);
		t.true(found.max.includes(max), `${JSON.stringify(found)}`);
	});
}

test('what is not named is not found, nor a name inside of another word', t => {
	t.deepEqual(roundTripsIn('remaining 5 minutes 7\nmin 40 ms'), {min: [40], avg: [], max: []});
});

test('a time is taken in the unit in which it can be right', t => {
	t.is(asMilliseconds(0.04, 30, 200), 40);
	t.is(asMilliseconds(40, 30, 200), 40);
	t.is(asMilliseconds(40_000, 30, 200), 40);
	t.is(asMilliseconds(7, 30, 200), 7);
});

const losses: ReadonlyArray<readonly [text: string, losses: readonly number[]]> = [
	['10 sent, 7 received, 30% loss', [30]],
	['Packet loss: 30.0 %', [30]],
	['손실률: 30 퍼센트', [30]],
	['loss rate: 0.3', [30]],
	['Lost = 3', [30]],
	['Ping 1: 40 ms', []],
];

for (const [text, expected] of losses) {
	test(`the share of lost pings in ${JSON.stringify(text)} is found`, t => {
		t.deepEqual(lossesIn(text, 10), [...expected]);
	});
}
