import {
	type Codec, readingOf, readText, utf8Codec,
} from '../text/encoding/codec.ts';
import {visibleBytes} from '../text/width/visible.ts';

/** What an answer is to be: exactly these bytes, or a text that a regular expression is found in. */
export type Expectation
	= {readonly type: 'bytes'; readonly bytes: Uint8Array} | {readonly type: 'pattern'; readonly pattern: RegExp};

/** An answer that is larger cannot be compared, and is another one than was expected. */
const maxCompared = 1024 * 1024;

/** An answer as it comes, piece by piece, and whether it is what was expected. */
export class Answer {
	/** How many bytes have come. */
	length = 0;
	#bytes: Uint8Array = new Uint8Array();
	readonly #expected: Expectation | undefined;
	readonly #codec: Codec;

	constructor(expected: Expectation | undefined, codec: Codec = utf8Codec) {
		this.#codec = codec;
		this.#expected = expected;
	}

	/** Whether what has come is what was expected; of anything, where nothing is. */
	get isExpected(): boolean {
		const expected = this.#expected;
		if (expected === undefined) {
			return true;
		}

		return this.length <= maxCompared && (expected.type === 'bytes'
			? Buffer.compare(this.#bytes, expected.bytes) === 0
			: expected.pattern.test(readText(this.#bytes, readingOf(this.#codec))));
	}

	/** What was expected and what has come, each in quotes where it is text. */
	get difference(): {readonly wanted: string; readonly got: string} {
		const expected = this.#expected;
		const shown = (bytes: Uint8Array = new Uint8Array()): string =>
			`'${visibleBytes(bytes, 100, true, readingOf(this.#codec)).text}'`;
		return {
			wanted: expected?.type === 'pattern' ? String(expected.pattern) : shown(expected?.bytes),
			got: shown(this.#bytes),
		};
	}

	add(bytes: Uint8Array): void {
		this.length += bytes.length;
		if (this.#expected && this.length <= maxCompared) {
			this.#bytes = Buffer.concat([this.#bytes, bytes]);
		}
	}
}

/** Answers that are messages: as many as were sent are to be what was expected; others may come between them. */
export class Answers {
	/** How many have come. */
	length = 0;
	/** Of the last that was not what was expected; undefined where none was. */
	difference: Answer['difference'] | undefined;
	readonly #expected: Expectation | undefined;
	readonly #codec: Codec;
	readonly #isEndless: boolean;
	#wanted: number;
	#right = 0;

	/** @param count - how many messages will be sent; Infinity where that is not known */
	constructor(expected: Expectation | undefined, count: number, codec: Codec = utf8Codec) {
		this.#codec = codec;
		this.#expected = expected;
		this.#isEndless = !Number.isFinite(count);
		this.#wanted = this.#isEndless ? 0 : count;
	}

	get isExpected(): boolean {
		return this.#expected === undefined || this.#right >= this.#wanted;
	}

	/** What was one message for whoever sends is this many for the peer: a text of several lines is several. */
	sent(messages: number): void {
		this.#wanted += this.#isEndless ? messages : messages - 1;
	}

	add(bytes: Uint8Array): void {
		const answer = new Answer(this.#expected, this.#codec);
		answer.add(bytes);
		this.length++;
		if (answer.isExpected) {
			this.#right++;
		} else {
			this.difference = answer.difference;
		}
	}
}
