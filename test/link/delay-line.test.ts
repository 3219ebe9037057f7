import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {inTime} from '../helpers/in-time.ts';
import {typescript} from '../helpers/run-program.ts';
import {DelayLine} from '../../source/link/delay-line.ts';
import {FakeTime} from './_fake-time.ts';

// eslint-disable-next-line @typescript-eslint/strict-void-return -- What execFile() returns is not wanted.
const run = promisify(execFile);

type Delivery = {readonly item: number; readonly at: number};

function lineIn(time: FakeTime): {line: DelayLine<number>; delivered: Delivery[]} {
	const delivered: Delivery[] = [];
	return {
		delivered,
		line: new DelayLine<number>(item => {
			delivered.push({item, at: time.now()});
		}, time),
	};
}

function items(delivered: readonly Delivery[]): number[] {
	return delivered.map(({item}) => item);
}

test('delivers in the order of due times, and of adding where these are the same', t => {
	const time = new FakeTime();
	const {line, delivered} = lineIn(time);
	for (const [item, due] of [30, 10, 20, 10, 30].entries()) {
		line.add(due, item);
	}

	t.is(line.size, 5);
	t.is(line.nextDue, 10);
	time.advance(100);
	t.deepEqual(delivered, [
		{item: 1, at: 10},
		{item: 3, at: 10},
		{item: 2, at: 20},
		{item: 0, at: 30},
		{item: 4, at: 30},
	]);
	t.is(line.size, 0);
	t.is(line.nextDue, undefined);
	t.is(time.running, 0);
});

test('agrees with a sorted list, for any additions and however late the timers are', t => {
	const steps = fc.array(
		fc.record({ahead: fc.constantFrom(0, 0.5, 1, 7, 7, 30, -3), pass: fc.constantFrom(0, 0, 1, 3.5, 20)}),
		{maxLength: 100},
	);
	fc.assert(fc.property(steps, fc.constantFrom(0, 2, 17.5), (all, late) => {
		const time = new FakeTime();
		/** What is on its way, in the order of adding. */
		const model: Array<{readonly item: number; readonly due: number}> = [];
		const expected: Delivery[] = [];
		const delivered: Delivery[] = [];
		const line = new DelayLine<number>(item => {
			const first = model.toSorted((a, b) => a.due - b.due)[0]!;
			model.splice(model.indexOf(first), 1);
			expected.push({item: first.item, at: Math.max(first.due, time.now())});
			delivered.push({item, at: time.now()});
		}, time);
		for (const [item, {ahead, pass}] of all.entries()) {
			const due = time.now() + ahead;
			model.push({item, due});
			line.add(due, item);
			time.advance(pass, late);
			t.is(line.size, model.length);
		}

		time.advance(1000, late);
		t.deepEqual(delivered, expected);
		t.is(delivered.length, all.length);
		t.is(time.running, 0);
		t.true(time.most <= 1);
	}));
});

test('what is due already is delivered at once, after what was due before it', t => {
	const time = new FakeTime();
	const {line, delivered} = lineIn(time);
	line.add(0, 1);
	t.deepEqual(items(delivered), [1]);
	line.add(5, 2);
	line.add(50, 3);
	time.block(10);
	line.add(10, 4);
	t.deepEqual(items(delivered), [1, 2, 4]);
	t.is(line.nextDue, 50);
});

test('a late timer delivers all that is due, in order, and makes nothing else late', t => {
	const time = new FakeTime();
	const {line, delivered} = lineIn(time);
	for (const due of [40, 10, 30, 20, 60]) {
		line.add(due, due);
	}

	time.block(35);
	time.advance(0);
	t.deepEqual(delivered, [{item: 10, at: 35}, {item: 20, at: 35}, {item: 30, at: 35}]);
	time.advance(100);
	t.deepEqual(delivered.slice(3), [{item: 40, at: 40}, {item: 60, at: 60}]);
});

test('holds 10,000 with one timer, and loses none', t => {
	const time = new FakeTime();
	const {line, delivered} = lineIn(time);
	for (let item = 0; item < 10_000; item++) {
		line.add(1 + (item * 7919 % 5000), item);
	}

	t.is(line.size, 10_000);
	t.is(time.most, 1);
	time.finish();
	const dues = delivered.map(({item}) => 1 + (item * 7919 % 5000));
	t.deepEqual(dues, dues.toSorted((a, b) => a - b));
	t.true(delivered.every(({at}, place) => at === dues[place]));
	t.is(new Set(items(delivered)).size, 10_000);
	t.is(time.most, 1);
});

