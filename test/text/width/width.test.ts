import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {brokenText, kinds} from '../../helpers/hostile-text.ts';
import textWidth from '../../../source/text/width/width.ts';

for (const [kind, piece] of Object.entries(kinds)) {
	test(`is as wide as string-width says, of ${kind} among Latin, Hangul and lines`, t => {
		const text = fc
			.array(fc.oneof(piece, piece, kinds.ascii, kinds.hangul, kinds.box, kinds.sgr), {maxLength: 12})
			.map(pieces => pieces.join(''));
		fc.assert(fc.property(text, string => {
			t.is(textWidth(string), stringWidth(string), `in ${JSON.stringify(string)}`);
		}), {numRuns: 1000});
	});
}

test('is as wide as string-width says, of any mixture', t => {
	fc.assert(fc.property(brokenText, string => {
		t.is(textWidth(string), stringWidth(string), `in ${JSON.stringify(string)}`);
	}), {numRuns: 2000}); // What one in 400 draws shows is seen with a probability of 99.3 %.
});

test('is as wide as string-width says, of every character of the basic plane, alone and between others', t => {
	const wrong: string[] = [];
	for (let code = 0; code <= 0xFF_FF; code++) {
		const character = String.fromCharCode(code);
		if (
			textWidth(character) !== stringWidth(character)
			|| textWidth(`한${character}a`) !== stringWidth(`한${character}a`)
		) {
			wrong.push(code.toString(16));
		}
	}

	t.deepEqual(wrong, []);
});

test('takes the options of string-width', t => {
	t.is(textWidth('±…', {ambiguousIsNarrow: false}), stringWidth('±…', {ambiguousIsNarrow: false}));
	t.is(
		textWidth('\u{1B}[1ma', {countAnsiEscapeCodes: true}),
		stringWidth('\u{1B}[1ma', {countAnsiEscapeCodes: true}),
	);
});

test('counts columns of what the screen shows', t => {
	t.is(textWidth(''), 0);
	t.is(textWidth('abc'), 3);
	t.is(textWidth('안녕'), 4);
	t.is(textWidth('│ ● ○ … ─'), 9);
	t.is(textWidth('\u{1B}[1;38;5;250m한\u{1B}[0m'), 2);
	t.is(textWidth('👍🏽'), 2);
});
