import test from 'ava';
import fc from 'fast-check';
import {
	delayOf, heldBack, isPerfectFor, type LinkConditions, perfect,
} from '../../source/link/conditions.ts';
import {oneWayPresets, presetNames, presets} from '../../source/link/presets.ts';
import {anyConditions, shares} from './_arbitraries.ts';

const effects: ReadonlyArray<readonly [Partial<LinkConditions>, readonly [udp: boolean, tcp: boolean]]> = [
	[{}, [true, true]],
	[{loss: 0.01}, [false, true]],
	[{duplication: 0.01}, [false, true]],
	[{reordering: 0.01}, [false, true]],
	[{corruption: 0.01}, [false, true]],
	[{delay: 0.1}, [false, false]],
	[{rate: 1e12}, [false, false]],
	[{slice: 1000}, [true, false]],
	[{stall: true}, [true, false]],
	[{jitter: 0.5, queue: 1, pause: 10}, [true, true]],
];

for (const [conditions, [udp, tcp]] of effects) {
	test(`knows what ${JSON.stringify(conditions)} does to each protocol`, t => {
		t.is(isPerfectFor({...perfect, ...conditions}, 'udp'), udp);
		t.is(isPerfectFor({...perfect, ...conditions}, 'tcp'), tcp);
	});
}

test('conditions survive a message channel as plain data', t => {
	fc.assert(fc.property(anyConditions, conditions => {
		t.deepEqual(structuredClone(conditions), conditions);
	}));
});

test('a delay is uniform around its middle, and never negative', t => {
	const conditions = {...perfect, delay: 100, jitter: 0.5};
	t.is(delayOf(conditions, 0), 50);
	t.is(delayOf(conditions, 0.5), 100);
	t.is(delayOf(conditions, 1), 150);
	fc.assert(fc.property(
		fc.double({min: 0, max: 60_000, noNaN: true}),
		shares,
		fc.double({min: 0, max: 1, noNaN: true}),
		(delay, jitter, random) => {
			t.true(delayOf({...perfect, delay, jitter}, random) >= 0);
		},
	));
});

test('without jitter a delay is exact', t => {
	t.is(delayOf({...perfect, delay: 99.7}, 0.123), 99.7);
});

test('a datagram that is held back is overtaken by all that follow within 500 ms, with any jitter', t => {
	fc.assert(fc.property(
		fc.integer({max: 60_000, min: 0}),
		shares,
		fc.integer({min: 0, max: 499}),
		(delay, jitter, later) => {
			const conditions = {...perfect, delay, jitter};
			t.true(later + delayOf(conditions, 1) < delayOf(conditions, 0) + heldBack(conditions));
		},
	));
	t.is(heldBack({...perfect, delay: 100, jitter: 0.5}), 600);
	t.is(heldBack(perfect), 500);
});

test('of the presets perfect alone does nothing, and each is known by its name', t => {
	t.deepEqual(
		presetNames.filter(name => isPerfectFor(presets[name], 'udp') && isPerfectFor(presets[name], 'tcp')),
		['perfect'],
	);
});

test('the pinger preset is the lab\'s: 30 % of the requests are lost, and nothing is delayed', t => {
	t.deepEqual(presets.pinger, {...perfect, loss: 0.3});
	t.deepEqual([...oneWayPresets], ['pinger']);
});
