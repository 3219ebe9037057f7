const sequence = /\u001B(?:\[[\d;:<=>?]*[ -/]*[@-~]|][^\u0007\u001B]*(?:\u0007|\u001B\\)|[ -/]*[0-Z\\^-~])/g;
const unfinished = /\u001B(?:\[[\d;:<=>?]*[ -/]*|][^\u0007\u001B]*)?$/;

/** Takes the control sequences out of what a program writes to its terminal, also where a read cuts one (ECMA-48). */
export class VisibleStream {
	#held = '';

	/** The visible characters of the next piece of output. */
	read(output: string): string {
		const text = this.#held + output;
		this.#held = unfinished.exec(text)?.[0] ?? '';
		return text.slice(0, text.length - this.#held.length).replaceAll(sequence, '');
	}
}
