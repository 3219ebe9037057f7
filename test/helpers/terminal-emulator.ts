import {UnicodeGraphemesAddon} from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import {TerminalScreen} from './terminal-screen.ts';

/** A terminal emulator, which works out what a person would see of a program's output. */
export class TerminalEmulator extends xterm.Terminal {
	#newest: TerminalScreen | undefined;

	constructor(columns: number, rows: number) {
		super({
			cols: columns, rows, allowProposedApi: true, scrollback: 1000,
		});
		this.loadAddon(new UnicodeGraphemesAddon());
	}

	/** What it shows now. */
	look(): TerminalScreen {
		this.#newest = new TerminalScreen(this.buffer.active, this.cols, this.rows, this.#newest);
		return this.#newest;
	}
}
