/** More messages than this are not awaited: the answers to the others come without a time. */
const most = 4096;

/**
Times a client's answers. Neither protocol numbers messages, so an answer is matched with the oldest unanswered message;
a message without an answer for too long is given up when a later one follows.

In a byte stream an answer may cover several messages, or a part of one: give its length to use it up byte by byte.
*/
export class RoundTrips {
	/** In the order in which they were sent; those before `#first` have been answered, or given up. */
	#awaiting: Array<{time: number; bytes: number}> = [];
	#first = 0;

	/**
	A message of this many bytes went out at this time (milliseconds, by the clock of the log).

	@param timeout - how long a message waits for its answer before a later message makes it count as never answered, in
	milliseconds
	*/
	sent(time: number, bytes: number, timeout: number): void {
		while (this.#oldest && time - this.#oldest.time > timeout) {
			this.#first++;
		}

		if (this.#first > most) {
			this.#awaiting = this.#awaiting.slice(this.#first);
			this.#first = 0;
		}

		if (this.#awaiting.length - this.#first < most) {
			this.#awaiting.push({time, bytes});
		}
	}

	/**
	A datagram came back. @returns milliseconds since its message, or NaN when none was pending

	@param askedAt - when its message was sent, where that is known: those before it are no longer pending
	*/
	datagramAnswered(time: number, askedAt?: number): number {
		if (askedAt !== undefined) {
			while (this.#oldest && this.#oldest.time <= askedAt) {
				this.#first++;
			}

			return time - askedAt;
		}

		const asked = this.#oldest;
		if (!asked) {
			return Number.NaN;
		}

		this.#first++;
		return time - asked.time;
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

	/** Forget pending messages: the socket is closed. */
	reset(): void {
		this.#awaiting = [];
		this.#first = 0;
	}

	get #oldest(): {time: number; bytes: number} | undefined {
		return this.#awaiting[this.#first];
	}
}
