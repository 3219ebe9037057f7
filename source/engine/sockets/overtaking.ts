import type {DatagramLinkFate} from '../events/link-fate.ts';

type Passed = Extract<DatagramLinkFate, {type: 'passed'}>;

/** Finds out which of the datagrams to one address are overtaken on the simulated link: sent earlier, and left later. */
export class Overtaking {
	/** Those that are on the link, and have not been overtaken yet, in the order in which they were sent. */
	readonly #waiting = new Map<number, Passed>();

	/** A datagram, by the number of its write, is on the link now. */
	enter(write: number, fate: Passed): void {
		this.#waiting.set(write, fate);
	}

	/**
	A datagram, or the first of its copies, has left: those that were sent before it, and are still on the link, have been overtaken. Each is looked at once.

	@returns whether any was
	*/
	leave(write: number): boolean {
		// As a rule nothing is on the link: this is asked for every datagram.
		if (this.#waiting.size === 0) {
			return false;
		}

		this.#waiting.delete(write);
		let hasOvertaken = false;
		for (const [earlier, fate] of this.#waiting) {
			if (earlier > write) {
				break;
			}

			fate.overtakenBy = write;
			this.#waiting.delete(earlier);
			hasOvertaken = true;
		}

		return hasOvertaken;
	}

	/** The socket is closed: what is on the link never leaves it, and another socket numbers its writes anew. */
	clear(): void {
		this.#waiting.clear();
	}
}
