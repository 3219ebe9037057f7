import test from 'ava';
import fc from 'fast-check';
import {hostileBytes, mixedText} from '../../helpers/hostile-text.ts';
import {visibleBytes, visibleTyped} from '../../../source/text/width/visible.ts';
import textWidth from '../../../source/text/width/width.ts';

/** Nothing of this may reach a terminal; U+200D is looked at apart, because it joins emoji. */
const forbidden
	= /[[[\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}\p{Unassigned}]--[\u{200D}]]\u{FE0F}\u{1F3FB}-\u{1F3FF}\u{20E3}]/v;
const looseJoiner = /(?<!\p{Extended_Pictographic})\u{200D}|\u{200D}(?!\p{Extended_Pictographic})/v;

/** What one in 200 draws shows is seen with a probability of 99.3 %. */
const draws = 1000;

function shown(input: string | readonly number[], columns = 1000): string {
	return visibleBytes(typeof input === 'string' ? Buffer.from(input) : Uint8Array.from(input), columns).text;
}

for (const [text, expected] of [
	['hello', 'hello'],
	['안녕 친구', '안녕 친구'],
	['a\nb\r\n\t\0', String.raw`a\nb\r\n\t\0`],
	['\u{0}0\u{0}7\u{0}8', String.raw`\x000\x007\08`],
	[String.raw`a\n`, String.raw`a\\n`],
	['\u{1B}[2J', String.raw`\x1b[2J`],
	['\u{1B}]0;owned\u{7}', String.raw`\x1b]0;owned\x07`],
	['\u{7F}', String.raw`\x7f`],
	['\u{9B}31m', String.raw`\u{9b}31m`],
	['\u{85}\u{90}\u{9D}', String.raw`\u{85}\u{90}\u{9d}`],
	['abc\u{202E}cba', String.raw`abc\u{202e}cba`],
	['\u{2066}x\u{2069}\u{200F}\u{61C}', String.raw`\u{2066}x\u{2069}\u{200f}\u{61c}`],
	['\u{200B}\u{FEFF}\u{AD}\u{2060}', String.raw`\u{200b}\u{feff}\u{ad}\u{2060}`],
	['\u{A0}\u{3000}\u{2028}\u{2029}', String.raw`\u{a0}\u{3000}\u{2028}\u{2029}`],
	['\u{3164}\u{115F}', String.raw`\u{3164}\u{115f}`],
	['\u{E0041}', String.raw`\u{e0041}`],
	['\u{378}\u{FFFF}', String.raw`\u{378}\u{ffff}`],
	['é', 'é'],
	['e\u{301}', 'e\u{301}'],
	['\u{301}', String.raw`\u{301}`],
	['👍', '👍'],
	['👍🏽', '👍'],
	['❤️', '❤'],
	['🏽', String.raw`\u{1f3fd}`],
	['👩‍👩‍👧', '👩‍👩‍👧'],
	['🇰🇷', '🇰🇷'],
	['1️⃣', String.raw`1\u{fe0f}\u{20e3}`],
	['a\u{200D}b', String.raw`a\u{200d}b`],
] as const) {
	test(`shows ${JSON.stringify(text)} as ${expected}`, t => {
		t.is(shown(text), expected);
	});
}

for (const [bytes, expected] of [
	[[0xFF], String.raw`\xff`],
	[[0x80, 0x61], String.raw`\x80a`],
	[[0x61, 0xED, 0x95], String.raw`a\xed\x95`],
	[[0xED, 0x95, 0x9C, 0xFF, 0xEA], String.raw`한\xff\xea`],
	[[0xC0, 0x80], String.raw`\xc0\x80`],
	[[0xED, 0xA0, 0x80], String.raw`\xed\xa0\x80`],
	[[0xF4, 0x90, 0x80, 0x80], String.raw`\xf4\x90\x80\x80`],
	[[0xFF, 0x1B, 0x5B], String.raw`\xff\x1b[`],
	[[0xFF, 0xC2, 0x9B], String.raw`\xff\u{9b}`],
] as const) {
	test(`shows bytes ${Buffer.from(bytes).toString('hex')} as ${expected}`, t => {
		t.is(shown(bytes), expected);
	});
}

test('shows every byte value as something that can be seen', t => {
	for (let byte = 0; byte < 256; byte++) {
		const text = shown([byte]);
		t.regex(text, /^[ -~]+$/, `byte ${byte}`);
	}

	t.regex(shown(Array.from({length: 256}, (_, byte) => byte), 10_000), /^[ -~]+$/);
});

test('shows more than four marks on a letter as escapes', t => {
	const text = shown(`a${'\u{301}'.repeat(6)}`);
	t.is(text, `a${'\u{301}'.repeat(4)}${String.raw`\u{301}\u{301}`}`);
});

test('never lets a control or invisible character through, for any bytes and wherever they are cut', t => {
	fc.assert(fc.property(hostileBytes, fc.integer({min: 1, max: 120}), fc.boolean(), (bytes, columns, isWhole) => {
		const {text} = visibleBytes(bytes, columns, isWhole);
		t.notRegex(
			text,
			/[[\p{Control}\p{Format}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]--[\u{200D}]]/v,
			`in ${JSON.stringify(text)}`,
		);
		t.notRegex(text, looseJoiner, `in ${JSON.stringify(text)}`);
	}), {numRuns: draws});
});

