import {execFileSync} from 'node:child_process';
import test from 'ava';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import {
	borders, codecOf, countText, cutLength, readingOf, readText, StreamReading, Unwritable,
} from '../../../source/text/encoding/codec.ts';
import {
	defaultEncoding, type Encoding, encodingOf, encodings, nearestEncoding,
} from '../../../source/text/encoding/encoding.ts';
import {visibleBytes} from '../../../source/text/width/visible.ts';
import {encodeTyped} from '../../../source/text/encoding/escapes.ts';
import {isInstalled} from '../../helpers/program.ts';
import {skipped} from '../../helpers/skipped.ts';

/** Every sequence of one byte and of two. */
const sequences = [
	...Array.from({length: 256}, (_, byte) => Uint8Array.of(byte)),
	...Array.from({length: 65_536}, (_, pair) => Uint8Array.of(pair >> 8, pair & 0xFF)),
];

const others = encodings.filter(encoding => encoding !== defaultEncoding);
const samples: Readonly<Record<Encoding, string>> = {
	[defaultEncoding]: '안녕 a𝄞', 'euc-kr': '똠방각하 abc ＡＢ', shift_jis: 'こんにちは ｱｲ 表 ~', gbk: '你好 abc €', latin1: 'naïve \u{85} ÿ', 'utf-16le': '똠 a𝄞\n0',
};

/** Texts that an encoding can write. */
function textsOf(encoding: Encoding): fc.Arbitrary<string> {
	return fc.array(fc.constantFrom(...samples[encoding]), {maxLength: 12}).map(characters => characters.join(''));
}

function bytesOf(encoding: Encoding, text: string): Uint8Array {
	const bytes = codecOf(encoding).encode(text);
	if (bytes instanceof Unwritable) {
		throw new TypeError(`${encoding} has no ${bytes.character}`);
	}

	return bytes;
}

for (const encoding of encodings) {
	test(`${encoding}: every character that is read is written as bytes that are read as it`, t => {
		const codec = codecOf(encoding);
		const characters = sequences.filter(bytes => codec.lengthAt(bytes, 0) === bytes.length);
		t.deepEqual(characters.filter(bytes => {
			const text = codec.decode(bytes)!;
			const written = codec.encode(text);
			return !(written instanceof Uint8Array) || codec.decode(written) !== text;
		}), []);
		t.true(characters.length >= 128);
	});

	test(`${encoding}: what is written is read as the same, and every other character is refused`, t => {
		const codec = codecOf(encoding);
		const characters = Array.from({length: 0x1_00_00}, (_, code) => String.fromCharCode(code));
		t.deepEqual(characters.filter(character => {
			const bytes = codec.encode(`a${character}`);
			return bytes instanceof Unwritable
				? bytes.index !== 1 || bytes.character !== character
				: character.isWellFormed() && codec.decode(bytes) !== `a${character}`;
		}), []);
		t.true(codec.encode('a?') instanceof Uint8Array);
	});

	test(`${encoding}: a stream that is cut anywhere is read as its whole characters, and the cut ones as bytes`, t => {
		const lengthsOfReads = fc.array(fc.nat({max: 5}), {maxLength: 40});
		t.notThrows(() => {
			fc.assert(fc.property(textsOf(encoding), lengthsOfReads, (text, lengths) => {
				const all = bytesOf(encoding, text);
				const whole = new Set(Array.from(borders(all, readingOf(codecOf(encoding))), ([index]) => index));
				const stream = new StreamReading(codecOf(encoding));
				let from = 0;
				for (const length of [...lengths, all.length]) {
					const chunk = Uint8Array.from(all.subarray(from, from + length));
					const reading = stream.next(chunk);
					const cut = chunk.length - cutLength(chunk, reading);
					for (const [index, characterLength] of borders(chunk, reading)) {
						const isInCut = index >= cut || encoding === defaultEncoding;
						const isRight = characterLength > 0 ? whole.has(from + index) : isInCut;
						if (!isRight) {
							return false;
						}
					}

					from += chunk.length;
					// Whoever reads may read into the same memory again.
					chunk.fill(0xFF);
				}

				return true;
			}), {numRuns: 60});
		});
	});

	test(`${encoding}: what is shown can be typed, whatever the bytes are`, t => {
		const texts = textsOf(encoding).map(text => bytesOf(encoding, text));
		const bytesOrText = fc.oneof(fc.uint8Array({maxLength: 12}), texts);
		t.notThrows(() => {
			fc.assert(fc.property(bytesOrText, fc.nat({max: 1}), (bytes, lead) => {
				const reading = readingOf(codecOf(encoding), Math.min(lead, bytes.length));
				const {text, isCut} = visibleBytes(bytes, 1000, true, reading);
				const typed = encodeTyped(text, codecOf(encoding));
				// In Shift_JIS some characters have several sequences of bytes.
				return !isCut && typed instanceof Uint8Array && typed.length === bytes.length
					&& visibleBytes(typed, 1000, true, reading).text === text;
			}), {numRuns: 60});
		});
	});
}

