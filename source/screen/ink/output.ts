import InkOutput from 'ink-output-original';
import {TextCache} from '../../text/text-cache.ts';
import {openLine, plainColumns} from './plain-line.ts';

type Transformer = (line: string, index: number) => string;
type Write = {
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: readonly Transformer[];
};
/** A line of a write, transformed, and its columns, less than 0 where it is not plain. */
type Part = {readonly x: number; readonly line: string; readonly columns: number};
type Size = {readonly width: number; readonly height: number};

/**
Stands in for Ink's own Output, which takes every frame apart into cells and puts it together again. Lines that are
plain, and lie side by side, are joined as they are; a row with any other line goes through Ink's, once for as long as
it is known.
*/
export default class Output {
	readonly width: number;
	readonly height: number;
	readonly #writes: Write[] = [];
	#original: InkOutput | undefined;

	constructor({width, height}: Size) {
		this.width = width;
		this.height = height;
	}

	write(x: number, y: number, text: string, {transformers}: {transformers: readonly Transformer[]}): void {
		if (this.#original) {
			this.#original.write(x, y, text, {transformers});
		} else if (text !== '') {
			this.#writes.push({
				x, y, text, transformers,
			});
		}
	}

	clip(clip: unknown): void {
		this.#giveUp().clip(clip);
	}

	unclip(): void {
		this.#giveUp().unclip();
	}

	get(): {output: string; height: number} {
		if (!this.#original) {
			const rows = this.#joined();
			if (rows) {
				return {output: rows.join('\n'), height: rows.length};
			}
		}

		return this.#giveUp().get();
	}

	/** The rows of the frame; undefined where styles may reach from one row to the next. */
	#joined(): string[] | undefined {
		const rows = Array.from({length: this.height}, (): Part[] => []);
		for (const {x, y, text, transformers} of this.#writes) {
			for (const [index, part] of text.split('\n').entries()) {
				let line = part;
				for (const transform of transformers) {
					line = transform(line, index);
				}

				const columns = line === '' ? 0 : plainColumns(line);
				if (columns === openLine) {
					return undefined;
				}

				if (line !== '') {
					rows[y + index]?.push({x, line, columns});
				}
			}
		}

		return rows.map(parts => joinPlain(parts) ?? takeApart(parts, this.width));
	}

	/** Hand everything over to Ink's own. */
	#giveUp(): InkOutput {
		if (!this.#original) {
			this.#original = new InkOutput({width: this.width, height: this.height});
			for (const {x, y, text, transformers} of this.#writes) {
				this.#original.write(x, y, text, {transformers});
			}
		}

		return this.#original;
	}
}

/** Parts that are plain and lie side by side, joined; undefined where they are not. */
function joinPlain(parts: readonly Part[]): string | undefined {
	let row = '';
	let end = 0;
	for (const {x, line, columns} of parts) {
		if (columns < 0 || x < end) {
			return undefined;
		}

		row += ' '.repeat(x - end) + line;
		end = x + columns;
	}

	return row.trimEnd();
}

/** Rows that Ink's own has made, by the width of the frame and their parts: some screens full. */
const takenApart = new TextCache<string>(500);

function takeApart(parts: readonly Part[], width: number): string {
	const key = [width, ...parts.map(({x, line}) => `${x} ${line}`)].join('\n');
	return takenApart.get(key, () => {
		const ink = new InkOutput({width, height: 1});
		for (const {x, line} of parts) {
			ink.write(x, 0, line, {transformers: []});
		}

		return ink.get().output;
	});
}
