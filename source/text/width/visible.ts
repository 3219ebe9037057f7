import {
	borders, type Codec, cutLength, type Reading, utf8Codec, utf8Reading,
} from '../encoding/codec.ts';
import {decodeUtf8} from '../encoding/utf8.ts';
import {graphemesOf, segmentsOf} from './graphemes.ts';
import textWidth from './width.ts';

const plainAscii = /^[ -[\]-~]*$/;
const mark = /^\p{Mark}$/v;

/** Characters that cannot be seen, or that change how others are seen: each is shown as an escape. */
const unseen
	= /[\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}\p{Unassigned}\p{Surrogate}\p{Line_Separator}\p{Paragraph_Separator}\u{1F3FB}-\u{1F3FF}]|(?! )\p{Space_Separator}/v;

/** Hangul letters that are put together by the terminal; all agree about a modern syllable. */
const jamo = /[\u{1100}-\u{11FF}\u{A960}-\u{A97F}\u{D7B0}-\u{D7FF}]/v;
const jamoSyllable = /^[\u{1100}-\u{1112}][\u{1161}-\u{1175}][\u{11A8}-\u{11C2}]?$/v;

/** Presentation selectors and skin tones: terminals disagree about their width, so that rows would shift. */
const presentation = /[\u{FE0F}\u{1F3FB}-\u{1F3FF}]/gv;
const keycap = '\u{20E3}';
const tag = /[\u{E0020}-\u{E007F}]/v;

/** Made when it is first asked for, as that takes 11 ms, which no first screen needs. */
let emoji: RegExp | undefined;

function isEmoji(grapheme: string): boolean {
	emoji ??= /^\p{RGI_Emoji}$/v;
	return emoji.test(grapheme);
}

/** More marks than this on one letter are shown as escapes. */
const maxMarks = 4;

const nul = String.raw`\0`;

/** Escapes that stand for one byte. */
const byteEscapes = /\\(?:0|x([\da-f]{2}))/g;

const named = new Map([
	['\n', String.raw`\n`],
	['\r', String.raw`\r`],
	['\t', String.raw`\t`],
	['\0', nul],
	['\\', '\\\\'],
]);

/** A text that is safe to draw, and how many columns it takes. */
export type VisibleText = {
	readonly text: string;
	readonly columns: number;
	/** There was more than fitted. */
	readonly isCut: boolean;
};

/**
Bytes as text that is safe to draw in at most `columns` columns. Bytes that are no character show as `\xNN`, control
characters, bidirectional overrides and invisible ones as escapes, and a backslash as two, so that no received text
looks like an escape.

@param isWhole - whether these are all of the payload's bytes: otherwise a character may be cut off at the end
*/
export function visibleBytes(
	bytes: Uint8Array,
	columns: number,
	isWhole = true,
	reading: Reading = utf8Reading,
): VisibleText {
	const most = bytesToFill(columns);
	const hasMore = !isWhole || bytes.length > most;
	let part = bytes.length > most ? bytes.subarray(0, most) : bytes;
	if (hasMore) {
		part = part.subarray(0, part.length - cutLength(part, reading));
	}

	const {codec, lead} = reading;
	const quick = lead === 0 && codec.hasAscii ? fitAscii(part, columns, hasMore) : undefined;
	if (quick) {
		return quick;
	}

	const text = codec === utf8Codec ? decodeUtf8(part) : undefined;
	return fit(apart(text === undefined ? piecesIn(part, reading) : piecesOfText(text)), columns, hasMore);
}

/** How many bytes are read to fill that many columns: enough for joined emoji and letters with marks. */
export function bytesToFill(columns: number): number {
	return (columns * 16) + 64;
}

/** Typed text, safe to draw: as visibleBytes() shows it, but a backslash stays one, as it was typed. */
export function visibleTyped(grapheme: string): string {
	return grapheme === '\\' ? grapheme : visibleGrapheme(grapheme);
}

/** A line of text of unknown origin, such as what was given on the command line, safe to write to a terminal. */
export function visibleLine(text: string): string {
	return graphemesOf(text).map(grapheme => visibleTyped(grapheme)).join('');
}

/** Lines of text of unknown origin, each safe to write to a terminal. */
export function visibleLines(text: string): string {
	return text.split('\n').map(line => visibleLine(line)).join('\n');
}

/** Put pieces one after the other while there is room, with `…` in the last column where there is more. */
function fit(pieces: Iterable<string>, columns: number, hasMore: boolean): VisibleText {
	if (columns <= 0) {
		return {text: '', columns: 0, isCut: hasMore || !(pieces[Symbol.iterator]().next().done ?? false)};
	}

	let text = '';
	let used = 0;
	/** What fits beside the `…`. */
	let short = {text: '', columns: 0};
	for (const piece of pieces) {
		const width = textWidth(piece);
		if (used + width > columns) {
			return {text: `${short.text}…`, columns: short.columns + 1, isCut: true};
		}

		text += piece;
		used += width;
		if (used < columns) {
			short = {text, columns: used};
		}
	}

	return hasMore
		? {text: `${short.text}…`, columns: short.columns + 1, isCut: true}
		: {text, columns: used, isCut: false};
}

