import test from 'ava';
import fc from 'fast-check';
import {
	paint, paintApart, type Span, widthOf, wrap,
} from '../../source/screen/paint.ts';
import textWidth from '../../source/text/width.ts';

const text = fc.array(fc.constantFrom('a', 'bc', ' ', '안', '👍', '→', '│', '…', 'é'), {maxLength: 30}).map(parts => parts.join(''));
const spans = fc.array(fc.record({text, tone: fc.constantFrom('plain', 'dim', 'strong', 'error', 'focus')}), {maxLength: 6}) as fc.Arbitrary<Span[]>;

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

test('whatever the spans, a line takes exactly its columns', t => {
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
			return lines.every(line => textWidth(line) <= columns) && lines.join('').replaceAll(' ', '') === sentence.replaceAll(' ', '');
		}));
	});
	t.is(widthOf([{text: '안'}, {text: 'a', tone: 'dim'}]), 3);
});
