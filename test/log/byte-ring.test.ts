import test from 'ava';
import fc from 'fast-check';
import {ByteRing} from '../../source/log/byte-ring.ts';

test('reads back what was written, by absolute position', t => {
	const ring = new ByteRing(8);
	t.is(ring.end, 0);
	ring.write(Uint8Array.of(1, 2, 3));
	ring.write(Uint8Array.of(4));
	t.is(ring.end, 4);
	t.deepEqual(ring.read(0, 3), Uint8Array.of(1, 2, 3));
	t.deepEqual(ring.read(2, 2), Uint8Array.of(3, 4));
	t.deepEqual(ring.read(4, 0), new Uint8Array(0));
});

test('goes round its end, in writing and in reading', t => {
	const ring = new ByteRing(8);
	ring.write(Uint8Array.of(1, 2, 3, 4, 5, 6));
	ring.write(Uint8Array.of(7, 8, 9, 10));
	t.is(ring.end, 10);
	t.deepEqual(ring.read(2, 8), Uint8Array.of(3, 4, 5, 6, 7, 8, 9, 10));
	t.deepEqual(ring.read(7, 2), Uint8Array.of(8, 9));
	t.deepEqual(ring.read(8, 2), Uint8Array.of(9, 10));
});

test('takes a write of its whole capacity', t => {
	const ring = new ByteRing(4);
	ring.write(Uint8Array.of(0, 0));
	ring.write(Uint8Array.of(1, 2, 3, 4));
	t.deepEqual(ring.read(2, 4), Uint8Array.of(1, 2, 3, 4));
});

test('hands out copies', t => {
	const ring = new ByteRing(4);
	const written = Uint8Array.of(1, 2);
	ring.write(written);
	written[0] = 99;
	const read = ring.read(0, 2);
	read[1] = 99;
	t.deepEqual(ring.read(0, 2), Uint8Array.of(1, 2));
	t.is(read.buffer.byteLength, 2);
});

test('holds the last bytes of any sequence of writes', t => {
	fc.assert(fc.property(
		fc.integer({min: 1, max: 40}),
		fc.array(fc.uint8Array({maxLength: 40}), {maxLength: 30}),
		(capacity, writes) => {
			const ring = new ByteRing(capacity);
			const all: number[] = [];
			for (const bytes of writes.map(write => write.subarray(0, capacity))) {
				ring.write(bytes);
				all.push(...bytes);
			}

			t.is(ring.end, all.length);
			const first = Math.max(0, all.length - capacity);
			for (let position = first; position <= all.length; position++) {
				t.deepEqual([...ring.read(position, all.length - position)], all.slice(position));
			}
		},
	));
});