/**
Bytes of which as many as can show, and the one behind them, are plain ASCII: fit() says the same of them, and takes a
hundred times as long.
*/
function fitAscii(bytes: Uint8Array, columns: number, hasMore: boolean): VisibleText | undefined {
	const room = Math.max(0, columns);
	const last = Math.min(bytes.length, room + 1);
	for (let index = 0; index < last; index++) {
		const byte = bytes[index] ?? 0;
		if (byte < 0x20 || byte > 0x7E || byte === 0x5C) {
			return undefined;
		}
	}

	const isCut = hasMore || bytes.length > room;
	const beginning = decodeUtf8(bytes.subarray(0, Math.max(0, isCut ? room - 1 : room))) ?? '';
	const text = isCut && room > 0 ? `${beginning}…` : beginning;
	return {text, columns: text.length, isCut};
}

/** The same pieces, but a NUL before a digit is `\x00`: `\0` and the digit would be another byte, in octal. */
function * apart(pieces: Iterable<string>): Generator<string> {
	let hasNul = false;
	for (const piece of pieces) {
		if (hasNul) {
			yield /^[0-7]/.test(piece) ? byteEscape(0) : nul;
		}

		hasNul = piece === nul;
		if (!hasNul) {
			yield piece;
		}
	}

	if (hasNul) {
		yield nul;
	}
}

function * piecesOfText(text: string): Generator<string> {
	for (const {segment} of segmentsOf(text)) {
		yield visibleGrapheme(segment);
	}
}

/**
Runs of whole characters as text, every other byte as an escape. Where a character of ASCII has more than one byte, the
escape of one that cannot be seen is that of a character, and not of a byte.
*/
function * piecesIn(bytes: Uint8Array, reading: Reading): Generator<string> {
	const {codec, lead} = reading;
	let start = Math.min(lead, bytes.length);
	yield * escapesOf(bytes.subarray(0, start));
	for (const [index, length] of borders(bytes, reading)) {
		if (length === 0) {
			yield * piecesOfCharacters(codec.decode(bytes.subarray(start, index)) ?? '', codec);
			start = Math.min(bytes.length, index + codec.unit);
			yield * escapesOf(bytes.subarray(index, start));
		}
	}

	yield * piecesOfCharacters(codec.decode(bytes.subarray(start)) ?? '', codec);
}

function * piecesOfCharacters(text: string, {hasAscii}: Codec): Generator<string> {
	for (const piece of piecesOfText(text)) {
		yield hasAscii
			? piece
			: piece.replaceAll(byteEscapes, (_, digits: string | undefined) => codeEscape(Number.parseInt(digits ?? '0', 16)));
	}
}

function visibleGrapheme(grapheme: string): string {
	if (grapheme.length === 1 && plainAscii.test(grapheme)) {
		return grapheme;
	}

	if (isEmoji(grapheme) && !grapheme.includes(keycap) && !tag.test(grapheme)) {
		return grapheme.replaceAll(presentation, '') || codePointEscape(grapheme);
	}

	if (jamoSyllable.test(grapheme)) {
		return grapheme;
	}

	let visible = '';
	let marks = 0;
	/** Whether the character before is shown as itself, so that a mark may stand on it. */
	let isSeen = false;
	for (const character of grapheme) {
		const isMark = mark.test(character);
		marks += isMark ? 1 : 0;
		isSeen
			= !unseen.test(character)
				&& character !== '\\'
				&& character !== keycap
				&& !jamo.test(character)
				&& !(isMark && (!isSeen || marks > maxMarks));
		visible += isSeen ? character : codePointEscape(character);
	}

	return joinsNext(visible) ? Array.from(grapheme, character => codePointEscape(character)).join('') : visible;
}

/** Whether a letter behind this would become part of the same grapheme, and take another width than it takes alone. */
function joinsNext(text: string): boolean {
	return text.charCodeAt(text.length - 1) >= 0x06_00 && segmentsOf(`${text}a`).containing(text.length)!.index < text.length;
}

function codePointEscape(character: string): string {
	const codePoint = character.codePointAt(0) ?? 0;
	return (
		named.get(character) ?? (codePoint < 0x80 ? byteEscape(codePoint) : codeEscape(codePoint))
	);
}

function codeEscape(codePoint: number): string {
	return String.raw`\u{${codePoint.toString(16)}}`;
}

function escapesOf(bytes: Uint8Array): string[] {
	return Array.from(bytes, byte => byteEscape(byte));
}

function byteEscape(byte: number): string {
	return String.raw`\x${byte.toString(16).padStart(2, '0')}`;
}
