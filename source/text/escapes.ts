import {encodeRaw, encodeUtf8} from './utf8.ts';

const escape = /\\(?:([nrtabefv\\])|([0-3][0-7]{2}|[0-7]{1,2})|x([\da-fA-F]{2})|u(?:{([\da-fA-F]{1,6})}|([\da-fA-F]{4})))/g;

const named: Readonly<Record<string, number>> = {
	n: 0x0A, r: 0x0D, t: 0x09, a: 0x07, b: 0x08, e: 0x1B, f: 0x0C, v: 0x0B, '\\': 0x5C,
};

/** An escape in a typed message: from where to where it stands, in UTF-16 units, and the bytes that it stands for. */
type Escape = {readonly start: number; readonly end: number; readonly bytes: Uint8Array};

/**
The escapes in a typed message, those of C (ISO/IEC 9899 6.4.4.4) and a few more: `\n`, `\r`, `\t`, `\a`, `\b`, `\e`,
`\f`, `\v` and `\\`; up to three octal digits, as `\0` and `\033`, and `\xNN`, for one byte; `\u{N}` and `\uNNNN` for
one character. A backslash before anything else stands for itself.
*/
export function escapesIn(text: string): Escape[] {
	if (!text.includes('\\')) {
		return [];
	}

	return [...text.matchAll(escape)].flatMap(match => {
		const [whole, name, octal, byte, braced, plain] = match;
		const bytes = name === undefined ? bytesOfCode(octal, byte, braced ?? plain) : Uint8Array.of(named[name] ?? 0);
		return bytes ? [{start: match.index, end: match.index + whole.length, bytes}] : [];
	});
}

/** The bytes of a typed message: its UTF-8, with its escapes taken for what they stand for. */
export function bytesOfTyped(text: string): Uint8Array {
	const escapes = escapesIn(text);
	if (escapes.length === 0) {
		return encodeRaw(text);
	}

	const parts: Uint8Array[] = [];
	let from = 0;
	for (const {start, end, bytes} of escapes) {
		parts.push(encodeRaw(text.slice(from, start)), bytes);
		from = end;
	}

	parts.push(encodeRaw(text.slice(from)));
	return Buffer.concat(parts);
}

/** Undefined for a code point that is no character (Unicode D76): a surrogate, or one beyond U+10FFFF. */
function bytesOfCode(
	octal: string | undefined,
	byte: string | undefined,
	character: string | undefined,
): Uint8Array | undefined {
	if (octal !== undefined || byte !== undefined) {
		return Uint8Array.of(octal === undefined ? Number.parseInt(byte ?? '', 16) : Number.parseInt(octal, 8));
	}

	const codePoint = Number.parseInt(character ?? '', 16);
	const isScalar = codePoint <= 0x10_FF_FF && (codePoint < 0xD8_00 || codePoint > 0xDF_FF);
	return isScalar ? encodeUtf8(String.fromCodePoint(codePoint)) : undefined;
}