test('does not drift in three hours of a datagram every 20 ms, though every timer is late', t => {
	const time = new FakeTime();
	let latest = 0;
	let sent = 0;
	const line = new DelayLine<number>(due => {
		latest = Math.max(latest, time.now() - due);
		if (sent++ < 540_000) {
			line.add(due + 20, due + 20);
		}
	}, time);
	line.add(20, 20);
	time.advance(3 * 3_600_000, 3);
	t.is(sent, 540_000 - 1);
	t.true(latest <= 4);
});

test('takes back all that is on its way, in order, and delivers none of it', t => {
	const time = new FakeTime();
	const {line, delivered} = lineIn(time);
	for (const [item, due] of [30, 10, 20, 10, 20, 20].entries()) {
		line.add(due, item);
	}

	time.advance(10);
	t.deepEqual(line.cancelAll(), [2, 4, 5, 0]);
	t.deepEqual(line.cancelAll(), []);
	t.is(time.running, 0);
	time.advance(100);
	t.deepEqual(items(delivered), [1, 3]);
	line.add(200, 7);
	time.advance(100);
	t.deepEqual(items(delivered), [1, 3, 7]);
});

test('what a delivery adds follows, and what a delivery cancels does not come', t => {
	const time = new FakeTime();
	const delivered: number[] = [];
	const seen: unknown[] = [];
	const line = new DelayLine<number>(item => {
		delivered.push(item);
		if (item === 1) {
			line.add(time.now() - 100, 2);
			seen.push([...delivered]);
		}

		if (item === 3) {
			seen.push(line.cancelAll());
		}
	}, time);
	line.add(10, 1);
	time.advance(12);
	t.deepEqual(delivered, [1, 2]);
	line.add(20, 3);
	line.add(20, 4);
	time.advance(100);
	t.deepEqual(delivered, [1, 2, 3]);
	t.deepEqual(seen, [[1], [4]]);
	t.is(time.running, 0);
});

test('deliveries that add one another for ever leave the thread its turn', t => {
	const time = new FakeTime();
	let count = 0;
	const line = new DelayLine<number>(() => {
		count++;
		line.add(time.now(), 0);
	}, time);
	line.add(0, 0);
	t.is(count, 1);
	time.advance(10);
	t.is(count, 11);
});

test('with a bound per turn the others follow a turn later, and so does what is added meanwhile and due already', t => {
	const time = new FakeTime();
	const delivered: number[] = [];
	const line = new DelayLine<number>(item => {
		delivered.push(item);
	}, time, 2);
	for (const item of [1, 2, 3, 4, 5]) {
		line.add(10, item);
	}

	time.block(20);
	time.turn();
	t.deepEqual(delivered, [1, 2]);
	line.add(0, 6);
	line.add(15, 7);
	t.deepEqual(delivered, [1, 2]);
	time.turn();
	t.deepEqual(delivered, [1, 2, 6, 3]);
	time.turn();
	time.turn();
	t.deepEqual(delivered, [1, 2, 6, 3, 4, 5, 7]);
	t.is(time.running, 0);
});

test('a delivery that throws does not keep back the others', t => {
	const time = new FakeTime();
	const delivered: number[] = [];
	const line = new DelayLine<number>(item => {
		if (item === 1) {
			throw new Error('refused');
		}

		delivered.push(item);
	}, time);
	line.add(10, 1);
	line.add(10, 2);
	t.throws(() => {
		time.advance(10);
	}, {message: 'refused'});
	time.advance(10);
	t.deepEqual(delivered, [2]);
});

test('with real timers everything comes in order, and nothing before its time', async t => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const delivered: Delivery[] = [];
	const line = new DelayLine<number>(item => {
		delivered.push({item, at: line.now});
		if (line.size === 0) {
			resolve();
		}
	});
	// One that is due when it is added overtakes what follows: all are added before.
	const start = line.now + 500;
	const dues = [40.5, 5.25, 20, 5.25, 0.5, 39.9].map(ahead => start + ahead);
	for (const [item, due] of dues.entries()) {
		line.add(due, item);
	}

	await inTime(promise, () => `${line.size} deliveries`);
	t.deepEqual(items(delivered), [4, 1, 3, 2, 5, 0]);
	t.true(delivered.every(({item, at}) => at >= dues[item]!));
});

test('a process ends although deliveries are pending', async t => {
	const program = path.join(import.meta.dirname, '_pending-deliveries.ts');
	const {stdout} = await run(process.execPath, [typescript, program], {timeout: 100_000, killSignal: 'SIGKILL'});
	t.is(stdout, '1000 datagrams, 3 bytes');
});
