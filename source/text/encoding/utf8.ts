import {isUtf8} from 'node:buffer';

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});
const encoder = new TextEncoder();

/** The text of bytes that are valid UTF-8 (RFC 3629), or undefined. A byte order mark stays part of the text. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
	return isUtf8(bytes) ? decoder.decode(bytes) : undefined;
}

/** The UTF-8 bytes of a text (RFC 3629). A surrogate that has no partner becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
	return encoder.encode(text);
}

/** A lone surrogate that stands for a byte, 80 to FF. No UTF-8 has any surrogate. */
const rawByte = /[\u{DC80}-\u{DCFF}]/gu;

/** Whether a text of a Utf8Stream has bytes that are not UTF-8. */
export function hasRawBytes(text: string): boolean {
	return text.search(rawByte) !== -1;
}

/** The bytes that are not UTF-8 in a text of a Utf8Stream, and where they stand in it. */
export function * rawBytes(text: string): Generator<{readonly index: number; readonly byte: number}> {
	for (const {index} of text.matchAll(rawByte)) {
		yield {index, byte: text.charCodeAt(index) - 0xDC_00};
	}
}

/** The bytes of a text of a Utf8Stream, just as they came. */
export function encodeRaw(text: string): Uint8Array {
	// As UTF-8 they would take three bytes each. A large paste has a million of them: no object is kept for each.
	const bytes = Buffer.alloc(Buffer.byteLength(text));
	let length = 0;
	let from = 0;
	for (const {index, byte} of rawBytes(text)) {
		length += bytes.write(text.slice(from, index), length);
		length = bytes.writeUInt8(byte, length);
		from = index + 1;
	}

	return Uint8Array.from(bytes.subarray(0, length + bytes.write(text.slice(from), length)));
}

/**
The text of a stream of bytes, in whole characters. A byte that is not UTF-8 becomes the lone surrogate U+DC00 and its
value (as Python's `surrogateescape`, PEP 383), so that nothing is lost.
*/
export class Utf8Stream {
	/** The beginning of a character that the next read may complete. */
	#begun: Uint8Array = new Uint8Array();

	read(chunk: Uint8Array): string {
		const bytes = this.#begun.length > 0 ? Buffer.concat([this.#begun, chunk]) : chunk;
		const end = bytes.length - unfinishedLength(bytes);
		this.#begun = Uint8Array.from(bytes.subarray(end));
		const whole = bytes.subarray(0, end);
		const valid = decodeUtf8(whole);
		if (valid !== undefined) {
			return valid;
		}

		let text = '';
		let from = 0;
		for (let index = 0; index < end;) {
			const length = characterLength(whole, index);
			if (length === 0) {
				text += decodeUtf8(whole.subarray(from, index)) + String.fromCodePoint(0xDC_00 + whole[index]!);
				from = index + 1;
			}

			index += length || 1;
		}

		return text + decodeUtf8(whole.subarray(from));
	}
}

/**
How many bytes at the end begin a UTF-8 character that the next bytes could complete: 0 to 3 (RFC 3629 section 4).
Bytes that can never become a character count as none.
*/
export function unfinishedLength(bytes: Uint8Array): number {
	const {length} = bytes;
	for (let back = 1; back <= Math.min(3, length); back++) {
		const byte = bytes[length - back]!;
		if ((byte & 0b1100_0000) === 0b1000_0000) {
			continue;
		}

		const isPossible = back === 1 || isSecond(bytes[length - back + 1]!, byte);
		return sequenceLength(byte) > back && isPossible ? back : 0;
	}

	return 0;
}

/** How many bytes the character has that begins with this byte: 1 to 4, or 0 for a byte that begins none. */
export function sequenceLength(first: number): 0 | 1 | 2 | 3 | 4 {
	if (first < 0x80) {
		return 1;
	}

	if (first < 0xC2 || first > 0xF4) {
		return 0;
	}

	return first < 0xE0 ? 2 : (first < 0xF0 ? 3 : 4);
}

/** The second byte is restricted after E0, ED, F0 and F4: no overlong forms, no surrogates, nothing over U+10FFFF. */
function isSecond(second: number, first: number): boolean {
	const lowest = first === 0xE0 ? 0xA0 : (first === 0xF0 ? 0x90 : 0x80);
	const highest = first === 0xED ? 0x9F : (first === 0xF4 ? 0x8F : 0xBF);
	return second >= lowest && second <= highest;
}

/** How many bytes the well-formed character has that begins here, or 0 where none does (Unicode 15, table 3-7). */
export function characterLength(bytes: Uint8Array, index: number): number {
	const first = bytes[index] ?? 0;
	const length = sequenceLength(first);
	if (length <= 1 || index + length > bytes.length) {
		return length === 1 ? 1 : 0;
	}

	if (!isSecond(bytes[index + 1]!, first)) {
		return 0;
	}

	for (let place = index + 2; place < index + length; place++) {
		if (((bytes[place] ?? 0) & 0b1100_0000) !== 0b1000_0000) {
			return 0;
		}
	}

	return length;
}
