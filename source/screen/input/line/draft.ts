import {bytesOfTyped} from '../../../text/escapes.ts';
import {encodeUtf8} from '../../../text/utf8.ts';

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** What a paste of several lines, or a very long one, becomes in the line: one thing that shows its size. */
type Block = {readonly text: string; readonly lines: number; readonly bytes: number};

/** One place of the line: a grapheme, or a pasted block. */
export type Cell = string | Block;

/** A half-typed message: what is there, and before which cell the caret stands. */
export type Draft = {readonly cells: readonly Cell[]; readonly caret: number};

/** A line with nothing in it: a datagram of 0 bytes in UDP; in TCP there is nothing to write. */
export const emptyDraft: Draft = {cells: [], caret: 0};

/** A paste longer than this stands in the line as a block even when it is one line, in UTF-16 units. */
const longestPastedLine = 500;

/**
Type text at the caret. A character that joins the one before it (an accent, a part of an emoji) becomes part of it.
*/
export function insertText({cells, caret}: Draft, text: string): Draft {
	const before = cells[caret - 1];
	const joined = typeof before === 'string' ? before + text : text;
	const kept = typeof before === 'string' ? caret - 1 : caret;
	const inserted = Array.from(segmenter.segment(joined), ({segment}) => segment);
	return {cells: [...cells.slice(0, kept), ...inserted, ...cells.slice(caret)], caret: kept + inserted.length};
}

/** Paste at the caret: one line becomes text like any typed, several lines a block that is sent as it was pasted. */
export function insertPaste(draft: Draft, text: string): Draft {
	if (!text.includes('\n') && text.length <= longestPastedLine) {
		return insertText(draft, text);
	}

	const {cells, caret} = draft;
	const block = {text, lines: text.split('\n').length, bytes: Buffer.byteLength(text)};
	return {cells: [...cells.slice(0, caret), block, ...cells.slice(caret)], caret: caret + 1};
}

/** Move the caret by a number of cells, to the right or (below 0) to the left, within the line. */
export function moveCaret({cells, caret}: Draft, steps: number): Draft {
	return {cells, caret: Math.max(0, Math.min(cells.length, caret + steps))};
}

/** Move the caret to the beginning or the end of a word, as Ctrl or Alt with an arrow does. */
export function moveByWord(draft: Draft, direction: 1 | -1): Draft {
	return {...draft, caret: wordBorder(draft, direction)};
}

/** Delete the cell before the caret (-1) or after it (1). */
export function deleteCell({cells, caret}: Draft, direction: 1 | -1): Draft {
	const at = direction === -1 ? caret - 1 : caret;
	return at < 0 || at >= cells.length ? {cells, caret} : {cells: cells.toSpliced(at, 1), caret: at};
}

/** Delete from the caret back to the beginning of the line (Ctrl+U). */
export function deleteToStart({cells, caret}: Draft): Draft {
	return {cells: cells.slice(caret), caret: 0};
}

/** Delete the word before the caret (Ctrl+W). */
export function deleteWord(draft: Draft): Draft {
	const start = wordBorder(draft, -1);
	return {cells: draft.cells.toSpliced(start, draft.caret - start), caret: start};
}

/** The typed text, with pasted blocks unchanged. */
export function textOfDraft({cells}: Draft): string {
	return cells.map(cell => (typeof cell === 'string' ? cell : cell.text)).join('');
}

/** The bytes of this message: typed escapes are resolved, pasted blocks are taken unchanged. */
export function bytesOfDraft({cells}: Draft): Uint8Array {
	const parts: Uint8Array[] = [];
	let typed = '';
	for (const cell of cells) {
		if (typeof cell === 'string') {
			typed += cell;
		} else {
			parts.push(bytesOfTyped(typed), encodeUtf8(cell.text));
			typed = '';
		}
	}

	parts.push(bytesOfTyped(typed));
	const [only] = parts;
	return only && parts.length === 1 ? only : Buffer.concat(parts);
}

/** How many bytes that is, without encoding pasted blocks again. */
export function lengthOfDraft({cells}: Draft): number {
	let typed = '';
	let length = 0;
	for (const cell of cells) {
		if (typeof cell === 'string') {
			typed += cell;
		} else {
			length += bytesOfTyped(typed).length + cell.bytes;
			typed = '';
		}
	}

	return length + bytesOfTyped(typed).length;
}

function wordBorder({cells, caret}: Draft, direction: 1 | -1): number {
	const at = (index: number): Cell | undefined => cells[direction === -1 ? index - 1 : index];
	let index = caret;
	while (at(index) === ' ') {
		index += direction;
	}

	while (at(index) !== undefined && at(index) !== ' ') {
		index += direction;
	}

	return index;
}
