import xterm from '@xterm/headless';
import {columns, rows, type Terminal} from './terminal.ts';

/** What is on a terminal's screen, worked out by a terminal emulator. */
export class Screen {
	readonly #emulator = new xterm.Terminal({
		cols: columns, rows, allowProposedApi: true, scrollback: 0,
	});

	constructor(terminal: Terminal) {
		this.#emulator.write(terminal.firstOutput);
		const before = terminal.onOutput;
		terminal.onOutput = output => {
			before(output);
			this.#emulator.write(output);
		};
	}

	/** The lines of the screen, as they are now. */
	get lines(): string[] {
		const {active} = this.#emulator.buffer;
		return Array.from(
			{length: rows},
			(_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
		);
	}

	/** How many datagrams the header says have arrived. */
	get received(): number {
		const match = /← ([\d,]+)/.exec(this.lines[0] ?? '');
		return match ? Number(match[1]!.replaceAll(',', '')) : Number.NaN;
	}
}
