/** The next number of a stream: from 0 up to, and never, 1; uniform in steps of 2^-32. */
export type Random = () => number;

/** The ways over a link: from clients to the server, and from the server to clients. */
export const linkDirections = ['to-server', 'to-clients'] as const;
export type LinkDirection = (typeof linkDirections)[number];

export const largestSeed = (2 ** 32) - 1;

/** A seed where none was chosen: a whole number from 0 to 9,999, short enough to be written on a board. */
export function newSeed(): number {
	return Math.floor(Math.random() * 10_000);
}

/**
A stream of random numbers that depends on a seed, a name and a number alone; streams that differ in any of the three
are independent. Not for secrets.

@param seed - a whole number from 0 to 2^32 − 1
@param name - what the numbers decide, such as `to-server/loss`
@param number - tells streams with one name apart, such as those of several connections
*/
export function randomStream(seed: number, name: string, number = 0): Random {
	const next = sfc32(seed, hashOf(name), number);
	return () => next() / 0x1_00_00_00_00;
}

/**
The small fast counting generator of PractRand (sfc32 by Chris Doty-Humphrey, pracrand.sourceforge.net): whole numbers
from 0 to 2^32 − 1, with a period of at least 2^32.
*/
export function sfc32(first: number, second: number, third: number): () => number {
	let a = first >>> 0;
	let b = second >>> 0;
	let c = third >>> 0;
	let counter = 1;
	const next = (): number => {
		const sum = (a + b + counter) >>> 0;
		counter = (counter + 1) >>> 0;
		a = (b ^ (b >>> 9)) >>> 0;
		b = (c + (c << 3)) >>> 0;
		c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
		return sum;
	};

	for (let left = 15; left > 0; left--) {
		next();
	}

	return next;
}

/** FNV-1a, 32 bits (draft-eastlake-fnv). */
function hashOf(name: string): number {
	let hash = 0x81_1C_9D_C5;
	for (const byte of Buffer.from(name)) {
		hash = Math.imul(hash ^ byte, 0x01_00_01_93);
	}

	return hash;
}