test('never lets a skin tone or a presentation selector through, about whose width terminals disagree', t => {
	t.is(shown('a🏽'), String.raw`a\u{1f3fd}`);
	fc.assert(fc.property(hostileBytes, bytes => {
		t.notRegex(visibleBytes(bytes, 200).text, forbidden);
	}), {numRuns: draws});
});

test('takes the columns that it says, at most those that it was given', t => {
	fc.assert(fc.property(hostileBytes, fc.integer({min: 1, max: 120}), fc.boolean(), (bytes, columns, isWhole) => {
		const visible = visibleBytes(bytes, columns, isWhole);
		fc.pre(!/[\u{D4E}\u{1F3FB}-\u{1F3FF}]/u.test(visible.text));
		t.is(visible.columns, textWidth(visible.text), `in ${JSON.stringify(visible.text)}`);
		t.true(visible.columns <= columns);
	}), {numRuns: draws});
});

test('takes the columns that it says also where a character joins with the escape beside it', t => {
	for (const text of ['\u{D4E}\n', '\u{6DD}\u{D4E}\n', '\n\u{1F3FB}\u{940}']) {
		const visible = visibleBytes(Buffer.from(text), 40);
		t.is(visible.columns, textWidth(visible.text), `in ${JSON.stringify(text)}`);
	}
});

test('takes no column where there is none', t => {
	t.deepEqual(visibleBytes(Buffer.from('abc'), 0), {text: '', columns: 0, isCut: true});
});

test('says that it is cut, with a mark at the end, exactly when something is missing', t => {
	fc.assert(fc.property(mixedText, fc.integer({min: 1, max: 60}), (string, columns) => {
		const bytes = Buffer.from(string);
		const all = visibleBytes(bytes, 100_000);
		const some = visibleBytes(bytes, columns);
		t.false(all.isCut);
		t.is(some.isCut, all.columns > columns);
		t.is(some.text, some.isCut ? `${all.text.slice(0, some.text.length - 1)}…` : all.text);
	}), {numRuns: draws});
});

test('says that there is more when it has the beginning only, without showing half a character', t => {
	t.deepEqual(visibleBytes(Buffer.from('한글').subarray(0, 5), 20, false), {text: '한…', columns: 3, isCut: true});
	t.deepEqual(visibleBytes(Buffer.from('한글').subarray(0, 5), 20, true), {
		text: String.raw`한\xea\xb8`,
		columns: 10,
		isCut: false,
	});
	t.deepEqual(visibleBytes(Buffer.from('abc'), 3, false), {text: 'ab…', columns: 3, isCut: true});
});

test('does not split a wide character at the edge', t => {
	t.deepEqual(visibleBytes(Buffer.from('한글'), 4), {text: '한글', columns: 4, isCut: false});
	t.deepEqual(visibleBytes(Buffer.from('한글'), 3), {text: '한…', columns: 3, isCut: true});
	t.deepEqual(visibleBytes(Buffer.from('한글'), 2), {text: '…', columns: 1, isCut: true});
});

test('cuts plain ASCII as it cuts everything else', t => {
	t.deepEqual(visibleBytes(Buffer.from('abc\u{301}'), 3), {text: 'abc\u{301}', columns: 3, isCut: false});
	t.deepEqual(visibleBytes(Buffer.from('abcd\u{301}'), 3), {text: 'ab…', columns: 3, isCut: true});
	t.deepEqual(visibleBytes(Buffer.from('abc\\'), 4), {text: 'abc…', columns: 4, isCut: true});
	t.deepEqual(visibleBytes(Buffer.from('abc'), 9, false), {text: 'abc…', columns: 4, isCut: true});
	for (const columns of [0, -3]) {
		t.deepEqual(visibleBytes(Buffer.from('a'), columns), {text: '', columns: 0, isCut: true});
		t.deepEqual(visibleBytes(new Uint8Array(0), columns), {text: '', columns: 0, isCut: false});
	}

	// A backslash in front is no plain ASCII, and shows as two.
	fc.assert(fc.property(
		fc.string({unit: 'grapheme-ascii', maxLength: 40}),
		fc.boolean(),
		fc.integer({min: 3, max: 30}),
		(text, isWhole, columns) => {
			const plain = text.replaceAll('\\', '/');
			const {text: quick, ...rest} = visibleBytes(Buffer.from(plain), columns - 2, isWhole);
			t.deepEqual(visibleBytes(Buffer.from(`\\${plain}`), columns, isWhole), {
				text: `\\\\${quick}`,
				columns: rest.columns + 2,
				isCut: rest.isCut,
			});
		},
	));
});

test('costs only as much as can be shown, however long the payload', t => {
	const {text, columns, isCut} = visibleBytes(Buffer.alloc(50_000_000, '\u{1B}'), 40);
	t.true(isCut);
	t.true(columns <= 40);
	t.true(text.startsWith(String.raw`\x1b\x1b`));
});

test('keeps a typed backslash as it is, and nothing else that a payload may not show', t => {
	t.is(visibleTyped('\\'), '\\');
	t.is(visibleTyped('한'), '한');
	t.is(visibleTyped('\u{202E}'), String.raw`\u{202e}`);
	t.is(visibleTyped('\u{1B}'), String.raw`\x1b`);
	t.is(visibleTyped('👍🏽'), '👍');
});
