/* Bytes <-> text in each of the encodings. */
import {type Fault, FaultError} from '../files/file-problem.ts';
import {type DoubleByteName, doubleByteTable} from './double-byte.ts';
import {defaultEncoding, type Encoding, encodingLabel} from './encoding.ts';
import {
	characterLength, decodeUtf8, encodeUtf8, unfinishedLength,
} from './utf8.ts';

/** What an encoding cannot write: where it stands, in UTF-16 units, and the character. */
export class Unwritable {
	readonly index: number;
	readonly character: string;
	readonly encoding: Encoding;

	constructor(index: number, character: string, encoding: Encoding) {
		this.index = index;
		this.character = character;
		this.encoding = encoding;
	}

	/** The same in a text that stands this many units further on, or further back, in another one. */
	moved(by: number): Unwritable {
		return new Unwritable(this.index + by, this.character, this.encoding);
	}

	/** What is wrong, for a file that has it. */
	get fault(): Extract<Fault, readonly ['unwritable', ...unknown[]]> {
		return ['unwritable', encodingLabel(this.encoding), this.character];
	}
}

/** How characters stand in bytes, and bytes are read and written as text. */
export type Codec = {
	readonly encoding: Encoding;
	/** Whether a byte below 80 at the beginning of a character is that character of ASCII. */
	readonly hasAscii: boolean;
	/** Bytes of the character that begins at an index; 0 where none does. */
	readonly lengthAt: (bytes: Uint8Array, index: number) => number;
	/** How many bytes are passed over at an index where no character begins. */
	readonly unit: 1 | 2;
	/** Whether the bytes from an index to the end begin a character that other bytes can complete. */
	readonly isBegun: (bytes: Uint8Array, index: number) => boolean;
	/** The text of bytes that are whole characters, all of them; undefined for others. */
	readonly decode: (bytes: Uint8Array) => string | undefined;
	/** The bytes of a text, or the first of its characters that the encoding does not have. */
	readonly encode: (text: string) => Uint8Array | Unwritable;
};

/** A text's bytes. @throws FaultError that names the first character which the encoding does not have */
export function writtenIn({encode}: Pick<Codec, 'encode'>, text: string): Uint8Array {
	const bytes = encode(text);
	if (bytes instanceof Unwritable) {
		throw new FaultError(bytes.fault);
	}

	return bytes;
}

/**
Bytes as they are read: in which encoding, and how many at their beginning belong to a character that has begun before
them, as in a byte stream that was cut there.
*/
export type Reading = {readonly codec: Codec; readonly lead: number};

export const utf8Codec: Codec = {
	encoding: defaultEncoding,
	hasAscii: true,
	lengthAt: characterLength,
	unit: 1,
	isBegun: (bytes, index) => unfinishedLength(bytes.subarray(index)) === bytes.length - index,
	decode: decodeUtf8,
	encode: encodeUtf8,
};

/** ISO/IEC 8859-1, in which every byte is the character of the same number: not the windows-1252 that browsers read. */
const latin1: Codec = {
	encoding: 'latin1',
	hasAscii: true,
	lengthAt: (bytes, index) => index < bytes.length ? 1 : 0,
	unit: 1,
	isBegun: () => false,
	decode: bytes => textOf(bytes, 'latin1'),
	encode(text) {
		const index = text.search(/[^\0-\u{FF}]/u);
		return index === -1 ? Uint8Array.from(Buffer.from(text, 'latin1')) : unwritableAt(text, index, 'latin1');
	},
};

/** UTF-16 with the lower byte first (RFC 2781). A byte order mark is a character like any other. */
const utf16le: Codec = {
	encoding: 'utf-16le',
	hasAscii: false,
	lengthAt(bytes, index) {
		const high = unitAt(bytes, index);
		if (high === undefined || isBetween(high, 0xDC_00, 0xDF_FF)) {
			return 0;
		}

		return isBetween(high, 0xD8_00, 0xDB_FF)
			? (isBetween(unitAt(bytes, index + 2) ?? 0, 0xDC_00, 0xDF_FF) ? 4 : 0)
			: 2;
	},
	unit: 2,
	isBegun(bytes, index) {
		const rest = bytes.length - index;
		const isHigh = isBetween(bytes[index + 1] ?? 0, 0xD8, 0xDB);
		return rest === 1 || (isHigh && (rest === 2 || rest === 3));
	},
	decode(bytes) {
		if (bytes.length % 2 === 1) {
			return undefined;
		}

		const text = textOf(bytes, 'utf16le');
		return text.isWellFormed() ? text : undefined;
	},
	encode(text) {
		const index = text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u);
		return index === -1 ? Uint8Array.from(Buffer.from(text, 'utf16le')) : unwritableAt(text, index, 'utf-16le');
	},
};

