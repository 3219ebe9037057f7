import {
	borders, type Codec, readingOf, utf8Codec,
} from '../text/encoding/codec.ts';
import {graphemesOf} from '../text/width/graphemes.ts';
import {decodeUtf8, encodeUtf8} from '../text/encoding/utf8.ts';

const lineEnd = /(\r?\n)/;

/**
Each line backwards, its ending kept in place, as rev(1) does: by grapheme (UAX #29) on valid UTF-8, so that an accent
or a joined emoji stays whole; byte by byte, the whole payload at once, on anything else.

In another encoding the characters keep their bytes, and what is no character counts as one. A line that would read as
other characters then, since such bytes have come to stand before others, stays as it is.
*/
export function reverse(bytes: Uint8Array, codec: Codec = utf8Codec): Uint8Array {
	if (codec !== utf8Codec) {
		return reverseIn(codec, bytes);
	}

	const text = decodeUtf8(bytes);
	if (text === undefined) {
		return Uint8Array.from(bytes).toReversed();
	}

	return encodeUtf8(text.split(lineEnd).map(part => lineEnd.test(part) ? part : reverseLine(part)).join(''));
}

function reverseLine(line: string): string {
	return graphemesOf(line).toReversed().join('');
}

/** Stands for bytes that are no character, and joins nothing. */
const noCharacter = '\u{FFFC}';

function reverseIn(codec: Codec, bytes: Uint8Array): Uint8Array {
	/** The bytes of each UTF-16 unit of the text: those of a character with the first of its units. */
	const pieces: Uint8Array[] = [];
	let text = '';
	for (const [index, length] of borders(bytes, readingOf(codec))) {
		const own = bytes.subarray(index, index + (length || codec.unit));
		const character = length > 0 ? codec.decode(own) ?? noCharacter : noCharacter;
		text += character;
		pieces.push(own, ...Array.from({length: character.length - 1}, () => new Uint8Array()));
	}

	let from = 0;
	const take = (part: string): Uint8Array[] => {
		from += part.length;
		return pieces.slice(from - part.length, from);
	};

	return Buffer.concat(text.split(lineEnd).flatMap(part => {
		if (lineEnd.test(part)) {
			return take(part);
		}

		const graphemes = graphemesOf(part).map(grapheme => take(grapheme));
		const [line, reversed] = [graphemes.flat(), graphemes.toReversed().flat()];
		return hasBorders(codec, reversed) ? reversed : line;
	}));
}

function hasBorders(codec: Codec, pieces: readonly Uint8Array[]): boolean {
	const joined = Buffer.concat(pieces);
	const read = [...borders(joined, readingOf(codec))];
	const wanted = pieces.filter(({length}) => length > 0);
	let at = 0;
	return read.length === wanted.length && wanted.every((piece, place) => {
		const isSame = read[place]![0] === at;
		at += piece.length;
		return isSame;
	});
}
