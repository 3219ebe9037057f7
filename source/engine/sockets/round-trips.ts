/** How long a message waits for its answer before a later message makes it count as never answered, in milliseconds. */
const patience = 1000;

/** More messages than this are not awaited: the answers then come without a time. */
const most = 4096;

/**
Times a client's answers. Neither protocol numbers messages, so an answer is taken to belong to the oldest message
that has none yet; a message that got none within a second is given up as soon as another one follows.

Of a byte stream an answer may cover several messages, or a part of one: give its length to use it up byte by byte.
*/
export class RoundTrips {
	#awaiting: Array<{time: number; bytes: number}> = [];

	/** A message of this many bytes went out at this time (milliseconds, any clock that does not go back). */
	sent(time: number, bytes: number): void {
		const last = this.#awaiting.at(-1);
		if (last && time - last.time > patience) {
			this.#awaiting = [];
		}

		if (this.#awaiting.length < most) {
			this.#awaiting.push({time, bytes});
		}
	}

	/** A datagram came back. @returns milliseconds since its message, or NaN when none was awaited */
	datagramAnswered(time: number): number {
		const asked = this.#awaiting.shift();
		return asked ? time - asked.time : Number.NaN;
	}

	/** A chunk of this many bytes came back. @returns milliseconds since the first message it answers, or NaN when none was awaited */
	chunkAnswered(time: number, bytes: number): number {
		const asked = this.#awaiting[0];
		let left = bytes;
		while (left > 0 && this.#awaiting[0]) {
			const taken = Math.min(left, this.#awaiting[0].bytes);
			left -= taken;
			this.#awaiting[0].bytes -= taken;
			if (this.#awaiting[0].bytes === 0) {
				this.#awaiting.shift();
			}
		}

		return asked ? time - asked.time : Number.NaN;
	}

	/** Forget what was sent: the socket is closed, or talks to another address now. */
	reset(): void {
		this.#awaiting = [];
	}
}