/** The encodings of East Asia. */
function doubleByte(encoding: DoubleByteName): Codec {
	const {characters, bytes: written, isLead} = doubleByteTable(encoding);
	const lengthAt = (bytes: Uint8Array, index: number): number => {
		const first = bytes[index];
		if (first === undefined || !isLead[first]) {
			return first !== undefined && (first === 0 || characters[first] !== 0) ? 1 : 0;
		}

		return characters[(first << 8) | (bytes[index + 1] ?? 0)] === 0 ? 0 : 2;
	};

	return {
		encoding,
		hasAscii: true,
		lengthAt,
		unit: 1,
		isBegun: (bytes, index) => index === bytes.length - 1 && isLead[bytes[index]!]!,
		decode(bytes) {
			const units = new Uint16Array(bytes.length);
			let count = 0;
			for (let index = 0; index < bytes.length;) {
				const length = lengthAt(bytes, index);
				if (length === 0) {
					return undefined;
				}

				const first = bytes[index]!;
				units[count++] = characters[length === 1 ? first : (first << 8) | bytes[index + 1]!]!;
				index += length;
			}

			return textOf(units.subarray(0, count), 'utf16le');
		},
		encode(text) {
			const bytes = new Uint8Array(text.length * 2);
			let count = 0;
			for (let index = 0; index < text.length; index++) {
				const code = text.charCodeAt(index);
				const sequence = written[code]!;
				if (sequence === 0 && code !== 0) {
					return unwritableAt(text, index, encoding);
				}

				if (sequence > 0xFF) {
					bytes[count++] = sequence >> 8;
				}

				bytes[count++] = sequence & 0xFF;
			}

			return bytes.slice(0, count);
		},
	};
}

const codecs: Partial<Record<Encoding, Codec>> = {[defaultEncoding]: utf8Codec, latin1, 'utf-16le': utf16le};

/** How an encoding reads and writes; UTF-8 where none is given. A table is made when it is first needed. */
export function codecOf(encoding: Encoding = defaultEncoding): Codec {
	codecs[encoding] ??= doubleByte(encoding as DoubleByteName);
	return codecs[encoding];
}

/** UTF-8 is read without what came before. */
export const utf8Reading: Reading = {codec: utf8Codec, lead: 0};

/** Bytes of which as many as `lead`, or none, belong to a character that has begun before them. */
export function readingOf(codec: Codec = utf8Codec, lead = 0): Reading {
	return codec === utf8Codec ? utf8Reading : {codec, lead};
}

/** The index of each character's first byte, and of each unit that is none, from the end of a cut one on. */
export function * borders(
	bytes: Uint8Array,
	{codec, lead}: Reading,
): Generator<readonly [index: number, length: number]> {
	for (let index = lead; index < bytes.length;) {
		const length = codec.lengthAt(bytes, index);
		yield [index, length];
		index += length || codec.unit;
	}
}

/** How many bytes at the end begin a character that the next bytes could complete. */
export function cutLength(bytes: Uint8Array, reading: Reading): number {
	const {codec} = reading;
	if (codec === utf8Codec) {
		return unfinishedLength(bytes);
	}

	for (const [index, length] of borders(bytes, reading)) {
		if (length === 0 && codec.isBegun(bytes, index)) {
			return bytes.length - index;
		}
	}

	return 0;
}

