import test from 'ava';
import fc from 'fast-check';
import {
	type Pieces, type StreamParts, streamParts, type StreamPiece,
} from '../../../source/log/delivery/stream-place.ts';

/** Pieces of these lengths, one after the other from the stream's beginning, numbered from 1. */
function pieces(...lengths: readonly number[]): StreamPiece[] {
	let offset = 0;
	return lengths.map((length, index) => {
		const piece = {number: index + 1, offset, length};
		offset += length;
		return piece;
	});
}

/** Matches a piece with an array of others, of which no piece is asked for that is not there. */
function partsOf(piece: StreamPiece, others: readonly StreamPiece[], most = 64): StreamParts {
	return streamParts(piece, {
		length: others.length,
		at(index) {
			const other = others[index];
			if (!other) {
				throw new RangeError(`asked for piece ${index} of ${others.length}`);
			}

			return other;
		},
	}, most);
}

/** Which piece each byte of the stream is in, and which byte of that piece it is, told one by one; the naive model. */
function naive(piece: StreamPiece, others: readonly StreamPiece[]): StreamParts {
	const parts: Array<{number: number; from: number; length: number; whole: number}> = [];
	let missing = 0;
	for (let byte = piece.offset; byte < piece.offset + piece.length; byte++) {
		const other = others.find(({offset, length}) => byte >= offset && byte < offset + length);
		const part = parts.at(-1);
		if (!other) {
			missing++;
		} else if (part?.number === other.number) {
			part.length++;
		} else {
			parts.push({
				number: other.number, from: byte - other.offset, length: 1, whole: other.length,
			});
		}
	}

	return {parts, missing, more: 0};
}

test('finds two small writes in one read', t => {
	const writes = pieces(5, 3);
	t.deepEqual(partsOf({number: 1, offset: 0, length: 8}, writes), {
		parts: [{
			number: 1, from: 0, length: 5, whole: 5,
		}, {
			number: 2, from: 0, length: 3, whole: 3,
		}], missing: 0, more: 0,
	});
});

test('finds one large write in many reads', t => {
	const reads = pieces(65_536, 65_536, 1000);
	const write = pieces(132_072)[0]!;
	t.deepEqual(partsOf(write, reads).parts, reads.map(({number, length}) => ({
		number, from: 0, length, whole: length,
	})));
	t.deepEqual(partsOf(reads[1]!, [write]), {
		parts: [{
			number: 1, from: 65_536, length: 65_536, whole: 132_072,
		}], missing: 0, more: 0,
	});
});

test('says which bytes of a write a read has, where both are cut', t => {
	t.deepEqual(partsOf({number: 1, offset: 3, length: 4}, pieces(5, 5)), {
		parts: [{
			number: 1, from: 3, length: 2, whole: 5,
		}, {
			number: 2, from: 0, length: 2, whole: 5,
		}], missing: 0, more: 0,
	});
});

test('counts the unread bytes', t => {
	const [, write] = pieces(4, 10);
	t.like(partsOf(write!, pieces(4, 3)), {missing: 7, more: 0});
	t.deepEqual(partsOf(write!, pieces(4)), {parts: [], missing: 10, more: 0});
	t.deepEqual(partsOf(write!, []), {parts: [], missing: 10, more: 0});
});

test('counts the bytes of pieces that are gone', t => {
	const kept = pieces(4, 4, 4).slice(2);
	t.deepEqual(partsOf({number: 1, offset: 2, length: 8}, kept), {
		parts: [{
			number: 3, from: 0, length: 2, whole: 4,
		}], missing: 6, more: 0,
	});
	t.deepEqual(partsOf({number: 1, offset: 0, length: 8}, kept), {parts: [], missing: 8, more: 0});
});

test('stops after as many parts as are wanted, and counts the rest', t => {
	const writes = pieces(...Array.from({length: 100}, () => 2));
	const read = {number: 1, offset: 1, length: 190};
	t.like(partsOf(read, writes), {missing: 0, more: 32});
	t.is(partsOf(read, writes).parts.length, 64);
	t.deepEqual(partsOf(read, writes, 2), {
		parts: [{
			number: 1, from: 1, length: 1, whole: 2,
		}, {
			number: 2, from: 0, length: 2, whole: 2,
		}], missing: 0, more: 94,
	});
	t.deepEqual(partsOf({...read, length: 250}, writes, 0), {parts: [], missing: 51, more: 100});
});

test('finds nothing in an empty piece, wherever it stands', t => {
	for (const offset of [0, 3, 5, 10, 11]) {
		t.deepEqual(partsOf({number: 1, offset, length: 0}, pieces(5, 5)), {parts: [], missing: 0, more: 0});
	}
});

