/* Messages in a byte stream: what marks where each begins and ends. */
import type {Encoding} from './encoding/encoding.ts';

/**
How messages are framed, as the command line takes it: not at all, by a line feed behind each, or by its length in front
of it: an unsigned integer of 1, 2 or 4 bytes, in big-endian (be) or little-endian order (le).
*/
export const framings = ['none', 'line', 'u8', 'u16be', 'u16le', 'u32be', 'u32le'] as const;

export type Framing = (typeof framings)[number];

/** A message has at most this many bytes, whatever a length in front of it could tell. */
export const maxMessage = 1024 * 1024;

/** A length as it stands before a message, in this many bytes; these do not count. */
type Prefix = {readonly size: number; readonly isLittleEndian: boolean};

const prefixes: Readonly<Record<Exclude<Framing, 'none' | 'line'>, Prefix>> = {
	u8: {size: 1, isLittleEndian: false},
	u16be: {size: 2, isLittleEndian: false},
	u16le: {size: 2, isLittleEndian: true},
	u32be: {size: 4, isLittleEndian: false},
	u32le: {size: 4, isLittleEndian: true},
};

const lineFeed = 0x0A;
const carriageReturn = 0x0D;

/** Whether text of an encoding can be framed so. A line feed of UTF-16 is two bytes, and 0A half of others, too. */
export function canFrame(framing: Framing, encoding: Encoding | undefined): boolean {
	return framing !== 'line' || encoding !== 'utf-16le';
}

/** What stands before a message as its length, where the framing has that. */
export function prefixOf(framing: Framing): Prefix | undefined {
	return framing === 'none' || framing === 'line' ? undefined : prefixes[framing];
}

/** How many bytes of a frame stand before its message, as its length. */
export function prefixSize(framing: Framing): number {
	return prefixOf(framing)?.size ?? 0;
}

export function largestMessage(framing: Framing): number {
	const prefix = prefixOf(framing);
	return prefix ? Math.min(maxMessage, (256 ** prefix.size) - 1) : maxMessage;
}

/** Bytes to write, and how many messages they are. */
type Framed = {readonly bytes: Uint8Array; readonly messages: number};

/**
A message in its frame; undefined where that cannot hold it. A line that has its line feed already gets no second one:
each line of a text of several is a message.
*/
export function frameMessage(message: Uint8Array, framing: Framing): Framed | undefined {
	if (framing === 'none') {
		return {bytes: message, messages: 0};
	}

	if (framing === 'line') {
		const lines = message.at(-1) === lineFeed ? message : Buffer.concat([message, Uint8Array.of(lineFeed)]);
		const ends = endsOf(lines);
		return ends.some((end, index) => end - (ends[index - 1] ?? 0) - 1 > maxMessage)
			? undefined
			: {bytes: lines, messages: ends.length};
	}

	if (message.length > largestMessage(framing)) {
		return undefined;
	}

	const {size, isLittleEndian} = prefixes[framing];
	const bytes = new Uint8Array(size + message.length);
	for (let place = 0; place < size; place++) {
		const power = isLittleEndian ? place : size - 1 - place;
		bytes[place] = Math.floor(message.length / (256 ** power)) % 256;
	}

	bytes.set(message, size);
	return {bytes, messages: 1};
}

function lengthAt(bytes: Uint8Array, at: number, {size, isLittleEndian}: Prefix): number {
	let length = 0;
	for (let place = 0; place < size; place++) {
		length = (length * 256) + bytes[isLittleEndian ? at + size - 1 - place : at + place]!;
	}

	return length;
}

/** Where lines end, the line feed included. */
function endsOf(bytes: Uint8Array): readonly number[] {
	const ends: number[] = [];
	for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
		ends.push(at + 1);
	}

	return ends;
}

/**
What was found in a stream: a message without its frame; or a frame that is longer than `maxMessage`, and is passed over
(`length` is what stands in front of it; a line's is not known; `kept` are the bytes of it that were kept so far).
`offset` counts the stream's bytes before the frame.
*/
export type Cut
	= | {readonly type: 'message'; readonly bytes: Uint8Array; readonly offset: number; readonly frame: number}
		| {
			readonly type: 'too-long';
			readonly length: number | undefined;
			readonly offset: number;
			readonly kept: Uint8Array;
		};

/** A message's whole frame, as it came. */
export function frameOf({bytes, frame}: Extract<Cut, {type: 'message'}>, framing: Framing): Uint8Array {
	// A message is cut out of its frame, and lies in the same memory.
	return new Uint8Array(bytes.buffer, bytes.byteOffset - prefixSize(framing), frame);
}

/** A frame that is not whole yet: how many of its bytes have come, and how many it has where that is known. */
export type UnfinishedFrame = {readonly length: number; readonly whole: number | undefined};

const nothing = new Uint8Array(0);

/** Cuts a byte stream into messages, however its bytes come. It keeps one unfinished frame at most. */
export class Framer {
	readonly framing: Exclude<Framing, 'none'>;
	/** The beginning of a frame that is not whole. */
	#held = nothing;
	#length = 0;
	/** Bytes of the stream before the frame that is not whole. */
	#offset = 0;
	/** Bytes of a frame that are passed over; Infinity for a line, up to its end. */
	#passing = 0;

	constructor(framing: Exclude<Framing, 'none'>) {
		this.framing = framing;
	}

	/** How many bytes of the stream came before the frame that is not whole, or the next one. */
	get offset(): number {
		return this.#offset;
	}

