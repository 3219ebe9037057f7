import type {Outcome} from './series-tally.ts';

/** This many messages are remembered singly; the oldest are forgotten first. A power of two. */
const most = 2 ** 20;

/** The outcomes by their codes; 0 is none. */
const outcomes = [undefined, 'answered', 'lostByLink', 'droppedByKernel', 'failed'] as const satisfies ReadonlyArray<
	Outcome | undefined
>;

/** Messages by their places, in columns that grow up to a bound. A forgotten one keeps its outcome. */
export class MessageStates {
	#live = new Uint8Array(1024);
	#outcomes = new Uint8Array(1024);
	/** Whether it was read and not answered. */
	#unanswered = new Uint8Array(1024);
	#sentAt = new Float64Array(1024);
	#total = 0;
	#liveCopies = 0;

	get total(): number {
		return this.#total;
	}

	/** How many copies of messages, and of answers to them, are still under way. */
	get liveCopies(): number {
		return this.#liveCopies;
	}

	/** A message was sent at this time, by a clock that never goes back: there is one of it. */
	add(time: number): void {
		if (this.#total === this.#live.length && this.#total < most) {
			this.#grow();
		}

		const slot = this.#slotOf(this.#total);
		if (this.#total >= this.#live.length) {
			this.#liveCopies -= this.#live[slot]!;
		}

		this.#live[slot] = 1;
		this.#outcomes[slot] = 0;
		this.#unanswered[slot] = 0;
		this.#sentAt[slot] = time;
		this.#total++;
		this.#liveCopies++;
	}

	/** Whether a message with this place was sent, and is still in the columns. */
	has(place: number): boolean {
		return place >= Math.max(0, this.#total - this.#live.length) && place < this.#total;
	}

	sentAt(place: number): number {
		return this.#sentAt[this.#slotOf(place)]!;
	}

	/** There is one copy more of it, or one less. @returns how many are left */
	changeLive(place: number, by: 1 | -1): number {
		const slot = this.#slotOf(place);
		// A copy that the system has refused may have been taken for dropped before.
		if (by === 1 || this.#live[slot]! > 0) {
			this.#live[slot]! += by;
			this.#liveCopies += by;
		}

		return this.#live[slot]!;
	}

	outcomeOf(place: number): Outcome | undefined {
		return outcomes[this.#outcomes[this.#slotOf(place)]!];
	}

	setOutcome(place: number, outcome: Outcome): void {
		this.#outcomes[this.#slotOf(place)] = outcomes.indexOf(outcome);
	}

	isUnanswered(place: number): boolean {
		return this.#unanswered[this.#slotOf(place)] === 1;
	}

	setUnanswered(place: number, isUnanswered: boolean): void {
		this.#unanswered[this.#slotOf(place)] = Number(isUnanswered);
	}

	#slotOf(place: number): number {
		return place & (this.#live.length - 1);
	}

	#grow(): void {
		this.#live = grown(this.#live, new Uint8Array(this.#total * 2));
		this.#outcomes = grown(this.#outcomes, new Uint8Array(this.#total * 2));
		this.#unanswered = grown(this.#unanswered, new Uint8Array(this.#total * 2));
		this.#sentAt = grown(this.#sentAt, new Float64Array(this.#total * 2));
	}
}

function grown<Column extends Uint8Array | Float64Array>(column: Column, larger: Column): Column {
	larger.set(column);
	return larger;
}
