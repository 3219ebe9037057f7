import {unknownElapsed} from '../log/event.ts';

/** More messages than this are not awaited: the answers to the others come without a time. */
const most = 4096;

/** Only messages of up to this many bytes are told apart by what they say. */
const maxContent = 64;

/** The contents answered last: a second answer to one of these is not the answer to another message. */
const rememberedAnswers = 64;

/** How long an answer is known by its content, in milliseconds, where other messages have followed. */
const contentTimeout = 60_000;

/** A message without an answer. */
type Awaited = {
	readonly time: number;
	readonly content: string | undefined;
	/** Bytes that were not answered yet. */
	bytes: number;
	/** Whether an answer may have been this message's, or another's. */
	isUncertain: boolean;
};

/**
Times a client's answers, though neither protocol numbers messages. A datagram answers the message that it was made
from, else the one with the same content, in upper case or backwards too, else the only one without an answer; where
several could be meant, it has no time. Bytes of a stream answer the messages in their order.
*/
export class RoundTrips {
	/** In the order in which they were sent; those before `#first` have been answered, or given up. */
	#awaiting: Awaited[] = [];
	#first = 0;
	/** When, and with which timeout, the last message was sent. */
	#lastTime = Number.NEGATIVE_INFINITY;
	#lastTimeout = 0;
	readonly #answered = new Set<string>();
	/** How many messages of each content are awaited. */
	readonly #contents = new Map<string, number>();

	/**
	A message of this many bytes went out at this time (milliseconds, by the clock of the log).

	@param timeout - how long a message waits for its answer before a later message makes it count as never answered, in
	milliseconds
	@param bytes - what it says, where answers are told apart by that
	*/
	sent(time: number, length: number, timeout: number, bytes?: Uint8Array): void {
		this.#lastTime = time;
		this.#lastTimeout = timeout;
		while (this.#oldest && this.#isGivenUp(this.#oldest, contentTimeout)) {
			this.#dropOldest();
		}

		if (this.#first > most) {
			this.#awaiting = this.#awaiting.slice(this.#first);
			this.#first = 0;
		}

		if (this.#awaiting.length - this.#first < most) {
			const content = contentOf(bytes);
			this.#count(content, 1);
			this.#awaiting.push({
				time, bytes: length, content, isUncertain: false,
			});
		}
	}

	/**
	A datagram came back. @returns milliseconds since its message; `unknownElapsed` when it could be that of several, or
	NaN when none was awaited

	@param askedAt - when its message was sent, where that is known: those before it are not awaited any longer
	@param bytes - what it says, where answers are told apart by that
	*/
	datagramAnswered(time: number, askedAt?: number, bytes?: Uint8Array): number {
		if (askedAt !== undefined) {
			while (this.#oldest && this.#oldest.time <= askedAt) {
				this.#dropOldest();
			}

			return time - askedAt;
		}

		const content = contentOf(bytes);
		const count = content === undefined ? undefined : this.#contents.get(content);
		if (content === undefined || count === undefined) {
			return content !== undefined && this.#answered.has(content)
				? Number.NaN
				: this.#answerOneOf(this.#expected(), time);
		}

		this.#remember(content);
		const same = this.#withContent(content, count);
		const recent = same.filter(message => !this.#isGivenUp(message));
		return this.#answerOneOf(same.length === 1 || recent.length === 0 ? same : recent, time);
	}

	/**
	A chunk of this many bytes came back. @returns milliseconds since the first message it answers, or NaN when none was
	awaited
	*/
	chunkAnswered(time: number, bytes: number): number {
		const asked = this.#oldest;
		let left = bytes;
		while (left > 0 && this.#oldest) {
			const taken = Math.min(left, this.#oldest.bytes);
			left -= taken;
			this.#oldest.bytes -= taken;
			if (this.#oldest.bytes === 0) {
				this.#first++;
			}
		}

		return asked ? time - asked.time : Number.NaN;
	}

	/** Forget pending messages: nothing tells any longer which answers are theirs. */
	reset(): void {
		this.#awaiting = [];
		this.#first = 0;
		this.#answered.clear();
		this.#contents.clear();
	}

	get #oldest(): Awaited | undefined {
		return this.#awaiting[this.#first];
	}

	/** Whether another message followed so much later that no answer is expected any longer. */
	#isGivenUp({time, content}: Awaited, longest = 0): boolean {
		const timeout = this.#lastTimeout;
		return this.#lastTime - time > (content === undefined ? timeout : Math.max(timeout, longest));
	}

	#dropOldest(): void {
		this.#count(this.#oldest?.content, -1);
		this.#first++;
	}

	#count(content: string | undefined, change: 1 | -1): void {
		if (content === undefined) {
			return;
		}

		const count = (this.#contents.get(content) ?? 0) + change;
		if (count > 0) {
			this.#contents.set(content, count);
		} else {
			this.#contents.delete(content);
		}
	}

	/** The messages with this content, `count` of them, in their order: mostly they are among the newest. */
	#withContent(content: string, count: number): readonly Awaited[] {
		const found: Awaited[] = [];
		for (let place = this.#awaiting.length - 1; place >= this.#first && found.length < count; place--) {
			const message = this.#awaiting[place]!;
			if (message.content === content) {
				found.push(message);
			}
		}

		return found.toReversed();
	}

	/** The messages for which an answer is still expected: the newest. */
	#expected(): readonly Awaited[] {
		let from = this.#awaiting.length;
		while (from > this.#first && !this.#isGivenUp(this.#awaiting[from - 1]!)) {
			from--;
		}

		return this.#awaiting.slice(from);
	}

	/** The answer to one of these, in the order in which they were sent. The oldest may be lost: it is kept longest. */
	#answerOneOf(messages: readonly Awaited[], time: number): number {
		const message = messages.at(-1);
		if (!message) {
			return Number.NaN;
		}

		const isKnown = messages.length === 1 && !message.isUncertain;
		for (const possible of messages) {
			possible.isUncertain = true;
		}

		this.#awaiting.splice(this.#awaiting.lastIndexOf(message), 1);
		this.#count(message.content, -1);
		return isKnown ? time - message.time : unknownElapsed;
	}

	#remember(content: string): void {
		this.#answered.delete(content);
		this.#answered.add(content);
		if (this.#answered.size > rememberedAnswers) {
			const [oldest] = this.#answered;
			this.#answered.delete(oldest!);
		}
	}
}

/** The same for a message, and for the answer that is that message, in upper case, backwards, or both; ASCII only. */
function contentOf(bytes: Uint8Array | undefined): string | undefined {
	if (!bytes || bytes.length === 0 || bytes.length > maxContent) {
		return undefined;
	}

	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
		.toString('latin1')
		.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
	return [text, [...text].toReversed().join('')].toSorted()[0];
}
