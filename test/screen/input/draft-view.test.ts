import test from 'ava';
import fc from 'fast-check';
import {
	type Draft, emptyDraft, insertPaste, insertText, moveCaret,
} from '../../../source/screen/input/line/draft.ts';
import {viewDraft} from '../../../source/screen/input/line/draft-view.ts';
import {messageLine} from '../../../source/screen/input/line/line-text.ts';
import {newPaneState} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import textWidth from '../../../source/text/width/width.ts';
import {painted} from '../../helpers/painted.ts';
import {sceneView} from '../../helpers/terminal-scene.ts';

function view(draft: Draft, columns: number): {text: string; columns: number; caret: number} {
	const {spans, ...rest} = viewDraft(draft, columns, block => `[${block.lines}]`);
	return {text: spans.map(({text}) => text).join(''), ...rest};
}

test('a line that fits shows whole, with the caret behind what is left of it', t => {
	t.deepEqual(view(insertText(emptyDraft, '안녕 ab'), 20), {text: '안녕 ab', columns: 7, caret: 7});
	t.deepEqual(view(moveCaret(insertText(emptyDraft, '안녕 ab'), -4), 20), {text: '안녕 ab', columns: 7, caret: 2});
	t.deepEqual(view(emptyDraft, 20), {text: '', columns: 0, caret: 0});
});

test('a line that is too long moves under the caret, and marks the sides on which there is more', t => {
	const draft = insertText(emptyDraft, 'abcdefghij');
	const atEnd = view(draft, 6);
	t.true(atEnd.text.startsWith('…'));
	t.true(atEnd.text.endsWith('j'));
	t.is(atEnd.caret, 5);
	const atStart = view(moveCaret(draft, -10), 6);
	t.is(atStart.text, 'abcde…');
	t.is(atStart.caret, 0);
});

test('what cannot be seen is shown as the escape that one would type for it', t => {
	t.is(view(insertText(emptyDraft, 'a\u{202E}b\u{1B}\\'), 40).text, String.raw`a\u{202e}b\x1b` + '\\');
});

test('a pasted block shows as what describes it', t => {
	t.is(view(insertPaste(insertText(emptyDraft, 'a '), '1\n2'), 40).text, 'a [2]');
});

test('for any text typed, the view fits and the caret is in it', t => {
	const cells = fc.array(fc.constantFrom('a', ' ', '안', '👍', 'e\u{301}', '\u{7}', '\u{200B}', '👨‍👩‍👧', '\\'), {
		maxLength: 60,
	});
	t.notThrows(() => {
		fc.assert(fc.property(cells, fc.nat(60), fc.integer({min: 8, max: 40}), (typed, caret, columns) => {
			const shown = view({cells: typed, caret: Math.min(caret, typed.length)}, columns);
			return (
				textWidth(shown.text) <= columns
				&& shown.columns === textWidth(shown.text)
				&& shown.caret >= 0
				&& shown.caret < columns
				&& shown.caret <= shown.columns
			);
		}));
	});
});

test('the message line shows what is taken for an escape, counts it, and counts the bytes that are sent', t => {
	const line = (typed: string, ending: 'none' | 'crlf' = 'none'): string[] => {
		const draft = insertText(emptyDraft, typed);
		return painted(messageLine({...newPaneState, draft, ending}, 2, sceneView(), 60, en).text);
	};

	t.deepEqual(line(String.raw`\033[0m`), ['bold: >', String.raw`magenta: \033`, 'dim: 1 escape · 4 B']);
	t.deepEqual(line(String.raw`a\q\e\x1b`, 'crlf'), [
		'bold: >', String.raw`magenta: \e\x1b`, 'dim: 2 escapes · 7 B +CRLF',
	]);
	t.deepEqual(line('plain'), ['bold: >', 'dim: 5 B']);
});