test('the tables are those of Python, which has fewer characters in GBK, and other characters of users', t => {
	if (!isInstalled('python3')) {
		skipped(t, 'python3 is not installed');
		return;
	}

	const names = {
		'euc-kr': 'cp949', shift_jis: 'cp932', gbk: 'gbk', latin1: 'latin-1',
	} as const;
	for (const [encoding, name] of Object.entries(names) as Array<[keyof typeof names, string]>) {
		const codec = codecOf(encoding);
		const program = `
import sys
for a in range(256):
    for b in [b''] + [bytes([b]) for b in range(256)]:
        try:
            text = (bytes([a]) + b).decode('${name}')
        except UnicodeDecodeError:
            text = ''
        sys.stdout.write('%x' % ord(text) if len(text) == 1 else '')
        sys.stdout.write(',')
`;
		const theirs = execFileSync('python3', ['-c', program], {encoding: 'utf8', maxBuffer: 1e7}).split(',');
		const differing = sequences.flatMap(bytes => {
			const place = (bytes[0]! * 257) + (bytes.length === 1 ? 0 : bytes[1]! + 1);
			const own = codec.lengthAt(bytes, 0) === bytes.length ? codec.decode(bytes)! : '';
			const text = theirs[place] === '' ? '' : String.fromCodePoint(Number.parseInt(theirs[place]!, 16));
			const isPrivate = /^\p{Private_Use}?$/v.test(own) && /^\p{Private_Use}?$/v.test(text);
			const isMore = encoding === 'gbk' && text === '';
			return own === text || isPrivate || isMore ? [] : [`${Buffer.from(bytes).toString('hex')} ${own}/${text}`];
		});
		t.deepEqual(differing, []);
	}
});

test('what is written is what iconv-lite writes, wherever that has the same character', t => {
	const names = {
		'euc-kr': 'cp949', shift_jis: 'shift_jis', gbk: 'gbk', latin1: 'latin1', 'utf-16le': 'utf-16le',
	} as const;
	for (const [encoding, name] of Object.entries(names) as Array<[Encoding, string]>) {
		const codec = codecOf(encoding);
		const differing = sequences.flatMap(sequence => {
			const text = codec.lengthAt(sequence, 0) === sequence.length ? codec.decode(sequence)! : '';
			const theirs = iconv.encode(text, name);
			const isTheirs = iconv.decode(theirs, name) === text;
			return !isTheirs || Buffer.compare(bytesOf(encoding, text), theirs) === 0 ? [] : [text];
		});
		t.deepEqual(differing, []);
	}
});

test('CP949 has all of modern Hangul, and Latin-1 the control characters from 80 to 9F', t => {
	t.is(Buffer.from(bytesOf('euc-kr', '똠')).toString('hex'), '8c63');
	t.is(readText(Uint8Array.of(0x8C, 0x63), readingOf(codecOf('euc-kr'))), '똠');
	t.is(codecOf('latin1').decode(Uint8Array.of(0x80, 0x9F)), '\u{80}\u{9F}');
	t.true(codecOf('latin1').encode('€') instanceof Unwritable);
	t.true(codecOf('shift_jis').encode('¥') instanceof Unwritable);
	t.true(codecOf('utf-16le').encode('a\u{D800}') instanceof Unwritable);
});

test('what is no character counts as bytes, in UTF-16 two by two', t => {
	const count = (encoding: Encoding, hex: string, lead = 0): readonly number[] => {
		const {characters, invalid, cut} = countText(Buffer.from(hex, 'hex'), readingOf(codecOf(encoding), lead));
		return [characters, invalid, cut];
	};

	t.deepEqual(count('euc-kr', '8c6361ff8c'), [2, 1, 1]);
	t.deepEqual(count('euc-kr', '638c63', 1), [1, 1, 0]);
	t.deepEqual(count('utf-16le', '610034d81edd00dc6100'), [3, 2, 0]);
	t.deepEqual(count('utf-16le', '610034d81e'), [1, 0, 3]);
	t.is(readText(Buffer.from('638c63ff8c', 'hex'), readingOf(codecOf('euc-kr'), 1)), '\u{FFFD}똠\u{FFFD}\u{FFFD}');
});

test('an encoding is known by its usual names, and a wrong one has one that was probably meant', t => {
	const names: Readonly<Record<string, Encoding>> = {
		UTF8: defaultEncoding, cp949: 'euc-kr', 'EUC-KR': 'euc-kr', sjis: 'shift_jis', 'iso-8859-1': 'latin1', 'UTF-16LE': 'utf-16le', GBK: 'gbk',
	};
	for (const [name, encoding] of Object.entries(names)) {
		t.is(encodingOf(name), encoding);
	}

	t.is(encodingOf('toString'), undefined);
	t.is(nearestEncoding('utf-16'), 'utf-16le');
	t.is(nearestEncoding('euc-kt'), 'euc-kr');
	t.is(nearestEncoding('windows-1252'), 'latin1');
	t.is(nearestEncoding('nothing'), undefined);
	t.is(others.length, 5);
});