test('knows the places of bytes beyond 4 GiB', t => {
	const far = 2 ** 40;
	t.deepEqual(partsOf({number: 9, offset: far + 1, length: 3}, [{number: 5, offset: far, length: 10}]).parts, [{
		number: 5, from: 1, length: 3, whole: 10,
	}]);
});

test('looks at few of a million pieces', t => {
	let looks = 0;
	const writes: Pieces = {
		length: 1_000_000,
		at(index) {
			looks++;
			return {number: index + 1, offset: index * 3, length: 3};
		},
	};
	t.like(streamParts({number: 1, offset: 1_500_001, length: 900_000}, writes, 5), {missing: 0, more: 300_001 - 5});
	t.true(looks <= (2 * 21) + 5 + 2, `${looks} looks`);
});

const lengths = fc.array(fc.integer({min: 1, max: 12}), {maxLength: 40});

/**
A stream's writes and reads: what was read may be less than what was written, and the oldest of either may be gone.
*/
const streams = fc.record({
	writeLengths: lengths, readLengths: lengths, writesGone: fc.nat(10), readsGone: fc.nat(10),
}).map(({writeLengths, readLengths, writesGone, readsGone}) => {
	const written = writeLengths.reduce((sum, length) => sum + length, 0);
	const reads = pieces(...readLengths).filter(({offset, length}) => offset + length <= written);
	return {writes: pieces(...writeLengths).slice(writesGone), reads: reads.slice(readsGone)};
});

test('agrees with a count byte by byte, both ways, for any bytes dropped or unread', t => {
	fc.assert(fc.property(streams, ({writes, reads}) => {
		for (const read of reads) {
			t.deepEqual(partsOf(read, writes), naive(read, writes));
		}

		for (const write of writes) {
			t.deepEqual(partsOf(write, reads), naive(write, reads));
		}
	}), {numRuns: 300});
});

test('agrees with a count byte by byte for any range, an empty one too', t => {
	fc.assert(fc.property(streams, fc.nat(300), fc.nat(40), ({writes}, offset, length) => {
		const piece = {number: 1, offset, length};
		t.deepEqual(partsOf(piece, writes), naive(piece, writes));
	}), {numRuns: 500});
});

test('joins its parts to exactly the range that is not missing, in stream order', t => {
	fc.assert(fc.property(streams, ({writes, reads}) => {
		const byNumber = new Map(writes.map(write => [write.number, write]));
		for (const read of reads) {
			const {parts, missing} = partsOf(read, writes);
			// Only the oldest writes can be missing, since what was read was written before.
			let next = read.offset + missing;
			let last = 0;
			for (const {number, from, length, whole} of parts) {
				const write = byNumber.get(number)!;
				t.is(write.offset + from, next);
				t.is(whole, write.length);
				t.true(length > 0 && from + length <= whole);
				t.true(number > last);
				next += length;
				last = number;
			}

			t.is(next, read.offset + read.length);
		}
	}), {numRuns: 300});
});

test('gives each write all of its bytes back when everything was read', t => {
	fc.assert(fc.property(lengths, lengths, (writeLengths, readLengths) => {
		const writes = pieces(...writeLengths);
		const written = writeLengths.reduce((sum, length) => sum + length, 0);
		const whole = pieces(...readLengths).filter(({offset}) => offset < written);
		const read = whole.reduce((sum, {length}) => sum + length, 0);
		const cut = pieces(...whole.map(({length}) => length), Math.max(1, written - read));
		const reads = cut
			.map(piece => ({...piece, length: Math.min(piece.length, written - piece.offset)}))
			.filter(({length}) => length > 0);

		const found = new Map<number, number>();
		for (const {number, length} of reads.flatMap(piece => partsOf(piece, writes).parts)) {
			found.set(number, (found.get(number) ?? 0) + length);
		}

		for (const write of writes) {
			t.is(found.get(write.number), write.length);
			const {parts, missing} = partsOf(write, reads);
			t.is(missing, 0);
			t.is(parts.reduce((sum, {length}) => sum + length, 0), write.length);
		}
	}), {numRuns: 300});
});

test('shows the beginning of all parts, and counts every other one, however few are wanted', t => {
	fc.assert(fc.property(streams, fc.nat(8), ({writes, reads}, most) => {
		for (const read of reads) {
			const all = partsOf(read, writes);
			t.deepEqual(partsOf(read, writes, most), {
				parts: all.parts.slice(0, most),
				missing: all.missing,
				more: Math.max(0, all.parts.length - most),
			});
		}
	}), {numRuns: 200});
});
