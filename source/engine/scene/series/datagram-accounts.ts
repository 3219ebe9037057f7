import type {DeliveryStep} from '../../../log/delivery-trace.ts';
import {MessageStates} from './message-states.ts';
import {type Outcome, SeriesTally} from './series-tally.ts';

/** Follows every copy of every message of a series, and of its answers, to find the fate of each message. */
export class DatagramAccounts {
	readonly tally: SeriesTally;
	readonly #states = new MessageStates();
	readonly #now: () => number;
	#newestAnswered = -1;

	/**
	@param wanted - how many messages are to be sent; undefined: until the series is stopped
	@param now - a clock that never goes back, in milliseconds
	*/
	constructor(wanted: number | undefined, now: () => number) {
		this.tally = new SeriesTally(wanted);
		this.#now = now;
	}

	/** How many messages have been written. */
	get written(): number {
		return this.#states.total;
	}

	/** How many copies of messages and answers are under way, as far as is known. */
	get liveCopies(): number {
		return this.#states.liveCopies;
	}

	/** The next message is a write of the socket now. */
	write(): void {
		this.#states.add(this.#now());
	}

	/**
	A step in the delivery of a message, by its place in the series. A message too old to be remembered changes nothing.

	@param roundTrip - milliseconds, for `answered`
	@param length - bytes read, for `arrived` and `answered`
	*/
	step(place: number, step: DeliveryStep, roundTrip: number, length: number): void {
		const states = this.#states;
		if (!states.has(place)) {
			return;
		}

		switch (step) {
			case 'doubled':
			case 'answer-doubled': {
				states.changeLive(place, 1);
				break;
			}

			case 'arrived': {
				states.changeLive(place, -1);
				states.setUnanswered(place, true);
				if (this.tally.counts === 'arrivals') {
					this.#answered(place, length);
				}

				break;
			}

			case 'answering': {
				states.changeLive(place, 1);
				states.setUnanswered(place, false);
				break;
			}

			case 'answered': {
				states.changeLive(place, -1);
				if (this.tally.counts === 'answers') {
					this.#answered(place, length, roundTrip);
				}

				break;
			}

			case 'lost':
			case 'answer-lost': {
				this.#lost(place, 'lostByLink');
				break;
			}

			case 'dropped':
			case 'answer-dropped': {
				this.#lost(place, 'droppedByKernel');
				break;
			}

			case 'failed':
			case 'discarded':
			case 'answer-failed':
			case 'answer-discarded': {
				this.#lost(place, 'failed');
				break;
			}

			default: {
				step satisfies never;
			}
		}
	}

	/** Another program has answered this message. */
	foreignAnswer(place: number, length: number, roundTrip?: number): void {
		if (this.#states.has(place)) {
			this.#answered(place, length, roundTrip);
		}
	}

	/** Another program has answered, and nothing says which message. */
	anyAnswer(length: number, roundTrip?: number): void {
		this.tally.answerAny(this.#now(), length, roundTrip);
	}

	/**
	A copy is lost. The message is, when that was the last one, and none has been read that may still be answered.
	*/
	#lost(place: number, outcome: Exclude<Outcome, 'answered'>): void {
		const states = this.#states;
		if (
			states.changeLive(place, -1) === 0
			&& !states.isUnanswered(place)
			&& states.outcomeOf(place) === undefined
		) {
			states.setOutcome(place, outcome);
			this.tally.lose(outcome);
		}
	}

	#answered(place: number, length: number, roundTrip?: number): void {
		const states = this.#states;
		const outcome = states.outcomeOf(place);
		if (outcome === 'answered') {
			this.tally.repeat();
			return;
		}

		if (outcome) {
			this.tally.recover(outcome);
		}

		states.setOutcome(place, 'answered');
		const time = this.#now();
		this.tally.answer({
			time,
			elapsed: roundTrip ?? time - states.sentAt(place),
			isRoundTrip: this.tally.counts === 'answers',
			length,
			isOutOfOrder: place < this.#newestAnswered,
		});
		this.#newestAnswered = Math.max(this.#newestAnswered, place);
	}
}
