import {parseHost} from '../../text/address.ts';

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
