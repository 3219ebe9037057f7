import {graphemesOf} from '../text/graphemes.ts';
import {decodeUtf8, encodeUtf8} from '../text/utf8.ts';

const lineEnd = /(\r?\n)/;

/**
Each line backwards, its ending kept in place, as rev(1) does: by grapheme (UAX #29) on valid UTF-8, so that an accent
or a joined emoji stays whole; byte by byte, the whole payload at once, on anything else.
*/
export function reverse(bytes: Uint8Array): Uint8Array {
	const text = decodeUtf8(bytes);
	if (text === undefined) {
		return Uint8Array.from(bytes).toReversed();
	}

	return encodeUtf8(text.split(lineEnd).map(part => lineEnd.test(part) ? part : reverseLine(part)).join(''));
}

function reverseLine(line: string): string {
	return graphemesOf(line).toReversed().join('');
}
