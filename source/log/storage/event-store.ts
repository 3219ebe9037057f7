import type {ColdEventBody, SocketEvent} from '../event.ts';
import type {
	Arrival, DatagramLinkFate, LinkFate, LinkPassage, StreamLinkFate,
} from '../delivery/link-fate.ts';
import {places} from '../delivery/in-flight.ts';
import {unpackFramed, type Pieces} from '../delivery/stream-place.ts';
import type {FarEnd, SocketTrack} from '../socket-track.ts';
import {hotCodes, otherSourceFlag, thirdPartyFlag} from './hot-codes.ts';
import {ByteRing, PayloadBudget} from './payload-bytes.ts';
import type {SequenceRing} from './sequence-ring.ts';

const noBytes = new Uint8Array(0);

type Message = Extract<ColdEventBody, {readonly frame: unknown}>;

/**
Events by their sequence numbers, bounded by count and by bytes; the oldest are dropped first. Columns and a ring of
bytes hold them, so that appending makes no object; an event becomes an object when it is read.
*/
export class EventStore {
	protected readonly mask: number;
	readonly #times: Float64Array;
	readonly #types: Uint8Array;
	/** Grows to its size with the first events: to make it at once would take 10 ms. */
	protected readonly tracks: SocketTrack[] = [];
	readonly #lengths: Float64Array;
	/** How many bytes of the payload are in the ring. */
	readonly #kept: Uint32Array;
	readonly #positions: Float64Array;
	protected readonly elapsed: Float64Array;
	protected readonly farEnds: Array<FarEnd | undefined> = [];
	/** Which of its socket's writes or reads it was. */
	protected readonly numbers: Float64Array;
	/**
	Of a chunk, its offset in the stream; of a datagram received, which of the far socket's writes it was, 0 for none;
	of one sent, see `places`.
	*/
	protected readonly places: Float64Array;
	readonly #payloads: ByteRing;
	readonly #budget: PayloadBudget;
	protected readonly rare = new Map<number, ColdEventBody>();
	/** By sequence numbers: the fate of sent data on the link, as far as known, and the passage of received data. */
	protected readonly link = new Map<number, LinkFate | LinkPassage>();
	#first = 0;
	#next = 0;
	#lastPayload: Uint8Array = noBytes;
	#lastKept = 0;
	/** The payload of the newest event is the same array as that of the one before. */
	protected isRepeat = false;

	/** @param events - how many are kept: a power of two. @param bytes - how many bytes of payload are kept */
	constructor(events: number, bytes: number) {
		if (!Number.isInteger(Math.log2(events))) {
			throw new RangeError(`The log's size is a power of two, not ${events}`);
		}

		this.mask = events - 1;
		this.#times = new Float64Array(events);
		this.#types = new Uint8Array(events);
		this.#lengths = new Float64Array(events);
		this.#kept = new Uint32Array(events);
		this.#positions = new Float64Array(events);
		this.elapsed = new Float64Array(events);
		this.numbers = new Float64Array(events);
		this.places = new Float64Array(events);
		this.#payloads = new ByteRing(bytes);
		this.#budget = new PayloadBudget(bytes);
	}

	/** The oldest sequence number that can be read; all below have been dropped. */
	get first(): number {
		return this.#first;
	}

	/** The sequence number of the next event: how many there ever were. */
	get next(): number {
		return this.#next;
	}

