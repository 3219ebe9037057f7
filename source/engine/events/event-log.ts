import {arrivalOf} from './arrival.ts';
import {ByteRing} from './byte-ring.ts';
import type {
	PaneId, RareHappening, SocketEvent, SocketNumber,
} from './event.ts';
import type {FarEnd} from './far-end.ts';
import {hotCodes, thirdPartyFlag} from './hot-codes.ts';
import {OwnSockets} from './own-sockets.ts';
import type {DatagramLinkFate, StreamLinkFate} from './link-fate.ts';
import {LinkNotes} from './link-notes.ts';
import type {PaneIndex} from './pane-index.ts';
import {PayloadBudget} from './payload-budget.ts';
import {Recorder} from './recorder.ts';
import type {SequenceRing} from './sequence-ring.ts';
import type {Pieces} from './stream-piece.ts';

const noBytes = new Uint8Array(0);

/** The two bounds of an event log, its clock, and what it needs to know of the machine. */
export type EventLogOptions = {
	/** How many events are kept: a power of two. */
	readonly events: number;
	/** How many bytes of payload are kept. */
	readonly bytes: number;
	/** Milliseconds of a clock that only goes forward. */
	readonly clock: () => number;
	/** What the wall clock said at one of those times, in milliseconds since the epoch; the same number unless given. */
	readonly wallTime?: (time: number) => number;
	/** Whether an IP address is one of this machine's. */
	readonly isOwnHost: (host: string) => boolean;
};

/**
The one record of what happened, bounded by count and by bytes; the oldest go first. Columns and a ring of bytes hold
it, so that appending costs little and makes no object; an event becomes an object when it is read.
*/
export class EventLog {
	/** Called after every append, and when something became known of an earlier event. */
	onAppend: () => void = () => undefined;
	/** Which of our own sockets are where. */
	readonly sockets: OwnSockets;
	/** What is known of the events that have to do with the simulated link. Those of an event to come are noted right before it. */
	readonly link = new LinkNotes();
	readonly #options: EventLogOptions;
	readonly #mask: number;
	readonly #times: Float64Array;
	readonly #types: Uint8Array;
	readonly #recorders: Array<Recorder | undefined>;
	readonly #lengths: Float64Array;
	/** How many bytes of the payload are in the ring. */
	readonly #kept: Uint32Array;
	readonly #positions: Float64Array;
	readonly #elapsed: Float64Array;
	readonly #farEnds: Array<FarEnd | undefined>;
	/** Which of its socket's writes or reads it was. */
	readonly #numbers: Float64Array;
	/** Of a chunk, its offset in the stream; of a datagram, which of the far socket's reads or writes it was, 0 for none. */
	readonly #places: Float64Array;
	readonly #payloads: ByteRing;
	readonly #budget: PayloadBudget;
	readonly #rare = new Map<number, RareHappening>();
	#first = 0;
	#next = 0;
	#changes = 0;
	#lastPayload: Uint8Array = noBytes;
	#lastKept = 0;

	constructor(options: EventLogOptions) {
		const {events, bytes, isOwnHost} = options;
		if (!Number.isInteger(Math.log2(events))) {
			throw new RangeError(`The log's size is a power of two, not ${events}`);
		}

		this.#options = options;
		this.sockets = new OwnSockets(isOwnHost);
		this.#mask = events - 1;
		this.#times = new Float64Array(events);
		this.#types = new Uint8Array(events);
		this.#recorders = Array.from({length: events});
		this.#lengths = new Float64Array(events);
		this.#kept = new Uint32Array(events);
		this.#positions = new Float64Array(events);
		this.#elapsed = new Float64Array(events);
		this.#farEnds = Array.from({length: events});
		this.#numbers = new Float64Array(events);
		this.#places = new Float64Array(events);
		this.#payloads = new ByteRing(bytes);
		this.#budget = new PayloadBudget(bytes);
	}

	/** The oldest sequence number that can be read; all below have gone. */
	get first(): number {
		return this.#first;
	}

