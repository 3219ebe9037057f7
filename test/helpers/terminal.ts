import {randomUUID} from 'node:crypto';
import {rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {IBuffer} from '@xterm/headless';
import type {ExecutionContext} from 'ava';
import {TerminalEmulator} from './terminal-emulator.ts';
import {type TerminalExit, type TerminalOptions, TerminalProcess} from './terminal-process.ts';
import type {TerminalScreen} from './terminal-screen.ts';

/** Ends a program that is still running: a test, or another user of this class. */
export type Owner = Pick<ExecutionContext, 'teardown' | 'timeout'>;

type Waiter = {readonly check: (screen: TerminalScreen) => void; readonly fail: (reason: string) => void};

/** How long a screen may take to show what is waited for, in milliseconds. Only a failing test ever takes so long. */
const deadline = 90_000;

/** How long a test may take from one thing that it has seen, or asserted, to the next, in milliseconds. */
const timeout = 100_000;

/** The private modes (DECSET) that a terminal has on before a program runs: wrapping, and the cursor shown. */
const initialModes: readonly number[] = [7, 25];

/**
A program in a pseudo-terminal, and an emulator that shows what a person would see. What is waited for is looked at
after every piece of output that the emulator has taken, but not in the middle of a frame that the program has marked as
one.
*/
export class TestTerminal {
	/** Everything that the program wrote. */
	transcript = '';
	/** Titles that the program gave its window. */
	readonly titles: string[] = [];
	/** What the emulator answered to queries such as where the cursor is. */
	readonly replies: string[] = [];
	/** Strings for the operating system (OSC) other than titles: the clipboard, colours, links. */
	readonly systemCommands: string[] = [];
	readonly #privateModes = new Set(initialModes);
	readonly #owner: Owner;
	readonly #process: TerminalProcess;
	readonly #emulator: TerminalEmulator;
	readonly #waiters = new Set<Waiter>();
	readonly #exit = Promise.withResolvers<TerminalExit>();
	#hasExited = false;
	#screen: TerminalScreen | undefined;

	constructor(t: Owner, options: TerminalOptions) {
		const {columns = 80, rows = 24} = options;
		this.#owner = t;
		this.#emulator = new TerminalEmulator(columns, rows);
		this.#listen();
		// What a program keeps is for this test alone, and not for whoever runs the tests.
		const config = path.join(tmpdir(), `socket-playground-${randomUUID()}`);
		this.#process = new TerminalProcess({...options, env: {XDG_CONFIG_HOME: config, ...options.env}});
		this.#process.listen(data => {
			this.transcript += data;
			this.#emulator.write(data, () => {
				this.#changed();
			});
		});
		void this.#process.exit.then(exit => {
			this.#emulator.write('', () => {
				this.#ended(exit);
			});
		});
		t.timeout(timeout);
		t.teardown(async () => {
			if (!this.#hasExited) {
				this.#process.kill();
				await this.exit;
			}

			await rm(config, {recursive: true, force: true});
		});
	}

	get pid(): number {
		return this.#process.pid;
	}

	/** How the program ended: its exit code, or the signal that killed it. */
	get exit(): Promise<TerminalExit> {
		return this.#exit.promise;
	}

	/** The screen as it was when something was last waited for. It does not change while a test looks at it. */
	get screen(): TerminalScreen {
		this.#screen ??= this.#emulator.look();
		return this.#screen;
	}

	/** What the emulator shows, cell by cell. */
	get buffer(): IBuffer {
		return this.#emulator.buffer.active;
	}

	get isAlternateScreen(): boolean {
		return this.#emulator.buffer.active.type === 'alternate';
	}

	get isPasteBracketed(): boolean {
		return this.#emulator.modes.bracketedPasteMode;
	}

	get isCursorVisible(): boolean {
		return this.#privateModes.has(25);
	}

	/** The private modes that are on, and none of them where all is as a program finds it. */
	get changedModes(): number[] {
		const off = initialModes.filter(mode => !this.#privateModes.has(mode));
		const on = [...this.#privateModes].filter(mode => !initialModes.includes(mode));
		return [...on, ...off].toSorted((a, b) => a - b);
	}

	/** Press keys, all in one write. */
	press(keys: string): void {
		this.#process.press(keys);
	}

	resize(columns: number, rows: number): void {
		this.#emulator.resize(columns, rows);
		this.#process.resize(columns, rows);
	}

	signal(signal: NodeJS.Signals): void {
		this.#process.signal(signal);
	}

	/** Read nothing more of what the program writes, as a terminal does that is stopped. */
	stopReading(): void {
		this.#process.stopReading();
	}

	/** Close the terminal, as closing its window does. */
	hangUp(): void {
		this.#process.hangUp();
	}

	/** Wait until the screen is as wanted. Rejects, with the screen, when the program ends first or takes too long. */
	async waitFor(isWanted: (screen: TerminalScreen) => boolean, what = String(isWanted)): Promise<void> {
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		let isFound = false;
		const waiter: Waiter = {
			check: screen => {
				if (!isFound && isWanted(screen)) {
					isFound = true;
					this.#screen = screen;
					resolve();
				}
			},
			fail: reason => {
				reject(new Error(`${reason} while waiting for: ${what}\n${this.#emulator.look().text}`));
			},
		};
		const timer = setTimeout(() => {
			waiter.fail('Time ran out');
		}, deadline);
		this.#waiters.add(waiter);
		try {
			this.#changed();
			if (this.#hasExited) {
				waiter.fail('The program had ended');
			}

			await promise;
			// A busy machine takes long for many steps, but not without end for one.
			this.#owner.timeout(timeout);
		} finally {
			clearTimeout(timer);
			this.#waiters.delete(waiter);
		}
	}

	/** Wait until a text, or something of a pattern, is on the screen. */
	async waitForText(text: string | RegExp): Promise<void> {
		await this.waitFor(
			screen => (typeof text === 'string' ? screen.text.includes(text) : text.test(screen.text)),
			String(text),
		);
	}

	#listen(): void {
		const emulator = this.#emulator;
		emulator.onData(data => {
			this.replies.push(data);
			this.#process.press(data);
		});
		emulator.onTitleChange(title => {
			this.titles.push(title);
		});
		for (const [final, isOn] of [['h', true], ['l', false]] as const) {
			emulator.parser.registerCsiHandler({prefix: '?', final}, modes => {
				for (const mode of modes.flat()) {
					this.#privateModes[isOn ? 'add' : 'delete'](mode);
				}

				return false;
			});
		}

		for (const code of [4, 8, 10, 11, 52, 1337]) {
			emulator.parser.registerOscHandler(code, data => {
				this.systemCommands.push(`${code};${data}`);
				return false;
			});
		}
	}

	#changed(): void {
		if (this.#waiters.size === 0 || this.#emulator.modes.synchronizedOutputMode) {
			return;
		}

		const screen = this.#emulator.look();
		for (const waiter of this.#waiters) {
			waiter.check(screen);
		}
	}

	#ended(exit: TerminalExit): void {
		this.#hasExited = true;
		this.#changed();
		for (const waiter of this.#waiters) {
			waiter.fail(`The program ended with code ${exit.exitCode}, signal ${exit.signal},`);
		}

		this.#exit.resolve(exit);
	}
}
