/**
Two parts of a text, the first of which ends inside its first character of several bytes (UTF-8, RFC 3629); undefined
where there is none.
*/
export function splitInCharacter(bytes: Uint8Array): readonly [Uint8Array, Uint8Array] | undefined {
	// Every byte of a character but its first has the bits 10 in front.
	const inside = bytes.findIndex((byte, index) => index > 0 && (byte & 0xC0) === 0x80 && bytes[index - 1] >= 0xC0);
	return inside === -1 ? undefined : [bytes.subarray(0, inside), bytes.subarray(inside)];
}

/** Two halves of a text, cut between characters where it can be; undefined for less than two bytes. */
export function splitInHalf(bytes: Uint8Array): readonly [Uint8Array, Uint8Array] | undefined {
	if (bytes.length < 2) {
		return undefined;
	}

	const isStart = (index: number): boolean => (bytes[index] & 0xC0) !== 0x80;
	const middle = Math.ceil(bytes.length / 2);
	const starts = Array.from({length: bytes.length - 1}, (_, index) => index + 1).filter(index => isStart(index));
	const cut = starts.find(index => index >= middle) ?? starts.at(-1) ?? middle;
	return [bytes.subarray(0, cut), bytes.subarray(cut)];
}