/**
How many bytes at the beginning of a read belong to the character that bytes before it have begun; 0 where they complete
none.

@param begun - those bytes, 1 to 3
*/
export function completingLength(codec: Codec, begun: Uint8Array, bytes: Uint8Array): number {
	if (begun.length === 0 || codec === utf8Codec) {
		return 0;
	}

	const joined = Buffer.concat([begun, bytes.subarray(0, 4)]);
	const length = codec.lengthAt(joined, 0);
	if (length > 0) {
		return Math.min(bytes.length, length - begun.length);
	}

	// Of several reads each may have a part of it; where it comes to nothing, only the unit that was begun is over.
	return codec.isBegun(joined, 0)
		? bytes.length
		: (codec.unit === 2 && begun.length % 2 === 1 ? Math.min(bytes.length, 1) : 0);
}

/** The bytes of a character that have come when these have, too. @param begun - those that had come before */
function begunAfter(begun: Uint8Array, bytes: Uint8Array, reading: Reading): Uint8Array {
	const joined = reading.lead === bytes.length ? Buffer.concat([begun, bytes]) : undefined;
	return joined && joined.length > 0 && reading.codec.isBegun(joined, 0)
		? joined
		: Uint8Array.from(bytes.subarray(bytes.length - cutLength(bytes, reading)));
}

/** How much of some bytes is text. */
export type CharacterCount = {
	/** Characters: Unicode scalar values, of which one letter on screen may have several. */
	readonly characters: number;
	/** Bytes that belong to no character, and could not with any bytes after them. */
	readonly invalid: number;
	/** How many bytes at the end, 0 to 3, begin a character that is not there as a whole. */
	readonly cut: number;
};

/** Count the characters of some bytes. A MiB takes some 5 to 15 ms: keep the answer. */
export function countText(bytes: Uint8Array, reading: Reading): CharacterCount {
	const {codec, lead} = reading;
	const cut = cutLength(bytes, reading);
	const end = bytes.length - cut;
	let characters = 0;
	let invalid = Math.min(lead, bytes.length);
	for (let index = lead; index < end;) {
		const length = codec.lengthAt(bytes, index);
		characters += length > 0 ? 1 : 0;
		invalid += length > 0 ? 0 : Math.min(codec.unit, end - index);
		index += length || codec.unit;
	}

	return {characters, invalid, cut};
}

/** Bytes as text to read, with U+FFFD for what is no character. */
export function readText(bytes: Uint8Array, reading: Reading): string {
	const {codec, lead} = reading;
	if (codec === utf8Codec) {
		return textOf(bytes);
	}

	const whole = lead === 0 ? codec.decode(bytes) : undefined;
	if (whole !== undefined) {
		return whole;
	}

	let text = '\u{FFFD}'.repeat(Math.min(lead, bytes.length));
	let from = lead;
	for (const [index, length] of borders(bytes, reading)) {
		if (length === 0) {
			text += `${codec.decode(bytes.subarray(from, index))}\u{FFFD}`;
			from = index + codec.unit;
		}
	}

	return text + (codec.decode(bytes.subarray(from)) ?? '');
}

/**
Follows the reads, or the writes, of one byte stream: of each it knows how many bytes at the beginning belong to a
character that has begun before.
*/
export class StreamReading {
	readonly #codec: Codec;
	#begun: Uint8Array = new Uint8Array();

	constructor(codec: Codec) {
		this.#codec = codec;
	}

	next(bytes: Uint8Array): Reading {
		const codec = this.#codec;
		if (codec === utf8Codec) {
			return utf8Reading;
		}

		const reading = readingOf(codec, completingLength(codec, this.#begun, bytes));
		this.#begun = begunAfter(this.#begun, bytes, reading);
		return reading;
	}
}

function unwritableAt(text: string, index: number, encoding: Encoding): Unwritable {
	return new Unwritable(index, String.fromCodePoint(text.codePointAt(index)!), encoding);
}

function unitAt(bytes: Uint8Array, index: number): number | undefined {
	return index + 1 < bytes.length ? bytes[index]! | (bytes[index + 1]! << 8) : undefined;
}

function isBetween(value: number, first: number, last: number): boolean {
	return value >= first && value <= last;
}

function textOf(
	{buffer, byteOffset, byteLength}: Uint8Array | Uint16Array,
	encoding?: 'latin1' | 'utf16le',
): string {
	return Buffer.from(buffer, byteOffset, byteLength).toString(encoding);
}
