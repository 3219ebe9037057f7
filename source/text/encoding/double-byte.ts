/*
The tables of the encodings of East Asia, in which a character has one byte or two. They are made from Node's own
TextDecoder, so that nothing has to be shipped, and put right where that does not read what other programs write: up to
Node 24 it reads EUC-KR without the extension of CP949 (`8C 63` is U+008C and `c` there, and not 똠), and in Shift_JIS
`7F` as U+001A. Tests compare them with iconv-lite's and with Python's.
*/

/** Which characters bytes are, and which bytes characters are. */
type DoubleByteTable = {
	/** By a lead byte times 256 and the byte behind it, or by a byte alone: a UTF-16 code unit, 0 for none. */
	readonly characters: Uint16Array;
	/** By a UTF-16 code unit: the bytes, as above; 0 for none. */
	readonly bytes: Uint16Array;
	/** Which bytes begin a character of two. */
	readonly isLead: readonly boolean[];
};

/** UHC, the extension of EUC-KR by Windows (code page 949); that of Shift_JIS (932); and GBK (936). */
export type DoubleByteName = 'euc-kr' | 'shift_jis' | 'gbk';

/** No byte of a character is this one: it keeps them apart. */
const separator = 0x0A;

const replacement = 0xFF_FD;
const firstSyllable = 0xAC_00;
const lastSyllable = 0xD7_A3;

/** The trail bytes of Shift_JIS for each lead byte. */
const shiftJisTrails = [...range(0x40, 0x7E), ...range(0x80, 0xFC)];

/** Letters of ASCII, and what follows them, of which CP949's extension makes trail bytes. */
const letters = [...range(0x41, 0x5A), ...range(0x61, 0x7A)];

/** Make the table of an encoding, which takes some 10 ms. */
export function doubleByteTable(name: DoubleByteName): DoubleByteTable {
	const characters = new Uint16Array(0x1_00_00);
	for (const code of range(0, 0x7F)) {
		characters[code] = code;
	}

	fill[name](characters);
	const isLead = Array.from({length: 0x1_00}, (_, byte) =>
		byte >= 0x80 && characters.subarray(byte << 8, (byte + 1) << 8).some(code => code > 0));
	return {characters, bytes: inverseOf(characters, name), isLead};
}

/** Note the characters of each encoding that are not ASCII's. */
const fill: Readonly<Record<DoubleByteName, (characters: Uint16Array) => void>> = {
	'euc-kr'(characters) {
		// The rows C9 and FE are for users' own characters, which CP949 does not have.
		const leads = range(0xA1, 0xFD).filter(lead => lead !== 0xC9);
		readPairs('euc-kr', leads.flatMap(lead => pairsOf(lead, range(0xA1, 0xFE))), characters);
		// Added to the standard (KS X 1001) in 1998.
		characters[0xA2_E6] = 0x20_AC;
		characters[0xA2_E7] = 0xAE;
		// The other syllables follow in Unicode's order, wherever there is room before them.
		const known = new Set(characters);
		const others = range(firstSyllable, lastSyllable).filter(code => !known.has(code));
		const free = range(0x81, 0xC6).flatMap(lead =>
			pairsOf(lead, [...letters, ...range(0x81, lead <= 0xA0 ? 0xFE : 0xA0)]));
		for (const [index, code] of others.entries()) {
			characters[free[index]!] = code;
		}
	},
	shift_jis(characters) {
		characters[0x80] = 0x80;
		for (const byte of range(0xA1, 0xDF)) {
			// Katakana of half width.
			characters[byte] = 0xFF_61 + byte - 0xA1;
		}

		const leads = [...range(0x81, 0x9F), ...range(0xE0, 0xEF), ...range(0xFA, 0xFC)];
		readPairs('shift_jis', leads.flatMap(lead => pairsOf(lead, shiftJisTrails)), characters);
		for (const [index, pair] of range(0xF0, 0xF9).flatMap(lead => pairsOf(lead, shiftJisTrails)).entries()) {
			// Users' own characters are those of Unicode's private use area.
			characters[pair] = 0xE0_00 + index;
		}
	},
	gbk(characters) {
		characters[0x80] = 0x20_AC;
		const trails = [...range(0x40, 0x7E), ...range(0x80, 0xFE)];
		readPairs('gb18030', range(0x81, 0xFE).flatMap(lead => pairsOf(lead, trails)), characters);
	},
};

/** Note which characters these pairs are, all of them at once. */
function readPairs(label: string, pairs: readonly number[], characters: Uint16Array): void {
	const bytes = Uint8Array.from(pairs.flatMap(pair => [pair >> 8, pair & 0xFF, separator]));
	for (const [index, text] of new TextDecoder(label).decode(bytes).split('\n').entries()) {
		const code = text.length === 1 ? text.charCodeAt(0) : replacement;
		const pair = pairs[index];
		if (pair !== undefined && code !== replacement) {
			characters[pair] = code;
		}
	}
}

/**
Which bytes characters are: of several sequences for the same one the first, but for those of the rows ED and EE of
Shift_JIS, which have again what IBM's rows have, and are not written.
*/
function inverseOf(characters: Uint16Array, name: DoubleByteName): Uint16Array {
	const bytes = new Uint16Array(0x1_00_00);
	for (let sequence = 0xFF_FF; sequence > 0; sequence--) {
		const code = characters[sequence]!;
		const isRepeated = name === 'shift_jis' && sequence >= 0xED_00 && sequence <= 0xEE_FF;
		if (code !== 0 && !(isRepeated && bytes[code] !== 0)) {
			bytes[code] = sequence;
		}
	}

	return bytes;
}

function pairsOf(lead: number, trails: readonly number[]): number[] {
	return trails.map(trail => (lead << 8) | trail);
}

function range(first: number, last: number): number[] {
	return Array.from({length: last - first + 1}, (_, index) => first + index);
}
