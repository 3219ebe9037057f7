import InkOutput from 'ink-output-original';
import {plainColumns} from './plain-line.ts';

type Transformer = (line: string, index: number) => string;
type Write = {
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: readonly Transformer[];
};
type Size = {readonly width: number; readonly height: number};

/**
Stands in for Ink's own Output, which takes every frame apart into cells and puts it together again. Lines that are
plain, and lie side by side, are joined as they are; a frame with any other line goes through Ink's.
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

	#joined(): string[] | undefined {
		const rows = Array.from({length: this.height}, () => '');
		const ends = Array.from({length: this.height}, () => 0);
		for (const {x, y, text, transformers} of this.#writes) {
			for (const [index, part] of text.split('\n').entries()) {
				const row = y + index;
				if (row < 0 || row >= this.height) {
					continue;
				}

				let line = part;
				for (const transform of transformers) {
					line = transform(line, index);
				}

				if (line === '') {
					continue;
				}

				const columns = plainColumns(line);
				const end = ends[row] ?? 0;
				if (columns < 0 || x < end) {
					return undefined;
				}

				rows[row] += ' '.repeat(x - end) + line;
				ends[row] = x + columns;
			}
		}

		return rows.map(row => row.trimEnd());
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
