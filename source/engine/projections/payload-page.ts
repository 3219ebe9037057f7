import {decodeUtf8, sequenceLength, unfinishedLength} from '../../text/utf8.ts';
import {visibleTyped} from '../../text/visible.ts';
import textWidth from '../../text/width.ts';

/** What a piece of a line is. The bytes of neighbouring characters of several bytes are `charA` and `charB` in turn. */
export type PayloadTone = 'plain' | 'dim' | 'escape' | 'warning' | 'charA' | 'charB';

/** A piece of a line. Its text is safe to draw, and has no line breaks. */
export type PayloadSpan = {readonly text: string; readonly tone: PayloadTone};

/** How much of some bytes is UTF-8 (RFC 3629). */
export type CharacterCount = {
	/** Characters: Unicode scalar values, of which one letter on screen may have several. */
	readonly characters: number;
	/** Bytes that belong to no character and could not, whatever came after them. */
	readonly invalid: number;
	/** How many bytes at the end, 0 to 3, begin a character that is not there as a whole. */
	readonly cut: number;
	/** Whether all bytes belong to characters: none is invalid, and none cut. */
	readonly isValid: boolean;
};

/** Some lines of a payload. */
export type PayloadPage = {
	readonly lines: ReadonlyArray<readonly PayloadSpan[]>;
	/** Which of all lines the first of these is, from 0: as it was asked for, or the last that fills the page. */
	readonly from: number;
	/** How many lines all kept bytes take. */
	readonly totalLines: number;
	readonly bytesPerLine: number;
	/** The offset of the first byte in these lines, and the offset after the last. */
	readonly start: number;
	readonly end: number;
	/** How many bytes are kept, and how many the payload has. */
	readonly kept: number;
	readonly length: number;
	/** Whether all of the payload's bytes are kept. */
	readonly isWhole: boolean;
	/** What the kept bytes are as UTF-8. */
	readonly utf8: CharacterCount;
};

/** Which lines are wanted, and how wide they may be. */
export type PageQuestion = {
	readonly columns: number;
	readonly rows: number;
	/** The first line, from 0; Infinity for the last page. */
	readonly from: number;
	/** What countCharacters() said of these bytes, where the caller has kept it. */
	readonly utf8?: CharacterCount;
};

/** A byte as it is drawn. */
type Cell = {
	readonly hex: string;
	readonly tone: PayloadTone;
	/** Whether the byte continues the character of the byte before. */
	readonly isContinuation: boolean;
	/** Exactly two columns. */
	readonly text: readonly PayloadSpan[];
};

/** Bytes in a line: the first of these for which there is room. */
const widths = [32, 16, 8, 4, 2, 1];

/** Tones alternate from the last multiple of this many bytes on, so that what a page costs does not depend on where it begins. */
const stride = 4096;

/** Stands in the place of every byte after the first of a character, up to the next one. */
const filler = '─';
const invalidMark = '✗ ';
const cutMark = '…';

/**
What visibleTyped() leaves as it is, and may yet leave its two columns: letters written from right to left (blocks whose characters are of
bidirectional class R or AL by default, UAX #9), which a terminal may put in another order than that of their bytes; regional
indicators, about whose width terminals disagree; and letters that join the one before them (UAX #29).
*/
const unruly = /[\u{590}-\u{8FF}\u{FB1D}-\u{FDFF}\u{FE70}-\u{FEFF}\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}\u{1F1E6}-\u{1F1FF}\u{E33}\u{EB3}\u{FF9E}\u{FF9F}]/v;

/**
Some lines of a payload: the offset, the bytes in hexadecimal, and two columns of text for each byte. A character stands in the place of
its first byte, with `─` up to the next character, so that one sees of which bytes it is made. What may not or cannot be drawn there
shows as `\n`, `\r`, `\t`, `\0`, `^[` (caret notation), or its code point, `U+202E`; a byte that is not UTF-8 as `✗`; a character that the
end of the bytes cuts as `─…`.

Every line takes at most `columns`. Where there is no room for a single byte there are no lines.

@param bytes - the payload, or as much of it as is kept
@param length - how many bytes the payload has
*/
export function projectPayloadPage(bytes: Uint8Array, length: number, {columns, rows, from, utf8 = countCharacters(bytes)}: PageQuestion): PayloadPage {
	const digits = Math.max(4, (bytes.length - 1).toString(16).length);
	const fitting = widths.find(width => digits + 3 + (width * 5) <= columns);
	const bytesPerLine = fitting ?? 1;
	const shownRows = fitting ? Math.max(0, rows) : 0;
	const totalLines = Math.ceil(bytes.length / bytesPerLine);
	const first = Math.max(0, Math.min(from, totalLines - shownRows));
	const start = first * bytesPerLine;
	const end = Math.min(bytes.length, start + (shownRows * bytesPerLine));
	const cells = cellsOf(bytes, start, end);
	const lines: PayloadSpan[][] = [];
	for (let offset = start; offset < end; offset += bytesPerLine) {
		const label = `${offset.toString(16).padStart(digits, '0')}  `;
		lines.push(lineOf(label, cells.slice(offset - start, offset - start + bytesPerLine), bytesPerLine));
	}

	return {
		lines, from: first, totalLines, bytesPerLine, start, end, kept: bytes.length, length, isWhole: bytes.length >= length, utf8,
	};
}

