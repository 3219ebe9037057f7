import test from 'ava';
import fc from 'fast-check';
import {
	type Cut, frameOf, Framer, type Framing, framings, frameMessage, largestMessage, maxMessage,
} from '../../source/text/framing.ts';

const real = framings.filter(framing => framing !== 'none');

function framed(message: Uint8Array, framing: Framing): Uint8Array {
	return frameMessage(message, framing)!.bytes;
}

/** How much of a frame is kept when it is found to be too long depends on its chunks. */
const nothing = new Uint8Array();

/** What a framer finds in a stream that comes in these chunks; each chunk is overwritten when it was taken. */
function cutsOf(
	framing: Exclude<Framing, 'none'>,
	chunks: readonly Uint8Array[],
): {readonly cuts: Cut[]; readonly framer: Framer} {
	const framer = new Framer(framing);
	const cuts = chunks.flatMap(chunk => {
		const own = Uint8Array.from(chunk);
		const found = framer.take(own).map(cut =>
			'bytes' in cut ? {...cut, bytes: Uint8Array.from(cut.bytes)} : {...cut, kept: nothing});
		own.fill(0xEE);
		return found;
	});
	return {cuts, framer};
}

/** A stream cut at these places. */
function chunksOf(stream: Uint8Array, places: readonly number[]): Uint8Array[] {
	const ends = [...places.map(place => place % (stream.length + 1)), stream.length].toSorted((a, b) => a - b);
	return ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end));
}

const message = fc.uint8Array({maxLength: 300});

for (const framing of real) {
	test(`any messages, cut anywhere, are the same messages: ${framing}`, t => {
		// A line has no line feed in it, and no carriage return at its end.
		const one = message.map(bytes => bytes.subarray(0, largestMessage(framing)))
			.filter(bytes => framing !== 'line' || (!bytes.includes(0x0A) && bytes.at(-1) !== 0x0D));
		const messages = fc.array(one, {maxLength: 8});
		const cutAt = fc.array(fc.nat(3000), {maxLength: 12});
		fc.assert(fc.property(messages, cutAt, fc.boolean(), (list, places, hasReturns) => {
			const frames = list.map(bytes => hasReturns && framing === 'line'
				? Buffer.concat([bytes, Buffer.from('\r\n')])
				: framed(bytes, framing));
			const {cuts, framer} = cutsOf(framing, chunksOf(Buffer.concat(frames), places));
			t.deepEqual(cuts.map(cut => 'bytes' in cut ? [...cut.bytes] : cut), list.map(bytes => [...bytes]));
			let offset = 0;
			for (const [index, cut] of cuts.entries()) {
				t.like(cut, {offset, frame: frames[index]!.length});
				offset += frames[index]!.length;
			}

			t.is(framer.offset, offset);
			t.is(framer.unfinished, undefined);
		}), {numRuns: 60});
	});

	test(`any bytes at all, cut anywhere, are cut the same way: ${framing}`, t => {
		// Long enough frames are among them: lengths in front, and a line, of more than the largest message.
		const long = framing === 'line' ? Buffer.alloc(maxMessage + 1, 'x') : Buffer.of(0xFF, 0xFF, 0xFF, 0xFF);
		const part = fc.oneof({weight: 6, arbitrary: message}, {weight: 1, arbitrary: fc.constant(long)});
		const stream = fc.array(part, {maxLength: 4});
		fc.assert(fc.property(stream, fc.array(fc.nat(2 * maxMessage), {maxLength: 6}), (parts, places) => {
			const whole = Buffer.concat(parts);
			const {cuts, framer} = cutsOf(framing, [whole]);
			const other = cutsOf(framing, chunksOf(whole, places));
			t.true(Buffer.from(JSON.stringify(other.cuts)).equals(Buffer.from(JSON.stringify(cuts))));
			t.deepEqual(other.framer.unfinished, framer.unfinished);
			t.is(other.framer.offset, framer.offset);
		}), {numRuns: 15});
	});
}

