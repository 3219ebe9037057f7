/** What parts the fields of a line, as a byte. */
export const space = 0x20;

/** What parts an address from its port, and two numbers of one field, as a byte. */
export const colon = 0x3A;

/** The value of each byte as a hexadecimal digit, -1 where it is none. */
const digits = Int8Array.from({length: 256}, (_, byte) =>
	'0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase()));

/** Where the decimal number that a line begins with ends, blanks before it; -1 where there is none. */
export function numberEnd(table: Uint8Array, start: number, end: number): number {
	let index = start;
	while (table[index] === space) {
		index++;
	}

	const first = index;
	while (index < end && isDecimal(table[index]!)) {
		index++;
	}

	return index > first ? index : -1;
}

/** The number in so many hexadecimal digits; -1 where they are none. */
export function hexadecimal(table: Uint8Array, start: number, length: number): number {
	let value = 0;
	for (let index = start; index < start + length; index++) {
		const digit = digits[table[index]!] ?? -1;
		if (digit < 0) {
			return -1;
		}

		value = (value * 16) + digit;
	}

	return value;
}

/** The decimal number in one of the fields, which blanks part, from 1; -1 where the line has none. */
export function decimalField(table: Uint8Array, start: number, end: number, field: number): number {
	let index = start;
	for (let passed = 0; ; passed++) {
		while (index < end && table[index] === space) {
			index++;
		}

		if (passed === field - 1) {
			break;
		}

		while (index < end && table[index] !== space) {
			index++;
		}
	}

	const first = index;
	let value = 0;
	for (; index < end && table[index] !== space; index++) {
		if (!isDecimal(table[index]!)) {
			return -1;
		}

		value = (value * 10) + digits[table[index]!]!;
	}

	return index > first ? value : -1;
}

function isDecimal(byte: number): boolean {
	return byte >= 0x30 && byte <= 0x39;
}
