import {
	borders, type Codec, readingOf, utf8Codec,
} from '../text/encoding/codec.ts';
import {decodeUtf8, encodeUtf8} from '../text/encoding/utf8.ts';

/**
The same text in upper case, by Unicode's default mapping (`ß` becomes `SS`); in an encoding other than UTF-8, of each
character by itself, where that can write it. Of bytes that are not UTF-8 only ASCII letters change, and none after a
byte from 0x80 on, which can be the first half of a character (CP949, Shift_JIS, Big5, GBK).
*/
export function uppercase(bytes: Uint8Array, codec: Codec = utf8Codec): Uint8Array {
	if (codec !== utf8Codec) {
		return uppercaseIn(codec, bytes);
	}

	const text = decodeUtf8(bytes);
	return text === undefined ? uppercaseAscii(bytes) : encodeUtf8(text.toUpperCase());
}

/** Whether bytes are text, and none of its letters has an upper case, or is one: digits, Korean. */
export function isCaseless(bytes: Uint8Array, codec: Codec = utf8Codec): boolean {
	const text = codec.decode(bytes);
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

/** No character has more than three in upper case, of as many bytes each as it has itself. */
const growth = 3;

/** The upper case of characters of one or two bytes, by these bytes in one number: undefined where they stay. */
const upperCases = new WeakMap<Codec, Map<number, Uint8Array | undefined>>();

function uppercaseIn(codec: Codec, bytes: Uint8Array): Uint8Array {
	const known = upperCases.get(codec) ?? new Map<number, Uint8Array | undefined>();
	upperCases.set(codec, known);
	const upper = Buffer.alloc(bytes.length * growth);
	let written = 0;
	let wasCharacter = true;
	for (const [index, length] of borders(bytes, readingOf(codec))) {
		const own = bytes.subarray(index, index + (length || codec.unit));
		const isSafe = length > 1 || (length === 1 && wasCharacter);
		const changed = isSafe ? upperOf(codec, own, known) ?? own : own;
		upper.set(changed, written);
		written += changed.length;
		wasCharacter = length > 0;
	}

	return Uint8Array.from(upper.subarray(0, written));
}

/** A character's upper case; undefined where it is the same, or cannot be written. */
function upperOf(
	codec: Codec,
	character: Uint8Array,
	known: Map<number, Uint8Array | undefined>,
): Uint8Array | undefined {
	const [first = 0, second = 0] = character;
	const key = character.length > 2 ? undefined : (character.length << 16) | (first << 8) | second;
	if (key !== undefined && known.has(key)) {
		return known.get(key);
	}

	const text = codec.decode(character) ?? '';
	const upper = text.toUpperCase();
	const written = upper === text ? undefined : codec.encode(upper);
	const changed = written instanceof Uint8Array ? written : undefined;
	if (key !== undefined) {
		known.set(key, changed);
	}

	return changed;
}
