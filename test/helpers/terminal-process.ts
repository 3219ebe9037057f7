import type {ReadStream} from 'node:tty';
import {type IPty, spawn} from 'node-pty';

export type TerminalOptions = {
	readonly file: string;
	readonly args?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** The working directory; this process's own unless it is given. */
	readonly folder?: string;
};

/** The exit code, or the signal that ended the program. */
export type TerminalExit = {readonly exitCode: number; readonly signal: number};

/** How long the rest of a program's output may take after its end, in milliseconds, unless the terminal ends first. */
const longestRest = 60_000;

/** A program in a pseudo-terminal, of which this process is the terminal: it takes all that is written there. */
export class TerminalProcess {
	/** Settles when the program has ended, after its last output. */
	readonly exit: Promise<TerminalExit>;
	readonly #pty: IPty;
	readonly #listeners = new Set<(output: string) => void>();
	#hasExited = false;
	#isReading = true;

	constructor({file, args = [], columns = 80, rows = 24, env = {}, folder}: TerminalOptions) {
		const {PATH = '', HOME = ''} = process.env;
		// `CI` is not among them: Ink draws nothing and chalk no colour where it is set.
		this.#pty = spawn(file, [...args], {
			name: 'xterm-256color',
			cols: columns,
			rows,
			...(folder !== undefined && {cwd: folder}),
			env: {
				PATH, HOME, TERM: 'xterm-256color', LANG: 'en_US.UTF-8', TZ: 'UTC', ...env,
			},
		});
		this.#keepRest();
		this.#pty.onData(output => {
			for (const listener of this.#listeners) {
				listener(output);
			}
		});
		const {promise, resolve} = Promise.withResolvers<TerminalExit>();
		this.exit = promise;
		this.#pty.onExit(({exitCode, signal = 0}) => {
			this.#hasExited = true;
			resolve({exitCode, signal});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	get hasExited(): boolean {
		return this.#hasExited;
	}

	/** Get all output from now on, as it comes. @returns what ends that */
	listen(listener: (output: string) => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Press keys, all in one write. */
	press(keys: string): void {
		this.#pty.write(keys);
	}

	resize(columns: number, rows: number): void {
		this.#pty.resize(columns, rows);
	}

	signal(signal: NodeJS.Signals): void {
		process.kill(this.pid, signal);
	}

	/** Kill it, unless it has ended already, which may not have been told yet. */
	kill(): void {
		try {
			this.signal('SIGKILL');
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
				throw error;
			}
		}
	}

	/** Read nothing more of what the program writes, as a terminal does that is stopped. */
	stopReading(): void {
		this.#isReading = false;
		this.#pty.pause();
	}

	/** Close the terminal, as closing its window does. */
	hangUp(): void {
		this.#isReading = false;
		(this.#pty as IPty & {destroy: () => void}).destroy();
	}

	/**
	The library closes the terminal 200 ms after the program's end, whatever it has read by then: on a busy machine
	that is not all.
	*/
	#keepRest(): void {
		const {_socket: socket} = this.#pty as IPty & {readonly _socket: ReadStream};
		const close = socket.destroy.bind(socket);
		socket.destroy = error => {
			if (error || !this.#isReading || socket.readableEnded) {
				return close(error);
			}

			setTimeout(() => {
				close();
			}, longestRest).unref();
			return socket;
		};
	}
}
