import type {MessageEncoding} from '../../../messages/messages-file.ts';
import {type Codec, Unwritable, utf8Codec} from '../../../text/encoding/codec.ts';
import {
	bytesOfTyped, encodeText, encodeTyped, escapesIn,
} from '../../../text/encoding/escapes.ts';
import {graphemesOf} from '../../../text/width/graphemes.ts';
import {encodeRaw, hasRawBytes} from '../../../text/encoding/utf8.ts';
import {type HexProblem, readHex} from '../../../text/hex.ts';

/** What a message ends with when it is sent. */
export const lineEndings = ['none', 'lf', 'crlf', 'cr', 'nul'] as const;

/** A line ending, by its name: no byte, LF (0A), CR and LF (0D 0A), CR (0D), or NUL (00). */
export type LineEnding = (typeof lineEndings)[number];

const endings: Readonly<Record<LineEnding, string>> = {
	none: '', lf: '\n', crlf: '\r\n', cr: '\r', nul: '\0',
};

/** The bytes that a line ending is. Every encoding has its characters. */
export function endingBytes(ending: LineEnding, codec: Codec = utf8Codec): Uint8Array {
	const bytes = codec.encode(endings[ending]);
	return bytes instanceof Unwritable ? new Uint8Array() : bytes;
}

/** How saved messages are written where typed ones have this encoding and this ending. */
export function messageEncoding(codec: Codec, typed: LineEnding): MessageEncoding {
	return {
		codec,
		encode: text => encodeTyped(text, codec),
		characterBytes: codec.unit,
		ending: (name = typed) => endingBytes(lineEndings.find(known => known === name) ?? 'none', codec),
	};
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

const lineBreaks = /\r?\n/g;

/** A paste longer than this stands in the line as a block even when it is one line, in UTF-16 units. */
const longestPastedLine = 500;

/**
Up to this many cells are inserted as arguments of one call: the line is copied as a block of memory then. To spread it
takes ten times as long, and a paste without brackets is many reads of thousands of characters.
*/
const mostAsArguments = 10_000;

/** The parts of lines: each frame asks for them more than once, and a line may have a million cells. */
const knownParts = new WeakMap<readonly Cell[], ReadonlyArray<{readonly part: Cell; readonly first: number}>>();

/**
Type text at the caret. A character that joins the one before it (an accent, a part of an emoji) becomes part of it.
*/
export function insertText({cells, caret}: Draft, text: string): Draft {
	const before = cells[caret - 1];
	const joined = typeof before === 'string' ? before + text : text;
	const kept = typeof before === 'string' ? caret - 1 : caret;
	const inserted = graphemesOf(joined);
	const after = inserted.length <= mostAsArguments
		? cells.toSpliced(kept, caret - kept, ...inserted)
		: [...cells.slice(0, kept), ...inserted, ...cells.slice(caret)];
	const parts = knownParts.get(cells);
	const last = parts?.at(-1);
	if (parts && typeof last?.part === 'string' && caret === cells.length) {
		// At the end of a line that may have a million cells, its parts are known without looking at them again.
		knownParts.set(after, [...parts.slice(0, -1), {part: last.part + text, first: last.first}]);
	}

	return {cells: after, caret: kept + inserted.length};
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

/** What pasted blocks are in other encodings than UTF-8. */
const knownBlocks = new WeakMap<Block, {readonly codec: Codec; readonly length: number}>();

/** How many bytes a pasted block is; in UTF-8 where the encoding does not have all of it. */
export function lengthOfBlock(block: Block, codec: Codec): number {
	if (codec === utf8Codec) {
		return block.bytes;
	}

	const last = knownBlocks.get(block);
	if (last?.codec === codec) {
		return last.length;
	}

	const bytes = encodeText(block.text, codec);
	const length = bytes instanceof Unwritable ? block.bytes : bytes.length;
	knownBlocks.set(block, {codec, length});
	return length;
}

/** The typed text, with pasted blocks unchanged. */
export function textOfDraft({cells}: Draft): string {
	return cells.map(cell => (typeof cell === 'string' ? cell : cell.text)).join('');
}

/**
The bytes that a message is: escapes in what was typed are resolved; the lines of what was pasted end as messages do
here, or as they were pasted where messages have no ending. One that ends with a pasted line's end gets no other.

What the encoding does not have is told with its place in the text of the draft.
*/
export function messageOf(draft: Draft, ending: LineEnding): Uint8Array;
export function messageOf(draft: Draft, ending: LineEnding, codec: Codec): Uint8Array | Unwritable;
export function messageOf({cells}: Draft, ending: LineEnding, codec: Codec = utf8Codec): Uint8Array | Unwritable {
	const parts: Uint8Array[] = [];
	let from = 0;
	for (const {part} of partsOf(cells)) {
		const bytes = typeof part === 'string' ? encodeTyped(part, codec) : bytesOfBlock(part, ending, codec);
		if (bytes instanceof Unwritable) {
			return bytes.moved(from);
		}

		parts.push(bytes);
		from += (typeof part === 'string' ? part : part.text).length;
	}

	if (!hasOwnEnd(cells)) {
		parts.push(endingBytes(ending, codec));
	}

	return Buffer.concat(parts);
}

/** What a line of another encoding than UTF-8 was last: each frame asks for it, and a pasted block may be long. */
const known = new WeakMap<readonly Cell[], {
	readonly ending: LineEnding;
	readonly codec: Codec;
	readonly length: number | Unwritable;
}>();

/** How many bytes that is, without encoding pasted blocks again; or what the encoding does not have. */
export function lengthOfMessage(draft: Draft, ending: LineEnding): number;
export function lengthOfMessage(draft: Draft, ending: LineEnding, codec: Codec): number | Unwritable;
export function lengthOfMessage(draft: Draft, ending: LineEnding, codec: Codec = utf8Codec): number | Unwritable {
	const {cells} = draft;
	if (codec !== utf8Codec) {
		const last = known.get(cells);
		if (last?.ending === ending && last.codec === codec) {
			return last.length;
		}

		const message = messageOf(draft, ending, codec);
		const length = message instanceof Unwritable ? message : message.length;
		known.set(cells, {ending, codec, length});
		return length;
	}

	const breakLength = endingBytes(ending).length;
	let length = hasOwnEnd(cells) ? 0 : breakLength;
	for (const {part} of partsOf(cells)) {
		length += typeof part === 'string'
			? bytesOfTyped(part).length
			: part.bytes + (ending === 'none' ? 0 : ((part.lines - 1) * breakLength) - part.breakBytes);
	}

	return length;
}

/** The cells that belong to an escape, by their index; and how many escapes there are. */
export function escapedCells({cells}: Draft): {readonly cells: ReadonlySet<number>; readonly count: number} {
	const escaped = new Set<number>();
	let count = 0;
	for (const {part, first} of partsOf(cells)) {
		const escapes = typeof part === 'string' ? escapesIn(part) : [];
		count += escapes.length;
		let index = first;
		let at = 0;
		for (const {start, end} of escapes) {
			for (; at < end; index++) {
				if (at >= start) {
					escaped.add(index);
				}

				at += (cells[index] as string).length;
			}
		}
	}

	return {cells: escaped, count};
}

/** What is typed, from one pasted block to the next, and the blocks; each with its first cell. */
function partsOf(cells: readonly Cell[]): ReadonlyArray<{readonly part: Cell; readonly first: number}> {
	const known = knownParts.get(cells);
	if (known) {
		return known;
	}

	const parts: Array<{readonly part: Cell; readonly first: number}> = [];
	let first = 0;
	for (let index = 0; index <= cells.length; index++) {
		const cell = cells[index];
		if (typeof cell === 'string') {
			continue;
		}

		if (first < index) {
			parts.push({part: (cells.slice(first, index) as string[]).join(''), first});
		}

		if (cell) {
			parts.push({part: cell, first: index});
		}

		first = index + 1;
	}

	knownParts.set(cells, parts);
	return parts;
}

function bytesOfBlock({text}: Block, ending: LineEnding, codec: Codec): Uint8Array | Unwritable {
	const bytes = encodeText(ending === 'none' ? text : text.replaceAll(lineBreaks, endings[ending]), codec);
	// Where it stands in what was pasted, whatever its lines end with.
	return bytes instanceof Unwritable ? bytes.moved(text.indexOf(bytes.character) - bytes.index) : bytes;
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

/** What a line of bytes in hexadecimal is; each is read once, as pasted dumps are long. */
const knownHex = new WeakMap<readonly Cell[], ReturnType<typeof readHex>>();

/** The bytes of a line in which hexadecimal digits are typed, pasted dumps among them; or what is wrong, and where. */
export function hexOf(draft: Draft): {readonly bytes: Uint8Array} | HexProblem {
	const read = knownHex.get(draft.cells) ?? readHex(textOfDraft(draft));
	knownHex.set(draft.cells, read);
	return read;
}

/** Where something wrong stands: in which cell, and in which line and column of the text, from 1. */
export function placeOf(draft: Draft, {index}: {readonly index: number}) {
	let end = 0;
	const cell = draft.cells.findIndex(each => {
		end += (typeof each === 'string' ? each : each.text).length;
		return index < end;
	});
	const lines = textOfDraft(draft).slice(0, index).split('\n');
	return {cell, line: lines.length, column: (lines.at(-1) ?? '').length + 1};
}
