import {DurationHistogram} from '../../../log/storage/duration-histogram.ts';
import type {SeriesReport} from '../../../log/reports.ts';

/** An answer that comes later than this is late, in milliseconds. */
const lateAfter = 1000;

/** The outcome of a message that is not pending any longer, named as the report's own counts. */
export type Outcome = 'answered' | 'lostByLink' | 'droppedByKernel' | 'failed';

type Answer = {
	/** When, in milliseconds by a clock that never goes back. */
	readonly time: number;
	/** Milliseconds since the message was sent; NaN where it is not known which message this answers. */
	readonly elapsed: number;
	/** Whether that is a round-trip time: not where nothing answers, and reading is what counts. */
	readonly isRoundTrip: boolean;
	readonly length: number;
	/** Whether a message that was sent later has been answered before. */
	readonly isOutOfOrder: boolean;
};

/** Counts each message of a series once in `sent`, and once in an outcome or as pending. */
export class SeriesTally {
	/** What `answered` counts: see `SeriesReport`. */
	counts: SeriesReport['counts'] = 'answers';
	readonly #wanted: number | undefined;
	/** What the report has as it is. */
	readonly #counts = {
		sent: 0,
		answered: 0,
		lostByLink: 0,
		droppedByKernel: 0,
		failed: 0,
		waiting: 0,
		late: 0,
		outOfOrder: 0,
		duplicates: 0,
		bytesSent: 0,
		bytesAnswered: 0,
	};

	readonly #roundTrips = new DurationHistogram();
	/** Answers of which it is not known which message they belong to. */
	#anonymous = 0;
	#began: number | undefined;
	#lastSent: number | undefined;
	/** When the message before the last one was sent. */
	#sentBefore: number | undefined;
	#lastAnswer: number | undefined;

	/** @param wanted - how many messages are to be sent; undefined: until the series is stopped */
	constructor(wanted: number | undefined) {
		this.#wanted = wanted;
	}

	get sent(): number {
		return this.#counts.sent;
	}

	get waiting(): number {
		return this.#counts.waiting;
	}

	/** A message of this many bytes is sent at this time, by a clock that never goes back. */
	send(length: number, time: number): void {
		this.#began ??= time;
		this.#sentBefore = this.#lastSent;
		this.#lastSent = time;
		this.#counts.sent++;
		this.#counts.waiting++;
		this.#counts.bytesSent += length;
	}

	/** The message that was sent last has been refused, and will be sent again: it does not count. */
	takeBack(length: number): void {
		this.#counts.sent--;
		this.#counts.waiting--;
		this.#counts.bytesSent -= length;
		this.#lastSent = this.#sentBefore;
		if (this.#counts.sent === 0) {
			this.#began = undefined;
		}
	}

	answer(answer: Answer): void {
		this.#counts.waiting--;
		this.#counts.answered++;
		this.#lastAnswer = answer.time;
		this.#counts.bytesAnswered += answer.length;
		this.#counts.late += Number(answer.elapsed > lateAfter);
		this.#counts.outOfOrder += Number(answer.isOutOfOrder);
		if (answer.isRoundTrip) {
			this.#roundTrips.add(answer.elapsed);
		}
	}

	/** An answer to one of the pending messages, where it is not known to which. */
	answerAny(time: number, length: number, elapsed = Number.NaN): void {
		if (this.#counts.waiting > 0) {
			this.#anonymous++;
			this.answer({
				time, elapsed, isRoundTrip: !Number.isNaN(elapsed), length, isOutOfOrder: false,
			});
		} else {
			this.repeat();
		}
	}

	repeat(): void {
		this.#counts.duplicates++;
	}

	lose(outcome: Exclude<Outcome, 'answered'>): void {
		// Where all others have been answered, an answer that could have been this one's was a duplicate.
		if (this.#counts.waiting === 0 && this.#anonymous > 0) {
			this.#anonymous--;
			this.#counts.answered--;
			this.#counts.waiting++;
			this.#counts.duplicates++;
		}

		this.#counts.waiting--;
		this.#counts[outcome]++;
	}

	/** A message that was taken for lost waits after all. */
	recover(outcome: Exclude<Outcome, 'answered'>): void {
		this.#counts.waiting++;
		this.#counts[outcome]--;
	}

	/** The report so far, at the cost of a few additions however many messages there are. */
	report(end: SeriesReport['end']): SeriesReport {
		const [median = 0, p90 = 0, p99 = 0, most] = [50, 90, 99, 100].map(p => this.#roundTrips.percentile(p));
		return {
			counts: this.counts,
			wanted: this.#wanted,
			...this.#counts,
			...(most !== undefined && {
				roundTrip: {
					median, p90, p99, most, ...(!this.#roundTrips.isExact && {isNear: true}),
				},
			}),
			duration: this.#began === undefined ? 0 : Math.max(0, (this.#lastAnswer ?? this.#began) - this.#began),
			sendingTime: this.#began === undefined ? 0 : Math.max(0, (this.#lastSent ?? this.#began) - this.#began),
			end,
		};
	}
}
