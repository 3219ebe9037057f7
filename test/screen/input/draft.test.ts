import test from 'ava';
import {
	bytesOfDraft,
	deleteCell,
	deleteToStart,
	deleteWord,
	type Draft,
	emptyDraft,
	insertPaste,
	insertText,
	moveByWord,
	moveCaret,
} from '../../../source/screen/input/line/draft.ts';

const family = '👨‍👩‍👧';

function typed(...keys: readonly string[]): Draft {
	let draft = emptyDraft;
	for (const key of keys) {
		draft = insertText(draft, key);
	}

	return draft;
}

test('graphemes are cells, however they were typed', t => {
	t.deepEqual(typed('a', '안', family).cells, ['a', '안', family]);
	t.deepEqual(typed(...family).cells, [family]);
	t.deepEqual(typed('e', '\u{301}', 'x').cells, ['e\u{301}', 'x']);
	t.deepEqual(typed('🇰', '🇷').cells, ['🇰🇷']);
	t.is(typed('abc').caret, 3);
});

test('text goes where the caret stands', t => {
	const draft = insertText(moveCaret(typed('ac'), -1), 'b');
	t.deepEqual(draft, {cells: ['a', 'b', 'c'], caret: 2});
});

test('the caret stays within the line', t => {
	t.is(moveCaret(typed('abc'), -10).caret, 0);
	t.is(moveCaret(typed('abc'), 10).caret, 3);
	t.is(moveCaret(emptyDraft, Number.NEGATIVE_INFINITY).caret, 0);
	t.is(moveCaret(typed('abc'), Number.POSITIVE_INFINITY).caret, 3);
});

test('words are stepped over to their far end', t => {
	const draft = typed('one  두 three');
	t.deepEqual(
		[draft, moveByWord(draft, -1), moveByWord(moveByWord(draft, -1), -1)].map(({caret}) => caret),
		[12, 7, 5],
	);
	const start = moveCaret(draft, Number.NEGATIVE_INFINITY);
	t.deepEqual([moveByWord(start, 1), moveByWord(moveByWord(start, 1), 1)].map(({caret}) => caret), [3, 6]);
	t.is(moveByWord(start, -1).caret, 0);
});

test('deleting takes one cell, and at an end none', t => {
	t.deepEqual(deleteCell(typed('a', family), -1), {cells: ['a'], caret: 1});
	t.deepEqual(deleteCell(moveCaret(typed('안녕'), -2), 1), {cells: ['녕'], caret: 0});
	t.deepEqual(deleteCell(emptyDraft, -1), emptyDraft);
	t.deepEqual(deleteCell(typed('a'), 1), typed('a'));
	t.deepEqual(deleteToStart(moveCaret(typed('abc'), -1)), {cells: ['c'], caret: 0});
	t.deepEqual(deleteWord(typed('one two ')), {cells: [...'one '], caret: 4});
});

test('one pasted line is text, several are a block, and so is one that is very long', t => {
	t.deepEqual(insertPaste(typed('a'), 'b안').cells, ['a', 'b', '안']);
	t.deepEqual(insertPaste(typed('a'), 'b\n안\n').cells, ['a', {text: 'b\n안\n', lines: 3, bytes: 6}]);
	t.deepEqual(insertPaste(emptyDraft, 'x'.repeat(501)).cells, [{text: 'x'.repeat(501), lines: 1, bytes: 501}]);
	t.deepEqual(deleteCell(insertPaste(emptyDraft, '1\n2'), -1), emptyDraft);
});

test('a message is the bytes of what was typed, with escapes, and of what was pasted, without', t => {
	const bytes = (draft: Draft): string => Buffer.from(bytesOfDraft(draft)).toString('hex');
	t.is(bytes(emptyDraft), '');
	t.is(bytes(typed(String.raw`a\n\xff`)), '610aff');
	t.is(bytes(insertPaste(typed(String.raw`\t`), 'x\\n\ny')), '09785c6e0a79');
	t.is(bytes(insertText(insertPaste(typed('a'), '1\n2'), '안')), '61310a32ec9588');
});
