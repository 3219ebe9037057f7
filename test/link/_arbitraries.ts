import fc from 'fast-check';
import type {LinkConditions} from '../../source/link/conditions.ts';

export const shares = fc.oneof(
	fc.constant(0),
	fc.constant(1),
	fc.integer({min: 0, max: 1000}).map(thousandths => thousandths / 1000),
	fc.double({min: 0, max: 1, noNaN: true}),
);
const durations = fc.oneof(
	fc.constant(0),
	fc.integer({min: 0, max: 60_000}),
	fc.double({min: 0, max: 60_000, noNaN: true}),
);
const bytes = fc.oneof(
	fc.integer({min: 1, max: 5000}),
	fc.integer({min: 1, max: 64}).map(kibibytes => kibibytes * 1024),
	fc.integer({min: 1, max: 64 * 1024 * 1024}),
);
const rates = fc.oneof(
	bytes,
	fc.integer({min: 1, max: 10_000}).map(kilobytes => kilobytes * 1000),
	fc.double({min: 1, max: 1e12, noNaN: true}),
);

/** Any conditions that can be typed. */
export const anyConditions: fc.Arbitrary<LinkConditions> = fc.record({
	loss: shares,
	delay: durations,
	jitter: shares,
	duplication: shares,
	reordering: shares,
	corruption: shares,
	rate: fc.option(rates, {nil: undefined}),
	queue: bytes,
	slice: fc.option(bytes, {nil: undefined}),
	pause: durations,
	stall: fc.boolean(),
});

/** Conditions under which a stream of some hundred bytes comes through in a reasonable number of steps. */
export const streamConditions: fc.Arbitrary<LinkConditions> = fc.record({
	loss: shares,
	delay: fc.constantFrom(0, 0, 3, 100, 99.5),
	jitter: fc.constantFrom(0, 0.5, 1),
	duplication: shares,
	reordering: shares,
	corruption: shares,
	rate: fc.constantFrom(undefined, undefined, 7, 1000, 50_000.5),
	queue: fc.constant(1),
	slice: fc.constantFrom(undefined, undefined, 1, 3, 64),
	pause: fc.constantFrom(0, 1, 20.25),
	stall: fc.constantFrom(false, false, false, true),
});
