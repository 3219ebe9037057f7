import test from 'ava';
import fc from 'fast-check';
import {PayloadBudget, ByteRing} from '../../../source/log/storage/payload-bytes.ts';

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

test('grants a payload whole up to a quarter of what the log holds, and of a larger one so much', t => {
	const budget = new PayloadBudget(40_000);
	t.is(budget.grant(0, 0), 0);
	t.is(budget.grant(1, 0), 1);
	t.is(budget.grant(10_000, 0), 10_000);
	t.is(budget.grant(10_001, 0), 10_000);
});

test('grants 4,096 bytes of each while more comes within a second than the log holds, and all again in the next second', t => {
	const budget = new PayloadBudget(40_000);
	t.deepEqual(
		[1, 2, 3, 4].map(time => budget.grant(10_000, time)),
		[10_000, 10_000, 10_000, 10_000],
	);
	t.is(budget.grant(5000, 5), 4096);
	t.is(budget.grant(10, 6), 10, 'what is shorter is kept whole even then');
	t.is(budget.grant(5000, 999), 4096);
	t.is(budget.grant(5000, 1000), 5000, 'a second after the first');
	t.is(budget.grant(5000, 1999.9), 5000);
});

test('counts all that comes, and not what it grants', t => {
	const budget = new PayloadBudget(40_000);
	t.is(budget.grant(1_000_000, 0), 4096, 'too much by itself');
	t.is(budget.grant(5000, 1), 4096);
	t.is(budget.grant(5000, 1000), 5000);
});

test('counts what is recorded with an earlier time in the second that has begun', t => {
	const budget = new PayloadBudget(40_000);
	budget.grant(50_000, 10_000);
	t.is(budget.grant(5000, 10_001), 4096);
	t.is(budget.grant(5000, 3000), 4096);
	t.is(budget.grant(5000, 10_999), 4096);
	t.is(budget.grant(5000, 11_000), 5000);
});

test('never grants more than there is, than a quarter, or, in a flood, than its small share', t => {
	const payload = fc.record({length: fc.nat(200_000), pause: fc.nat(400)});
	const payloadLists = fc.array(payload, {maxLength: 50});
	fc.assert(fc.property(fc.integer({min: 16, max: 100_000}), payloadLists, (capacity, payloads) => {
		const budget = new PayloadBudget(capacity);
		let time = 5000;
		let began = 0;
		let came = 0;
		for (const {length, pause} of payloads) {
			time += pause;
			[began, came] = time - began >= 1000 ? [time, length] : [began, came + length];
			const most = Math.min(length, Math.floor(capacity / 4));
			t.is(budget.grant(length, time), came > capacity ? Math.min(most, 4096) : most);
		}
	}));
});