	/** The sequence number of the next event: how many there ever were. */
	get next(): number {
		return this.#next;
	}

	/** Grows with every event, and with everything that becomes known of an earlier one. */
	get revision(): number {
		return this.#next + this.#changes;
	}

	/** Make the recorder of one socket. A pane's sockets share one index. */
	recorder(pane: PaneId, index: PaneIndex, socket: SocketNumber): Recorder {
		return new Recorder(this, pane, index, socket);
	}

	/** What the log's clock says, in milliseconds. It is monotonic. */
	now(): number {
		return this.#options.clock();
	}

	/** What the wall clock said at a time of the log, in milliseconds since the epoch. For labels only: durations are differences of the log's times. */
	wallTime(time: number): number {
		return this.#options.wallTime?.(time) ?? time;
	}

	/**
	Append a hot event that happened at this time, and return its sequence number. `elapsed` is in milliseconds, NaN where nothing was
	timed; `place` is a chunk's offset, or the number that a datagram has at its other end.
	*/
	// eslint-disable-next-line max-params -- An object of these for each datagram would cost more than the event itself.
	appendData(from: Recorder, code: number, far: FarEnd, bytes: Uint8Array, elapsed: number, time: number, number: number, place: number): number {
		const slot = this.#claim(from, code, bytes, time);
		this.#farEnds[slot] = far;
		this.#elapsed[slot] = elapsed;
		this.#numbers[slot] = number;
		this.#places[slot] = place;
		const sequence = this.#next - 1;
		this.onAppend();
		return sequence;
	}

	/** A datagram that was sent before has been read by one of our own sockets. Of two copies the first counts; of the second its fate knows. */
	noteRead(sequence: number, number: number): void {
		if (sequence >= this.#first && this.#places[sequence & this.#mask] <= 0) {
			this.#places[sequence & this.#mask] = number;
		} else {
			this.link.noteReadAgain(sequence, number);
		}
	}

	/** A datagram that was sent before has left the simulated link to this far end, as the so-many-th that the system got on this way. */
	noteDeparted(sequence: number, far: FarEnd, order: number): void {
		if (sequence >= this.#first && this.#places[sequence & this.#mask] <= 0) {
			// Another socket than when it was sent may have the address by now.
			this.#farEnds[sequence & this.#mask] = far;
			this.#places[sequence & this.#mask] = -order;
		}
	}

	/** What is known of an earlier event has changed. */
	changed(): void {
		this.#changes++;
		this.onAppend();
	}

	/** Append a rare event. */
	appendRare(from: Recorder, happening: RareHappening): void {
		const hasBytes = 'bytes' in happening;
		// The ring keeps a copy of the bytes: the object must not hold on to the buffer that they came in.
		this.#rare.set(this.#next, hasBytes ? {...happening, bytes: noBytes} : happening);
		const slot = this.#claim(from, hotCodes.rare, hasBytes ? happening.bytes : noBytes, this.now());
		this.#farEnds[slot] = undefined;
		this.sockets.note(from, happening);
		this.onAppend();
	}

