import test from 'ava';
import fc from 'fast-check';
import {Bottleneck} from '../../source/link/bottleneck.ts';
import {type LinkConditions, perfect} from '../../source/link/conditions.ts';
import type {LinkDirection} from '../../source/link/random.ts';
import {StreamLink} from '../../source/link/stream-link.ts';
import {inTime} from '../helpers/in-time.ts';
import {streamConditions} from './_arbitraries.ts';
import {FakeTime} from './_fake-time.ts';

type Room = {
	readonly time: FakeTime;
	readonly link: StreamLink;
	readonly out: Array<readonly [at: number, text: string]>;
	/** Change some of its conditions. */
	readonly change: (conditions: Partial<LinkConditions>) => void;
};

function roomWith(
	conditions: Partial<LinkConditions>,
	seed = 1,
	direction: LinkDirection = 'to-server',
	connection = 1,
): Room {
	const time = new FakeTime();
	const out: Array<readonly [number, string]> = [];
	const link = new StreamLink({
		conditions: {...perfect, ...conditions},
		seed,
		direction,
		connection,
		bottleneck: new Bottleneck(),
		onSegment(bytes) {
			out.push([time.now(), Buffer.from(bytes).toString()]);
		},
		onEnd() {
			out.push([time.now(), 'FIN']);
		},
		time,
	});
	let current = {...perfect, ...conditions};
	return {
		time,
		link,
		out,
		change(changes) {
			current = {...current, ...changes};
			link.change(current);
		},
	};
}

function bytesOf(text: string): Uint8Array {
	return Buffer.from(text);
}

test('a perfect link hands on the same array that was written, at once, and the end', t => {
	const taken: unknown[] = [];
	const time = new FakeTime();
	const link = new StreamLink({
		conditions: {...perfect, loss: 1, corruption: 1},
		seed: 1,
		direction: 'to-server',
		connection: 1,
		bottleneck: new Bottleneck(),
		time,
		onSegment(bytes) {
			taken.push(bytes);
		},
		onEnd() {
			taken.push('FIN');
		},
	});
	const bytes = bytesOf('hello');
	t.true(link.isPerfect);
	link.write(bytes);
	t.is(taken[0], bytes);
	link.end();
	link.end();
	t.deepEqual(taken.slice(1), ['FIN']);
	t.is(time.started, 0);
});

test('every write comes out whole after its delay, and the end after it', t => {
	const {time, link, out} = roomWith({delay: 100});
	link.write(bytesOf('one'));
	time.advance(30);
	link.write(bytesOf('two'));
	link.end();
	t.is(link.waiting, 6);
	time.advance(70);
	t.is(link.waiting, 3);
	time.finish();
	t.deepEqual(out, [[100, 'one'], [130, 'two'], [130, 'FIN']]);
	t.is(link.waiting, 0);
});

test('a write is cut into slices with a pause after each, and writes are not joined', t => {
	const {time, link, out} = roomWith({slice: 2, pause: 50});
	link.write(bytesOf('abcde'));
	link.write(bytesOf('f'));
	t.deepEqual(out, [[0, 'ab']]);
	time.advance(1000);
	t.deepEqual(out, [[0, 'ab'], [50, 'cd'], [100, 'e'], [150, 'f']]);
	link.write(bytesOf('gh'));
	link.end();
	t.deepEqual(out.slice(4), [[1000, 'gh'], [1000, 'FIN']]);
});

test('slices with a pause come out by themselves however late the thread is: sockets are read between them', t => {
	const {time, link, out} = roomWith({slice: 4, pause: 200});
	link.write(bytesOf('hello world'));
	time.block(10_000);
	const counts = Array.from({length: 4}, () => {
		const {length} = out;
		time.turn();
		return length;
	});
	t.deepEqual(counts, [1, 2, 3, 3]);
});

test('slices without a pause come out at once, each by itself', t => {
	const {link, out} = roomWith({slice: 2});
	link.write(bytesOf('abcde'));
	t.deepEqual(out, [[0, 'ab'], [0, 'cd'], [0, 'e']]);
});

test('slices are views of what was written', t => {
	const written = bytesOf('abcde');
	const taken: Uint8Array[] = [];
	const link = new StreamLink({
		conditions: {...perfect, slice: 2},
		seed: 1,
		direction: 'to-server',
		connection: 1,
		bottleneck: new Bottleneck(),
		onSegment(bytes) {
			taken.push(bytes);
		},
		onEnd() {
			t.fail();
		},
	});
	link.write(written);
	t.deepEqual(
		taken.map(({buffer, byteOffset, length}) => [
			buffer === written.buffer,
			byteOffset - written.byteOffset,
			length,
		]),
		[
			[true, 0, 2],
			[true, 2, 2],
			[true, 4, 1],
		],
	);
});

test('a long write trickles at the rate', t => {
	const {time, link, out} = roomWith({rate: 10_000});
	link.write(new Uint8Array(30_000).fill(120));
	for (const second of [1, 2]) {
		time.advance(1000);
		t.is(30_000 - link.waiting, second * 10_000);
	}

	t.true(out.every(([, text]) => text.length === 100));
	time.advance(1000);
	t.is(link.waiting, 0);
});

