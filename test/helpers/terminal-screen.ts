import type {IBuffer} from '@xterm/headless';
import {en} from '../../source/screen/words/en.ts';
import {ko} from '../../source/screen/words/ko.ts';

/** A pane as it stands on the screen: its borders are at `x`, `y` and `x + width - 1`, `y + height - 1`. */
export type PaneOnScreen = {
	readonly title: string;
	/** What stands between the borders, without spaces at the ends. */
	readonly lines: readonly string[];
	readonly text: string;
	/** What stands in the lower border. */
	readonly foot: string;
	readonly isFocused: boolean;
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

const wideColumns = 100;

/** A row: its text, and what stands in each of its cells, a space in an empty one, nothing behind a wide character. */
type Row = {readonly text: string; readonly cells: readonly string[]};

/** What a terminal showed at one moment. */
export class TerminalScreen {
	readonly #rows: readonly Row[];
	readonly #wrapped: readonly number[];
	#panes: readonly PaneOnScreen[] | undefined;
	readonly columns: number;
	readonly rows: number;
	readonly #cursor: {readonly x: number; readonly y: number};

	/** @param before - what was shown before: most rows are still the same, and reading cells takes long */
	constructor(buffer: IBuffer, columns: number, rows: number, before?: TerminalScreen) {
		this.columns = columns;
		this.rows = rows;
		this.#cursor = {x: buffer.cursorX, y: buffer.cursorY};
		const lines = Array.from({length: rows}, (_, y) => buffer.getLine(buffer.baseY + y));
		this.#wrapped = lines.flatMap((line, y) => line?.isWrapped ? [y] : []);
		const known = before?.columns === columns ? before.#rows : [];
		const room = buffer.getNullCell();
		this.#rows = lines.map((line, y) => {
			const text = line?.translateToString(false, 0, columns) ?? '';
			const same = known[y];
			return line && same?.text === text
				? same
				: {
					text,
					cells: Array.from({length: columns}, (_, x) => {
						const cell = line?.getCell(x, room);
						return cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ';
					}),
				};
		});
	}

	get lines(): string[] {
		return Array.from({length: this.rows}, (_, y) => this.line(y));
	}

	get text(): string {
		return this.lines.join('\n');
	}

	/** A row's text, without the spaces at its end. */
	line(y: number): string {
		return this.#rows[y]?.text.trimEnd() ?? '';
	}

	get header(): string {
		return this.line(0);
	}

	get footer(): string {
		return this.line(this.rows - 1);
	}

	/** The last rows, where a prompt and what is said of it are. */
	get prompt(): string {
		return this.lines.slice(-3).join('\n');
	}

	cell(x: number, y: number): string {
		return this.#rows[y]?.cells[x] ?? '';
	}

	/** Where the cursor stands, and what is left of it on its row. */
	get cursor(): {readonly x: number; readonly y: number; readonly before: string} {
		const {x, y} = this.#cursor;
		return {x, y, before: this.#read(y, 0, x)};
	}

	/** The panes that are whole, from left to right and from the top down. */
	get panes(): readonly PaneOnScreen[] {
		this.#panes ??= this.#rows
			.flatMap(({text, cells}, y) => /[┌┏]/.test(text)
				? cells.flatMap((cell, x) => cell === '┌' || cell === '┏' ? [this.#paneAt(x, y)] : [])
				: [])
			.toSorted((a, b) => a.x - b.x || a.y - b.y);
		return this.#panes;
	}

	/** The pane whose title contains this; an empty one where there is none, so that it can be waited for. */
	pane(title: string): PaneOnScreen {
		return this.panes.find(pane => pane.title.includes(title)) ?? {
			title: '', lines: [], text: '', foot: '', isFocused: false, x: -1, y: -1, width: 0, height: 0,
		};
	}

	/**
	The rows of a pane's log that show, without their times: those that take several lines as one, their columns a space
	apart.
	*/
	logOf(title: string): string[] {
		const rows: string[] = [];
		for (const line of this.pane(title).lines.slice(0, -1)) {
			const [, text] = /^(?:(?:\d\d:)?\d\d:)?\d\d\.\d{3} (.*)$/.exec(line) ?? [];
			if (text !== undefined) {
				rows.push(text);
			} else if (rows.length > 0) {
				rows.push(`${rows.pop()} ${line}`);
			}
		}

		return rows.map(row => row.replaceAll(/ +/g, ' ').trim());
	}

	/** A pane's text with one space wherever there are several, or the end of a line. */
	flat(title: string): string {
		return this.pane(title).text.replaceAll(/\s+/g, ' ');
	}

	/** What is wrong with a frame in which something is drawn over the panes: the rest of frameProblems. */
	get overlayProblems(): string[] {
		return this.frameProblems.filter(problem => !problem.startsWith('column'));
	}

	/**
	What is wrong with the frame: borders that are not where they belong, lines that did not fit. Empty when all is
	well.
	*/
	get frameProblems(): string[] {
		const problems: string[] = [];
		const first = this.cell(0, 1) === ' ' ? 2 : 1;
		const end = this.#dockAt(first) ?? this.columns;
		// Beneath the panes a lesson's panel may stand.
		const beneath = Array.from({length: this.rows}, (_, y) => this.cell(0, y)).findLastIndex(cell => /[└┗─]/.test(cell));
		const last = beneath < first ? this.rows - 2 : beneath;
		const middle = Math.floor(end / 2);
		const edges = end >= wideColumns && /[┐┓]/.test(this.cell(middle - 1, first)) ? [0, middle] : [0];
		for (const [index, left] of edges.entries()) {
			const right = (edges[index + 1] ?? end) - 1;
			for (const [x, shape] of [
				[left, /^(?:[┌┏][│┃]+[└┗]|[─ ])+ *$/],
				[right, /^(?:[┐┓][│┃]+[┘┛]|[─ ])+ *$/],
			] as const) {
				const edge = Array.from({length: last + 1 - first}, (_, y) => this.cell(x, y + first) || '¤').join('');
				if (!shape.test(edge)) {
					problems.push(`column ${x} reads ${edge}`);
				}
			}
		}

		problems.push(...this.#wrapped.map(y => `row ${y} is the rest of one that was too long`));

		if (this.footer === '') {
			problems.push('there is no footer');
		}

		if (!/^ (?:socket-playground |\[| UDP )/.test(this.header)) {
			problems.push(`the header reads '${this.header}'`);
		}

		return problems;
	}

	/** The column from which on the flow diagram stands beside the panes. */
	#dockAt(first: number): number | undefined {
		const end = this.#rows[first]?.cells.findLastIndex(cell => /[┐┓]/.test(cell)) ?? -1;
		const beside = this.#read(first, end + 1, this.columns);
		return end >= 0 && [en, ko].some(({views}) => beside.includes(` ${views.flow.title} `)) ? end + 1 : undefined;
	}

	#paneAt(x: number, y: number): PaneOnScreen {
		const end = (from: number, most: number, pattern: RegExp, read: (at: number) => string): number => {
			let at = from;
			while (at < most - 1 && !pattern.test(read(at))) {
				at++;
			}

			return at;
		};

		const right = end(x, this.columns, /[┐┓]/, at => this.cell(at, y));
		const bottom = end(y, this.rows, /[└┗]/, at => this.cell(x, at));
		const read = (row: number): string => this.#read(row, x + 1, right);
		const lines = Array.from({length: Math.max(0, bottom - y - 1)}, (_, index) => read(y + 1 + index).trim());
		return {
			title: read(y).replaceAll(/[─━]/g, '').trim(),
			lines,
			text: lines.join('\n'),
			foot: read(bottom).replaceAll(/[─━]/g, '').trim(),
			isFocused: this.cell(x, y) === '┏',
			x,
			y,
			width: right - x + 1,
			height: bottom - y + 1,
		};
	}

	#read(y: number, from: number, to: number): string {
		return this.#rows[y]?.cells.slice(from, to).join('') ?? '';
	}
}
