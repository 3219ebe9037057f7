import {readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {ReadStream, WriteStream} from 'node:tty';
import type {SceneView} from '../engine/api/scene-view.ts';
import {formatAddress} from '../text/address.ts';
import {visibleLine} from '../text/width/visible.ts';
import type {Words} from './words/words.ts';

/** Put the title that the window has on the terminal's stack; and take it from there again (xterm: XTWINOPS 22, 23). */
const saveTitle = '\u{1B}[22;2t';
const restoreTitle = '\u{1B}[23;2t';

/** What a scene's window is called: the protocol, and the address that the server has bound or that clients send to. */
export function windowTitle({protocol, server, connect}: SceneView, {header}: Words): string {
	const address = server?.state.type === 'open' ? formatAddress(server.state.local) : header.closed;
	return `socket-playground ${protocol.toUpperCase()} ${connect ? `→ ${formatAddress(connect)}` : address}`;
}

/** What sets the window's title (xterm: OSC 2). */
export function titleSequence(title: string): string {
	return `\u{1B}]2;${visibleLine(title)}\u{1B}\\`;
}

type Size = {readonly columns: number; readonly rows: number};

/**
What the screen switches on, in this order (xterm's ctlseqs, DEC private modes): the other screen, from its first cell
on; pasted text is marked; the cursor is hidden until the first frame places it. The window's title is saved before.
*/
const taking = `${saveTitle}\u{1B}[?1049h\u{1B}[H\u{1B}[?2004h\u{1B}[?25l`;
const giving = `\u{1B}[?25h\u{1B}[?2004l\u{1B}[?1049l${restoreTitle}`;

/** Clicks and the wheel are told (1000), in decimal numbers (1006). */
const mouseOn = '\u{1B}[?1000h\u{1B}[?1006h';
const mouseOff = '\u{1B}[?1006l\u{1B}[?1000l';

/**
Without the mouse, a terminal's wheel must not press Up and Down on the other screen (1007). What that was is saved in
the terminal, and put back.
*/
const wheelOff = '\u{1B}[?1007s\u{1B}[?1007l';
const wheelBack = '\u{1B}[?1007r';

/** Move the cursor home, and erase from there to the end of the screen (ECMA-48 CUP and ED). */
const homeAndErase = '\u{1B}[H\u{1B}[J';

/** Ask for the colour of the background (OSC 11), and for what any terminal answers after that (DA1). */
const backgroundQuery = '\u{1B}]11;?\u{1B}\\\u{1B}[c';

/**
In how many looks in a row a terminal may have taken none of the last bytes before the program goes on without it, and
the milliseconds from one to the next: one that is slow, or far away, stands still for seconds. A program that was kept
waiting itself has looked once meanwhile.
*/
const maxIdleLooks = 20;
const lookInterval = 500;

/** How long the answer to a query is waited for at the end, so that it does not come to the shell, in milliseconds. */
const answerTime = 300;

/** A stop that the system has ignored is over after this, in milliseconds. */
const stopTime = 100;

/** The size of a terminal; where it does not know its own, that of the environment, else 80x24. */
export function sizeOf(stdout: Pick<WriteStream, 'columns' | 'rows'>, environment: NodeJS.ProcessEnv): Size {
	const numberOf = (own: number | undefined, name: string, otherwise: number): number => {
		const [told = ''] = /^\d{1,4}$/.exec(environment[name] ?? '') ?? [];
		return own || Number(told) || otherwise;
	};

	return {columns: numberOf(stdout.columns, 'COLUMNS', 80), rows: numberOf(stdout.rows, 'LINES', 24)};
}

/**
What is drawn on, as Ink sees it: a stream that always has a size, also where the terminal reports none. While the
terminal is not the program's, frames are dropped.
*/
class ScreenOutput {
	readonly isTTY = true;
	isHeld = false;
	readonly #stdout: WriteStream;

	constructor(stdout: WriteStream) {
		this.#stdout = stdout;
	}

	get columns(): number {
		return sizeOf(this.#stdout, process.env).columns;
	}

	get rows(): number {
		return sizeOf(this.#stdout, process.env).rows;
	}

	get destroyed(): boolean {
		return this.#stdout.destroyed;
	}

	write(text: string, onWritten?: () => void): boolean {
		if (!this.isHeld) {
			return this.#stdout.write(text, onWritten);
		}

		if (onWritten) {
			setImmediate(onWritten);
		}

		return true;
	}

	on(event: string, listener: () => void): this {
		this.#stdout.on(event, listener);
		return this;
	}

	off(event: string, listener: () => void): this {
		this.#stdout.off(event, listener);
		return this;
	}
}

/** The terminal that the program runs on: it is taken for the screen, and given back as it was found. */
export class Terminal {
	readonly output: ScreenOutput;
	/** Called when the terminal is the program's again after a stop: all that it shows has to be drawn. */
	onResume: () => void = () => undefined;
	readonly #stdin: ReadStream;
	readonly #stdout: WriteStream;
	readonly #taking: string;
	readonly #giving: string;
	#isTaken = false;
	#isStopping = false;
	#isClosed = false;
	#resumption: NodeJS.Timeout | undefined;
	/** When the background was asked for, while the answer has not come. */
	#asked: number | undefined;

	/** @param hasMouse - whether clicks and the wheel are the program's, or stay the terminal's */
	constructor(stdin: ReadStream, stdout: WriteStream, hasMouse: boolean) {
		this.#stdin = stdin;
		this.#stdout = stdout;
		this.output = new ScreenOutput(stdout);
		this.#taking = taking + (hasMouse ? mouseOn : wheelOff);
		this.#giving = (hasMouse ? mouseOff : wheelBack) + giving;
		this.#stdin.setRawMode(true);
		unblock(stdout);
		process.on('exit', this.#giveBack).on('SIGTSTP', this.#stop).on('SIGCONT', this.#resume);
	}

	/** Ask for the background's colour. `answered` is to be called with the terminal's reply. */
	ask(): void {
		this.#asked = performance.now();
		this.#stdout.write(backgroundQuery);
	}

	/** Note what the terminal says. Its device attributes come last. */
	answered(report: string): void {
		if (/^\u{1B}\[\?[\d;]*c$/u.test(report)) {
			this.#asked = undefined;
		}
	}

	/** Switch to the other screen, and the modes on that it needs. */
	take(): void {
		this.#isTaken = true;
		this.#stdout.write(this.#taking);
	}

	erase(): void {
		this.output.write(homeAndErase);
	}

	/** Stop the program, and its process group with it, as Ctrl+Z does where the terminal is not in raw mode. */
	async stopGroup(): Promise<void> {
		if (process.platform !== 'win32') {
			await this.#stopAll(0);
		}
	}

	/** Give the terminal back for good. Settles when it has taken the last bytes, or has stopped reading. */
	async close(): Promise<void> {
		const late = this.#asked === undefined ? 0 : answerTime - (performance.now() - this.#asked);
		if (late > 0) {
			await sleep(late);
		}

		this.#isClosed = true;
		process.off('SIGTSTP', this.#stop).off('SIGCONT', this.#resume).off('exit', this.#giveBack);
		clearTimeout(this.#resumption);
		this.#giveBack();
		await flush(this.#stdout);
		this.#stdin.setRawMode(false);
	}

	readonly #giveBack = (): void => {
		if (this.#isTaken && !this.output.isHeld) {
			this.#stdout.write(this.#giving);
		}

		this.#isTaken = false;
	};

	readonly #stop = (): void => {
		void this.#stopAll(process.pid);
	};

	/** Another program may have changed the terminal: it is taken anew, from its modes on. */
	readonly #resume = (): void => {
		clearTimeout(this.#resumption);
		process.off('SIGTSTP', this.#stop).on('SIGTSTP', this.#stop);
		this.#isStopping = false;
		// Where the shell has let the program go on in the background, the system stops it here again.
		this.#stdin.setRawMode(false);
		this.#stdin.setRawMode(true);
		// After SIGSTOP it was not given back: what is saved in it must be its own, not the screen's.
		const wasGiven = this.output.isHeld;
		this.output.isHeld = false;
		if (this.#isTaken) {
			this.#stdout.write(wasGiven ? this.#taking : this.#giving + this.#taking);
			this.onResume();
		}
	};

	async #stopAll(group: number): Promise<void> {
		if (this.#isStopping || isOrphaned()) {
			return;
		}

		this.#isStopping = true;
		if (this.#isTaken) {
			this.#stdout.write(this.#giving);
		}

		this.output.isHeld = true;
		await flush(this.#stdout);
		if (this.#isClosed) {
			return;
		}

		this.#stdin.setRawMode(false);
		process.off('SIGTSTP', this.#stop);
		process.kill(group, 'SIGTSTP');
		// It goes on after SIGCONT, or here where the system has ignored the stop.
		this.#resumption = setTimeout(this.#resume, stopTime);
	}
}

/**
Whether no shell could continue the program if it stopped, so that the system ignores stops: where the process group is
orphaned (setpgid(2)), which only Linux tells (proc_pid_stat(5)).
*/
function isOrphaned(): boolean {
	const statusOf = (pid: number): {readonly parent: number; readonly group: number; readonly session: number} => {
		const [, parent = 0, group = 0, session = 0]
			= readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ').map(Number);
		return {parent, group, session};
	};

	try {
		const own = statusOf(process.pid);
		let outside = own;
		while (outside.group === own.group) {
			outside = statusOf(outside.parent);
		}

		return outside.session !== own.session;
	} catch (error) {
		// There is no such file on another system; the first process of all, or of a container, has no parent.
		return process.platform === 'linux' && (error as NodeJS.ErrnoException).path === '/proc/0/stat';
	}
}

/** A terminal that stops reading must not block the screen: frames wait here, and none is added meanwhile. */
function unblock(stream: WriteStream): void {
	const {_handle: handle} = stream as WriteStream & {_handle?: {setBlocking?: (isBlocking: boolean) => void}};
	if (stream.isTTY) {
		handle?.setBlocking?.(false);
	}
}

/** How many bytes the terminal has not taken yet: of the write that is under way, and of those behind it. */
function pendingBytes({_handle: handle, writableLength}: WriteStream & {_handle?: {writeQueueSize?: number}}): number {
	return writableLength + (handle?.writeQueueSize ?? 0);
}

/** Wait until the terminal has taken everything, or has stopped reading. */
async function flush(stdout: WriteStream): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	let pending = pendingBytes(stdout);
	let idleLooks = 0;
	const timer = setInterval(() => {
		const before = pending;
		pending = pendingBytes(stdout);
		idleLooks = pending < before ? 0 : idleLooks + 1;
		if (idleLooks === maxIdleLooks) {
			// On its way out, the program shows the cursor there.
			unblock(process.stderr);
			resolve();
		}
	}, lookInterval);
	stdout.write('', () => {
		resolve();
	});
	await promise;
	clearInterval(timer);
}
