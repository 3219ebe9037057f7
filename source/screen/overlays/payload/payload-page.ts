/* A payload's bytes in hexadecimal and as characters, side by side. */
import {type Codec, utf8Codec} from '../../../text/encoding/codec.ts';
import {characterLength} from '../../../text/encoding/utf8.ts';
import {visibleTyped} from '../../../text/width/visible.ts';
import textWidth from '../../../text/width/width.ts';
import {characterReach, type PayloadPart, payloadStride} from '../../../views/payload.ts';
import type {Span, Tone} from '../../frame/paint.ts';

/** The tone of a byte and of its character. Neighbours of several bytes are `mark1` and `mark2` in turn. */
type ByteTone = Extract<Tone, 'plain' | 'escape' | 'warning' | 'mark1' | 'mark2'>;

type Cell = {
	readonly hex: string;
	readonly tone: ByteTone;
	/** Whether the byte continues the character of the byte before. */
	readonly isContinuation: boolean;
	/** Exactly two columns. */
	readonly text: readonly Span[];
};

/** Bytes in a line: the first of these for which there is room. */
const widths = [32, 16, 8, 4, 2, 1];

/** Stands in the place of every byte after the first of a character, up to the next one. */
const filler = '─';
const invalidMark = '✗ ';
const cutMark = '…';

/**
Characters that visibleTyped() keeps, but whose two columns may not hold in a terminal: letters written from right to
left (bidirectional class R or AL by default, UAX #9), which it may reorder; regional indicators, about whose width
terminals disagree; and letters that join the one before them (UAX #29).
*/
const unruly
	= /[\u{590}-\u{8FF}\u{FB1D}-\u{FDFF}\u{FE70}-\u{FEFF}\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\u{1F1E6}-\u{1F1FF}\u{E33}\u{EB3}\u{FF9E}\u{FF9F}]/v;

/** How the kept bytes of a payload are divided into lines: none where there is no room for a single byte. */
type PayloadLayout = {readonly bytesPerLine: number; readonly totalLines: number; readonly hasRoom: boolean};

/** @param kept - how many bytes there are */
export function layoutPayload(kept: number, columns: number): PayloadLayout {
	const fitting = widths.find(width => offsetDigits(kept) + 3 + (width * 5) <= columns);
	const bytesPerLine = fitting ?? 1;
	return {bytesPerLine, totalLines: Math.ceil(kept / bytesPerLine), hasRoom: fitting !== undefined};
}

/** Some lines of a payload, which of all lines the first of them is, from 0, and how many there are. */
export type PayloadPage = {
	readonly lines: ReadonlyArray<readonly Span[]>;
	readonly from: number;
	readonly totalLines: number;
};

/**
The lines from a part's offset on: the offset, the bytes in hexadecimal, and two columns of text for each byte. A
character stands in the place of its first byte, with `─` up to the next character. Characters that cannot be drawn show
as `\n`, `\r`, `\t`, `\0`, `^[` (caret notation), or their code point, `U+202E`; a byte that is no character as `✗`; a
character that is cut off at the end as `─…`.
*/
export function payloadPage(
	part: PayloadPart,
	columns: number,
	rows: number,
	codec: Codec = utf8Codec,
): PayloadPage {
	const {kept} = part;
	const {bytesPerLine, totalLines, hasRoom} = layoutPayload(kept, columns);
	const from = Math.floor(part.offset / bytesPerLine);
	const known = part.start + part.bytes.length;
	const start = from * bytesPerLine;
	const end = hasRoom ? Math.min(start + rows * bytesPerLine, known === kept ? kept : known - characterReach) : start;
	const cells = cellsOf(part, start, end, codec);
	const lines: Span[][] = [];
	for (let offset = start; offset < end; offset += bytesPerLine) {
		const label = `${offset.toString(16).padStart(offsetDigits(kept), '0')}  `;
		lines.push(lineOf(label, cells.slice(offset - start, offset - start + bytesPerLine), bytesPerLine));
	}

	return {lines, from, totalLines};
}

function offsetDigits(kept: number): number {
	return Math.max(4, (kept - 1).toString(16).length);
}

/** Where the character of UTF-8 begins that this byte belongs to: here, or up to three bytes before. */
function characterStart(bytes: Uint8Array, index: number): number {
	for (let back = 1; back <= Math.min(3, index); back++) {
		if (characterLength(bytes, index - back) > back) {
			return index - back;
		}
	}

	return index;
}

