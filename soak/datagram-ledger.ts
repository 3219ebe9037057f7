import {type Amendment, amendFate, type EventEntry} from '../source/log/amendment.ts';
import type {PaneId} from '../source/log/event.ts';
import type {Arrival, DatagramLinkFate} from '../source/log/delivery/link-fate.ts';
import {Counter} from './half.ts';

type Sent = {
	readonly sequence: number;
	readonly pane: PaneId;
	readonly number: number;
	fate: DatagramLinkFate | undefined;
	/** Which of the receiver's reads it was; two where it was duplicated. */
	readonly reads: number[];
};

/** Which write was read, as `trackId/write`, and the read's number. */
type Read = {readonly key: string; readonly number: number};

/**
Follows every datagram between two of the engine's own sockets, by the log's entries for both: when nothing is on the
link or under way any longer, each must have been read, lost by the link, discarded with its socket, or dropped.
*/
export class DatagramLedger {
	/** What became of all that were followed so far. */
	readonly outcomes = new Counter();
	/** How many of them were read twice, because the link had duplicated them. */
	secondReads = 0;
	/** By the trackId of the socket and the number of its write. */
	readonly #sent = new Map<string, Sent>();
	readonly #bySequence = new Map<number, Sent>();
	/** Reads of datagrams whose sending is recorded later than their arrival. */
	#early: Read[] = [];

	add({event, trackId, farTrackId}: EventEntry): void {
		if (event.type === 'datagram-sent' && event.far) {
			const {sequence, pane, number, fate} = event;
			const sent: Sent = {
				sequence, pane, number, fate, reads: [],
			};
			this.#sent.set(`${trackId}/${number}`, sent);
			this.#bySequence.set(sequence, sent);
		} else if (event.type === 'datagram-received' && event.far && event.write !== undefined) {
			const read: Read = {key: `${farTrackId}/${event.write}`, number: event.number};
			if (!this.#match(read)) {
				this.#early.push(read);
			}
		}
	}

	amend(amendment: Amendment): void {
		const sent = this.#bySequence.get(amendment.sequence);
		if (sent?.fate) {
			sent.fate = amendFate(sent.fate, amendment) as DatagramLinkFate;
		}
	}

	/**
	All datagrams have arrived or are lost: check those sent since the last call, and forget them.

	@param arrivalOf - what the log says now of an event; undefined where the log does not hold it any longer
	*/
	settle(arrivalOf: (sequence: number) => Arrival | undefined): string[] {
		const unknown = this.#early.filter(read => !this.#match(read));
		const problems = unknown.map(({key}) => `a datagram was read that was never sent (trackId/write ${key})`);
		for (const sent of this.#sent.values()) {
			const {sequence, pane, number, reads} = sent;
			const arrival = arrivalOf(sequence);
			this.outcomes.add(outcomeOf(sent, arrival));
			this.secondReads += Math.max(0, reads.length - 1);
			for (const problem of problemsOf(sent, arrival)) {
				problems.push(`write ${number} of pane ${pane} (event ${sequence}): ${problem}`);
			}
		}

		this.#clear();
		return problems;
	}

	/** Forget what was sent since the last check, because datagrams are still under way. */
	forget(): void {
		this.outcomes.add('not followed to the end', this.#sent.size);
		this.#clear();
	}

	#match({key, number}: Read): boolean {
		const sent = this.#sent.get(key);
		sent?.reads.push(number);
		return sent !== undefined;
	}

	#clear(): void {
		this.#sent.clear();
		this.#bySequence.clear();
		this.#early = [];
	}
}

function outcomeOf({fate, reads}: Sent, arrival: Arrival | undefined): string {
	if (fate?.type === 'lost') {
		return `lost by the link: ${fate.cause}`;
	}

	if (reads.length > 0) {
		return 'read';
	}

	if (fate && fate.discarded === fate.copies.length) {
		return 'discarded, or not taken by the system';
	}

	if (!arrival) {
		return 'not read, and no longer in the log';
	}

	return arrival.type === 'under-way' ? 'under way' : 'dropped, or their receiver closed';
}

function problemsOf({fate, reads}: Sent, arrival: Arrival | undefined): string[] {
	const problems: string[] = [];
	const read = reads.length === 0 ? 'never read' : `read ${reads.join(' and ')}`;
	const left = leftOf(fate);
	if (reads.length > left) {
		problems.push(`read ${reads.length} times, and ${left} copies have left (${JSON.stringify(fate)})`);
	}

	if (arrival?.type === 'read' && !reads.includes(arrival.number)) {
		problems.push(`the log says read ${arrival.number}, and it was ${read}`);
	}

	if (arrival && arrival.type !== 'read' && reads.length > 0) {
		problems.push(`the log says ${arrival.type}, and it was ${read}`);
	}

	if (fate?.type === 'passed' && fate.onTheLink > 0) {
		problems.push(`${fate.onTheLink} copies are on a link that is empty`);
	}

	return problems;
}

/** How many copies the system has got. */
function leftOf(fate: DatagramLinkFate | undefined): number {
	switch (fate?.type) {
		case undefined: {
			return 1;
		}

		case 'lost': {
			return 0;
		}

		case 'passed': {
			return fate.copies.length - fate.onTheLink - fate.discarded;
		}

		default: {
			return fate satisfies never;
		}
	}
}
