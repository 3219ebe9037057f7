/* A row's payload as text or in hexadecimal. */
import {type Reading, utf8Reading} from '../../../text/encoding/codec.ts';
import {graphemesOf} from '../../../text/width/graphemes.ts';
import {type VisibleText, visibleBytes} from '../../../text/width/visible.ts';
import textWidth from '../../../text/width/width.ts';

/** The escapes that stand for bytes and characters which cannot be drawn, as visibleBytes() writes them. */
export const escapes = /(\\(?:[nrt0\\]|x[\da-f]{2}|u{[\da-f]+}))/;

const plainAscii = /^[ -[\]-~]*$/;

/** How payloads are shown: as text with visible escapes, or as hexadecimal bytes and the same bytes as text. */
export type PayloadFormat = 'text' | 'hex';

/** Lines of a dump at most; a last one says how many bytes have been left out. */
const maxLines = 16;

/** Columns of the offset and the gaps: `0010  ` before the bytes, one more space before the text. */
const fixedColumns = 7;

/** Columns that a byte takes: two digits, a space, and its character. */
const byteColumns = 4;

/**
A payload in at most `columns` columns: as text, or as hexadecimal bytes and, after two spaces, the same bytes as text.

@param bytes - the payload, or its beginning
@param length - how many bytes the payload has
*/
export function payloadText(
	bytes: Uint8Array,
	length: number,
	format: PayloadFormat,
	columns: number,
	reading: Reading = utf8Reading,
): VisibleText {
	if (columns <= 0) {
		return {text: '', columns: 0, isCut: length > 0};
	}

	const isWhole = bytes.length === length;
	if (format === 'text') {
		return visibleBytes(bytes, columns, isWhole, reading);
	}

	// One column of text for each byte, and a mark where there is more.
	const fitting = Math.min(bytes.length, Math.max(0, Math.floor((columns - 2) / byteColumns)));
	const isCut = fitting < length;
	if (fitting === 0) {
		return {text: isCut ? '…' : '', columns: isCut ? 1 : 0, isCut};
	}

	const hex = hexOf(bytes.subarray(0, fitting));
	const text = visibleBytes(bytes.subarray(0, fitting), columns - hex.length - 2, !isCut, reading);
	return {text: `${hex}  ${text.text}`, columns: hex.length + 2 + text.columns, isCut: isCut || text.isCut};
}

/**
A payload as text in 1 to `most` lines; `…` ends the last where there is more. No escape and no character is broken.

@param first - columns of the first line
@param others - columns of those beneath it
*/
export function payloadLines(
	bytes: Uint8Array,
	length: number,
	{first, others, most}: {readonly first: number; readonly others: number; readonly most: number},
	reading: Reading = utf8Reading,
): {readonly lines: readonly string[]; readonly isCut: boolean} {
	const visible = payloadText(bytes, length, 'text', first + (Math.max(0, most - 1) * others), reading);
	if (visible.columns <= first) {
		return {lines: [visible.text], isCut: visible.isCut};
	}

	const lines: string[][] = [[]];
	let room = first;
	for (const piece of piecesOf(visible.text)) {
		const width = textWidth(piece);
		if (width > room) {
			if (lines.length >= most) {
				lines.push(endOf(lines.pop()!, room));
				return {lines: lines.map(line => line.join('')), isCut: true};
			}

			lines.push([]);
			room = others;
		}

		lines.at(-1)!.push(piece);
		room -= width;
	}

	return {lines: lines.map(line => line.join('')), isCut: visible.isCut};
}

/** A line cut so that it ends with `…`; `free` is how many of its columns are unused. */
function endOf(pieces: readonly string[], free: number): string[] {
	let count = pieces.length;
	let room = free;
	while (count > 0 && room < 1) {
		count--;
		room += textWidth(pieces[count]!);
	}

	return [...pieces.slice(0, count), '…'];
}

/** What may not be broken: escapes, and what a reader takes for one character. */
function piecesOf(text: string): string[] {
	return plainAscii.test(text)
		? [...text]
		: text.split(escapes).flatMap((part, index) =>
			index % 2 === 1 ? [part] : graphemesOf(part));
}

/** How many bytes a dump shows at most in this many columns. */
export function bytesInDump(columns: number): number {
	return maxLines * bytesInLine(columns);
}

/**
A payload as hexadecimal lines: the offset, 16 bytes (8 where it is narrow), and the same bytes as ASCII, with a dot
for each that is no printable character, as hexdump(1) has it.

@param bytes - the payload, or its beginning
@param length - how many bytes the payload has
*/
export function hexDump(bytes: Uint8Array, length: number, columns: number): string[] {
	const width = bytesInLine(columns);
	const lines: string[] = [];
	for (let offset = 0; offset < bytes.length && lines.length < maxLines; offset += width) {
		const part = bytes.subarray(offset, offset + width);
		const text = Array.from(part, byte => byte >= 0x20 && byte <= 0x7E ? String.fromCharCode(byte) : '.').join('');
		lines.push(`${offset.toString(16).padStart(4, '0')}  ${hexOf(part).padEnd((width * 3) - 1)}  ${text}`);
	}

	const shown = Math.min(length, lines.length * width);
	return shown < length ? [...lines, `…     +${length - shown} B`] : lines;
}

/** Bytes as pairs of hexadecimal digits with spaces between them. */
export function hexOf(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').replaceAll(/..(?=.)/g, '$& ');
}

function bytesInLine(columns: number): 8 | 16 {
	return columns >= fixedColumns + (16 * byteColumns) ? 16 : 8;
}
