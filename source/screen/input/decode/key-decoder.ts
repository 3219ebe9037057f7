import type {ReadStream} from 'node:tty';
import {Utf8Stream} from '../../../text/encoding/utf8.ts';
import {decodeKey, type KeyPress, type Pointer} from './decode-key.ts';
import {SequenceReader, type Unit} from './sequence-reader.ts';

/** One key as pressed, or one paste whole: with the line ends that the terminal sent, its bytes as in a Utf8Stream. */
export type Key = {readonly type: 'paste'; readonly text: string} | KeyPress;

/** What the user does at the terminal. A retraction says that the Esc before was none: a slow line cut a sequence. */
export type Input = Key | Pointer | {readonly type: 'retraction'};

/**
Turns the terminal's bytes into keys, each alone, in order, and a paste whole, however many come in one read. Keys that
arrived together are delivered together, so that they cost one frame.
*/
export class KeyDecoder {
	/** Keys, and the mouse, in the order in which they were pressed. */
	onKeys: (keys: readonly Input[]) => void = () => undefined;
	/** What the terminal says by itself, or answers: one whole control sequence. */
	onReport: (sequence: string) => void = () => undefined;
	readonly #terminal: ReadStream;
	readonly #reader = new SequenceReader();
	#timer: NodeJS.Timeout | undefined;
	#turn: NodeJS.Immediate | undefined;
	readonly #text = new Utf8Stream();
	readonly #hear = (chunk: Uint8Array): void => {
		this.#take(this.#reader.read(this.#text.read(chunk)));
	};

	constructor(terminal: ReadStream) {
		this.#terminal = terminal;
	}

	/** Hear the terminal. What was typed before is heard then. */
	start(): void {
		this.#terminal.on('data', this.#hear);
		this.#terminal.ref();
	}

	/** Hear it no longer; it does not keep the program running either. */
	stop(): void {
		this.#cancel();
		this.#terminal.off('data', this.#hear);
		this.#terminal.pause();
		this.#terminal.unref();
	}

	#take(units: readonly Unit[]): void {
		this.#cancel();
		const keys: Input[] = [];
		for (const unit of units) {
			const decoded = unit.type === 'input' ? decodeKey(unit.text) : unit;
			if (decoded?.type === 'report') {
				this.onReport(decoded.sequence);
			} else if (decoded) {
				keys.push(decoded);
			}
		}

		const {timeout} = this.#reader;
		if (timeout !== undefined) {
			this.#timer = setTimeout(() => {
				// After a long frame, what has arrived meanwhile is read before anything is given up.
				this.#turn = setImmediate(() => {
					this.#take(this.#reader.expire());
				});
			}, timeout);
		}

		if (keys.length > 0) {
			this.onKeys(keys);
		}
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#turn);
	}
}
