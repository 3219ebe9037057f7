import type {DeliveryStep} from '../../../log/delivery/delivery-trace.ts';
import {MessageStates} from './message-states.ts';
import {type Outcome, SeriesTally} from './series-tally.ts';

type Loss = Exclude<Outcome, 'answered'>;

/** What a message counts as of which the last copy, or that of its answer, is lost by this step. */
const losses: Readonly<Record<DeliveryStep, Loss | undefined>> = {
	doubled: undefined,
	'answer-doubled': undefined,
	arrived: undefined,
	answering: undefined,
	answered: undefined,
	lost: 'lostByLink',
	'answer-lost': 'lostByLink',
	dropped: 'droppedByKernel',
	'answer-dropped': 'droppedByKernel',
	failed: 'failed',
	discarded: 'failed',
	'answer-failed': 'failed',
	'answer-discarded': 'failed',
};

/** Follows every copy of every message of a series, and of its answers, to find the fate of each message. */
export class DatagramAccounts {
	readonly tally: SeriesTally;
	readonly #states = new MessageStates();
	readonly #now: () => number;
	#newestAnswered = -1;

	/** @param now - a clock that never goes back, in milliseconds */
	constructor(wanted: number | undefined, now: () => number) {
		this.tally = new SeriesTally(wanted);
		this.#now = now;
	}

	get written(): number {
		return this.#states.total;
	}

	get liveCopies(): number {
		return this.#states.liveCopies;
	}

	/** The next message is a write of the socket now. */
	write(): void {
		this.#states.add(this.#now());
	}

	/** A step in the delivery of the message at this place, if it is remembered. @param roundTrip - milliseconds */
	step(place: number, step: DeliveryStep, roundTrip: number, length: number): void {
		const states = this.#states;
		if (!states.has(place)) {
			return;
		}

		const lost = losses[step];
		if (lost) {
			this.#lost(place, lost);
			return;
		}

		states.changeLive(place, step === 'arrived' || step === 'answered' ? -1 : 1);
		if (step === 'arrived' || step === 'answering') {
			states.setUnanswered(place, step === 'arrived');
		}

		if (step === (this.tally.counts === 'arrivals' ? 'arrived' : 'answered')) {
			this.#answered(place, length, step === 'answered' ? roundTrip : undefined);
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

	/** The message is lost where that was the last copy, and none was read that may still be answered. */
	#lost(place: number, outcome: Loss): void {
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
