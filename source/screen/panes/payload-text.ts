/* A row's payload as text or in hexadecimal. */
import {type VisibleText, visibleBytes} from '../../text/visible.ts';

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
export function payloadText(bytes: Uint8Array, length: number, format: PayloadFormat, columns: number): VisibleText {
	if (columns <= 0) {
		return {text: '', columns: 0, isCut: length > 0};
	}

	const isWhole = bytes.length === length;
	if (format === 'text') {
		return visibleBytes(bytes, columns, isWhole);
	}

	// One column of text for each byte, and a mark where there is more.
	const fitting = Math.min(bytes.length, Math.max(0, Math.floor((columns - 2) / byteColumns)));
	const isCut = fitting < length;
	if (fitting === 0) {
		return {text: isCut ? '…' : '', columns: isCut ? 1 : 0, isCut};
	}

	const hex = hexOf(bytes.subarray(0, fitting));
	const text = visibleBytes(bytes.subarray(0, fitting), columns - hex.length - 2, !isCut);
	return {text: `${hex}  ${text.text}`, columns: hex.length + 2 + text.columns, isCut: isCut || text.isCut};
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

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ');
}

function bytesInLine(columns: number): 8 | 16 {
	return columns >= fixedColumns + (16 * byteColumns) ? 16 : 8;
}
