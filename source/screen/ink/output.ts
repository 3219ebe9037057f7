/**
Stands in for Ink's own Output, which takes every frame apart into cells and puts it together again. All texts of the
screen are lines of the window's width, painted as the terminal is to have them.
*/
export default class Output {
	readonly #lines: string[];

	constructor({height}: {readonly height: number}) {
		this.#lines = Array.from({length: height}, () => '');
	}

	write(_x: number, y: number, line: string): void {
		if (y < this.#lines.length) {
			this.#lines[y] = line.trimEnd();
		}
	}

	get(): {output: string; height: number} {
		return {output: this.#lines.join('\n'), height: this.#lines.length};
	}
}
