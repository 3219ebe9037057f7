import test from 'ava';
import fc from 'fast-check';
import {perfect} from '../../source/link/conditions.ts';
import {bytesOfCopy} from '../../source/link/datagram-link.ts';
import {DelayLine} from '../../source/link/delay-line.ts';
import {anyConditions} from './_arbitraries.ts';
import {
	causeOf, copiesOf, fatesOf, linkWith,
} from './_fates.ts';
import {FakeTime} from './_fake-time.ts';

/** Lengths of datagrams, and how long after the one before each is sent. */
const sends = fc.array(fc.record({length: fc.nat(2000), after: fc.constantFrom(0, 0, 1, 0.25, 40)}), {maxLength: 80});

test('over a perfect link everything arrives once, at once', t => {
	for (const fate of fatesOf(linkWith({}), 100)) {
		t.deepEqual(
			copiesOf(fate).map(({delay, corruption}) => ({delay, corruption})),
			[{delay: 0, corruption: undefined}],
		);
	}
});

test('what is sent is lost, or delivered once, or twice; and every copy is delivered', t => {
	fc.assert(fc.property(anyConditions, fc.nat(), sends, (conditions, seed, all) => {
		const time = new FakeTime();
		const link = linkWith(conditions, seed);
		const delivered: number[] = [];
		const line = new DelayLine<number>(number => {
			delivered.push(number);
		}, time);
		let lost = 0;
		let copies = 0;
		for (const [number, {length, after}] of all.entries()) {
			time.advance(after);
			const fate = link.fateOf(length, time.now());
			lost += fate.type === 'lost' ? 1 : 0;
			for (const {due, delay, corruption} of copiesOf(fate)) {
				copies++;
				t.is(delay, due - time.now());
				t.true(delay >= 0);
				t.true(!corruption || (corruption.at < length && corruption.xor > 0 && corruption.xor < 256));
				line.add(due, number);
			}
		}

		time.finish();
		t.is(delivered.length, copies);
		t.is(new Set(delivered).size + lost, all.length);
	}));
});

test('without jitter and reordering datagrams arrive in order, with any rate and delay', t => {
	fc.assert(fc.property(anyConditions, fc.nat(), sends, (conditions, seed, all) => {
		const link = linkWith({...conditions, jitter: 0, reordering: 0}, seed);
		let now = 1_234_567.891;
		let newest = 0;
		for (const {length, after} of all) {
			now += after;
			for (const {due} of copiesOf(link.fateOf(length, now))) {
				t.true(due >= newest);
				newest = due;
			}
		}
	}));
});

test('the same seed and the same sends give the same fates', t => {
	fc.assert(fc.property(anyConditions, fc.nat(), (conditions, seed) => {
		t.deepEqual(fatesOf(linkWith(conditions, seed), 50), fatesOf(linkWith(conditions, seed), 50));
	}));
	t.notDeepEqual(fatesOf(linkWith({loss: 0.5}, 1), 100), fatesOf(linkWith({loss: 0.5}, 2), 100));
	t.notDeepEqual(
		fatesOf(linkWith({loss: 0.5}, 1, 'to-server'), 100),
		fatesOf(linkWith({loss: 0.5}, 1, 'to-clients'), 100),
	);
});

test('another loss changes nothing for those that still arrive', t => {
	const conditions = {
		delay: 100, jitter: 0.5, duplication: 0.3, reordering: 0.2, corruption: 0.3,
	};
	const all = fatesOf(linkWith({...conditions, loss: 0}), 1000);
	const some = fatesOf(linkWith({...conditions, loss: 0.5}), 1000);
	const passed = [...some.entries()].filter(([, {type}]) => type === 'passed');
	t.true(passed.length > 400 && passed.length < 600);
	t.true(passed.every(([index]) => all[index]!.type === 'passed'));
	t.deepEqual(passed.map(([, fate]) => fate), passed.map(([index]) => all[index]));
});

test('a greater loss loses what a smaller one loses, and more', t => {
	const few = fatesOf(linkWith({loss: 0.1}), 1000).map(fate => causeOf(fate));
	const many = fatesOf(linkWith({loss: 0.4}), 1000).map(fate => causeOf(fate));
	t.true(few.every((cause, index) => cause === undefined || many[index] === 'loss'));
	t.true(many.filter(Boolean).length > few.filter(Boolean).length);
});

test('conditions that change in between do not shift what comes after', t => {
	const changing = linkWith({delay: 100, jitter: 1});
	const staying = linkWith({delay: 100, jitter: 1});
	fatesOf(staying, 300);
	fatesOf(changing, 100);
	changing.change({...perfect, loss: 1});
	fatesOf(changing, 100);
	changing.change({...perfect, duplication: 1, corruption: 1});
	fatesOf(changing, 100);
	changing.change(staying.conditions);
	t.deepEqual(fatesOf(changing, 100), fatesOf(staying, 100));
});

test('loses exactly the next one when told to, under any conditions', t => {
	for (const loss of [0, 1]) {
		const link = linkWith({loss});
		t.false(link.losesNext);
		link.loseNext();
		link.loseNext();
		t.true(link.losesNext);
		t.deepEqual(
			fatesOf(link, 3).map(fate => causeOf(fate)),
			loss === 0 ? ['next', undefined, undefined] : ['next', 'loss', 'loss'],
		);
		t.false(link.losesNext);
	}
});

test('losing the next one leaves the fates of the others as they were', t => {
	const conditions = {loss: 0.3, delay: 100, jitter: 0.5};
	const told = linkWith(conditions);
	told.loseNext();
	t.deepEqual(fatesOf(told, 100).slice(1), fatesOf(linkWith(conditions), 100).slice(1));
});

test('a link that is to lose the next one is not perfect', t => {
	const link = linkWith({slice: 3});
	t.true(link.isPerfect);
	link.loseNext();
	t.false(link.isPerfect);
	link.fateOf(1, 0);
	t.true(link.isPerfect);
	link.change({...perfect, loss: 0.1});
	t.false(link.isPerfect);
});

test('a corrupted copy differs in one byte, and the bytes that were sent do not change', t => {
	fc.assert(fc.property(fc.uint8Array({minLength: 1, maxLength: 40}), fc.nat(), (bytes, seed) => {
		const sent = Uint8Array.from(bytes);
		for (const copy of copiesOf(linkWith({corruption: 1, duplication: 1}, seed).fateOf(bytes.length, 0))) {
			const arrived = bytesOfCopy(bytes, copy);
			t.is(arrived.length, bytes.length);
			t.is(bytes.filter((byte, index) => byte !== arrived[index]).length, 1);
		}

		t.deepEqual(bytes, sent);
	}));
});

test('an empty datagram is never corrupted, and an untouched one is not copied', t => {
	const copy = copiesOf(linkWith({corruption: 1}).fateOf(0, 0))[0]!;
	t.is(copy.corruption, undefined);
	const bytes = Uint8Array.of(1, 2);
	t.is(bytesOfCopy(bytes, copy), bytes);
});

test('a copy has a delay of its own, and is held back with the original', t => {
	const link = linkWith({
		delay: 100, jitter: 0.5, duplication: 1, reordering: 1,
	});
	const pairs = fatesOf(link, 100).map(fate => copiesOf(fate).map(({delay}) => delay));
	t.true(pairs.every(([first = 0, second = 0]) => first !== second && first >= 650 && second >= 650));
	t.true(pairs.some(([first = 0, second = 0]) => second < first));
});
