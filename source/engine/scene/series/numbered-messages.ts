import {
	type Codec, readingOf, readText, utf8Codec,
} from '../../../text/encoding/codec.ts';

/** Digits of a message's number: at least six, and nine where the series has no end. Then they begin again at 0. */
const minDigits = 6;
const endlessDigits = 9;

/** A message, or an answer that is the same in upper case, backwards, or both. */
const answered = /^(?:message (?<forwards>\d+)|(?<backwards>\d+) egassem)\s*$/i;

/** `message 000001`, `message 000002` and so on, all of the same length. */
export class NumberedMessages {
	readonly #digits: number;
	readonly #codec: Codec;

	/** @param count - how many messages there will be; undefined: no end */
	constructor(count: number | undefined, codec: Codec = utf8Codec) {
		this.#codec = codec;
		this.#digits = count === undefined ? endlessDigits : Math.max(minDigits, String(count).length);
	}

	/** The message at this place of the series, from 0, in a buffer of its own. */
	at(place: number): Uint8Array {
		const number = (place + 1) % (10 ** this.#digits);
		const text = `message ${String(number).padStart(this.#digits, '0')}`;
		// The same bytes in every encoding that has ASCII's.
		return Buffer.from(text, this.#codec.hasAscii ? 'latin1' : 'utf16le');
	}

	/** Which of the first `sent` messages this answers, by the number in it: its place. Undefined for none. */
	placeIn(answer: Uint8Array, sent: number): number | undefined {
		const text = this.#codec.hasAscii
			? Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength).toString('latin1')
			: readText(answer, readingOf(this.#codec));
		const groups = answered.exec(text)?.groups;
		const digits = groups?.forwards ?? [...groups?.backwards ?? ''].toReversed().join('');
		if (digits.length !== this.#digits) {
			return undefined;
		}

		const number = Number(digits);
		const period = 10 ** this.#digits;
		const place = number - 1 + (Math.floor((sent - number) / period) * period);
		return place >= 0 && place < sent ? place : undefined;
	}
}