	/** The event with this sequence number, which must be one that is still held. `most` bounds the bytes read. */
	read(sequence: number, most = Number.POSITIVE_INFINITY): SocketEvent {
		if (sequence < this.#first || sequence >= this.#next) {
			throw new RangeError(`Event ${sequence} is not in the log (${this.#first} to ${this.#next - 1})`);
		}

		const slot = sequence & this.#mask;
		const from = this.#recorders[slot]!;
		const base = {
			sequence, time: this.#times[slot], pane: from.pane, socket: from.socket,
		};
		const happening = this.#rare.get(sequence);
		if (happening) {
			return 'bytes' in happening ? {...base, ...happening, bytes: this.#bytesOf(slot, most)} : {...base, ...happening};
		}

		const {address: peer, socket, isVacant} = this.#farEnds[slot]!;
		const number = this.#numbers[slot];
		const place = this.#places[slot];
		const data = {
			peer, length: this.#lengths[slot], bytes: this.#bytesOf(slot, most), number, far: socket && {pane: socket.pane, socket: socket.socket},
		};
		const fate = this.link.fateOf(sequence);
		const code = this.#types[slot];
		const elapsed = Number.isNaN(this.#elapsed[slot]) ? undefined : this.#elapsed[slot];
		switch (code & ~thirdPartyFlag) {
			case hotCodes.datagramSent: {
				return {
					...base, type: 'datagram-sent', ...data, arrival: socket && arrivalOf(from, socket, place, fate), ...(isVacant && {isVacant}), ...(fate && {fate: fate as DatagramLinkFate}),
				};
			}

			case hotCodes.datagramReceived: {
				const passage = this.link.passageOf(sequence);
				return {
					...base, type: 'datagram-received', ...data, elapsed, isThirdParty: (code & thirdPartyFlag) > 0, write: place === 0 ? undefined : place, ...(passage && {passage}),
				};
			}

			case hotCodes.chunkSent: {
				return {
					...base, type: 'chunk-sent', ...data, offset: place, ...(fate && {fate: fate as StreamLinkFate}),
				};
			}

			default: {
				return {
					...base, type: 'chunk-received', ...data, offset: place, elapsed,
				};
			}
		}
	}

	/**
	The other end's writes of the stream that a chunk was read from, or its reads of the stream that a chunk was written to, oldest first;
	undefined where that end is not ours.
	*/
	otherEndOf(sequence: number): Pieces | undefined {
		const slot = sequence & this.#mask;
		const far = this.#farEnds[slot]?.socket;
		if (!far) {
			return undefined;
		}

		const ring: SequenceRing = this.#types[slot] === hotCodes.chunkReceived ? far.writes : far.reads;
		const first = ring.firstSince(this.#first);
		return {
			isOver: far.isClosed,
			length: ring.total - first,
			at: index => {
				const other = ring.at(first + index) & this.#mask;
				return {number: this.#numbers[other], offset: this.#places[other], length: this.#lengths[other]};
			},
		};
	}

	#bytesOf(slot: number, most: number): Uint8Array {
		return this.#payloads.read(this.#positions[slot], Math.min(this.#kept[slot], most));
	}

	#claim(from: Recorder, code: number, bytes: Uint8Array, time: number): number {
		const sequence = this.#next;
		const slot = sequence & this.#mask;
		if (sequence - this.#first > this.#mask) {
			this.#evict();
		}

		this.#keepPayload(slot, bytes, time);
		this.#times[slot] = time;
		this.#types[slot] = code;
		this.#recorders[slot] = from;
		this.#lengths[slot] = bytes.length;
		this.#next = sequence + 1;
		from.index.push(sequence, this.#first);
		return slot;
	}

	#keepPayload(slot: number, bytes: Uint8Array, time: number): void {
		// An echo sends the very bytes that it has just received: one copy serves both events.
		if (bytes === this.#lastPayload && bytes.length > 0) {
			this.#kept[slot] = this.#lastKept;
			this.#positions[slot] = this.#payloads.end - this.#lastKept;
			return;
		}

		const kept = this.#budget.grant(bytes.length, time);
		this.#kept[slot] = kept;
		this.#lastKept = kept;
		const oldestAfterwards = this.#payloads.end + kept - this.#payloads.capacity;
		while (this.#first < this.#next && this.#positions[this.#first & this.#mask] < oldestAfterwards) {
			this.#evict();
		}

		this.#positions[slot] = this.#payloads.end;
		this.#payloads.write(kept === bytes.length ? bytes : bytes.subarray(0, kept));
		this.#lastPayload = bytes;
	}

	#evict(): void {
		const slot = this.#first & this.#mask;
		if (this.#types[slot] === hotCodes.rare) {
			this.#rare.delete(this.#first);
		} else {
			this.link.forget(this.#first);
		}

		this.#first++;
	}
}
