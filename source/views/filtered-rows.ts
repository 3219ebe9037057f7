import type {AnyEvent, PaneId, SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import type {PaneIndex} from '../log/storage/pane-index.ts';
import {SequenceRing} from '../log/storage/sequence-ring.ts';
import {formatAddress} from '../text/address.ts';
import {
	type Codec, type Reading, readText, utf8Codec, utf8Reading,
} from '../text/encoding/codec.ts';
import {callText, projectCalls} from './calls.ts';
import type {Filter, RowsKind} from './rows.ts';
import {readingOfEvent} from './stream-lead.ts';

/** This many events are searched before the sockets have their turn again. */
const slice = 2000;

/** And so long at most, in milliseconds, however large their payloads are. */
const sliceTime = 4;

/**
A pane's events that a filter lets through, found from the newest backwards, a slice at a time. They have ordinals of
their own: from 0 for what is newer than the filter, and below 0 for what was there before.
*/
export class FilteredRows {
	readonly filter: Filter;
	/** How the rows are told: calls are looked through as they are written. */
	readonly kind: RowsKind;
	/** What payloads are read in. */
	readonly codec: Codec;
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

	/** @param server - the server's pane, where it is that: calls of its sockets are a server's */
	constructor(
		log: EventLog,
		index: PaneIndex,
		filter: Filter,
		kind: RowsKind = 'messages',
		server?: PaneId,
		codec: Codec = utf8Codec,
	) {
		this.filter = filter;
		this.kind = kind;
		this.codec = codec;
		this.#log = log;
		this.#index = index;
		this.#matches = matcherOf(filter, kind, server);
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
			const place = this.#from - 1;
			if (this.#isMatch(place)) {
				this.#older.push(this.#index.at(place));
			}

			// Not before: an event that fails is looked at again.
			this.#from = place;
		}
	}

	#isMatch(place: number): boolean {
		const event = this.#log.read(this.#index.at(place));
		return this.#matches(event, readingOfEvent(this.#log, event, this.codec));
	}
}

/** Whether an event is one that a filter lets through. */
type Matcher = (event: SocketEvent, reading?: Reading) => boolean;

/**
Make the test of a filter. Text is searched for regardless of case, in payloads read as text, in addresses and names of
errors, and, where calls are shown, in them.

@param server - the pane whose sockets' calls are a server's
*/
export function matcherOf(filter: Filter, kind: RowsKind, server?: PaneId): Matcher {
	if (filter.type === 'bytes') {
		const wanted = Buffer.from(filter.bytes);
		return event => 'bytes' in event && includesBytes(event.bytes, wanted);
	}

	const wanted = filter.text.toLowerCase();
	const exact = Buffer.from(filter.text);
	/** Where no letter has another case, the bytes themselves tell. */
	const hasCase = wanted !== filter.text.toUpperCase();
	const types = new Set(filter.types);
	const has = (text: string): boolean => text.toLowerCase().includes(wanted);
	return (event, reading = utf8Reading) => types.has(event.type)
		|| event.socket === filter.socket
		|| ('bytes' in event && (reading.codec === utf8Codec
			? includesBytes(event.bytes, exact) || (hasCase && has(readText(event.bytes, reading)))
			: has(readText(event.bytes, reading))))
		|| textsOf(event).some(text => has(text))
		|| (kind === 'calls' && projectCalls(event, {isServer: event.pane === server}).some(call => has(callText(call))));
}

function includesBytes({buffer, byteOffset, byteLength}: Uint8Array, wanted: Uint8Array): boolean {
	const part = Buffer.from(wanted.buffer, wanted.byteOffset, wanted.byteLength);
	return Buffer.from(buffer, byteOffset, byteLength).includes(part);
}

function textsOf({peer, local, target, failure, rule, destination}: AnyEvent): string[] {
	const addresses = [peer, local, target].map(address => address && formatAddress(address));
	return [...addresses, failure?.code, rule, destination].filter(text => text !== undefined);
}
