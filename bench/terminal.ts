import path from 'node:path';
import {type IPty, spawn} from 'node-pty';
import {distribution} from './distribution.ts';
import {VisibleStream} from './visible-stream.ts';
import {until} from './wait.ts';

export const columns = 120;
export const rows = 40;

/** A Node program in a pseudo-terminal of 120x40, of which this process is the terminal: it takes all that is drawn. */
export class Terminal {
	readonly pid: number;
	/** What the program writes, as it comes. */
	onOutput: (output: string) => void = () => undefined;
	/** All that it wrote until its first screen was complete. */
	firstOutput = '';
	readonly #pty: IPty;
	#hasExited = false;

	/**
	@param argv - Node's arguments: a script and its own
	@param folder - the program's working directory
	*/
	constructor(argv: readonly string[], folder = process.cwd()) {
		const environment: NodeJS.ProcessEnv = {...process.env, TERM: 'xterm-256color'};
		// Ink draws nothing where this is set to anything, and Node and the libraries take hints from the others.
		for (const name of ['CI', 'NODE_OPTIONS', 'NODE_ENV', 'NO_COLOR', 'FORCE_COLOR', 'NODE_COMPILE_CACHE']) {
			// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- A variable that is there and empty is not the same.
			delete environment[name];
		}

		this.#pty = spawn(process.execPath, [...argv], {
			cols: columns, rows, env: environment, cwd: folder,
		});
		this.pid = this.#pty.pid;
		this.#pty.onData(output => {
			this.onOutput(output);
		});
		this.#pty.onExit(() => {
			this.#hasExited = true;
		});
	}

	write(keys: string): void {
		this.#pty.write(keys);
	}

	/** Settle when all these texts have been on screen since this was called. */
	async shows(texts: readonly string[], milliseconds = 20_000): Promise<void> {
		const stream = new VisibleStream();
		let seen = '';
		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const before = this.onOutput;
		const timer = setTimeout(() => {
			reject(new Error(`The screen never showed ${texts.join(', ')} but\n${seen}`));
		}, milliseconds);
		this.onOutput = output => {
			before(output);
			seen += stream.read(output);
			if (texts.every(text => seen.includes(text))) {
				resolve();
			}
		};

		try {
			await promise;
		} finally {
			clearTimeout(timer);
			this.onOutput = before;
		}
	}

	/** End the program, first kindly. */
	async close(): Promise<void> {
		for (const signal of ['SIGTERM', 'SIGKILL']) {
			if (!this.#hasExited) {
				this.#pty.kill(signal);
				await until(`${this.pid} to end`, () => this.#hasExited, 3000).catch(() => undefined);
			}
		}
	}
}

/** Start the playground and wait until it is drawn and hears keys. */
export async function openPlayground(port: number, argv: readonly string[], folder?: string): Promise<Terminal> {
	const terminal = new Terminal(
		[path.join(distribution, 'cli.js'), '--lang', 'en', '--port', String(port), ...argv],
		folder,
	);
	terminal.onOutput = output => {
		terminal.firstOutput += output;
	};

	await terminal.shows(playgroundTexts);
	terminal.onOutput = () => undefined;
	return terminal;
}

/** What the whole first screen has: the header, every pane, the footer. */
export const playgroundTexts = ['socket-playground', 'SERVER', 'CLIENT 1', 'CLIENT 2', 'Enter send'];
