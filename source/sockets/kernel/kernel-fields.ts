import {parseHost} from '../../text/address.ts';

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

/** The number in this many hexadecimal digits; -1 where they are not digits. */
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

const written = /^(?:[\da-f]{8}|[\da-f]{32})$/i;

/** What stands before an IPv4 address in its IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2). */
const mappedPrefix = '00000000000000000000FFFF';

/**
Read an IP address as the kernel's tables write it: 8 hexadecimal digits for each 32-bit word of the address, one for
IPv4 and four for IPv6, each word as a number of the machine's own byte order.

@returns the address as Node writes it, or undefined when the text is none
*/
export function parseKernelHost(text: string, isLittleEndian: boolean): string | undefined {
	if (!written.test(text)) {
		return undefined;
	}

	const inOrder = (isLittleEndian ? text.replaceAll(/(..)(..)(..)(..)/g, '$4$3$2$1') : text).toUpperCase();
	if (inOrder.length === 8) {
		return ipv4(inOrder);
	}

	return inOrder.startsWith(mappedPrefix)
		? ipv4(inOrder.slice(mappedPrefix.length))
		: parseHost(inOrder.replaceAll(/.{4}(?!$)/g, '$&:'));
}

function ipv4(digits: string): string {
	const word = Number.parseInt(digits, 16);
	return `${word >>> 24}.${(word >>> 16) & 0xFF}.${(word >>> 8) & 0xFF}.${word & 0xFF}`;
}
