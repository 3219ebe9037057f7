import {graphemesOf, segmentsOf} from '../../text/width/graphemes.ts';
import textWidth from '../../text/width/width.ts';

/** What a piece of a line is, rather than its colour. `sent` and `received` are as seen from the focused lane. */
export type FlowTone = 'plain' | 'dim' | 'strong' | 'sent' | 'received' | 'error' | 'warning' | 'escape';

/** A piece of a line: safe to draw, without line breaks. */
type FlowSpan = {readonly text: string; readonly tone: FlowTone};

/** A line, with exactly the columns that it was drawn in. */
export type FlowLine = readonly FlowSpan[];

/** One line that is being drawn: a cell for each column. What does not fit is not drawn. */
export class FlowRow {
	/** What each cell shows; empty behind a character, or an escape, that takes several columns. */
	readonly #cells: string[];
	readonly #tones: FlowTone[];

	constructor(columns: number) {
		this.#cells = Array.from<string>({length: columns}).fill(' ');
		this.#tones = Array.from<FlowTone>({length: columns}).fill('plain');
	}

	/** Put a sign that takes one column into a cell. */
	mark(column: number, sign: string, tone: FlowTone): void {
		this.#set(column, sign, 1, tone);
	}

	/** Put visible text into the cells from this column on. Escapes in it keep a tone of their own. */
	put(column: number, text: string, tone: FlowTone): void {
		let at = column;
		for (const piece of visiblePieces(text)) {
			this.#set(at, piece.text, piece.columns, piece.isEscape && tone !== 'dim' ? 'escape' : tone);
			at += piece.columns;
		}
	}

	/** The line, with exactly as many columns as it was made with. */
	line(): FlowLine {
		const spans: Array<{text: string; tone: FlowTone}> = [];
		for (const [index, cell] of this.#cells.entries()) {
			const last = spans.at(-1);
			const tone = this.#tones[index]!;
			if (last && (last.tone === tone || cell === ' ' || cell === '')) {
				last.text += cell;
			} else {
				spans.push({text: cell, tone});
			}
		}

		return spans;
	}

	#set(column: number, cell: string, columns: number, tone: FlowTone): void {
		if (columns < 1 || column < 0 || column + columns > this.#cells.length) {
			return;
		}

		for (let index = column; index < column + columns; index++) {
			this.#clear(index);
		}

		this.#cells.fill('', column, column + columns);
		this.#cells[column] = cell;
		this.#tones.fill(tone, column, column + columns);
	}

	/** A part of what takes several columns cannot be shown: the other columns become spaces. */
	#clear(column: number): void {
		let start = column;
		while (this.#cells[start] === '') {
			start--;
		}

		for (let index = start + 1; this.#cells[index] === ''; index++) {
			this.#cells[index] = ' ';
		}

		this.#cells[start] = ' ';
	}
}

const plainAscii = /^[ -~]*$/;
const escapes = /\\(?:\\|x[\da-f]{2}|u{[\da-f]+}|[nrt0])/g;

/** A piece of visible text that is not cut: an escape, or what takes a place of its own. */
type VisiblePiece = {readonly text: string; readonly columns: number; readonly isEscape: boolean};

/**
The pieces of a visible text: its escapes, and its characters as one sees them. Their columns add up to the text's.
*/
export function * visiblePieces(text: string): Generator<VisiblePiece> {
	let end = 0;
	for (const match of text.matchAll(escapes)) {
		const before = graphemesOf(text.slice(end, match.index));
		// A letter that stands before another one as a part of it (such as U+0D4E) takes the backslash, too, for its
		// letter.
		const prefix = joinsNext(before.at(-1)) ? before.pop() ?? '' : '';
		yield * before.map(character => pieceOf(character, false));
		yield pieceOf(prefix + match[0], true);
		end = match.index + match[0].length;
	}

	for (const character of graphemesOf(text.slice(end))) {
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

	return `${fitting(visiblePieces(text), columns).join('')}…`;
}

/** The same, cut at its beginning: of an address, the port says more than the network. */
export function cutVisibleStart(text: string, columns: number): string {
	const pieces = [...visiblePieces(text)];
	if (pieces.reduce((sum, piece) => sum + piece.columns, 0) <= columns) {
		return text;
	}

	return columns <= 0 ? '' : `…${fitting(pieces.toReversed(), columns).toReversed().join('')}`;
}

/** The first of these texts, as many as fit beside a `…`. */
function fitting(pieces: Iterable<VisiblePiece>, columns: number): string[] {
	const fit: string[] = [];
	let used = 1;
	for (const piece of pieces) {
		used += piece.columns;
		if (used > columns) {
			break;
		}

		fit.push(piece.text);
	}

	return fit;
}

function pieceOf(text: string, isEscape: boolean): VisiblePiece {
	return {text, columns: text.length === 1 && plainAscii.test(text) ? 1 : textWidth(text), isEscape};
}

function joinsNext(character: string | undefined): boolean {
	return character !== undefined && character.charCodeAt(0) >= 0x06_00
		&& segmentsOf(`${character}\\`).containing(0)!.segment.length > character.length;
}
