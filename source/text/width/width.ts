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

		const columns = columnsOf(code);
		if (columns === 0) {
			return stringWidth(text);
		}

		width += columns;
	}

	return width;
}

/** 1 or 2 for a character whose width does not depend on its neighbours; 0 where that has to be looked into. */
function columnsOf(code: number): 0 | 1 | 2 {
	if (code >= 0x20 && code <= 0x7E) {
		return 1;
	}

	// Precomposed Hangul syllables, CJK ideographs, kana without its combining marks.
	if (
		(code >= 0xAC_00 && code <= 0xD7_A3)
		|| (code >= 0x4E_00 && code <= 0x9F_FF)
		|| (code >= 0x30_41 && code <= 0x30_96)
		|| (code >= 0x30_A1 && code <= 0x30_FA)
	) {
		return 2;
	}

	// Latin-1 letters (U+00A9 and U+00AE lie below), box drawing and blocks.
	if ((code >= 0xC0 && code <= 0xFF) || (code >= 0x25_00 && code <= 0x25_9F)) {
		return 1;
	}

	switch (code) {
		// Spaces that are not broken, and the signs of the screen; none of them is ever an emoji by itself.
		case 0xA0:
		case 0xB7: // ·
		case 0x20_13: // –
		case 0x20_14: // —
		case 0x20_1C: // “
		case 0x20_1D: // ”
		case 0x20_26: // …
		case 0x20_3A: // ›
		case 0x21_90: // ←
		case 0x21_91: // ↑
		case 0x21_92: // →
		case 0x21_93: // ↓
		case 0x21_C4: // ⇄
		case 0x22_12: // −
		case 0x22_48: // ≈
		case 0x22_61: // ≡
		case 0x25_B8: // ▸
		case 0x25_BA: // ►
		case 0x25_C4: // ◄
		case 0x25_C6: // ◆
		case 0x25_CB: // ○
		case 0x25_CF: // ●
		case 0x26_10: // ☐
		case 0x26_11: // ☑
		case 0x27_13: // ✓
		case 0x27_17: { // ✗
			return 1;
		}

		default: {
			return 0;
		}
	}
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