/**
Count the characters of some bytes, in one pass over all of them. A MiB takes some 5 to 15 ms: keep the answer for bytes that do not change.
*/
export function countCharacters(bytes: Uint8Array): CharacterCount {
	const cut = unfinishedLength(bytes);
	const end = bytes.length - cut;
	let characters = 0;
	let invalid = 0;
	for (let index = 0; index < end;) {
		const length = characterLength(bytes, index);
		characters += length > 0 ? 1 : 0;
		invalid += length > 0 ? 0 : 1;
		index += length || 1;
	}

	return {
		characters, invalid, cut, isValid: invalid === 0 && cut === 0,
	};
}

/** How many bytes the well-formed character has that begins here, or 0 where none does (Unicode 15, table 3-7). */
function characterLength(bytes: Uint8Array, index: number): number {
	const first = bytes[index];
	const length = sequenceLength(first);
	if (length <= 1 || index + length > bytes.length) {
		return length === 1 ? 1 : 0;
	}

	const second = bytes[index + 1];
	const lowest = first === 0xE0 ? 0xA0 : (first === 0xF0 ? 0x90 : 0x80);
	const highest = first === 0xED ? 0x9F : (first === 0xF4 ? 0x8F : 0xBF);
	if (second < lowest || second > highest) {
		return 0;
	}

	for (let place = index + 2; place < index + length; place++) {
		if ((bytes[place] & 0b1100_0000) !== 0b1000_0000) {
			return 0;
		}
	}

	return length;
}

/** Where the character begins that this byte belongs to: here, or up to three bytes before. */
function characterStart(bytes: Uint8Array, index: number): number {
	for (let back = 1; back <= Math.min(3, index); back++) {
		if (characterLength(bytes, index - back) > back) {
			return index - back;
		}
	}

	return index;
}

/** The bytes of some lines, one cell each. */
function cellsOf(bytes: Uint8Array, start: number, end: number): Cell[] {
	const cells: Cell[] = [];
	const cut = bytes.length - unfinishedLength(bytes);
	let tone: PayloadTone = 'plain';
	for (let index = Math.min(cut, characterStart(bytes, start - (start % stride))); index < end;) {
		const valid = index === cut ? 0 : characterLength(bytes, index);
		const length = index === cut ? bytes.length - cut : valid || 1;
		tone = index === cut ? 'warning' : toneOf(valid, tone);
		if (index + length > start) {
			const texts = textsOf(bytes.subarray(index, index + length), tone);
			for (let place = Math.max(index, start); place < Math.min(index + length, end); place++) {
				cells.push({
					hex: bytes[place].toString(16).padStart(2, '0'), tone, isContinuation: place > index, text: texts[place - index],
				});
			}
		}

		index += length;
	}

	return cells;
}

/** The tone of a character of so many bytes, or of an invalid byte (0), behind one of another tone. */
function toneOf(valid: number, before: PayloadTone): PayloadTone {
	if (valid <= 1) {
		return valid === 0 ? 'escape' : 'plain';
	}

	return before === 'charA' ? 'charB' : 'charA';
}

/** The texts of a character's bytes, two columns each. */
function textsOf(bytes: Uint8Array, tone: PayloadTone): PayloadSpan[][] {
	switch (tone) {
		case 'escape': {
			return [[{text: invalidMark, tone}]];
		}

		case 'warning': {
			return Array.from(bytes, (_, place) => [{text: filler + (place === bytes.length - 1 ? cutMark : filler), tone}]);
		}

		case 'plain':
		case 'dim':
		case 'charA':
		case 'charB': {
			return characterTexts(bytes, decodeUtf8(bytes) ?? '', tone);
		}

		default: {
			return tone satisfies never;
		}
	}
}

function characterTexts(bytes: Uint8Array, character: string, tone: PayloadTone): PayloadSpan[][] {
	const visible = visibleTyped(character);
	const width = textWidth(character);
	if (visible === character && (width === 1 || width === 2) && !unruly.test(character)) {
		const rest: PayloadSpan = bytes.length === 1 ? {text: ' ', tone} : {text: filler.repeat(2 - width), tone: 'dim'};
		return Array.from(bytes, (_, place) => place === 0 ? [{text: character, tone}, rest] : [{text: filler.repeat(2), tone: 'dim'}]);
	}

	const name = nameOf(character, visible, bytes.length * 2).padEnd(bytes.length * 2, filler);
	return Array.from(bytes, (_, place) => [{text: name.slice(place * 2, (place * 2) + 2), tone: 'escape'}]);
}

/** A character that is not drawn, in at most so many columns: `\n`, `^[`, `U+202E`, or `U301` where there is no room for the plus sign. */
function nameOf(character: string, visible: string, columns: number): string {
	const codePoint = character.codePointAt(0) ?? 0;
	if (codePoint < 0x80) {
		return visible.length === 2 ? visible : `^${String.fromCharCode(codePoint ^ 0x40)}`;
	}

	const digits = codePoint.toString(16).toUpperCase();
	return digits.length + 2 <= columns ? `U+${digits}` : `U${digits}`;
}

function lineOf(label: string, cells: readonly Cell[], bytesPerLine: number): PayloadSpan[] {
	const spans: PayloadSpan[] = [{text: label, tone: 'dim'}];
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

function append(spans: PayloadSpan[], text: string, tone: PayloadTone): void {
	const last = spans.at(-1);
	if (last?.tone === tone) {
		spans[spans.length - 1] = {text: last.text + text, tone};
	} else if (text !== '') {
		spans.push({text, tone});
	}
}