	/** The bytes of the frame that is not whole. They stay as they are; more may come behind them. */
	get kept(): Uint8Array {
		return this.#held.subarray(0, this.#length);
	}

	/** How many bytes there is room for: at most twice as many as are kept. */
	get room(): number {
		return this.#held.length;
	}

	get unfinished(): UnfinishedFrame | undefined {
		if (this.#length === 0) {
			return undefined;
		}

		const prefix = prefixOf(this.framing);
		return {
			length: this.#length,
			whole: prefix && this.#length >= prefix.size ? prefix.size + lengthAt(this.#held, 0, prefix) : undefined,
		};
	}

	/**
	Take what one read has returned. @returns what is whole now. The bytes of a message may be a part of what was given.
	*/
	take(bytes: Uint8Array): readonly Cut[] {
		const cuts: Cut[] = [];
		let from = 0;
		while (from < bytes.length) {
			if (this.#passing > 0) {
				from = this.#pass(bytes, from);
			} else {
				from = this.framing === 'line'
					? this.#takeLine(bytes, from, cuts)
					: this.#takePrefixed(bytes, from, prefixes[this.framing], cuts);
			}
		}

		return cuts;
	}

	/** Keep nothing of the frame that is not whole: its rest does not come. */
	drop(): void {
		this.#held = nothing;
		this.#length = 0;
	}

	/** Keep nothing of the frame that is not whole, and pass over its rest; not while its length is not known. */
	giveUp(): void {
		const {unfinished} = this;
		if (unfinished && this.framing === 'line') {
			this.#passOver(Number.POSITIVE_INFINITY);
		} else if (unfinished?.whole !== undefined) {
			this.#passOver(unfinished.whole - unfinished.length);
		}
	}

	#takeLine(bytes: Uint8Array, from: number, cuts: Cut[]): number {
		const end = bytes.indexOf(lineFeed, from);
		const part = bytes.subarray(from, end === -1 ? bytes.length : end);
		if (this.#length + part.length > maxMessage) {
			const last = part.at(-1) ?? this.#held[this.#length - 1];
			// A carriage return may belong to the line's end.
			if (this.#length + part.length - (last === carriageReturn ? 1 : 0) > maxMessage) {
				cuts.push({
					type: 'too-long', length: undefined, offset: this.#offset, kept: this.kept,
				});
				this.#passOver(Number.POSITIVE_INFINITY);
				return from;
			}
		}

		if (end === -1) {
			this.#hold(part, maxMessage + 1);
			return bytes.length;
		}

		const rest = bytes.subarray(from, end + 1);
		const line = this.#length === 0 ? rest : Buffer.concat([this.kept, rest]);
		this.#cut(line.subarray(0, line.at(-2) === carriageReturn ? -2 : -1), line.length, cuts);
		return end + 1;
	}

	#takePrefixed(bytes: Uint8Array, from: number, prefix: Prefix, cuts: Cut[]): number {
		const {size} = prefix;
		const missing = size - this.#length;
		if (missing > bytes.length - from) {
			this.#hold(bytes.subarray(from), size);
			return bytes.length;
		}

		let at = from;
		if (missing > 0 && this.#length > 0) {
			this.#hold(bytes.subarray(at, at + missing), size);
			at += missing;
		}

		const length = this.#length > 0 ? lengthAt(this.#held, 0, prefix) : lengthAt(bytes, at, prefix);
		const whole = size + length;
		if (length > maxMessage) {
			cuts.push({
				type: 'too-long', length, offset: this.#offset, kept: this.kept,
			});
			this.#passOver(whole - this.#length);
			return at;
		}

		const end = at + whole - this.#length;
		if (end > bytes.length) {
			this.#hold(bytes.subarray(at), whole);
			return bytes.length;
		}

		if (this.#length > 0) {
			this.#hold(bytes.subarray(at, end), whole);
			this.#cut(this.#held.subarray(size, whole), whole, cuts);
		} else {
			this.#cut(bytes.subarray(at + size, end), whole, cuts);
		}

		return end;
	}

	/** @param rest - how many bytes of its frame are still to come */
	#passOver(rest: number): void {
		this.#offset += this.#length;
		this.drop();
		this.#passing = rest;
	}

	/** Pass over bytes of a frame that is too long. */
	#pass(bytes: Uint8Array, from: number): number {
		const isLine = this.#passing === Number.POSITIVE_INFINITY;
		const end = isLine ? bytes.indexOf(lineFeed, from) + 1 : from + this.#passing;
		const isOver = end > from && end <= bytes.length;
		const passed = isOver ? end : bytes.length;
		this.#passing = isOver ? 0 : this.#passing - (passed - from);
		this.#offset += passed - from;
		return passed;
	}

	#cut(bytes: Uint8Array, frame: number, cuts: Cut[]): void {
		cuts.push({
			type: 'message', bytes, offset: this.#offset, frame,
		});
		this.#offset += frame;
		this.drop();
	}

	/** @param most - the length that the frame can reach, in bytes: the buffer grows up to that */
	#hold(bytes: Uint8Array, most: number): void {
		const length = this.#length + bytes.length;
		if (length > this.#held.length) {
			const larger = new Uint8Array(Math.max(length, Math.min(most, 2 * this.#held.length)));
			larger.set(this.kept);
			this.#held = larger;
		}

		this.#held.set(bytes, this.#length);
		this.#length = length;
	}
}
