/* What both halves draw at random. fast-check makes all of it from the seed of the run. */
import fc from 'fast-check';

/** One of these by any whole number; undefined where there is none. */
export function itemAt<Item>(items: readonly Item[], index: number): Item | undefined {
	return items[index % items.length];
}

const text = fc.constantFrom(
	'hello',
	'안녕하세요 여러분',
	'ẞtraße',
	'👩‍👩‍👧 가나다 é',
	'\u{1B}[2J\u{1B}]0;owned\u{7}',
	'one\r\ntwo\n',
	'\u{202E}evil',
	'\0\0',
);

/** What one message of a series says: many of them are under way at once. */
export const smallPayload: fc.Arbitrary<Uint8Array> = fc.tuple(text, fc.integer({min: 1, max: 20}))
	.map(([word, times]) => Buffer.from(word.repeat(times)));

/** Lengths for which memory is taken only when they are drawn. */
function padLines(min: number, max: number, fill: string): fc.Arbitrary<Uint8Array> {
	return fc.integer({min, max}).map(length => Buffer.alloc(length, fill));
}

/** What is sent: texts, no bytes at all, any bytes, many. Now and then more than a datagram holds (65,507 bytes). */
export const payload: fc.Arbitrary<Uint8Array> = fc.oneof(
	{weight: 100, arbitrary: text.map(word => Buffer.from(word))},
	{weight: 40, arbitrary: fc.tuple(text, fc.nat(999)).map(([word, number]) => Buffer.from(`${word} ${number}`))},
	{weight: 10, arbitrary: fc.constant(Buffer.alloc(0))},
	{weight: 30, arbitrary: fc.uint8Array({minLength: 1, maxLength: 200, size: 'max'})},
	{weight: 20, arbitrary: padLines(1000, 9000, '가나다라')},
	{weight: 5, arbitrary: padLines(60_000, 65_507, 'x')},
	{weight: 1, arbitrary: padLines(65_508, 300_000, 'y')},
);

/** An endless stream of draws that follows from a seed. */
export function * drawsOf<Value>(arbitrary: fc.Arbitrary<Value>, seed: number): Generator<Value, never> {
	for (let batch = 0; ; batch++) {
		yield * fc.sample(arbitrary, {seed: Math.trunc(seed + (batch * 7919)), numRuns: 200, unbiased: true});
	}
}
