import test from 'ava';
import {
	deleteCell,
	deleteToStart,
	deleteWord,
	type Draft,
	emptyDraft,
	escapedCells,
	insertCells,
	insertPaste,
	insertText,
	lengthOfMessage,
	type LineEnding,
	messageOf,
	moveByWord,
	moveCaret,
	pastedLines,
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
	t.deepEqual(insertPaste(typed('a'), 'b\n안\r\n').cells, [
		'a', {
			text: 'b\n안\r\n', lines: 3, bytes: 7, breakBytes: 3, isBinary: false,
		},
	]);
	t.like(insertPaste(emptyDraft, 'x'.repeat(501)).cells[0], {lines: 1, bytes: 501});
	t.deepEqual(deleteCell(insertPaste(emptyDraft, '1\n2'), -1), emptyDraft);
});

test('a message is the bytes of what was typed, with escapes, and of what was pasted, without', t => {
	const bytes = (draft: Draft): string => Buffer.from(messageOf(draft, 'none')).toString('hex');
	t.is(bytes(emptyDraft), '');
	t.is(bytes(typed(String.raw`a\n\xff`)), '610aff');
	t.is(bytes(insertPaste(typed(String.raw`\t`), 'x\\n\ny')), '09785c6e0a79');
	t.is(bytes(insertText(insertPaste(typed('a'), '1\n2'), '안')), '61310a32ec9588');
});

const sent = (draft: Draft, ending: LineEnding): string => Buffer.from(messageOf(draft, ending)).toString('latin1');

test('the lines of a paste end as messages do, and the last one once; without an ending, as they were pasted', t => {
	const request = 'GET / HTTP/1.1\nHost: a';
	const wanted: ReadonlyArray<readonly [LineEnding, string]> = [
		['none', 'GET / HTTP/1.1\nHost: a'],
		['lf', 'GET / HTTP/1.1\nHost: a\n'],
		['crlf', 'GET / HTTP/1.1\r\nHost: a\r\n'],
		['cr', 'GET / HTTP/1.1\rHost: a\r'],
		['nul', 'GET / HTTP/1.1\0Host: a\0'],
	];
	for (const [ending, bytes] of wanted) {
		t.is(sent(insertPaste(emptyDraft, request), ending), bytes);
		t.is(sent(insertPaste(emptyDraft, `${request}\n`), ending), ending === 'none' ? `${bytes}\n` : bytes);
		t.is(
			sent(insertPaste(emptyDraft, request.replace('\n', '\r\n')), ending),
			ending === 'none' ? bytes.replace('\n', '\r\n') : bytes,
		);
		t.is(sent(insertText(insertPaste(emptyDraft, 'a\n'), 'b'), ending), sent(insertPaste(emptyDraft, 'a\nb'), ending));
		for (const draft of [
			emptyDraft,
			typed('a'),
			insertPaste(typed(String.raw`\e`), '1\r\n2\n'),
			insertText(insertPaste(emptyDraft, '안\n2'), 'x'),
		]) {
			t.is(lengthOfMessage(draft, ending), messageOf(draft, ending).length);
		}
	}

	t.is(sent(insertPaste(emptyDraft, 'a\r\n\r\n'), 'crlf'), 'a\r\n\r\n');
});

test('CR CR for each line end of a paste is one line end, and two of them between others are an empty line', t => {
	for (const [received, text, isPaired] of [
		['GET / HTTP/1.1\r\rHost: a\r\r', 'GET / HTTP/1.1\nHost: a\n', true],
		['GET / HTTP/1.1\r\rHost: a\r\r\r\r', 'GET / HTTP/1.1\nHost: a\n\n', true],
		['one\r\rtwo', 'one\ntwo', true],
		['one\rtwo\r\rthree', 'one\ntwo\n\nthree', false],
		['GET / HTTP/1.0\r\r', 'GET / HTTP/1.0\n\n', false],
		['one\r\ntwo\r\n\r\n', 'one\r\ntwo\r\n\r\n', false],
		['one\rtwo', 'one\ntwo', false],
		['one', 'one', false],
	] as const) {
		t.deepEqual(pastedLines(received), {text, isPaired});
	}
});

test('pasted bytes that are not UTF-8 are a block, and are sent as they are', t => {
	const draft = insertPaste(emptyDraft, 'caf\u{DCE9}\nx');
	t.like(draft.cells[0], {lines: 2, bytes: 6, isBinary: true});
	t.is(Buffer.from(messageOf(draft, 'none')).toString('hex'), '636166e90a78');
	t.is(Buffer.from(messageOf(draft, 'crlf')).toString('hex'), '636166e90d0a780d0a');
	t.is(lengthOfMessage(draft, 'crlf'), 9);
	t.like(insertPaste(emptyDraft, '\u{DCFF}').cells[0], {lines: 1, bytes: 1});
});

test('what is taken for an escape is known by its cells, and counted', t => {
	const escaped = (draft: Draft): readonly [number[], number] => {
		const {cells, count} = escapedCells(draft);
		return [[...cells], count];
	};

	t.deepEqual(escaped(typed(String.raw`\033[0m`)), [[0, 1, 2, 3], 1]);
	t.deepEqual(escaped(typed('안', String.raw`\q\e`)), [[3, 4], 1]);
	t.deepEqual(escaped(insertText(insertPaste(typed(String.raw`\0`), '\\n\n'), String.raw`x\x1b\\`)), [
		[0, 1, 4, 5, 6, 7, 8, 9], 3,
	]);
	t.deepEqual(escaped(typed('plain')), [[], 0]);
});

test('what is typed at the end of a line that was looked at is known as if the line were looked at anew', t => {
	const pieces = ['ab\\', 'x', '4', '1', '\u{301}', 'e', '\u{301}', String.raw`\n`, '한', 'z'];
	let draft = insertPaste(emptyDraft, 'two\nlines');
	for (const piece of pieces) {
		draft = insertText(draft, piece);
		const anew: Draft = {cells: [...draft.cells], caret: draft.caret};
		t.is(lengthOfMessage(draft, 'lf'), lengthOfMessage(anew, 'lf'), piece);
		t.deepEqual(escapedCells(draft), escapedCells(anew), piece);
		t.deepEqual(messageOf(draft, 'none'), messageOf(anew, 'none'), piece);
	}

	draft = insertText(moveCaret(draft, -1), 'in');
	t.deepEqual(messageOf(draft, 'none'), messageOf({cells: [...draft.cells], caret: 0}, 'none'));
});

test('what was deleted is put back at the caret', t => {
	t.deepEqual(insertCells(moveCaret(typed('ad'), -1), ['b', 'c']), {cells: [...'abcd'], caret: 3});
});

/** Processor time of the fastest of two runs, in milliseconds. */
function fastest(run: () => void): number {
	return Math.min(...[1, 2].map(() => {
		const before = process.cpuUsage();
		run();
		const {user, system} = process.cpuUsage(before);
		return (user + system) / 1000;
	}));
}

test('a key in a line of thousands of characters copies the line, and does no more with it', t => {
	const keys = 14_000;
	const typing = fastest(() => {
		typed(...Array.from({length: keys}, () => 'x'));
	});
	const copying = fastest(() => {
		let cells: readonly string[] = [];
		for (let key = 0; key < keys; key++) {
			cells = cells.toSpliced(key, 0, 'x');
		}
	});
	t.true(typing < 3 * copying, `${typing} ms for ${copying} ms`);
});

test('a text of more characters than a call takes arguments is inserted', t => {
	const length = 200_000;
	t.is(insertText(typed('a', 'b'), 'x'.repeat(length)).caret, length + 2);
});
