import {bytesOfTyped, escapesIn} from '../../../text/escapes.ts';
import {graphemesOf} from '../../../text/graphemes.ts';
import {encodeRaw, encodeUtf8, hasRawBytes} from '../../../text/utf8.ts';

/** What a message ends with when it is sent. */
export const lineEndings = ['none', 'lf', 'crlf', 'cr', 'nul'] as const;

/** A line ending, by its name: no byte, LF (0A), CR and LF (0D 0A), CR (0D), or NUL (00). */
export type LineEnding = (typeof lineEndings)[number];

/** The characters that each line ending is. */
const endings: Readonly<Record<LineEnding, string>> = {
	none: '', lf: '\n', crlf: '\r\n', cr: '\r', nul: '\0',
};

/** The bytes that each line ending is. */
export const endingBytes: Readonly<Record<LineEnding, Uint8Array>> = {
	none: encodeUtf8(endings.none),
	lf: encodeUtf8(endings.lf),
	crlf: encodeUtf8(endings.crlf),
	cr: encodeUtf8(endings.cr),
	nul: encodeUtf8(endings.nul),
};

/** The bytes of a line ending by its name; none for what is no name of one. */
export function endingOf(name: string): Uint8Array {
	return endingBytes[lineEndings.find(known => known === name) ?? 'none'];
}

/**
What a paste of several lines, or a very long one, or one that is not UTF-8, becomes in the line: one thing that shows
its size.
*/
type Block = {
	readonly text: string;
	readonly lines: number;
	readonly bytes: number;
	/** How many of the bytes end lines. */
	readonly breakBytes: number;
	/** Whether it has bytes that are not UTF-8 (in the text as in a Utf8Stream). */
	readonly isBinary: boolean;
};

/** One place of the line: a grapheme, or a pasted block. */
export type Cell = string | Block;

/**
A half-typed message: what is there, and before which cell the caret stands. Of one that is kept, whether it is bytes in
hexadecimal.
*/
export type Draft = {readonly cells: readonly Cell[]; readonly caret: number; readonly isHex?: true};

/** A line with nothing in it: a datagram of 0 bytes in UDP; in TCP there is nothing to write. */
export const emptyDraft: Draft = {cells: [], caret: 0};

/** What ends a line of a paste. */
const lineBreaks = /\r?\n/g;

/** A paste longer than this stands in the line as a block even when it is one line, in UTF-16 units. */
const longestPastedLine = 500;

/**
Type text at the caret. A character that joins the one before it (an accent, a part of an emoji) becomes part of it.
*/
export function insertText({cells, caret}: Draft, text: string): Draft {
	const before = cells[caret - 1];
	const joined = typeof before === 'string' ? before + text : text;
	const kept = typeof before === 'string' ? caret - 1 : caret;
	const inserted = graphemesOf(joined);
	return {cells: [...cells.slice(0, kept), ...inserted, ...cells.slice(caret)], caret: kept + inserted.length};
}

/** Paste at the caret: one line becomes text like any typed; several lines, or bytes that are not UTF-8, a block. */
export function insertPaste(draft: Draft, text: string): Draft {
	const isBinary = hasRawBytes(text);
	if (!isBinary && !text.includes('\n') && text.length <= longestPastedLine) {
		return insertText(draft, text);
	}

	const {cells, caret} = draft;
	const breaks = text.match(lineBreaks) ?? [];
	const block: Block = {
		text,
		lines: breaks.length + 1,
		bytes: isBinary ? encodeRaw(text).length : Buffer.byteLength(text),
		breakBytes: breaks.join('').length,
		isBinary,
	};
	return {cells: [...cells.slice(0, caret), block, ...cells.slice(caret)], caret: caret + 1};
}

