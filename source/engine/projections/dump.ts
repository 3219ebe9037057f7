/** Lines of a dump at most; a last one says how many bytes have been left out. */
const mostLines = 16;

/** Columns of the offset and the gaps: `0010  ` before the bytes, one more space before the text. */
const fixedColumns = 7;

/** Columns that a byte takes: two digits, a space, and its character. */
const byteColumns = 4;

/** How many bytes a dump shows at most in so many columns. */
export function bytesInDump(columns: number): number {
	return mostLines * bytesInLine(columns);
}

/**
A payload as hexadecimal lines: the offset, 16 bytes (8 where it is narrow), and the same bytes as ASCII, with a dot for each that is no
printable character, as hexdump(1) has it.

@param bytes - the payload, or its beginning
@param length - how many bytes the payload has
*/
export function projectDump(bytes: Uint8Array, length: number, columns: number): string[] {
	const width = bytesInLine(columns);
	const lines: string[] = [];
	for (let offset = 0; offset < bytes.length && lines.length < mostLines; offset += width) {
		const part = [...bytes.subarray(offset, offset + width)];
		const hex = part.map(byte => byte.toString(16).padStart(2, '0')).join(' ').padEnd((width * 3) - 1);
		const text = part.map(byte => byte >= 0x20 && byte <= 0x7E ? String.fromCharCode(byte) : '.').join('');
		lines.push(`${offset.toString(16).padStart(4, '0')}  ${hex}  ${text}`);
	}

	const shown = Math.min(length, lines.length * width);
	return shown < length ? [...lines, `…     +${length - shown} B`] : lines;
}

function bytesInLine(columns: number): 8 | 16 {
	return columns >= fixedColumns + (16 * byteColumns) ? 16 : 8;
}