/**
The bytes from one offset to another, one cell each. Tones alternate from a fixed place before them on, so that what a
page costs, and how it looks, does not depend on where it begins.
*/
function cellsOf(
	{start: partStart, bytes, kept, lead = 0, text}: PayloadPart,
	start: number,
	end: number,
	codec: Codec,
): Cell[] {
	const cells: Cell[] = [];
	const cut = kept - text.cut - partStart;
	const first = start - partStart;
	const last = end - partStart;
	let tone: ByteTone = 'plain';
	// What is cut at a chunk's beginning is no character; a part begins with the rest of one.
	const begin = codec === utf8Codec
		? characterStart(bytes, start - (start % payloadStride) - partStart)
		: (partStart === 0 ? 0 : lead);
	for (let index = Math.min(cut, begin); index < last;) {
		const isLead = partStart === 0 && index < lead;
		const valid = index === cut || isLead ? 0 : codec.lengthAt(bytes, index);
		const length = index === cut ? text.cut : valid || (isLead ? 1 : Math.min(codec.unit, cut - index));
		tone = index === cut ? 'warning' : toneOf(valid, tone);
		if (index + length > first) {
			const own = bytes.subarray(index, index + length);
			for (const [place, text] of textsOf(own, tone, codec).entries()) {
				if (index + place >= first && index + place < last) {
					cells.push({
						hex: (own[place] ?? 0).toString(16).padStart(2, '0'), tone, isContinuation: place > 0, text,
					});
				}
			}
		}

		index += length;
	}

	return cells;
}

/** The tone of a character of `valid` bytes, or of an invalid byte (0), behind one of another tone. */
function toneOf(valid: number, before: ByteTone): ByteTone {
	if (valid <= 1) {
		return valid === 0 ? 'escape' : 'plain';
	}

	return before === 'mark1' ? 'mark2' : 'mark1';
}

/** The texts of a character's bytes, two columns each. */
function textsOf(bytes: Uint8Array, tone: ByteTone, codec: Codec): Span[][] {
	if (tone === 'escape') {
		return Array.from(bytes, () => [{text: invalidMark, tone}]);
	}

	return tone === 'warning'
		? Array.from(bytes, (_, place) => [{text: filler + (place === bytes.length - 1 ? cutMark : filler), tone}])
		: characterTexts(bytes, codec.decode(bytes) ?? '', tone);
}

function characterTexts(bytes: Uint8Array, character: string, tone: ByteTone): Span[][] {
	const visible = visibleTyped(character);
	const width = textWidth(character);
	if (visible === character && (width === 1 || width === 2) && !unruly.test(character)) {
		const rest: Span = bytes.length === 1 ? {text: ' ', tone} : {text: filler.repeat(2 - width), tone: 'dim'};
		return Array.from(bytes, (_, place) =>
			place === 0 ? [{text: character, tone}, rest] : [{text: filler.repeat(2), tone: 'dim'}]);
	}

	const name = nameOf(character, visible, bytes.length * 2).padEnd(bytes.length * 2, filler);
	return Array.from(bytes, (_, place) => [{text: name.slice(place * 2, (place * 2) + 2), tone: 'escape'}]);
}

/**
The name of a character that is not drawn, in at most `columns` columns: `\n`, `^[`, `U+202E`, or `U301`, `3000` or two
dots where there is no room for that.
*/
function nameOf(character: string, visible: string, columns: number): string {
	const codePoint = character.codePointAt(0) ?? 0;
	if (codePoint < 0x80) {
		return visible.length === 2 ? visible : `^${String.fromCharCode(codePoint ^ 0x40)}`;
	}

	const digits = codePoint.toString(16).toUpperCase();
	return [`U+${digits}`, `U${digits}`, digits].find(({length}) => length <= columns) ?? '··';
}

function lineOf(label: string, cells: readonly Cell[], bytesPerLine: number): Span[] {
	const spans: Span[] = [{text: label, tone: 'dim'}];
	for (const [place, {hex, tone, isContinuation}] of cells.entries()) {
		append(spans, place === 0 ? '' : ' ', isContinuation ? tone : 'plain');
		append(spans, hex, tone);
	}

	append(spans, ' '.repeat(((bytesPerLine - cells.length) * 3) + 2), 'plain');
	for (const {text, tone} of cells.flatMap(cell => cell.text)) {
		append(spans, text, tone);
	}

	return spans;
}

function append(spans: Span[], text: string, tone: Tone | undefined): void {
	const last = spans.at(-1);
	if (last && last.tone === tone) {
		spans[spans.length - 1] = {text: last.text + text, tone};
	} else if (text !== '') {
		spans.push({text, tone});
	}
}
