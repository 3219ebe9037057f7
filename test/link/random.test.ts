import test from 'ava';
import fc from 'fast-check';
import {newSeed, randomStream, sfc32} from '../../source/link/random.ts';
import {countsLike, meansLike} from './_statistics.ts';

/*
What a C program of the same algorithm gives after 15 rounds: the first four numbers, and the 100,000th. Other ports of
PractRand's generator begin 0xFB52C520 for zeros, too.
*/
const vectors = [
	[[0, 0, 0], [0xFB_52_C5_20, 0x38_80_2B_E1, 0x94_82_79_E6, 0xEC_4B_F1_D9], 0x2F_0A_0E_9B],
	[[1, 2, 3], [0xED_A6_A6_5F, 0x05_84_38_66, 0x42_E2_D5_DB, 0x01_71_2F_7D], 0x44_0A_BF_E0],
	[
		[0xFF_FF_FF_FF, 0xDE_AD_BE_EF, 0x80_00_00_00],
		[0x76_78_BB_02, 0x86_AB_66_A2, 0x6C_F0_65_DD, 0x2F_49_ED_73],
		0xD5_D9_B2_51,
	],
] as const;

for (const [[first, second, third], start, last] of vectors) {
	test(`gives sfc32's numbers for ${first}, ${second} and ${third}`, t => {
		const next = sfc32(first, second, third);
		t.deepEqual(start.map(() => next()), [...start]);
		for (let index = start.length; index < 99_999; index++) {
			next();
		}

		t.is(next(), last);
	});
}

function take(seed: number, name: string, number: number, count = 8): number[] {
	const next = randomStream(seed, name, number);
	return Array.from({length: count}, () => next());
}

test('a stream follows from its seed, name and number, and each of them matters', t => {
	const seeds = fc.integer({min: 0, max: (2 ** 32) - 1});
	fc.assert(fc.property(seeds, seeds, fc.nat(1000), (seed, other, number) => {
		fc.pre(seed !== other);
		t.deepEqual(take(seed, 'to-server/loss', number), take(seed, 'to-server/loss', number));
		t.notDeepEqual(take(seed, 'to-server/loss', number), take(seed, 'to-clients/loss', number));
		t.notDeepEqual(take(seed, 'to-server/loss', number), take(seed, 'to-server/loss', number + 1));
		t.notDeepEqual(take(seed, 'to-server/loss', number), take(other, 'to-server/loss', number));
	}));
});

test('numbers are from 0 up to 1, and evenly spread, also the first ones of neighbouring seeds', t => {
	const trials = 100_000;
	for (const values of [
		take(1, 'x', 0, trials),
		Array.from({length: trials}, (_, seed) => take(seed, 'x', 0, 1)[0]!),
	]) {
		t.true(values.every(value => value >= 0 && value < 1));
		meansLike(t, values, 0, 1);
		const tenths = Map.groupBy(values, value => Math.floor(value * 10));
		for (let tenth = 0; tenth < 10; tenth++) {
			countsLike(t, tenths.get(tenth)?.length ?? 0, trials, 0.1);
		}
	}
});

test('a new seed is an unsigned number of 32 bits', t => {
	for (let left = 100; left > 0; left--) {
		const seed = newSeed();
		t.is(seed >>> 0, seed);
	}
});
