import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {
	invert, keepEnd, paint, paintApart, type Span, widthOf, wrap, wrapSpans,
} from '../../../source/screen/frame/paint.ts';
import textWidth from '../../../source/text/width/width.ts';

const text = fc
	.array(fc.constantFrom('a', 'bc', ' ', '안', '👍', '→', '│', '…', 'é'), {maxLength: 30})
	.map(parts => parts.join(''));
const spans = fc.array(fc.record({text, tone: fc.constantFrom('plain', 'dim', 'strong', 'error', 'focus')}), {
	maxLength: 6,
}) as fc.Arbitrary<Span[]>;

test('a line is filled up to its columns', t => {
	t.is(textWidth(paint([{text: '안녕'}, {text: ' x', tone: 'error'}], 10)), 10);
	t.is(paint([], 3), '   ');
});

test('a line that is too long is cut, and says so', t => {
	t.is(paint([{text: 'abcdef'}], 4), 'abc…');
	t.is(paint([{text: '안녕하'}], 4), '안… ');
	t.is(paint([{text: '안녕하'}], 5), '안녕…');
});

test('two ends keep the right one whole', t => {
	t.is(paintApart([{text: 'left side'}], [{text: ' end'}], 10), 'left … end');
	t.is(paintApart([{text: 'l'}], [{text: 'r'}], 5), 'l   r');
});

test('a line takes exactly its columns, for any spans', t => {
	t.notThrows(() => {
		fc.assert(fc.property(spans, spans, fc.integer({min: 1, max: 60}), (left, right, columns) =>
			textWidth(paint(left, columns)) === columns && textWidth(paintApart(left, right, columns)) === columns));
	});
});

test('a sentence is broken at its spaces, and a long word where it must be', t => {
	t.deepEqual(wrap('the peer does not read', 10), ['the peer', 'does not', 'read']);
	t.deepEqual(wrap('가나다라마바', 5), ['가나', '다라', '마바']);
	t.deepEqual(wrap('', 5), ['']);
});

test('wrapped lines fit, and nothing but spaces is lost', t => {
	t.notThrows(() => {
		fc.assert(fc.property(text, fc.integer({min: 2, max: 40}), (sentence, columns) => {
			const lines = wrap(sentence, columns);
			return (
				lines.every((line, index) => textWidth(line) <= columns && (index === 0 || !line.startsWith(' ')))
				&& lines.join('').replaceAll(' ', '') === sentence.replaceAll(' ', '')
			);
		}));
	});
	t.is(widthOf([{text: '안'}, {text: 'a', tone: 'dim'}]), 3);
});

test('of a text that does not fit its end is kept, in at most its columns, behind an ellipsis', t => {
	fc.assert(fc.property(text, fc.integer({min: 1, max: 40}), (whole, columns) => {
		const kept = keepEnd(whole, columns);
		t.true(textWidth(kept) <= columns);
		t.true(textWidth(whole) <= columns ? kept === whole : kept.startsWith('…') && whole.endsWith(kept.slice(1)));
	}));
});

test('spans are broken at their spaces, and keep their tones on every line', t => {
	t.deepEqual(wrapSpans([{text: 'write 1 ', tone: 'strong'}, {text: 'of client 2', tone: 'dim'}], 10), [
		[{text: 'write ', tone: 'strong'}, {text: '1 ', tone: 'strong'}, {text: 'of', tone: 'dim'}],
		[{text: 'client ', tone: 'dim'}, {text: '2', tone: 'dim'}],
	]);
	t.deepEqual(wrapSpans([], 10), [[]]);
});

test('wrapped spans fit, spaces at the end of a line included, and nothing but spaces is lost', t => {
	const pieces = fc
		.array(fc.constantFrom('ab', ' ', '  ', '안녕 ', 'x ', 'y', ' ms'), {maxLength: 5})
		.map(parts => parts.join(''));
	const words = fc.array(fc.record({text: pieces, tone: fc.constantFrom('plain', 'dim')}), {
		maxLength: 8,
	}) as fc.Arbitrary<Span[]>;
	t.notThrows(() => {
		fc.assert(fc.property(words, fc.integer({min: 24, max: 60}), (given, columns) => {
			const lines = wrapSpans(given, columns);
			const text = (line: readonly Span[]): string => line.map(span => span.text).join('');
			return (
				lines.every((line, index) => widthOf(line) <= columns && (index === 0 || !text(line).startsWith(' ')))
				&& lines
					.map(line => text(line))
					.join('')
					.replaceAll(' ', '') === text(given).replaceAll(' ', '')
			);
		}));
	});
});

test('a line in reverse has the same text, without its own colours', t => {
	const line = paint([{text: 'error', tone: 'error'}, {text: ' 안녕', tone: 'dim'}], 12);
	t.is(stripVTControlCharacters(invert(line)), stripVTControlCharacters(line));
});

test('what could break a line, or the order of what is drawn, shows as an escape, in every text', t => {
	const hostile = 'a\nb\u{1B}[2Jc\u{202E}d\u{2028}e\u{9B}f';
	const shown = String.raw`a\nb\x1b[2Jc\u{202e}d\u{2028}e\u{9b}f`;
	t.is(paint([{text: hostile}], 60).trimEnd(), shown);
	t.is(paint([{text: hostile}], 4), String.raw`a\n…`);
	t.is(widthOf([{text: hostile}]), shown.length);
	t.is(keepEnd(hostile, 60), shown);
	t.deepEqual(wrap(hostile, 60), [shown]);
	t.deepEqual(wrapSpans([{text: hostile}], 60).flat().map(({text: part}) => part), [shown]);
	const family = '👨\u{200D}👩\u{200D}👧 is one emoji';
	t.is(paint([{text: family}], 60).trimEnd(), family);
});

test('a line ends between no number and its unit, with a Korean particle behind it or not', t => {
	for (const amount of ['30 %', '30 %가', '65,508 B는', '9 B', '12 ms', '1.5 KiB로']) {
		const columns = textWidth(`ab ${amount}`) - 1;
		t.is(wrap(`ab ${amount} cdefghi`, columns)[1], amount);
		t.is(wrapSpans([{text: `ab ${amount} cdefghi`}], columns)[1]?.[0]?.text.trimEnd(), amount);
	}

	t.deepEqual(wrap('5 servers', 4), ['5', 'serv', 'ers']);
});
