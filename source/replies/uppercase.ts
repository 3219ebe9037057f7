import {decodeUtf8, encodeUtf8} from '../text/utf8.ts';

/**
The textbook's server: the same text in upper case, by Unicode's default mapping (so `ß` becomes `SS`). Of bytes that
are not valid UTF-8 only ASCII letters change, and none right after a byte from 0x80 on: in the encodings of East Asia
(CP949, Shift_JIS, Big5, GBK) that can be the second byte of a character. A cut between two chunks is not seen.
*/
export function uppercase(bytes: Uint8Array): Uint8Array {
	const text = decodeUtf8(bytes);
	return text === undefined ? uppercaseAscii(bytes) : encodeUtf8(text.toUpperCase());
}

/** Whether bytes are text, and none of its letters has an upper case, or is one: digits, Korean. */
export function isCaseless(bytes: Uint8Array): boolean {
	const text = decodeUtf8(bytes);
	return text !== undefined && text !== '' && text.toUpperCase() === text && text.toLowerCase() === text;
}

function uppercaseAscii(bytes: Uint8Array): Uint8Array {
	const upper = new Uint8Array(bytes.length);
	let before = 0;
	for (let index = 0; index < bytes.length; index++) {
		const byte = bytes[index]!;
		upper[index] = byte >= 0x61 && byte <= 0x7A && before < 0x80 ? byte - 0x20 : byte;
		before = byte;
	}

	return upper;
}
