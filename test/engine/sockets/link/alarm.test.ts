import test from 'ava';
import {Alarm} from '../../../../source/engine/sockets/link/alarm.ts';
import {FakeTime} from './_fake-time.ts';

function alarmIn(time: FakeTime): {alarm: Alarm; rings: number[]} {
	const rings: number[] = [];
	return {
		rings,
		alarm: new Alarm(time, () => {
			rings.push(time.now());
		}),
	};
}

test('rings once, at its time or in the millisecond after it', t => {
	const time = new FakeTime(0.3);
	const {alarm, rings} = alarmIn(time);
	alarm.set(10.5);
	time.advance(100);
	t.is(rings.length, 1);
	t.true(rings[0] >= 10.5 && rings[0] < 11.5);
	t.is(time.running, 0);
});

test('set anew it rings at the new time only, with one timer', t => {
	const time = new FakeTime();
	const {alarm, rings} = alarmIn(time);
	for (const due of [10, 5, 20]) {
		alarm.set(due);
	}

	time.advance(100);
	t.deepEqual(rings, [20]);
	t.is(time.most, 1);
});

test('set to the same time it goes on with the timer that it has', t => {
	const time = new FakeTime();
	const {alarm} = alarmIn(time);
	alarm.set(10);
	alarm.set(10);
	t.is(time.started, 1);
});

test('set to nothing it does not ring', t => {
	const time = new FakeTime();
	const {alarm, rings} = alarmIn(time);
	alarm.set(10);
	alarm.set(undefined);
	t.is(time.running, 0);
	time.advance(100);
	t.deepEqual(rings, []);
});

test('does not ring when its timer comes early, but at its time', t => {
	const time = new FakeTime();
	const {alarm, rings} = alarmIn(time);
	alarm.set(10);
	time.block(7);
	time.ringEarly();
	t.deepEqual(rings, []);
	time.advance(10);
	t.deepEqual(rings, [10]);
});

test('a time that is over, and one that no timer reaches, are fine', t => {
	const time = new FakeTime(1000);
	const {alarm, rings} = alarmIn(time);
	alarm.set(5);
	time.advance(1);
	t.deepEqual(rings, [1001]);
	alarm.set(5_000_000_000);
	time.advance(6_000_000_000);
	t.deepEqual(rings, [1001, 5_000_000_000]);
	t.is(time.most, 1);
});
