import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {cutVisible, cutVisibleStart, visiblePieces} from '../../../source/flow/drawing/columns.ts';
import {visibleBytes} from '../../../source/text/width/visible.ts';
import {hostileBytes} from '../../helpers/hostile-text.ts';

test('escapes are not cut', t => {
	t.is(cutVisible(String.raw`ab\x1bcd`, 8), String.raw`ab\x1bcd`);
	t.is(cutVisible(String.raw`ab\x1bcd`, 7), String.raw`ab\x1b…`);
	t.is(cutVisible(String.raw`ab\x1bcd`, 6), 'ab…');
	t.is(cutVisible(String.raw`\\\\`, 3), String.raw`\\…`);
	t.is(cutVisible(String.raw`\u{202e}`, 8), String.raw`\u{202e}`);
	t.is(cutVisible(String.raw`\u{202e}`, 7), '…');
});

test('wide characters are not cut', t => {
	t.is(cutVisible('안녕', 4), '안녕');
	t.is(cutVisible('안녕', 3), '안…');
	t.is(cutVisible('안녕', 2), '…');
	t.is(cutVisible('👩‍👩‍👧‍👦👋', 3), '👩‍👩‍👧‍👦…');
	t.is(cutVisible('abc', 0), '');
});

test('what is cut at its beginning keeps its end', t => {
	t.is(cutVisibleStart('127.0.0.1:5555', 14), '127.0.0.1:5555');
	t.is(cutVisibleStart('127.0.0.1:5555', 8), '….1:5555');
	t.is(cutVisibleStart('안녕', 3), '…녕');
	t.is(cutVisibleStart('안녕', 2), '…');
	t.is(cutVisibleStart('abc', 0), '');
});

test('any visible text is cut to the columns that there are, and its pieces have its columns', t => {
	fc.assert(fc.property(hostileBytes, fc.nat(70), (bytes, columns) => {
		const {text} = visibleBytes(bytes, 60);
		const pieces = [...visiblePieces(text)];
		t.is(pieces.map(piece => piece.text).join(''), text);
		t.is(pieces.reduce((sum, piece) => sum + piece.columns, 0), stringWidth(text));
		for (const cut of [cutVisible(text, columns), cutVisibleStart(text, columns)]) {
			t.true(stringWidth(cut) <= columns);
			t.true(cut === text || columns === 0 || cut.includes('…'));
		}
	}), {numRuns: 500});
});
