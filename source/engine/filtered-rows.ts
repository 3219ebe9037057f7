import type {Filter, RowsKind} from './door/question.ts';
import type {EventLog} from './events/event-log.ts';
import type {PaneIndex} from './events/pane-index.ts';
import {SequenceRing} from './events/sequence-ring.ts';
import {matcherOf, type Matcher} from './projections/matches.ts';

/** So many events are looked at before the sockets have their turn again. */
const slice = 2000;

/** And so long at most, in milliseconds, however large their payloads are. */
const sliceTime = 4;

/**
A pane's events that a filter lets through. It looks from the newest backwards, a slice at a time, and at each new event once. What it has found
has ordinals of its own: from 0 for what is newer than the filter, and below 0 for what was there before.
*/
export class FilteredRows {
	readonly filter: Filter;
	/** How the rows are told: calls are looked through as they are written. */
	readonly kind: RowsKind;
	readonly #log: EventLog;
	readonly #index: PaneIndex;
	readonly #matches: Matcher;
	/** Sequence numbers of what was found: backwards from the beginning of the search, and forwards from there. */
	readonly #older: number[] = [];
	readonly #newer = new SequenceRing(64);
	/** The events from here to there have been looked at. */
	#from: number;
	#to: number;
	/** How many of the older ones have left the log. */
	#gone = 0;

	/** @param isServer - whether it is the server's pane */
	constructor(log: EventLog, index: PaneIndex, filter: Filter, kind: RowsKind = 'messages', isServer = false) {
		this.filter = filter;
		this.kind = kind;
		this.#log = log;
		this.#index = index;
		this.#matches = matcherOf(filter, kind, isServer);
		this.#from = index.total;
		this.#to = index.total;
	}

	/** The ordinal after the newest. */
	get total(): number {
		return this.#newer.total;
	}

	/** The ordinal of the oldest that the log still holds. */
	get first(): number {
		const begin = -this.#older.length;
		while (begin + this.#gone < 0 && this.at(begin + this.#gone) < this.#log.first) {
			this.#gone++;
		}

		return begin + this.#gone < 0 ? begin + this.#gone : this.#newer.firstSince(this.#log.first);
	}

	/** Whether everything that the log holds has been looked at. */
	get isComplete(): boolean {
		return this.#from <= this.#index.firstSince(this.#log.first) && this.#to === this.#index.total;
	}

	/** The sequence number of the event with this ordinal. */
	at(ordinal: number): number {
		return ordinal < 0 ? this.#older[-1 - ordinal] ?? Number.NaN : this.#newer.at(ordinal);
	}

	/** Look at a slice more, new events first: at one at least, however busy the machine is. */
	search(): void {
		const oldest = this.#index.firstSince(this.#log.first);
		const {total} = this.#index;
		const end = performance.now() + sliceTime;
		let looked = 0;
		const mayGoOn = (): boolean => looked++ === 0 || (looked <= slice && performance.now() < end);
		for (this.#to = Math.max(this.#to, oldest); this.#to < total && mayGoOn(); this.#to++) {
			if (this.#isMatch(this.#to)) {
				this.#newer.push(this.#index.at(this.#to), this.#log.first);
			}
		}

		while (this.#from > oldest && mayGoOn()) {
			this.#from--;
			if (this.#isMatch(this.#from)) {
				this.#older.push(this.#index.at(this.#from));
			}
		}
	}

	#isMatch(place: number): boolean {
		return this.#matches(this.#log.read(this.#index.at(place)));
	}
}
