import test from 'ava';
import type {LinkConditions} from '../../source/link/conditions.ts';
import type {DatagramFate} from '../../source/link/datagram-link.ts';
import {DelayLine} from '../../source/link/delay-line.ts';
import type {LinkDirection} from '../../source/link/random.ts';
import {
	copiesOf, fatesOf, isHeldBack, linkWith,
} from './_fates.ts';
import {FakeTime} from './_fake-time.ts';
import {countsLike, meansLike} from './_statistics.ts';

const trials = 30_000;

type Cause = 'loss' | 'duplication' | 'reordering' | 'corruption';

const hasHappened: Readonly<Record<Cause, (fate: DatagramFate) => boolean>> = {
	loss: ({type}) => type === 'lost',
	duplication: fate => copiesOf(fate).length === 2,
	reordering: isHeldBack,
	corruption: fate => copiesOf(fate).some(({corruption}) => corruption),
};

/** Whether this happened to each datagram, over a link on which nothing else does. */
function happenings(cause: Cause, share: number, seed = 1, direction: LinkDirection = 'to-server'): boolean[] {
	return fatesOf(linkWith({[cause]: share}, seed, direction), trials).map(fate => hasHappened[cause](fate));
}

function count(all: readonly boolean[]): number {
	return all.filter(Boolean).length;
}

const causes = Object.keys(hasHappened) as readonly Cause[];
for (const cause of causes) {
	test(`${cause} happens as often as it should`, t => {
		for (const share of [0, 0.001, 0.3, 0.97, 1]) {
			for (const seed of [1, 2, 4_294_967_295]) {
				countsLike(t, count(happenings(cause, share, seed)), trials, share);
			}
		}
	});

	test(`${cause} of one datagram says nothing about the next, nor about the other direction`, t => {
		const all = happenings(cause, 0.3);
		countsLike(t, count(all.filter((is, index) => is && all[index + 1])), trials, 0.09);
		const others = happenings(cause, 0.3, 1, 'to-clients');
		countsLike(t, count(all.filter((is, index) => is && others[index])), trials, 0.09);
	});
}

for (const [index, cause] of causes.entries()) {
	for (const other of causes.slice(index + 1)) {
		test(`${cause} says nothing about ${other}`, t => {
			const others = happenings(other, 0.4);
			countsLike(t, count(happenings(cause, 0.3).filter((is, place) => is && others[place])), trials, 0.12);
		});
	}
}

test('delays are spread evenly over their range, and stay in it', t => {
	const delays = fatesOf(linkWith({delay: 100, jitter: 0.5}), trials).map(fate => copiesOf(fate)[0]!.delay);
	t.true(delays.every(delay => delay >= 50 - 1e-6 && delay <= 150 + 1e-6));
	meansLike(t, delays, 50, 150);
	for (let tenth = 0; tenth < 10; tenth++) {
		countsLike(t, delays.filter(delay => Math.floor((delay - 50) / 10) === tenth).length, trials, 0.1);
	}

	t.true(Math.min(...delays.slice(0, 10_000)) < 51);
	t.true(Math.max(...delays.slice(0, 10_000)) > 149);
});

test('what is lost had no other delays than what arrives', t => {
	const delays = fatesOf(linkWith({delay: 100, jitter: 1}), trials).map(fate => copiesOf(fate)[0]!.delay);
	const lost = happenings('loss', 0.3);
	meansLike(t, delays.filter((_, index) => lost[index]), 0, 200);
});

test('corruption falls on every byte alike, and never leaves the value as it was', t => {
	const corruptions = fatesOf(linkWith({corruption: 1}), trials).map(fate => copiesOf(fate)[0]!.corruption!);
	meansLike(t, corruptions.map(({at}) => at), -0.5, 99.5);
	meansLike(t, corruptions.map(({xor}) => xor), 0.5, 255.5);
	t.is(new Set(corruptions.map(({at}) => at)).size, 100);
	t.is(new Set(corruptions.map(({xor}) => xor)).size, 255);
	t.true(corruptions.every(({at, xor}) => at >= 0 && at < 100 && xor >= 1 && xor <= 255));
});

/** The numbers of the datagrams, sent one each 10 ms, in the order in which they arrive. */
function arrivals(conditions: Partial<LinkConditions>, sends: number): number[] {
	const time = new FakeTime();
	const arrived: number[] = [];
	const line = new DelayLine<number>(number => {
		arrived.push(number);
	}, time);
	const link = linkWith(conditions);
	for (let number = 0; number < sends; number++) {
		for (const {due} of copiesOf(link.fateOf(100, time.now()))) {
			line.add(due, number);
		}

		time.advance(10);
	}

	time.finish();
	return arrived;
}

test('as many as should be are overtaken without any jitter, each by those that were sent within 500 ms and not held back', t => {
	const sends = 20_000;
	const arrived = arrivals({delay: 80, reordering: 0.1}, sends);
	const places = new Map(arrived.map((number, place) => [number, place]));
	const placeOf = (number: number): number => places.get(number) ?? 0;
	const overtaken = arrived.filter(number => number + 1 < sends && placeOf(number + 1) < placeOf(number));
	// Overtaken by the next one: held back, and the next one is not.
	countsLike(t, overtaken.length, sends, 0.1 * 0.9);
	t.true(arrived.every((number, place) => Math.abs(place - number) <= 50));
	t.is(new Set(arrived).size, sends);
});

test('jitter alone makes datagrams overtake each other, too', t => {
	const arrived = arrivals({delay: 100, jitter: 0.5}, 1000);
	t.notDeepEqual(arrived, arrived.toSorted((a, b) => a - b));
	t.is(new Set(arrived).size, 1000);
});
