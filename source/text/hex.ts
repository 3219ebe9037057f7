/** Bytes that were read from hexadecimal digits, or what is wrong: the place, from 0, of a digit without a partner. */
export type ReadHex = {readonly bytes: Uint8Array} | {readonly wrongAt: number};

/** What may stand between bytes: white space, commas, semicolons, colons, dashes and dots. */
const separators = /[\s,;:.-]/;

/**
Bytes as they are written in hexadecimal: `DE AD BE EF`, `de:ad:be:ef`, `0xDE, 0xAD`, `\xde\xad`, `deadbeef`. Digits
that stand together come in pairs.
*/
export function readHex(text: string): ReadHex {
	const bytes: number[] = [];
	let index = 0;
	while (index < text.length) {
		const [prefix = ''] = /^(?:0x|\\x)(?=[\da-f])/i.exec(text.slice(index, index + 3)) ?? [];
		if (prefix === '' && separators.test(text[index] ?? '')) {
			index++;
			continue;
		}

		index += prefix.length;
		const pair = text.slice(index, index + 2);
		if (!/^[\da-f]{2}$/i.test(pair)) {
			return {wrongAt: index};
		}

		bytes.push(Number.parseInt(pair, 16));
		index += 2;
	}

	return {bytes: Uint8Array.from(bytes)};
}
