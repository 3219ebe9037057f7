import {decodeUtf8, encodeUtf8} from '../text/utf8.ts';

/**
The textbook's server: the same text in upper case, by Unicode's default mapping (so `ß` becomes `SS`). Of bytes that
are not valid UTF-8 only the ASCII letters change, so that binary data keeps its length and every other byte.
*/
export function uppercase(bytes: Uint8Array): Uint8Array {
	const text = decodeUtf8(bytes);
	return text === undefined ? uppercaseAscii(bytes) : encodeUtf8(text.toUpperCase());
}

function uppercaseAscii(bytes: Uint8Array): Uint8Array {
	const upper = new Uint8Array(bytes.length);
	for (let index = 0; index < bytes.length; index++) {
		const byte = bytes[index]!;
		upper[index] = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte;
	}

	return upper;
}
