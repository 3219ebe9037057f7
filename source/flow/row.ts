import {visiblePieces} from './cut-visible.ts';

/** What a piece of a line is, rather than its colour. `sent` and `received` are as seen from the focused lane. */
export type FlowTone = 'plain' | 'dim' | 'strong' | 'sent' | 'received' | 'error' | 'warning' | 'escape';

/** A piece of a line: safe to draw, without line breaks. */
export type FlowSpan = {readonly text: string; readonly tone: FlowTone};

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
			const tone = this.#tones[index];
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
