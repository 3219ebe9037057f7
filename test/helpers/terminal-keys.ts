import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {type Input, KeyDecoder} from '../../source/screen/input/decode/key-decoder.ts';

/** A key decoder on a stream instead of a terminal: what is written to `terminal` arrives as reads of those pieces. */
export class FakeTerminal {
	readonly terminal = new PassThrough();
	readonly decoder: KeyDecoder;
	/** What was handed over, in batches. */
	readonly batches: Array<readonly Input[]> = [];
	readonly reports: string[] = [];
	readonly #wakers: Array<() => void> = [];

	constructor() {
		const tty = Object.assign(this.terminal, {
			isTTY: true,
			ref: () => this.terminal,
			unref: () => this.terminal,
		});
		this.decoder = new KeyDecoder(tty as unknown as ReadStream);
		this.decoder.onKeys = keys => {
			this.batches.push(keys);
			for (const wake of this.#wakers.splice(0)) {
				wake();
			}
		};

		this.decoder.onReport = report => {
			this.reports.push(report);
		};

		this.decoder.start();
	}

	/** Keys as short texts: `a`, `return`, `^t`, `alt+t`, `shift+tab`, `paste:…`. */
	get keys(): string[] {
		return this.batches.flat().map(key => describe(key));
	}

	/** Read these pieces, one after the other, and wait until this many keys have come out. */
	async read(pieces: readonly string[], count: number): Promise<string[]> {
		for (const piece of pieces) {
			this.terminal.write(piece);
		}

		while (this.keys.length < count) {
			await new Promise<void>(resolve => {
				this.#wakers.push(resolve);
			});
		}

		return this.keys;
	}
}

function describe(key: Input): string {
	if (key.type === 'pointer') {
		return `${key.action} ${key.x},${key.y}`;
	}

	if (key.type === 'retraction') {
		return 'retraction';
	}

	if (key.type === 'paste') {
		return `paste:${key.text}`;
	}

	const {name, ctrl, alt, shift, text, sequence} = key;
	const chord = `${alt ? 'alt+' : ''}${ctrl ? '^' : ''}`;
	return text === ''
		? `${chord}${shift ? 'shift+' : ''}${alt && name === undefined ? sequence.slice(1) : (name ?? '?')}`
		: text;
}
