import stringWidth from 'string-width';

/**
How many terminal columns a text takes. It agrees with the `string-width` package in every case; the ranges that fill a
screen of Latin, Hangul and box-drawing characters are told apart here, without its regular expressions.
*/
export default function textWidth(text: string, options?: Parameters<typeof stringWidth>[1]): number {
	if (options || typeof text !== 'string') {
		return stringWidth(text, options);
	}

	let width = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 0x1B) {
			const end = endOfStyle(text, index);
			if (end === -1) {
				return stringWidth(text);
			}

			index = end;
			continue;
		}

		const own = columns[code]!;
		if (own === 0) {
			return stringWidth(text);
		}

		width += own;
	}

	return width;
}

/** Characters whose width does not depend on their neighbours: the first and the last of a range, and columns. */
const ranges = [
	[0x20, 0x7E, 1],
	// Latin-1 letters: U+00A9 and U+00AE lie below.
	[0xC0, 0xFF, 1],
	// Box drawing and blocks.
	[0x25_00, 0x25_9F, 1],
	// Kana without its combining marks, CJK ideographs, precomposed Hangul syllables.
	[0x30_41, 0x30_96, 2],
	[0x30_A1, 0x30_FA, 2],
	[0x4E_00, 0x9F_FF, 2],
	[0xAC_00, 0xD7_A3, 2],
] as const;

/** A space that is not broken, and the signs of the screen; none of them is ever an emoji by itself. */
const signs = '\u{A0}·–—“”…›←↑→↓⇄−≈≡▸►◄◆○●☐☑✓✗';

/** 1 or 2 by the code of such a character; 0 where the width has to be looked into. */
const columns = new Uint8Array(0x1_00_00);
for (const [first, last, width] of ranges) {
	columns.fill(width, first, last + 1);
}

for (const sign of signs) {
	columns[sign.charCodeAt(0)] = 1;
}

/** Where a style such as `ESC [ 1 ; 31 m` (ECMA-48 SGR) that begins at `start` ends, or -1 for any other sequence. */
function endOfStyle(text: string, start: number): number {
	if (text.charCodeAt(start + 1) !== 0x5B) {
		return -1;
	}

	for (let index = start + 2; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 0x6D) {
			return index;
		}

		if (code !== 0x3B && (code < 0x30 || code > 0x39)) {
			return -1;
		}
	}

	return -1;
}
