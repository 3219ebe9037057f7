import {encodeUtf8} from './utf8.ts';

const escape = /\\(?:([nrt0\\])|x([\da-fA-F]{2})|u{([\da-fA-F]{1,6})})/g;

const named: Readonly<Record<string, number>> = {
	n: 0x0A, r: 0x0D, t: 0x09, 0: 0x00, '\\': 0x5C,
};

/**
The bytes of a typed message: its UTF-8, with `\n`, `\r`, `\t`, `\0`, `\\`, `\xNN` (one byte) and `\u{N}` (one
character) taken for what they stand for. A backslash before anything else stands for itself.
*/
export function bytesOfTyped(text: string): Uint8Array {
	if (!text.includes('\\')) {
		return encodeUtf8(text);
	}

	const parts: Uint8Array[] = [];
	let end = 0;
	for (const match of text.matchAll(escape)) {
		const [whole, name, byte, character] = match;
		parts.push(encodeUtf8(text.slice(end, match.index)), bytesOfEscape(whole, {name, byte, character}));
		end = match.index + whole.length;
	}

	parts.push(encodeUtf8(text.slice(end)));
	return Buffer.concat(parts);
}

function bytesOfEscape(
	whole: string,
	{name, byte, character}: {name: string | undefined; byte: string | undefined; character: string | undefined},
): Uint8Array {
	if (name !== undefined) {
		return Uint8Array.of(named[name] ?? 0);
	}

	if (byte !== undefined) {
		return Uint8Array.of(Number.parseInt(byte, 16));
	}

	const codePoint = Number.parseInt(character ?? '', 16);
	const isScalar = codePoint <= 0x10_FF_FF && (codePoint < 0xD8_00 || codePoint > 0xDF_FF);
	return encodeUtf8(isScalar ? String.fromCodePoint(codePoint) : whole);
}
