import {type Codec, Unwritable, utf8Codec} from './codec.ts';
import {encodeRaw, rawBytes} from './utf8.ts';

const escape = /\\(?:([nrtabefv\\])|([0-3][0-7]{2}|[0-7]{1,2})|x([\da-fA-F]{2})|u(?:{([\da-fA-F]{1,6})}|([\da-fA-F]{4})))/g;

const named: Readonly<Record<string, number>> = {
	n: 0x0A, r: 0x0D, t: 0x09, a: 0x07, b: 0x08, e: 0x1B, f: 0x0C, v: 0x0B, '\\': 0x5C,
};

/** An escape in a typed message: its place in UTF-16 units, and the character, or the byte, that it means. */
type Escape = {readonly start: number; readonly end: number; readonly stands: string | number};

/**
The escapes in a typed message, those of C (ISO/IEC 9899 6.4.4.4) and a few more: `\n`, `\r`, `\t`, `\a`, `\b`, `\e`,
`\f`, `\v` and `\\`, for these characters; up to three octal digits, as `\0` and `\033`, and `\xNN`, for one byte;
`\u{N}` and `\uNNNN` for one character. A backslash before anything else stands for itself.
*/
export function escapesIn(text: string): Escape[] {
	if (!text.includes('\\')) {
		return [];
	}

	return [...text.matchAll(escape)].flatMap(({0: whole, 1: name, 2: octal, 3: byte, 4: braced, 5: plain, index}) => {
		const place = {start: index, end: index + whole.length};
		if (name !== undefined) {
			return {...place, stands: String.fromCharCode(named[name]!)};
		}

		if (octal !== undefined || byte !== undefined) {
			return {...place, stands: octal === undefined ? Number.parseInt(byte!, 16) : Number.parseInt(octal, 8)};
		}

		// A surrogate, or what is beyond U+10FFFF, is no character (Unicode D76).
		const code = Number.parseInt((braced ?? plain)!, 16);
		const character = code <= 0x10_FF_FF ? String.fromCodePoint(code) : '\u{D800}';
		return character.isWellFormed() ? {...place, stands: character} : [];
	});
}

/** The bytes of a typed message: its UTF-8, with its escapes taken for what they stand for. */
export function bytesOfTyped(text: string): Uint8Array {
	const bytes = encodeTyped(text, utf8Codec);
	// UTF-8 has every character.
	return bytes instanceof Unwritable ? encodeRaw(text) : bytes;
}

/** The same in an encoding, or the first of its characters that the encoding does not have, and where that stands. */
export function encodeTyped(text: string, codec: Codec): Uint8Array | Unwritable {
	return encodeParts(text, escapesIn(text), codec, plain => encodeText(plain, codec));
}

/** A text as it was typed or pasted, without its escapes: what no UTF-8 was stays the bytes that came. */
export function encodeText(text: string, codec: Codec): Uint8Array | Unwritable {
	return codec === utf8Codec
		? encodeRaw(text)
		: encodeParts(
			text,
			Array.from(rawBytes(text), ({index, byte}) => ({start: index, end: index + 1, stands: byte})),
			codec,
			plain => codec.encode(plain),
		);
}

/** What escapes stand for, and the text between them. */
function encodeParts(
	text: string,
	escapes: readonly Escape[],
	codec: Codec,
	encodePlain: (plain: string) => Uint8Array | Unwritable,
): Uint8Array | Unwritable {
	const parts: Uint8Array[] = [];
	let from = 0;
	for (const {start, end, stands} of [...escapes, {start: text.length, end: text.length, stands: ''}]) {
		const before = encodePlain(text.slice(from, start));
		const own = typeof stands === 'number' ? Uint8Array.of(stands) : codec.encode(stands);
		if (before instanceof Unwritable) {
			return before.moved(from);
		}

		if (own instanceof Unwritable) {
			return own.moved(start - own.index);
		}

		parts.push(before, own);
		from = end;
	}

	return Buffer.concat(parts);
}
