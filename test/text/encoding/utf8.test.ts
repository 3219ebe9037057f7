import test from 'ava';
import fc from 'fast-check';
import {brokenText, hostileBytes, mixedText} from '../../helpers/hostile-text.ts';
import {
	decodeUtf8, encodeRaw, encodeUtf8, hasRawBytes, sequenceLength, unfinishedLength, Utf8Stream,
} from '../../../source/text/encoding/utf8.ts';

test('reads back every text that it writes', t => {
	fc.assert(fc.property(mixedText, text => {
		t.is(decodeUtf8(encodeUtf8(text)), text);
	}));
});

test('keeps a byte order mark', t => {
	t.is(decodeUtf8(Uint8Array.of(0xEF, 0xBB, 0xBF, 0x61)), '\u{FEFF}a');
});

test('writes a lone surrogate as the replacement character', t => {
	t.deepEqual([...encodeUtf8('\u{D800}')], [0xEF, 0xBF, 0xBD]);
	fc.assert(fc.property(brokenText, text => {
		t.is(decodeUtf8(encodeUtf8(text)), text.toWellFormed());
	}));
});

for (const bytes of [
	[0x80],
	[0xC0, 0x80],
	[0xC1, 0xBF],
	[0xC3],
	[0xE0, 0x80, 0x80],
	[0xED, 0xA0, 0x80],
	[0xF4, 0x90, 0x80, 0x80],
	[0xF8, 0x88, 0x80, 0x80, 0x80],
	[0xFF],
	[0x61, 0xE2, 0x82],
]) {
	test(`takes ${Buffer.from(bytes).toString('hex')} for no text`, t => {
		t.is(decodeUtf8(Uint8Array.from(bytes)), undefined);
	});
}

/** What is unfinished at the end of these bytes, in hexadecimal. */
const unfinished = {
	0: [
		'',
		'61',
		'c3a9',
		'e282ac',
		'f09f918d',
		'80',
		'8080',
		'808080',
		'c0',
		'c1',
		'f5',
		'ff',
		'e080',
		'eda0',
		'f080',
		'f490',
		'f4908080',
		'e28261',
	],
	1: ['c3', 'e2', 'f0', 'c380e2', 'c3c3'],
	2: ['e282', 'e0a0', 'ed9f', 'f09f', 'f090', 'f48f'],
	3: ['f09f91', '61f09f91'],
};

for (const [length, all] of Object.entries(unfinished)) {
	for (const hex of all) {
		test(`finds ${length} unfinished bytes at the end of ${hex || 'nothing'}`, t => {
			t.is(unfinishedLength(Buffer.from(hex, 'hex')), Number(length));
		});
	}
}

test('finds what is unfinished of any character, cut anywhere', t => {
	const character = fc
		.integer({min: 0, max: 0x10_FF_FF})
		.filter(code => code < 0xD8_00 || code > 0xDF_FF)
		.map(code => Buffer.from(String.fromCodePoint(code)));
	fc.assert(fc.property(mixedText, character, fc.nat(3), (before, whole, cut) => {
		const part = whole.subarray(0, cut % whole.length);
		t.is(unfinishedLength(Buffer.concat([Buffer.from(before), part])), part.length);
		t.is(sequenceLength(whole[0]!), whole.length as 1 | 2 | 3 | 4);
	}), {numRuns: 1000});
});

test('calls bytes unfinished only where more bytes can make them text', t => {
	const rests = [
		[],
		[0x80],
		[0x90],
		[0xA0],
		[0x80, 0x80],
		[0x90, 0x80],
		[0xA0, 0x80],
		[0x80, 0x80, 0x80],
		[0x90, 0x80, 0x80],
	];
	fc.assert(fc.property(hostileBytes, bytes => {
		const length = unfinishedLength(bytes);
		const tail = [...bytes.subarray(bytes.length - length)];
		t.true(length === 0 || rests.some(rest => decodeUtf8(Uint8Array.from([...tail, ...rest])) !== undefined));
		t.true(length >= 0 && length <= 3);
	}), {numRuns: 1000});
});

test('gives no length to a byte that begins no character', t => {
	const none = [
		...Array.from({length: 0x42}, (_, index) => 0x80 + index),
		...Array.from({length: 0x0B}, (_, index) => 0xF5 + index),
	];
	t.true(none.every(byte => sequenceLength(byte) === 0));
});

test('a stream of any bytes, cut anywhere, is a text that gives the same bytes back', t => {
	const cuts = fc.array(fc.integer({min: 1, max: 5}), {maxLength: 12});
	fc.assert(fc.property(hostileBytes, cuts, (bytes, lengths) => {
		const stream = new Utf8Stream();
		const whole = Buffer.from([...bytes, 0x61]);
		let text = '';
		let from = 0;
		for (const length of [...lengths, whole.length]) {
			const chunk = Uint8Array.from(whole.subarray(from, from + length));
			text += stream.read(chunk);
			// Whoever reads may read into the same memory again.
			chunk.fill(0xFF);
			from += length;
		}

		t.deepEqual([...encodeRaw(text)], [...whole]);
		t.is(hasRawBytes(text), decodeUtf8(whole) === undefined);
	}));
});

test('two million bytes that are not UTF-8 cost as much each as some thousands do', t => {
	/** Milliseconds of processor time, the least of three. */
	const cost = (count: number): number => Math.min(...Array.from({length: 3}, () => {
		const text = 'a\u{DCFF}'.repeat(count);
		const began = process.cpuUsage();
		const bytes = encodeRaw(text);
		const {user} = process.cpuUsage(began);
		t.is(bytes.length, 2 * count);
		t.is(bytes.buffer.byteLength, bytes.length);
		return user / 1000;
	}));
	const [few, many] = [cost(2 ** 16), cost(2 ** 21)];
	t.true(many < few * 32 * 4, `${many} ms, and ${few} ms for a 32nd of them`);
});