	/** The event with this sequence number, which must be one that is still held. `most` bounds the bytes read. */
	read(sequence: number, most = Number.POSITIVE_INFINITY): SocketEvent {
		if (sequence < this.#first || sequence >= this.#next) {
			throw new RangeError(`Event ${sequence} is not in the log (${this.#first} to ${this.#next - 1})`);
		}

		const slot = sequence & this.mask;
		return this.eventOf(sequence, this.#payloads.read(this.#positions[slot]!, Math.min(this.#kept[slot]!, most)));
	}

	/**
	The other end's writes of the stream that a chunk was read from, or its reads of the stream that a chunk was written
	to, oldest first; undefined where that end is not a socket of the playground.
	*/
	otherEndOf(sequence: number): Pieces | undefined {
		const slot = sequence & this.mask;
		const far = this.farEnds[slot]?.socket;
		if (!far) {
			return undefined;
		}

		return this.#chunksOf(this.#types[slot]! === hotCodes.chunkReceived ? far.writes : far.reads, far.isClosed);
	}

	/** The reads of the stream that a message was cut from, oldest first. */
	readsOf(sequence: number): Pieces {
		return this.#chunksOf(this.tracks[sequence & this.mask]!.reads);
	}

	/**
	The messages that the stream of a read was cut into, oldest first, each with its frame; undefined where there are
	none. Between two there may be bytes that belong to none.
	*/
	messagesOf(sequence: number): Pieces | undefined {
		const {messages} = this.tracks[sequence & this.mask]!;
		if (messages.total === 0) {
			return undefined;
		}

		const first = messages.firstSince(this.#first);
		return {
			length: messages.total - first,
			at: index => {
				const {message, frame} = this.rare.get(messages.at(first + index)) as Message;
				return {number: message, ...frame};
			},
		};
	}

	#chunksOf(ring: SequenceRing, isOver?: boolean): Pieces {
		const first = ring.firstSince(this.#first);
		return {
			...(isOver !== undefined && {isOver}),
			length: ring.total - first,
			at: index => {
				const other = ring.at(first + index) & this.mask;
				return {number: this.numbers[other]!, offset: this.places[other]!, length: this.#lengths[other]!};
			},
		};
	}

	/**
	The bytes that came before a chunk in its stream, at most `most` of them and as far as the log has them without a
	gap.
	*/
	bytesBefore(sequence: number, most: number): Uint8Array {
		const slot = sequence & this.mask;
		const track = this.tracks[slot]!;
		const ring = this.#types[slot] === hotCodes.chunkReceived ? track.reads : track.writes;
		const oldest = ring.firstSince(this.#first);
		const parts: Uint8Array[] = [];
		let wanted = most;
		// The first has number 1, and ordinal 0.
		for (let ordinal = this.numbers[slot]! - 2; ordinal >= oldest && wanted > 0; ordinal--) {
			const before = ring.at(ordinal) & this.mask;
			const length = this.#lengths[before]!;
			if (this.#kept[before]! < length) {
				break;
			}

			const part = Math.min(length, wanted);
			parts.unshift(this.#payloads.read(this.#positions[before]! + length - part, part));
			wanted -= part;
		}

		return Buffer.concat(parts);
	}

	/** The event with these bytes of its payload, and what is known of it by now. */
	protected eventOf(sequence: number, bytes: Uint8Array): SocketEvent {
		const slot = sequence & this.mask;
		const {pane, socket} = this.tracks[slot]!;
		const base = {
			sequence, time: this.#times[slot]!, pane, socket,
		};
		const eventBody = this.rare.get(sequence);
		if (eventBody) {
			return 'bytes' in eventBody ? {...base, ...eventBody, bytes} : {...base, ...eventBody};
		}

		const {address: peer, socket: known, isVacant, unread} = this.farEnds[slot]!;
		const place = this.places[slot]!;
		const link = this.link.get(sequence);
		// A copy that a socket has not read is lost with that: only the others have found none.
		const far = known ?? (isUnbound(place, link as DatagramLinkFate | undefined) ? unread : undefined);
		const [length, number] = [this.#lengths[slot]!, this.numbers[slot]!];
		const data = {
			peer, length, bytes, number, far: far && {pane: far.pane, socket: far.socket},
		};
		const code = this.#types[slot]!;
		const elapsed = Number.isNaN(this.elapsed[slot]) ? undefined : this.elapsed[slot];
		switch (code & ~(thirdPartyFlag | otherSourceFlag)) {
			case hotCodes.datagramSent: {
				const fate = link as DatagramLinkFate | undefined;
				return {
					...base,
					type: 'datagram-sent',
					...data,
					arrival: far && arrivalOf(place, far, fate),
					...(!far && isVacant && {isVacant}),
					...(!far && isUnbound(place, fate) && {isUnbound: true}),
					...(fate && {fate}),
				};
			}

			case hotCodes.datagramReceived: {
				const passage = link as LinkPassage | undefined;
				return {
					...base,
					type: 'datagram-received',
					...data,
					elapsed,
					isThirdParty: (code & thirdPartyFlag) > 0,
					...((code & otherSourceFlag) > 0 && {isOtherSource: true}),
					write: place === 0 ? undefined : place,
					...(passage && {passage}),
				};
			}

			case hotCodes.chunkSent: {
				const fate = link as StreamLinkFate | undefined;
				const framed = unpackFramed(this.elapsed[slot]!);
				return {
					...base, type: 'chunk-sent', ...data, offset: place, ...(fate && {fate}), ...(framed && {framed}),
				};
			}

			default: {
				return {
					...base, type: 'chunk-received', ...data, offset: place, elapsed,
				};
			}
		}
	}

	protected claim(from: SocketTrack, code: number, bytes: Uint8Array, time: number): number {
		const sequence = this.#next;
		const slot = sequence & this.mask;
		if (sequence - this.#first > this.mask) {
			this.#evict();
		}

		this.#keepPayload(slot, bytes, time);
		this.#times[slot] = time;
		this.#types[slot] = code;
		this.tracks[slot] = from;
		this.#lengths[slot] = bytes.length;
		this.#next = sequence + 1;
		from.index.push(sequence, this.#first);
		return slot;
	}

	#keepPayload(slot: number, bytes: Uint8Array, time: number): void {
		// An echo sends the same array that it has just received: one copy serves both events.
		this.isRepeat = bytes === this.#lastPayload && bytes.length > 0;
		if (this.isRepeat) {
			this.#kept[slot] = this.#lastKept;
			this.#positions[slot] = this.#payloads.end - this.#lastKept;
			return;
		}

		const kept = this.#budget.grant(bytes.length, time);
		this.#kept[slot] = kept;
		this.#lastKept = kept;
		const oldestAfterwards = this.#payloads.end + kept - this.#payloads.capacity;
		while (this.#first < this.#next && this.#positions[this.#first & this.mask]! < oldestAfterwards) {
			this.#evict();
		}

		this.#positions[slot] = this.#payloads.end;
		this.#payloads.write(kept === bytes.length ? bytes : bytes.subarray(0, kept));
		this.#lastPayload = bytes;
	}

	#evict(): void {
		const slot = this.#first & this.mask;
		if (this.#types[slot]! === hotCodes.rare) {
			this.rare.delete(this.#first);
		} else if (this.link.size > 0) {
			this.link.delete(this.#first);
		}

		this.#first++;
	}
}

/** Whether none of the copies of a datagram that went to another program has found a socket. */
function isUnbound(place: number, fate: DatagramLinkFate | undefined): boolean {
	return place < 0 && -place === (fate?.type === 'passed' ? fate.copies.length - fate.discarded : 1);
}

/** What is known of a datagram that was sent to one of the playground's own sockets. */
function arrivalOf(place: number, to: SocketTrack, fate: DatagramLinkFate | undefined): Arrival {
	if (place > 0) {
		return {type: 'read', number: place};
	}

	// Of two copies the one that is still on the simulated link may arrive.
	if (fate?.type === 'passed' && fate.onTheLink > 0) {
		return {type: 'under-way'};
	}

	const isGone = place === places.unknown ? fate !== undefined : place === places.gone;
	return isGone || to.isClosed ? {type: 'lost'} : {type: 'under-way'};
}
