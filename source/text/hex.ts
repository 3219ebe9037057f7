/**
What is wrong with bytes written in hexadecimal, where (an index in UTF-16 units into what was read), and what stands
there: a digit without a partner, something else than a digit, a number of more than one byte, whose order of bytes is
not known, or an offset of a dump before which another number of bytes stands.
*/
export type HexProblem = {
	readonly problem: 'odd-digit' | 'not-hex' | 'large-value' | 'wrong-offset';
	readonly index: number;
	readonly at: string;
};

/** A group of digits, perhaps with `0x` or `\x` before it, or what may stand between two groups. */
const piece = /(?:0x|\\x)?([\da-f]+)|[\s,;:.-]+/iy;

/** The offset at the beginning of a line of a dump: `00000010  `, `0010: `, `0x0010: `. */
const lineOffset = /^\s*(?:0x)?([\da-f]{4,8})(?::\s*|\s{2,})(?=(?:[\da-f]{2}){1,2}(?:\s|$))/i;

/** What can be nothing but an offset, as xxd and hexdump -C write it, even where the dump's beginning is missing. */
const longOffset = /^\s*0[\da-f]{6}0(?::\s|\s{2})/i;

/**
Bytes as they are written in hexadecimal: `DE AD BE EF`, `de:ad:be:ef`, `0xDE, 0xAD`, `deadbeef`, `\xde\xad`, or a dump
with offsets, as hexdump -C, xxd, tcpdump -X and Wireshark write them, whose text column is left out.
*/
export function readHex(text: string): {readonly bytes: Uint8Array} | HexProblem {
	const bytes: number[] = [];
	let begin = 0;
	let hasOffsets = false;
	for (const line of text.split('\n')) {
		const [whole = '', digits = ''] = lineOffset.exec(line) ?? [];
		// What could be an offset is one where as many bytes have come before it.
		const isDump = whole !== '' && Number.parseInt(digits, 16) === bytes.length;
		// The last line of hexdump -C is the length alone.
		const [end] = hasOffsets ? /^[\da-f]{7,8}(?=\s*$)/i.exec(line) ?? [] : [];
		const isWrong = end === undefined
			? !isDump && whole !== '' && (hasOffsets || longOffset.test(line))
			: Number.parseInt(end, 16) !== bytes.length;
		if (isWrong) {
			const at = end ?? digits;
			return {problem: 'wrong-offset', index: begin + line.indexOf(at), at};
		}

		hasOffsets ||= isDump;
		const problem = isDump
			? readGroups(hexColumn(line.slice(whole.length)), begin + whole.length, bytes)
			: (end === undefined ? readGroups(line, begin, bytes) : undefined);
		if (problem) {
			return problem;
		}

		begin += line.length + 1;
	}

	return {bytes: Uint8Array.from(bytes)};
}

/** The digits of a line of a dump: its text stands behind a bar, three spaces, or two where groups have four digits. */
function hexColumn(rest: string): string {
	const isWide = /^[\da-f]{4}\b/i.test(rest);
	const [column = ''] = rest.split(isWide ? /\s{2,}|\|/ : /\s{3,}|\|/);
	// A text column two spaces away, as some write it, is none of pairs of digits.
	const [pairs = ''] = /^(?:[\da-f]{2,4}(?:\s{1,2}|$))*/i.exec(column) ?? [];
	return pairs === '' ? column : pairs;
}

function readGroups(text: string, begin: number, bytes: number[]): HexProblem | undefined {
	for (piece.lastIndex = 0; piece.lastIndex < text.length;) {
		const index = piece.lastIndex;
		const [whole, digits = ''] = piece.exec(text) ?? [];
		if (whole === undefined) {
			return {problem: 'not-hex', index: begin + index, at: String.fromCodePoint(text.codePointAt(index) ?? 0)};
		}

		const start = index + whole.length - digits.length;
		if (whole !== digits && digits.length > 2 && /^0x/i.test(whole)) {
			return {problem: 'large-value', index: begin + start, at: whole};
		}

		if (digits.length % 2 === 1) {
			return {problem: 'odd-digit', index: begin + start + digits.length - 1, at: digits.at(-1) ?? ''};
		}

		for (const byte of Buffer.from(digits, 'hex')) {
			bytes.push(byte);
		}
	}

	return undefined;
}
