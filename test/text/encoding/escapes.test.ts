import test from 'ava';
import fc from 'fast-check';
import {visibleBytes} from '../../../source/text/width/visible.ts';
import {bytesOfTyped} from '../../../source/text/encoding/escapes.ts';

function typed(text: string): number[] {
	return [...bytesOfTyped(text)];
}

for (const [text, bytes] of [
	['', []],
	['hi', [0x68, 0x69]],
	['한', [0xED, 0x95, 0x9C]],
	[String.raw`\n`, [0x0A]],
	[String.raw`\r\n`, [0x0D, 0x0A]],
	[String.raw`\t`, [0x09]],
	[String.raw`\0`, [0x00]],
	['\\\\', [0x5C]],
	[String.raw`\\n`, [0x5C, 0x6E]],
	[String.raw`\\\n`, [0x5C, 0x0A]],
	[String.raw`\x41`, [0x41]],
	[String.raw`\xff\xFE`, [0xFF, 0xFE]],
	[String.raw`a\x00b`, [0x61, 0x00, 0x62]],
	[String.raw`\u{1f44d}`, [0xF0, 0x9F, 0x91, 0x8D]],
	[String.raw`\033[0m`, [0x1B, 0x5B, 0x30, 0x6D]],
	[String.raw`\e[0m`, [0x1B, 0x5B, 0x30, 0x6D]],
	[String.raw`\x1b[0m`, [0x1B, 0x5B, 0x30, 0x6D]],
	[String.raw`\33\7\08\1234`, [0x1B, 0x07, 0x00, 0x38, 0x53, 0x34]],
	[String.raw`\377\400`, [0xFF, 0x20, 0x30]],
	[String.raw`\a\b\f\v`, [0x07, 0x08, 0x0C, 0x0B]],
	[String.raw`\u001b\uD55C`, [0x1B, 0xED, 0x95, 0x9C]],
	[String.raw`\u{0}`, [0x00]],
	[String.raw`\u{10FFFF}`, [0xF4, 0x8F, 0xBF, 0xBF]],
] as const) {
	test(`takes ${JSON.stringify(text)} for ${bytes.length} bytes`, t => {
		t.deepEqual(typed(text), [...bytes]);
	});
}

for (const text of [
	'\\',
	'a\\',
	String.raw`\q`,
	String.raw`\x`,
	String.raw`\x4`,
	String.raw`\xg1`,
	String.raw`\8`,
	String.raw`\E`,
	String.raw`\u`,
	String.raw`\u12`,
	String.raw`\ud83d\udc4d`,
	String.raw`\u{}`,
	String.raw`\u{1234567}`,
	String.raw`\u{110000}`,
	String.raw`\u{D800}`,
	String.raw`\u{dfff}`,
	String.raw`C:\work`,
	String.raw`\안`,
]) {
	test(`leaves ${JSON.stringify(text)} as it was typed`, t => {
		t.deepEqual(typed(text), [...Buffer.from(text)]);
	});
}

test('goes on with UTF-8 right after an escape', t => {
	t.deepEqual(typed(String.raw`\x41한\n`), [0x41, 0xED, 0x95, 0x9C, 0x0A]);
});

test('makes any bytes out of their hexadecimal escapes', t => {
	fc.assert(fc.property(fc.uint8Array(), bytes => {
		t.deepEqual(typed(Array.from(bytes, byte => String.raw`\x${byte.toString(16).padStart(2, '0')}`).join('')), [
			...bytes,
		]);
	}));
});

test('makes bytes out of the text in which they are shown', t => {
	fc.assert(fc.property(
		fc.oneof(
			fc.uint8Array({maxLength: 30}),
			fc.string({unit: 'binary-ascii'}).map(text => Uint8Array.from(Buffer.from(text))),
			fc.array(fc.constantFrom(0, 0x30, 0x33, 0x38, 0x5C), {maxLength: 12}).map(bytes => Uint8Array.from(bytes)),
		),
		bytes => {
			const {text, isCut} = visibleBytes(bytes, 1000);
			t.false(isCut);
			t.deepEqual(typed(text), [...bytes]);
		},
	));
});
