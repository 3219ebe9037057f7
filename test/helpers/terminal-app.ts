import path from 'node:path';
import {bindingOf} from '../../source/screen/input/keys.ts';
import {en} from '../../source/screen/words/en.ts';
import type {PaneViewName} from '../../source/screen/state/screen-state.ts';
import {type Owner, TestTerminal} from './terminal.ts';
import type {TerminalScreen} from './terminal-screen.ts';

/** The program, as it is built. */
export const program = path.join(import.meta.dirname, '../../dist/cli.js');

export const keys = {
	enter: '\r',
	escape: '\u{1B}',
	/** Out of an open panel, at most two steps, and from the commands back to typing. */
	typing: '\u{1B}\u{1B}i',
	tab: '\t',
	shiftTab: '\u{1B}[Z',
	left: '\u{1B}[D',
	right: '\u{1B}[C',
	up: '\u{1B}[A',
	shiftUp: '\u{1B}[1;2A',
	down: '\u{1B}[B',
	home: '\u{1B}[H',
	end: '\u{1B}[F',
	backspace: '\u{7F}',
	delete: '\u{1B}[3~',
	pageUp: '\u{1B}[5~',
	pageDown: '\u{1B}[6~',
	ctrl: (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 96),
	alt: (letter: string): string => `\u{1B}${letter}`,
	paste: (text: string): string => `\u{1B}[200~${text}\u{1B}[201~`,
};

export type AppOptions = {
	/** The servers' port; the system picks one unless it is given. */
	readonly port?: number;
	readonly args?: readonly string[];
	/** A subcommand that opens the screen, and its argument. */
	readonly subcommand?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** The working directory, where files are saved. */
	readonly folder?: string;
	/** A program that becomes the playground, and its arguments. */
	readonly wrapper?: readonly string[];
	/** Whether the server shown first is waited for to be open: the default. */
	readonly isOpen?: boolean;
};

/** The playground in a terminal. */
export class TestApp extends TestTerminal {
	/** The server's address, as the header has it. */
	get serverAddress(): {readonly host: string; readonly port: number} {
		const [, v6, v4 = '', port = ''] = /server (?:\[([^\]]+)]|([^\s:]+)):(\d+)/.exec(this.screen.header) ?? [];
		return {host: v6 ?? v4, port: Number(port)};
	}

	/** A client's own address, as its pane's title has it. */
	clientPort(number: number): number {
		return Number(/:(\d+)/.exec(this.screen.pane(`CLIENT ${number} `).title)?.[1]);
	}

	/** Press Esc, and wait until the footer shows the letters, which must not be those that were shown before. */
	async showLetters(): Promise<void> {
		await this.waitFor(screen => !hasLetters(screen), 'the end of the command before');
		this.press(keys.escape);
		await this.waitFor(screen => hasLetters(screen), 'the letters in the footer');
	}

	/** Press Esc, wait until the footer shows the letters, and press one. Where they stay after it, leave them. */
	async command(letter: string): Promise<void> {
		await this.showLetters();
		this.press(letter + (bindingOf(letter)?.isRepeated ? keys.enter : ''));
	}

	/** Show a view of the focused pane, and wait until it is there. */
	async showView(title: string, view: Exclude<PaneViewName, 'program-view'>): Promise<void> {
		const {names} = en.views;
		await this.command(String(Object.keys(names).indexOf(view) + 1));
		await this.waitFor(
			screen =>
				!hasLetters(screen)
				&& (view === 'message-view' ? /[●○]$/ : new RegExp(`[●○…] +.*${names[view]}$`)).test(screen.pane(title).title),
			`${view} in ${title}`,
		);
	}

	/** Make the window as large as this, and wait until it is filled. */
	async resizeTo(columns: number, rows: number): Promise<void> {
		this.resize(columns, rows);
		await this.waitFor(
			screen => screen.columns === columns && screen.frameProblems.length === 0,
			`a frame of ${columns}x${rows}`,
		);
	}

	/** Type a line and send it. */
	send(text: string): void {
		this.press(text + keys.enter);
	}

	/** Open the address prompt of the focused pane, type an address, and press Enter. */
	async giveAddress(address: string): Promise<void> {
		await this.command('a');
		await this.waitFor(({footer}) => footer.includes('cancels'), 'the address prompt');
		this.press(address + keys.enter);
	}

	/** Wait until a pane's text is as wanted. */
	async waitForPane(title: string, wanted: string | RegExp): Promise<void> {
		await this.waitFor(
			screen => {
				const {text} = screen.pane(title);
				return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
			},
			`${String(wanted)} in ${title}`,
		);
	}

	/** Wait until a pane has the focus. */
	async waitForFocus(title: string): Promise<void> {
		await this.waitFor(screen => screen.pane(title).isFocused, `the focus on ${title}`);
	}

	/** Leave by Ctrl+C, which asks nothing, and wait for the end. */
	async quit(): Promise<{readonly exitCode: number; readonly signal: number}> {
		this.press(keys.ctrl('c'));
		return this.exit;
	}
}

/** Whether the letters of all commands are shown. */
function hasLetters({lines}: TerminalScreen): boolean {
	return / \? help {2}q quit {2}i type/.test(lines.slice(-6).join('\n'));
}

/** Open the playground, on ports that the system picks, and wait for its first whole frame with open sockets. */
export async function openApp(t: Owner, {
	port = 0, args = [], subcommand = [], columns, rows, env, folder, wrapper = [], isOpen = true,
}: AppOptions = {}): Promise<TestApp> {
	const [file, ...before] = [...wrapper, process.execPath];
	const app = new TestApp(t, {
		file, args: [...before, program, ...subcommand, '--port', String(port), ...args], columns, rows, env, folder,
	});
	await app.waitFor(
		screen =>
			app.isPasteBracketed && screen.footer.includes('Esc') && (!isOpen || !/[○✗]|:0\b/.test(screen.header)),
		'the first frame',
	);
	return app;
}
