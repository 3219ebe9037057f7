import type {ReadStream} from 'node:tty';
import {Utf8Stream} from '../../../text/encoding/utf8.ts';
import {decodeKey, type KeyPress, type Pointer} from './decode-key.ts';
import {SequenceReader, type Unit} from './sequence-reader.ts';

/** One key as pressed, or one paste whole: with the line ends that the terminal sent, its bytes as in a Utf8Stream. */
export type Key = {readonly type: 'paste'; readonly text: string} | KeyPress;

/** What the user does at the terminal. A retraction says that the Esc before was none: a slow line cut a sequence. */
export type Input = Key | Pointer | {readonly type: 'retraction'};

/**
No key sends as many bytes: a paste without brackets comes in reads of up to 4 KiB, and what comes within this time, in
milliseconds, is delivered together, as each delivery costs a frame with the whole line.
*/
const largeRead = 512;
const gatherTime = 30;

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
	/** What large reads have brought, and when it is delivered. */
	#gathered: Unit[] = [];
	#gathering: NodeJS.Timeout | undefined;
	readonly #hear = (chunk: Uint8Array): void => {
		const units = this.#reader.read(this.#text.read(chunk));
		if (chunk.length < largeRead) {
			this.#take(units);
			return;
		}

		this.#cancel();
		this.#gathered = this.#gathered.concat(units); // eslint-disable-line unicorn/prefer-spread -- They may be too many for one call.
		this.#gathering ??= setTimeout(() => {
			this.#take([]);
		}, gatherTime);
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
		clearTimeout(this.#gathering);
		this.#terminal.off('data', this.#hear);
		this.#terminal.pause();
		this.#terminal.unref();
	}

	#take(units: readonly Unit[]): void {
		this.#cancel();
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		const gathered = this.#gathered;
		this.#gathered = [];
		const keys: Input[] = [];
		for (const unit of [...gathered, ...units]) {
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
