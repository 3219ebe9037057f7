import textWidth from '../text/width.ts';

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
const plainAscii = /^[ -~]*$/;
const escapes = /\\(?:\\|x[\da-f]{2}|u{[\da-f]+}|[nrt0])/g;

/** A piece of visible text that is not cut: an escape, or what takes a place of its own. */
export type VisiblePiece = {readonly text: string; readonly columns: number; readonly isEscape: boolean};

/**
The pieces of a visible text: its escapes, and its characters as one sees them. Their columns add up to the text's.
*/
export function * visiblePieces(text: string): Generator<VisiblePiece> {
	let end = 0;
	for (const match of text.matchAll(escapes)) {
		const before = [...charactersOf(text.slice(end, match.index))];
		// A letter that stands before another one as a part of it (such as U+0D4E) takes the backslash, too, for its
		// letter.
		const prefix = joinsNext(before.at(-1)) ? before.pop() ?? '' : '';
		yield * before.map(character => pieceOf(character, false));
		yield pieceOf(prefix + match[0], true);
		end = match.index + match[0].length;
	}

	for (const character of charactersOf(text.slice(end))) {
		yield pieceOf(character, false);
	}
}

/** As much of a visible text as fits in this many columns, with `…` in the last one where there is more. */
export function cutVisible(text: string, columns: number): string {
	if (plainAscii.test(text) ? text.length <= columns : textWidth(text) <= columns) {
		return text;
	}

	if (columns <= 0) {
		return '';
	}

	let short = '';
	let used = 0;
	for (const piece of visiblePieces(text)) {
		used += piece.columns;
		if (used >= columns) {
			break;
		}

		short += piece.text;
	}

	return `${short}…`;
}

/** The same, cut at its beginning: of an address, the port says more than the network. */
export function cutVisibleStart(text: string, columns: number): string {
	const pieces = [...visiblePieces(text)];
	if (pieces.reduce((sum, piece) => sum + piece.columns, 0) <= columns) {
		return text;
	}

	let short = '';
	let used = 1;
	for (const piece of pieces.toReversed()) {
		used += piece.columns;
		if (used > columns) {
			break;
		}

		short = piece.text + short;
	}

	return columns <= 0 ? '' : `…${short}`;
}

function charactersOf(text: string): Iterable<string> {
	return plainAscii.test(text) ? text : Array.from(segmenter.segment(text), ({segment}) => segment);
}

function pieceOf(text: string, isEscape: boolean): VisiblePiece {
	return {text, columns: text.length === 1 && plainAscii.test(text) ? 1 : textWidth(text), isEscape};
}

function joinsNext(character: string | undefined): boolean {
	return character !== undefined && character.charCodeAt(0) >= 0x06_00
		&& segmenter.segment(`${character}\\`).containing(0)!.segment.length > character.length;
}