const written: ReadonlyArray<readonly [Framing, string, string]> = [
	['none', '6869', '6869'],
	['line', '6869', '68690a'],
	['line', '', '0a'],
	['line', '68690d0a', '68690d0a'],
	['line', '680a69', '680a690a'],
	['u8', '6869', '026869'],
	['u16be', '6869', '00026869'],
	['u16le', '6869', '02006869'],
	['u32be', '6869', '000000026869'],
	['u32le', '6869', '020000006869'],
	['u32le', '', '00000000'],
];

for (const [framing, message, bytes] of written) {
	test(`frames the bytes '${message}' as ${framing}`, t => {
		t.is(Buffer.from(framed(Buffer.from(message, 'hex'), framing)).toString('hex'), bytes);
	});
}

test('a text of several lines is as many messages', t => {
	t.is(frameMessage(Buffer.from('one\ntwo'), 'line')?.messages, 2);
	t.is(frameMessage(Buffer.from('one\n'), 'line')?.messages, 1);
	t.is(frameMessage(Buffer.from('one\ntwo'), 'u8')?.messages, 1);
});

for (const framing of real) {
	test(`frames what is as large as a message may be, and nothing larger: ${framing}`, t => {
		const most = largestMessage(framing);
		const [cut] = cutsOf(framing, [framed(new Uint8Array(most), framing)]).cuts;
		t.is('bytes' in cut! ? cut.bytes.length : 0, most);
		t.is(frameMessage(new Uint8Array(most + 1), framing), undefined);
	});
}

test('a frame that is too long is passed over, and the next message found', t => {
	const length = maxMessage + 1;
	const head = Buffer.alloc(4);
	head.writeUInt32BE(length);
	const stream = Buffer.concat([framed(Buffer.from('before'), 'u32be'), head, Buffer.alloc(length), framed(Buffer.from('after'), 'u32be')]);
	const {cuts} = cutsOf('u32be', chunksOf(stream, Array.from({length: 30}, (_, index) => index * 40_000)));
	t.deepEqual(cuts.map(cut => 'bytes' in cut ? Buffer.from(cut.bytes).toString() : cut), [
		'before',
		{
			type: 'too-long', length, offset: 10, kept: nothing,
		},
		'after',
	]);
	const line = Buffer.concat([Buffer.alloc(length, 'x'), Buffer.from('\nafter\n')]);
	const {cuts: lines} = cutsOf('line', chunksOf(line, [1_000_000]));
	t.deepEqual(lines.map(cut => 'bytes' in cut ? Buffer.from(cut.bytes).toString() : cut.length), [undefined, 'after']);
});

test('the carriage return before a line feed does not count, wherever the chunks are cut', t => {
	for (const [length, cutLength] of [[maxMessage, maxMessage], [maxMessage + 1, undefined]] as const) {
		const line = Buffer.concat([Buffer.alloc(length, 'x'), Buffer.from('\r\n')]);
		for (const places of [[], [length], [length + 1], [length, length + 1]]) {
			const {cuts} = cutsOf('line', chunksOf(line, places));
			t.deepEqual(cuts.map(cut => 'bytes' in cut ? cut.bytes.length : cut.length), [cutLength], `cut at ${places.join(' ')}`);
		}
	}
});

test('a frame that is given up is passed over, and the next message found', t => {
	for (const framing of ['line', 'u16le'] as const) {
		const framer = new Framer(framing);
		framer.take(framed(Buffer.from('given up'), framing).subarray(0, 5));
		framer.giveUp();
		t.is(framer.unfinished, undefined);
		t.is(framer.room, 0);
		t.deepEqual(framer.take(framed(Buffer.from('given up'), framing).subarray(5)), []);
		const [cut, ...others] = framer.take(framed(Buffer.from('after'), framing));
		t.is(cut?.type === 'message' && Buffer.from(frameOf(cut, framing)).toString('latin1'), framing === 'line' ? 'after\n' : '\u0005\u0000after');
		t.deepEqual(others, []);
	}
});

test('keeps the bytes of a frame that have arrived, and makes no room for what its length announces', t => {
	const before = process.memoryUsage().arrayBuffers;
	const framers = Array.from({length: 200}, () => {
		const framer = new Framer('u32be');
		framer.take(Buffer.of(0, 0x0F, 0xFF, 0xFF, 1));
		return framer;
	});
	t.true(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
	t.deepEqual(framers[0]!.unfinished, {length: 5, whole: 4 + 0x0F_FF_FF});
});