/**
The text of a paste with LF, or CR LF, at the ends of its lines. Terminals send CR for LF, and some of them CR twice for
CR LF: where every run of CR is of an even length, and stands between lines, two of them end one line.
*/
export function pastedLines(text: string): {readonly text: string; readonly isPaired: boolean} {
	const runs = text.match(/\r+/g) ?? [];
	const isPaired = !text.includes('\n') && /\r[^\r]/.test(text) && runs.every(run => run.length % 2 === 0);
	return {text: text.replaceAll(isPaired ? '\r\r' : /\r(?!\n)/g, '\n'), isPaired};
}

/** Insert what was deleted at the caret. */
export function insertCells({cells, caret}: Draft, inserted: readonly Cell[]): Draft {
	return {cells: cells.toSpliced(caret, 0, ...inserted), caret: caret + inserted.length};
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

/** A draft as it is kept while another is in the line: how it was typed belongs to it. */
export function keptDraft({draft, isHex}: {readonly draft: Draft; readonly isHex: boolean}): Draft {
	return {...draft, ...(isHex && {isHex})};
}

/** The typed text, with pasted blocks unchanged. */
export function textOfDraft({cells}: Draft): string {
	return cells.map(cell => (typeof cell === 'string' ? cell : cell.text)).join('');
}

/**
The bytes that a message is: escapes in what was typed are resolved; the lines of what was pasted end as messages do
here, or as they were pasted where messages have no ending. One that ends with a pasted line's end gets no other.
*/
export function messageOf({cells}: Draft, ending: LineEnding): Uint8Array {
	const parts: Uint8Array[] = [];
	for (const part of partsOf(cells)) {
		parts.push(typeof part === 'string' ? bytesOfTyped(part) : bytesOfBlock(part, ending));
	}

	if (!hasOwnEnd(cells)) {
		parts.push(endingBytes[ending]);
	}

	return Buffer.concat(parts);
}

/** How many bytes that is, without encoding pasted blocks again. */
export function lengthOfMessage({cells}: Draft, ending: LineEnding): number {
	let length = hasOwnEnd(cells) ? 0 : endingBytes[ending].length;
	for (const part of partsOf(cells)) {
		length += typeof part === 'string'
			? bytesOfTyped(part).length
			: part.bytes + (ending === 'none' ? 0 : ((part.lines - 1) * endingBytes[ending].length) - part.breakBytes);
	}

	return length;
}

/** The cells that belong to an escape, by their index; and how many escapes there are. */
export function escapedCells({cells}: Draft): {readonly cells: ReadonlySet<number>; readonly count: number} {
	const escaped = new Set<number>();
	let count = 0;
	let index = 0;
	for (const part of partsOf(cells)) {
		const [first, ...others] = typeof part === 'string' ? escapesIn(part) : [];
		let escape = first;
		const end = typeof part === 'string' ? part.length : 1;
		count += first ? others.length + 1 : 0;
		for (let at = 0; at < end; index++) {
			while (escape && escape.end <= at) {
				escape = others.shift();
			}

			if (escape && escape.start <= at) {
				escaped.add(index);
			}

			const cell = cells[index];
			at += typeof cell === 'string' ? cell.length : 1;
		}
	}

	return {cells: escaped, count};
}

/** What is typed, from one pasted block to the next, and the blocks. */
function partsOf(cells: readonly Cell[]): Cell[] {
	const parts: Cell[] = [];
	for (const cell of cells) {
		const last = parts.at(-1);
		if (typeof cell === 'string' && typeof last === 'string') {
			parts[parts.length - 1] = last + cell;
		} else {
			parts.push(cell);
		}
	}

	return parts;
}

function bytesOfBlock({text}: Block, ending: LineEnding): Uint8Array {
	return encodeRaw(ending === 'none' ? text : text.replaceAll(lineBreaks, endings[ending]));
}

/** Whether the last line of a message was pasted with its end. */
function hasOwnEnd(cells: readonly Cell[]): boolean {
	const last = cells.at(-1);
	return typeof last === 'object' && last.text.endsWith('\n');
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
