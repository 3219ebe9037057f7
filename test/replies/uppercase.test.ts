import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, mixedText} from '../helpers/hostile-text.ts';
import {decodeUtf8} from '../../source/text/encoding/utf8.ts';
import {uppercase} from '../../source/replies/uppercase.ts';

for (const [before, after] of [
	['', ''],
	['hello', 'HELLO'],
	['Übung, straße', 'ÜBUNG, STRASSE'],
	['ŉ ﬁ', 'ʼN FI'],
	['\u{390}σς', '\u{399}\u{308}\u{301}ΣΣ'],
	['안녕 こんにちは 你好 👍🏽', '안녕 こんにちは 你好 👍🏽'],
	['i ı', 'I I'],
	['\u{FEFF}a', '\u{FEFF}A'],
] as const) {
	test(`makes ${after || 'nothing'} of ${before || 'nothing'}`, t => {
		t.is(Buffer.from(uppercase(Buffer.from(before))).toString(), after);
	});
}

test('changes only ASCII letters of what is no text, and none that may end a character of two bytes', t => {
	t.deepEqual(
		[...uppercase(Uint8Array.of(0x61, 0xFF, 0x7A, 0xC3, 0xA9, 0x60, 0x7B))],
		[0x41, 0xFF, 0x7A, 0xC3, 0xA9, 0x60, 0x7B],
	);
});

for (const [encoding, bytes] of [
	['CP949', [0x8C, 0x63]],
	['Shift_JIS', [0x83, 0x61]],
	['Big5', [0xA4, 0x61]],
	['GBK', [0x81, 0x7A]],
] as const) {
	test(`leaves a character of ${encoding} whose second byte is an ASCII letter as it is`, t => {
		t.deepEqual([...uppercase(Uint8Array.from(bytes))], bytes);
		t.deepEqual([...uppercase(Uint8Array.of(0x61, ...bytes, 0x62))], [0x41, ...bytes, 0x42]);
	});
}

test('keeps the length and every other byte of binary data', t => {
	fc.assert(fc.property(hostileBytes.filter(bytes => decodeUtf8(bytes) === undefined), bytes => {
		const upper = uppercase(bytes);
		t.is(upper.length, bytes.length);
		t.true(upper.every((byte, index) =>
			byte === bytes[index] || (byte === bytes[index]! - 0x20 && byte >= 0x41 && byte <= 0x5A)));
		t.true(upper.every((byte, index) => byte < 0x61 || byte > 0x7A || bytes[index - 1]! >= 0x80));
	}));
});

test('is the text in upper case for any text', t => {
	fc.assert(fc.property(mixedText, text => {
		t.is(Buffer.from(uppercase(Buffer.from(text))).toString(), text.toUpperCase());
	}));
});
