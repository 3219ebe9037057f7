import {EventEmitter} from 'node:events';
import {emitKeypressEvents, type Key as KeypressKey} from 'node:readline';
import {Readable} from 'node:stream';
import type {ReadStream} from 'node:tty';

/** One key as pressed, or one paste whole. */
export type Key
	= | {readonly type: 'paste'; readonly text: string}
		| {
			readonly type: 'key';
			/** A name such as `return`, `left`, `pageup` or `a`; undefined for characters without one. */
			readonly name: string | undefined;
			readonly ctrl: boolean;
			/** Alt held, or Esc pressed just before. */
			readonly alt: boolean;
			readonly shift: boolean;
			/** The character to type, or empty for a key that types none. */
			readonly text: string;
			/** What the terminal sent. */
			readonly sequence: string;
		};

const pasteStart = '\u{1B}[200~';
const ctrlC = '\u{3}';
const pasteEnd = '\u{1B}[201~';

/** How long a lone Esc may be the beginning of a key's sequence, in milliseconds. */
const escapeTime = 40;

const control = /^\p{Control}/u;

/** One or more Esc, and at most one character. */
const escaped = /^(\u{1B}+)(.?)$/su;

/**
Every control sequence (ECMA-48 section 5.4), and those among them that keys send. The others are a terminal's answers
to queries.
*/
const controlSequence = /\u{1B}\[[0-?]*[ -/]*[@-~]/gu;
const keySequence = /^\u{1B}\[(?:\d{1,2}(?:;\d{1,2})?~|1;\d{1,2}[A-Z]|[A-Za-z]|\[[A-E]|\d[$^])$/u;

const escapeKey = {
	type: 'key', name: 'escape', ctrl: false, alt: false, shift: false, text: '', sequence: '\u{1B}',
} as const satisfies Key;

/**
Turns the terminal's bytes into keys. A busy program finds several keys in one read; here each key comes out alone, in
order, and a paste whole. Keys that arrived together are delivered together, so that they cost one frame.

To Ink it is the terminal's stream, which it switches to raw mode and back; Ink reads nothing from it.
*/
export class KeyDecoder extends Readable {
	readonly isTTY = true;
	/** Keys in the order in which they were pressed. */
	onKeys: (keys: readonly Key[]) => void = () => undefined;
	readonly #terminal: ReadStream;
	/** What Node's parser of key sequences reads from and emits on. */
	readonly #keypresses = new EventEmitter();
	#batch: Key[] = [];
	#isDelivering = false;
	/** A paste whose end has not arrived yet. */
	#paste: string | undefined;
	/**
	The beginning of a paste's mark, cut by the border of a read; or a lone Esc, which is a key when nothing follows in
	time.
	*/
	#cut = '';
	#cutTimer: NodeJS.Timeout | undefined;
	readonly #hear = (chunk: string | Uint8Array): void => {
		this.#take(String(chunk));
	};

	constructor(terminal: ReadStream) {
		super();
		this.#terminal = terminal;
		// Node's own parser of key sequences; the object stands for the readline interface that it asks for this time.
		emitKeypressEvents(this.#keypresses as never, {escapeCodeTimeout: escapeTime} as never);
		this.#keypresses.on('keypress', (_text: string | undefined, key: KeypressKey) => {
			this.#press(key);
		});
	}

	setRawMode(isRaw: boolean): this {
		this.#terminal.setRawMode(isRaw);
		return this;
	}

	ref(): this {
		this.#terminal.setEncoding('utf8');
		this.#terminal.off('data', this.#hear).on('data', this.#hear);
		this.#terminal.ref();
		return this;
	}

	unref(): this {
		clearTimeout(this.#cutTimer);
		this.#terminal.off('data', this.#hear);
		this.#terminal.pause();
		this.#terminal.unref();
		return this;
	}

	override _read(): void {
		// Reads are ignored: keys go to onKeys.
	}

	#take(chunk: string): void {
		clearTimeout(this.#cutTimer);
		let rest = this.#cut + chunk;
		this.#cut = '';
		while (rest !== '') {
			rest = this.#paste === undefined ? this.#takeKeys(rest) : this.#takePaste(rest, this.#paste);
		}

		this.#deliver();
	}

	/** Take keys up to the next paste; returns what follows its mark. */
	#takeKeys(text: string): string {
		const start = text.indexOf(pasteStart);
		if (start === -1) {
			const cut = cutMark(text, pasteStart);
			this.#cut = text.slice(text.length - cut);
			this.#parse(text.slice(0, text.length - cut));
			if (cut > 0) {
				this.#cutTimer = setTimeout(() => {
					this.#giveUpMark();
				}, escapeTime);
			}

			return '';
		}

		this.#parse(text.slice(0, start));
		this.#paste = '';
		return text.slice(start + pasteStart.length);
	}

	/** Nothing has followed: what looked like the beginning of a paste's mark is what was pressed. */
	#giveUpMark(): void {
		const cut = this.#cut;
		this.#cut = '';
		if (cut === escapeKey.sequence) {
			this.#batch.push(escapeKey);
		} else {
			this.#parse(cut);
		}

		this.#deliver();
	}

	#parse(text: string): void {
		const keys = text.replaceAll(controlSequence, sequence =>
			keySequence.test(sequence) || sequence === '\u{1B}[[' ? sequence : '');
		this.#keypresses.emit('data', Buffer.from(keys));
	}

	/** Take a paste up to its end; returns what follows. */
	#takePaste(text: string, before: string): string {
		if (text === ctrlC) {
			// A paste whose end never comes must not keep anybody from leaving.
			this.#paste = undefined;
			this.#parse(text);
			return '';
		}

		const whole = before + text;
		const end = whole.indexOf(pasteEnd, Math.max(0, before.length - pasteEnd.length));
		if (end === -1) {
			this.#paste = whole;
			return '';
		}

		this.#paste = undefined;
		// Terminals send Enter for each line feed of a paste: it is made one again. CR LF stays what it is.
		this.#batch.push({type: 'paste', text: whole.slice(0, end).replaceAll(/\r(?!\n)/g, '\n')});
		return whole.slice(end + pasteEnd.length);
	}

	#press({name, ctrl = false, meta = false, shift = false, sequence = ''}: KeypressKey): void {
		const [, escapes = '', rest = ''] = escaped.exec(sequence) ?? [];
		if (escapes.length > 1 || name === 'escape' || (escapes !== '' && control.test(rest) && name !== 'backspace')) {
			// Esc, once or twice, and perhaps a key after it in the same read: Node's parser takes that for one key.
			this.#batch.push(...Array.from(escapes, () => escapeKey));
			if (rest !== '') {
				this.#push(plainKey(rest));
			}
		} else {
			this.#push({
				name, ctrl, meta, shift, sequence,
			});
		}

		// A lone Esc comes later than the read that it was in, when nothing has followed it.
		if (!this.#isDelivering) {
			this.#isDelivering = true;
			queueMicrotask(() => {
				this.#isDelivering = false;
				this.#deliver();
			});
		}
	}

	#push({name, ctrl = false, meta = false, shift = false, sequence = ''}: KeypressKey): void {
		const isText = !ctrl && !meta && !control.test(sequence);
		this.#batch.push({
			type: 'key', name, ctrl, alt: meta, shift, text: isText ? sequence : '', sequence,
		});
	}

	#deliver(): void {
		const keys = this.#batch;
		if (keys.length > 0) {
			this.#batch = [];
			this.onKeys(keys);
		}
	}
}

const namedControls: Readonly<Record<string, string>> = {'\r': 'return', '\n': 'enter', '\t': 'tab'};

/**
One character as the key that sends it: a letter, or a control character, which is Ctrl and a letter unless it has a key
of its own.
*/
function plainKey(character: string): KeypressKey {
	const code = character.codePointAt(0) ?? 0;
	const named = namedControls[character];
	return named !== undefined || code === 0 || code > 26
		? {name: named ?? character.toLowerCase(), sequence: character}
		: {name: String.fromCodePoint(code + 96), ctrl: true, sequence: character};
}

/** How many characters at the end begin a mark that the next read may complete. */
function cutMark(text: string, mark: string): number {
	for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
		if (text.endsWith(mark.slice(0, length))) {
			return length;
		}
	}

	return 0;
}