test('a slow rate gives byte after byte', t => {
	const {time, link, out} = roomWith({rate: 2});
	link.write(bytesOf('abc'));
	time.finish();
	t.deepEqual(out, [[500, 'a'], [1000, 'b'], [1500, 'c']]);
});

test('the rate holds for hours, though every timer is late', t => {
	const {time, link} = roomWith({rate: 1000, delay: 20, jitter: 1});
	const all = 2 * 3600 * 1000;
	link.write(new Uint8Array(all));
	time.advance(3_600_000, 4);
	t.true(Math.abs(link.waiting - (all / 2)) <= 100);
	time.advance(3_600_000 + 100, 4);
	t.is(link.waiting, 0);
});

test('late timers add nothing up: what leaves late is not due later', t => {
	const {time, link, out} = roomWith({slice: 1, pause: 10, delay: 100});
	link.write(bytesOf('abcdef'));
	time.advance(1000, 7);
	t.is(out.map(([, text]) => text).join(''), 'abcdef');
	t.true(out.every(([at], place) => at >= 100 + (place * 10) && at <= 108 + (place * 10)));
});

test('jitter never lets a byte overtake, and keeps to its range', t => {
	const {time, link, out} = roomWith({delay: 100, jitter: 1});
	for (let number = 0; number < 200; number++) {
		link.write(bytesOf(String.fromCodePoint(0x30 + (number % 64))));
		time.advance(5);
	}

	time.finish();
	t.is(
		out.map(([, text]) => text).join(''),
		Array.from({length: 200}, (_, number) => String.fromCodePoint(0x30 + (number % 64))).join(''),
	);
	t.true(out.every(([at], number) => at >= number * 5 && at <= (number * 5) + 202));
	t.true(new Set(out.map(([at], number) => at - (number * 5))).size > 20);
});

test('while it is stalled nothing moves, and afterwards what was due comes at once and the rest goes on', t => {
	const room = roomWith({delay: 100, slice: 1, pause: 60});
	const {time, link, out} = room;
	link.write(bytesOf('abc'));
	time.advance(50);
	room.change({stall: true});
	link.write(bytesOf('d'));
	link.end();
	time.advance(10_000);
	t.deepEqual(out, []);
	t.is(link.waiting, 4);
	t.is(time.running, 0);
	room.change({stall: false});
	t.deepEqual(out, [[10_050, 'a']]);
	time.finish();
	t.deepEqual(out, [[10_050, 'a'], [10_150, 'b'], [10_210, 'c'], [10_270, 'd'], [10_270, 'FIN']]);
});

test('other conditions hold for what comes next, which does not overtake', t => {
	const {time, link, out} = roomWith({delay: 1000});
	link.write(bytesOf('slow'));
	link.change(perfect);
	t.false(link.isPerfect);
	link.write(bytesOf('fast'));
	t.deepEqual(out, []);
	time.finish();
	t.deepEqual(out, [[1000, 'slow'], [1000, 'fast']]);
	t.true(link.isPerfect);
	link.write(bytesOf('at once'));
	t.deepEqual(out[2], [1000, 'at once']);
});

test('a pause or a rate that changes frees what has not left, from then on', t => {
	const room = roomWith({slice: 1, pause: 60_000});
	const {time, link, out} = room;
	link.write(bytesOf('abc'));
	time.advance(1000);
	room.change({pause: 10});
	time.finish();
	t.deepEqual(out, [[0, 'a'], [1000, 'b'], [1010, 'c']]);
	const slow = roomWith({rate: 1, slice: 1000});
	slow.link.write(bytesOf('abc'));
	slow.time.advance(1000);
	slow.change({rate: 3000});
	slow.time.finish();
	t.deepEqual(slow.out, [[1001, 'abc']]);
});

test('closing drops queued bytes, and nothing comes out afterwards', t => {
	const {time, link, out} = roomWith({delay: 100, slice: 2, pause: 50});
	link.write(bytesOf('abcdef'));
	link.end();
	time.advance(100);
	t.deepEqual(out, [[100, 'ab']]);
	t.is(link.waiting, 4);
	link.close();
	link.close();
	t.is(link.waiting, 0);
	t.is(time.running, 0);
	link.write(bytesOf('x'));
	t.is(link.waiting, 0);
	link.end();
	link.change(perfect);
	t.false(link.isPerfect);
	time.advance(1000);
	t.is(out.length, 1);
});

test('after the end nothing is taken', t => {
	const {time, link, out} = roomWith({delay: 10});
	link.end();
	link.write(bytesOf('x'));
	link.change(perfect);
	t.false(link.isPerfect);
	time.finish();
	t.deepEqual(out, [[10, 'FIN']]);
	link.write(bytesOf('x'));
	t.is(link.waiting, 0);
	t.is(out.length, 1);
});

