import test from 'ava';
import {Deadline} from '../../source/link/time.ts';
import {FakeTime} from './_fake-time.ts';

function deadlineIn(time: FakeTime): {deadline: Deadline; expiries: number[]} {
	const expiries: number[] = [];
	return {
		expiries,
		deadline: new Deadline(time, () => {
			expiries.push(time.now());
		}),
	};
}

test('expires once, at its time or in the millisecond after it', t => {
	const time = new FakeTime(0.3);
	const {deadline, expiries} = deadlineIn(time);
	deadline.set(10.5);
	time.advance(100);
	t.is(expiries.length, 1);
	t.true(expiries[0]! >= 10.5 && expiries[0]! < 11.5);
	t.is(time.running, 0);
});

test('set anew it expires at the new time only, with one timer', t => {
	const time = new FakeTime();
	const {deadline, expiries} = deadlineIn(time);
	for (const due of [10, 5, 20]) {
		deadline.set(due);
	}

	time.advance(100);
	t.deepEqual(expiries, [20]);
	t.is(time.most, 1);
});

test('set to the same time it goes on with the timer that it has', t => {
	const time = new FakeTime();
	const {deadline} = deadlineIn(time);
	deadline.set(10);
	deadline.set(10);
	t.is(time.started, 1);
});

test('set to nothing it does not expire', t => {
	const time = new FakeTime();
	const {deadline, expiries} = deadlineIn(time);
	deadline.set(10);
	deadline.set(undefined);
	t.is(time.running, 0);
	time.advance(100);
	t.deepEqual(expiries, []);
});

test('does not expire when its timer comes early, but at its time', t => {
	const time = new FakeTime();
	const {deadline, expiries} = deadlineIn(time);
	deadline.set(10);
	time.block(7);
	time.ringEarly();
	t.deepEqual(expiries, []);
	time.advance(10);
	t.deepEqual(expiries, [10]);
});

test('a time that is over, and one that no timer reaches, are fine', t => {
	const time = new FakeTime(1000);
	const {deadline, expiries} = deadlineIn(time);
	deadline.set(5);
	time.advance(1);
	t.deepEqual(expiries, [1001]);
	deadline.set(5_000_000_000);
	time.advance(6_000_000_000);
	t.deepEqual(expiries, [1001, 5_000_000_000]);
	t.is(time.most, 1);
});

test('set while it waits for a turn, it expires at that time, or not at all, and not in the turn', t => {
	for (const [due, expired] of [[undefined, []], [105, [105]]] as const) {
		const time = new FakeTime(100);
		const {deadline, expiries} = deadlineIn(time);
		deadline.nextTurn();
		deadline.set(due);
		t.false(deadline.isTurn);
		time.turn();
		t.deepEqual(expiries, []);
		time.advance(50);
		t.deepEqual(expiries, expired);
	}
});
