import fc from 'fast-check';

function range(first: number, last: number): fc.Arbitrary<string> {
	return fc.integer({min: first, max: last}).map(code => String.fromCodePoint(code));
}

/** Pieces of text of every kind that a screen of this program may have to show. */
export const kinds = {
	ascii: range(0x20, 0x7E),
	latin: range(0xA0, 0x2_4F),
	hangul: range(0xAC_00, 0xD7_A3),
	jamo: fc.oneof(range(0x11_00, 0x11_FF), range(0xA9_60, 0xA9_7C), range(0xD7_B0, 0xD7_FB), range(0x31_31, 0x31_8E)),
	cjk: fc.oneof(range(0x4E_00, 0x9F_FF), range(0x2_00_00, 0x2_00_40), range(0x30_00, 0x30_3F)),
	kana: fc.oneof(range(0x30_40, 0x30_FF), range(0xFF_61, 0xFF_9F)),
	fullwidth: range(0xFF_01, 0xFF_60),
	emoji: fc.constantFrom(
		'👍',
		'👍🏽',
		'❤',
		'❤️',
		'1️⃣',
		'#⃣',
		'🇰🇷',
		'🇰',
		'👩‍👩‍👧‍👦',
		'👩🏽‍❤️‍👨🏿',
		'🏴󠁧󠁢󠁥󠁮󠁧󠁿',
		'☺',
		'☺️',
		'🏽',
		'⌚',
		'©',
		'©️',
		'™',
		'▶',
		'▸',
	),
	joiners: fc.constantFrom(
		'\u{200D}',
		'\u{200C}',
		'\u{FE0F}',
		'\u{FE0E}',
		'\u{20E3}',
		'\u{1F3FB}',
		'\u{E0067}',
		'\u{E007F}',
	),
	marks: fc.oneof(
		range(0x3_00, 0x3_6F),
		range(0x9_00, 0x9_4F),
		fc.constantFrom('\u{3099}', '\u{309A}', '\u{20D0}', '\u{903}', '\u{489}'),
	),
	prepend: fc.constantFrom('\u{600}', '\u{6DD}', '\u{D4E}', '\u{110BD}'),
	box: fc.oneof(range(0x25_00, 0x25_7F), range(0x21_90, 0x21_FF), fc.constantFrom('…', '·', '○', '●', '✗', '⇄')),
	control: fc.oneof(range(0x00, 0x1F), range(0x7F, 0x9F)),
	format: fc.oneof(
		range(0x20_00, 0x20_0F),
		range(0x20_28, 0x20_2F),
		range(0x20_60, 0x20_6F),
		fc.constantFrom('\u{AD}', '\u{61C}', '\u{FEFF}', '\u{FFF9}', '\u{115F}', '\u{3164}', '\u{E0001}'),
	),
	odd: fc.constantFrom(
		'\u{FFFD}',
		'\u{FFFF}',
		'\u{E000}',
		'\u{378}',
		'\u{10FFFF}',
		'\u{2800}',
		'\u{3000}',
		'\\',
		'\r\n',
	),
	sgr: fc.array(fc.integer({min: 0, max: 70_000}), {maxLength: 4}).map(codes => `\u{1B}[${codes.join(';')}m`),
	escapes: fc.constantFrom(
		'\u{1B}',
		'\u{1B}[',
		'\u{1B}[2J',
		'\u{1B}[?25l',
		'\u{1B}[1;1H',
		'\u{1B}]0;title\u{7}',
		'\u{1B}]8;;x\u{1B}\\',
		'\u{1B}[38:5:1m',
		'\u{1B}c',
		'\u{1B}P+q\u{1B}\\',
		'\u{9B}1m',
		'\u{9D}0;t\u{9C}',
		'\u{1B}[1 m',
		'\u{1B}[>4;2m',
	),
} satisfies Record<string, fc.Arbitrary<string>>;

/** A text made out of all kinds, in any order. */
export const mixedText: fc.Arbitrary<string> = fc
	.array(fc.oneof(...Object.values(kinds)), {maxLength: 24, size: 'max'})
	.map(pieces => pieces.join(''));

/** The same, with lone surrogates. */
export const brokenText: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			...Object.values(kinds),
			fc.integer({min: 0xD8_00, max: 0xDF_FF}).map(code => String.fromCharCode(code)),
		),
		{maxLength: 24, size: 'max'},
	)
	.map(pieces => pieces.join(''));

/** Bytes as a hostile peer may send them: text, text cut anywhere, and noise between. */
export const hostileBytes: fc.Arbitrary<Uint8Array> = fc
	.array(
		fc.oneof(
			mixedText.map(text => Buffer.from(text)),
			fc.tuple(mixedText, fc.nat(80)).map(([text, cut]) => Buffer.from(text).subarray(0, cut)),
			fc.uint8Array({maxLength: 6}).map(bytes => Buffer.from(bytes)),
			fc
				.constantFrom(
					[0xC0, 0x80],
					[0xED, 0xA0, 0x80],
					[0xF4, 0x90, 0x80, 0x80],
					[0xF8],
					[0xFF],
					[0xE2, 0x82],
					[0xF0, 0x9F, 0x91],
				)
				.map(bytes => Buffer.from(bytes)),
		),
		{maxLength: 5},
	)
	.map(pieces => Uint8Array.from(Buffer.concat(pieces)));
