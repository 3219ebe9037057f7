import test from 'ava';
import fc from 'fast-check';
import {perfect} from '../../source/link/conditions.ts';
import {Link} from '../../source/link/link.ts';
import {FakeTime} from './_fake-time.ts';
import {causeOf, copiesOf, linkWith} from './_fates.ts';

test('a datagram gets through as long as its bytes take at the rate, after those before it', t => {
	const link = linkWith({rate: 1000, delay: 30});
	t.is(copiesOf(link.fateOf(100, 0))[0]!.due, 130);
	t.is(copiesOf(link.fateOf(50, 0))[0]!.due, 180);
	t.is(copiesOf(link.fateOf(0, 10))[0]!.due, 180);
	t.is(copiesOf(link.fateOf(10, 500))[0]!.due, 540);
});

test('what would overflow the queue is dropped, and there is room again as time passes', t => {
	const link = linkWith({rate: 1000, queue: 250});
	t.deepEqual(
		[0, 0, 0, 49, 50, 51].map(now => causeOf(link.fateOf(100, now))),
		[undefined, undefined, 'queue', 'queue', undefined, 'queue'],
	);
});

test('what finds the link idle gets onto it, even if it is longer than the queue', t => {
	const link = linkWith({rate: 1000, queue: 10});
	t.is(causeOf(link.fateOf(500, 0)), undefined);
	t.is(causeOf(link.fateOf(1, 499)), undefined);
	t.is(causeOf(link.fateOf(500, 500)), 'queue');
	t.is(causeOf(link.fateOf(500, 501)), undefined);
});

test('what is lost by chance, or is a copy, takes no room', t => {
	const lossy = linkWith({rate: 1000, loss: 1});
	lossy.fateOf(1000, 0);
	lossy.change({...perfect, rate: 1000});
	t.is(copiesOf(lossy.fateOf(100, 0))[0]!.due, 100);
	const doubling = linkWith({rate: 1000, duplication: 1});
	t.deepEqual([1, 2].flatMap(() => copiesOf(doubling.fateOf(100, 0)).map(({due}) => due)), [100, 100, 200, 200]);
});

test('in the long run exactly the rate gets through, however much is sent', t => {
	const rate = 10_000;
	const queue = 5000;
	const link = linkWith({rate, queue});
	let through = 0;
	let dropped = 0;
	let last = 0;
	// An hour of twice what the link can take.
	for (let now = 0; now < 3_600_000; now += 50) {
		const fate = link.fateOf(1000, now);
		dropped += fate.type === 'lost' ? 1 : 0;
		for (const {due, delay} of copiesOf(fate)) {
			through += 1000;
			last = due;
			t.true(delay <= (queue * 1000 / rate) + 1e-6);
		}
	}

	t.true(Math.abs(through - (rate * 3600)) <= queue + 1000);
	t.true(Math.abs(last - (through * 1000 / rate)) < 1e-3);
	t.is(dropped, 72_000 - (through / 1000));
});

test('never holds more than the queue, and never lets more through than the rate', t => {
	const sends = fc.array(fc.record({length: fc.nat(300), after: fc.nat(400)}), {maxLength: 60});
	const [rates, queues] = [fc.integer({min: 1, max: 2000}), fc.integer({min: 1, max: 1000})];
	fc.assert(fc.property(sends, rates, queues, (all, rate, queue) => {
		const link = linkWith({rate, queue});
		let now = 0;
		const passed: Array<{due: number; length: number; now: number}> = [];
		for (const {length, after} of all) {
			now += after;
			for (const {due} of copiesOf(link.fateOf(length, now))) {
				t.true(due - (passed.at(-1)?.due ?? 0) >= (length * 1000) / rate - 1e-6);
				t.true(due <= now + (Math.max(queue, length) * 1000) / rate + 1e-6);
				passed.push({due, length, now});
			}
		}
	}));
});

test('queued bytes leave at the new rate when the rate changes, and at once when the limit is removed', t => {
	const time = new FakeTime();
	const link = new Link({conditions: {...perfect, rate: 1000, queue: 100_000}, seed: 1, time});
	const datagrams = link.datagrams('to-server');
	const change = (rate: number | undefined): void => {
		link.change('to-server', {...datagrams.conditions, rate});
	};

	datagrams.fateOf(10_000, 0);
	time.advance(1000);
	change(100_000);
	// 9,000 bytes were left after a second: 90 ms at the new rate.
	t.is(Math.round(copiesOf(datagrams.fateOf(1000, 1000))[0]!.delay), 100);
	change(undefined);
	t.is(copiesOf(datagrams.fateOf(1000, 1000))[0]!.delay, 0);
	change(1000);
	t.is(copiesOf(datagrams.fateOf(1000, 1000))[0]!.delay, 1000);
});
