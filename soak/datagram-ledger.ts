import {type Amendment, amendFate} from '../source/log/amendment.ts';
import type {PaneId, SocketEvent} from '../source/log/event.ts';
import type {Arrival, DatagramLinkFate} from '../source/log/link-fate.ts';
import {Counter} from './counter.ts';

type Sent = {
	readonly sequence: number;
	readonly pane: PaneId;
	readonly number: number;
	fate: DatagramLinkFate | undefined;
	/** Which of the receiver's reads it was; twice where it was doubled. */
	readonly reads: number[];
};

type Read = {readonly key: string; readonly number: number};

/**
Follows every datagram between two of the engine's own sockets, by the events of both: when nothing is on the link or under way any more, each must have been read,
lost by the link, discarded with its socket, or dropped.
*/
export class DatagramLedger {
	/** What became of all that were followed so far. */
	readonly outcomes = new Counter();
	/** By pane, which of its sockets it was, and number of the write. */
	#sent = new Map<string, Sent>();
	/** The same by the sequence numbers of their events. */
	readonly #bySequence = new Map<number, Sent>();
	/** Reads of datagrams whose sending is recorded later than their arrival. */
	#early: Read[] = [];
	/** Sockets that were bound so far: each counts its writes anew. */
	#bound = 0;
	/** Which one is a pane's now, and which was bound last to a pane's port. What a closed one has sent may be read while the next is open. */
	readonly #current = new Map<PaneId, number>();
	readonly #atPort = new Map<string, number>();

	note(event: SocketEvent): void {
		if (event.type === 'socket-bound') {
			this.#current.set(event.pane, ++this.#bound);
			this.#atPort.set(`${event.pane} ${event.local.port}`, this.#bound);
		} else if (event.type === 'datagram-sent' && event.far) {
			const {sequence, pane, number, fate} = event;
			const sent: Sent = {
				sequence, pane, number, fate, reads: [],
			};
			this.#sent.set(`${pane}/${this.#current.get(pane)}/${number}`, sent);
			this.#bySequence.set(sequence, sent);
		} else if (event.type === 'datagram-received' && event.far && event.write !== undefined) {
			const {far, peer, write, number} = event;
			const read: Read = {key: `${far.pane}/${this.#atPort.get(`${far.pane} ${peer.port}`)}/${write}`, number};
			if (!this.#match(read)) {
				this.#early.push(read);
			}
		}
	}

	/** What was sent has come further. */
	amend(amendment: Amendment): void {
		const sent = this.#bySequence.get(amendment.sequence);
		if (sent?.fate) {
			sent.fate = amendFate(sent.fate, amendment) as DatagramLinkFate;
		}
	}

	/**
	Nothing moves any more: judge what was sent since the last time, and forget it.

	@param arrivalOf - what the log says now of an event; undefined where it does not hold it any more
	*/
	settle(arrivalOf: (sequence: number) => Arrival | undefined): string[] {
		const problems = this.#early.filter(read => !this.#match(read)).map(({key}) => `a datagram was read that was never sent (pane/socket/write ${key})`);
		for (const sent of this.#sent.values()) {
			const arrival = arrivalOf(sent.sequence);
			this.outcomes.add('sent');
			this.outcomes.add(outcomeOf(sent, arrival));
			this.outcomes.add('read a second time', Math.max(0, sent.reads.length - 1));
			problems.push(...problemsOf(sent, arrival).map(problem => `write ${sent.number} of pane ${sent.pane} (event ${sent.sequence}): ${problem}`));
		}

		this.#sent = new Map();
		this.#bySequence.clear();
		this.#early = [];
		return problems;
	}

	/** Forget what was sent since the last time, because things still move. */
	forget(): void {
		this.outcomes.add('not followed to the end', this.#sent.size);
		this.#sent = new Map();
		this.#bySequence.clear();
		this.#early = [];
	}

	#match({key, number}: Read): boolean {
		const sent = this.#sent.get(key);
		sent?.reads.push(number);
		return sent !== undefined;
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
		return 'not read, and out of the log';
	}

	return arrival.type === 'under-way' ? 'under way' : 'dropped, or their receiver closed';
}

function problemsOf({fate, reads}: Sent, arrival: Arrival | undefined): string[] {
	const left = fate === undefined ? 1 : (fate.type === 'lost' ? 0 : fate.copies.length - fate.onTheLink - fate.discarded);
	const problems: string[] = [];
	if (reads.length > left) {
		problems.push(`read ${reads.length} times, and ${left} copies have left (${JSON.stringify(fate)})`);
	}

	if (arrival?.type === 'read' && !reads.includes(arrival.number)) {
		problems.push(`said to be read ${arrival.number}, and was ${reads.length === 0 ? 'never read' : `read ${reads.join(' and ')}`}`);
	}

	if (arrival && arrival.type !== 'read' && reads.length > 0) {
		problems.push(`said to be ${arrival.type}, and was read ${reads.join(' and ')}`);
	}

	if (fate?.type === 'passed' && fate.onTheLink > 0) {
		problems.push(`${fate.onTheLink} copies are on a link that is empty`);
	}

	return problems;
}