test('an empty write is nothing', t => {
	const {time, link, out} = roomWith({delay: 10});
	link.write(new Uint8Array(0));
	t.is(time.running, 0);
	link.change(perfect);
	link.write(new Uint8Array(0));
	t.deepEqual(out, []);
});

test('may be written to, changed and closed while it hands over', t => {
	const time = new FakeTime();
	const out: string[] = [];
	const discarded: number[] = [];
	const link: StreamLink = new StreamLink({
		conditions: {...perfect, slice: 1},
		seed: 1,
		direction: 'to-clients',
		connection: 1,
		bottleneck: new Bottleneck(),
		time,
		onSegment(bytes) {
			const text = Buffer.from(bytes).toString();
			out.push(text);
			if (text === 'a') {
				link.write(bytesOf('xyz'));
			}

			if (text === 'x') {
				link.change(perfect);
			}

			if (text === 'y') {
				link.write(bytesOf('last'));
				discarded.push(link.waiting);
				link.close();
			}
		},
		onEnd() {
			t.fail();
		},
	});
	link.write(bytesOf('ab'));
	time.finish();
	t.deepEqual(out, ['a', 'b', 'x', 'y']);
	t.deepEqual(discarded, ['zlast'.length]);
	t.is(time.running, 0);
});

type Step
	= | {readonly type: 'write'; readonly length: number}
		| {readonly type: 'pass'; readonly milliseconds: number; readonly late: number}
		| {readonly type: 'change'; readonly conditions: LinkConditions};

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
	fc.oneof(
		fc.record({type: fc.constant('write' as const), length: fc.constantFrom(0, 1, 2, 5, 64, 300)}),
		fc.record({
			type: fc.constant('pass' as const),
			milliseconds: fc.constantFrom(0, 0.4, 1, 10, 250),
			late: fc.constantFrom(0, 0, 1.5, 30),
		}),
		fc.record({type: fc.constant('change' as const), conditions: streamConditions}),
	),
	{maxLength: 40},
);

test('bytes come out exactly as they went in, then the end, for any writes, conditions and changes', t => {
	fc.assert(fc.property(streamConditions, fc.nat(), steps, (conditions, seed, all) => {
		const time = new FakeTime();
		const written: number[] = [];
		const out: number[] = [];
		let ends = 0;
		let current = conditions;
		const link = new StreamLink({
			conditions, seed, direction: 'to-clients', connection: 2, bottleneck: new Bottleneck(), time,
			onSegment(bytes) {
				t.is(ends, 0);
				out.push(...bytes);
			},
			onEnd() {
				ends++;
			},
		});
		const take = (step: Step): void => {
			switch (step.type) {
				case 'write': {
					const bytes = Uint8Array.from({length: step.length}, (_, index) => written.length + index);
					written.push(...bytes);
					link.write(bytes);
					break;
				}

				case 'pass': {
					time.advance(step.milliseconds, step.late);
					break;
				}

				case 'change': {
					current = step.conditions;
					link.change(current);
					break;
				}

				default: {
					throw new Error(step satisfies never);
				}
			}
		};

		for (const step of all) {
			take(step);
			t.is(link.waiting, written.length - out.length);
			t.true(time.running <= 1);
			t.deepEqual(out, written.slice(0, out.length));
		}

		link.end();
		link.change({...current, stall: false});
		time.finish();
		t.deepEqual(out, written);
		t.is(ends, 1);
		t.is(link.waiting, 0);
		t.true(time.most <= 1);
	}), {numRuns: 300});
});

test('the same seed and writes come out at the same times; another seed, direction or connection at others', t => {
	const timesOf = (seed: number, direction: LinkDirection, connection: number): unknown => {
		const {time, link, out} = roomWith({
			delay: 100, jitter: 0.8, slice: 3, pause: 7,
		}, seed, direction, connection);
		for (let number = 0; number < 20; number++) {
			link.write(bytesOf('hello world'));
			time.advance(13);
		}

		time.finish();
		return out;
	};

	const times = timesOf(5, 'to-server', 1);
	t.deepEqual(timesOf(5, 'to-server', 1), times);
	t.notDeepEqual(timesOf(6, 'to-server', 1), times);
	t.notDeepEqual(timesOf(5, 'to-clients', 1), times);
	t.notDeepEqual(timesOf(5, 'to-server', 2), times);
});

test('with real timers slices come one after the other, and the end', async t => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const out: string[] = [];
	const link = new StreamLink({
		conditions: {
			...perfect, slice: 4, pause: 5, delay: 50,
		}, seed: 1, direction: 'to-server', connection: 1, bottleneck: new Bottleneck(),
		onSegment(bytes) {
			out.push(Buffer.from(bytes).toString());
		},
		onEnd() {
			resolve();
		},
	});
	link.write(bytesOf('hello world'));
	link.end();
	t.deepEqual(out, []);
	await inTime(promise, () => `the end, after ${out.join('|')}`);
	t.deepEqual(out, ['hell', 'o wo', 'rld']);
});
