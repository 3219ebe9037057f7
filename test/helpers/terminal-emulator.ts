import {createRequire} from 'node:module';
import type * as graphemes from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import {TerminalScreen} from './terminal-screen.ts';

const {UnicodeGraphemesAddon} = loadGraphemes(3);

/** Node 26.10 compiles the addon's decompression wrongly now and then: it throws, and not when run again. */
function loadGraphemes(attempts: number): typeof graphemes {
	try {
		return createRequire(import.meta.url)('@xterm/addon-unicode-graphemes') as typeof graphemes;
	} catch (error) {
		if (attempts > 1) {
			return loadGraphemes(attempts - 1);
		}

		throw error;
	}
}

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
