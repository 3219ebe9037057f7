import {type Amendment, amendFate, type EventEntry} from './amendment.ts';
import {ByteRing, PayloadBudget} from './storage/payload-bytes.ts';
import type {
	ColdEventBody, PaneId, SocketEvent, SocketNumber,
} from './event.ts';
import type {
	Arrival, DatagramLinkFate, LinkFate, LinkPassage, StreamLinkFate,
} from './delivery/link-fate.ts';
import {unpackFramed, type Pieces} from './delivery/stream-place.ts';
import {OwnSockets} from './delivery/own-sockets.ts';
import {type ClockSetting, timeOfDayAt} from './log-clock.ts';
import type {PaneIndex} from './storage/pane-index.ts';
import {
	type FarEnd, hotCodes, places, otherSourceFlag, SocketTrack, type TrackLog, thirdPartyFlag,
} from './socket-track.ts';
import type {SequenceRing} from './storage/sequence-ring.ts';
import {
	type EntrySubscriber, type EntrySubscription, type OnFault, Readers, type Subscription, throwLater, Watchers,
} from './subscriptions.ts';

const noBytes = new Uint8Array(0);

type Message = Extract<ColdEventBody, {readonly type: 'message-received'}>;

/** The two bounds of an event log, its clock, and what it needs to know of the machine. */
type EventLogOptions = {
	/** How many events are kept: a power of two. */
	readonly events: number;
	/** How many bytes of payload are kept. */
	readonly bytes: number;
	/** Milliseconds of a clock that only goes forward. */
	readonly clock: () => number;
	/** How the wall clock was set, by those times; times of day are these times unless given. */
	readonly settings?: () => readonly ClockSetting[];
	/** Whether an IP address is one of this machine's. */
	readonly isOwnHost: (host: string) => boolean;
	/**
	Gets what subscribers throw; without it, it is thrown again outside of the notification, as an uncaught exception.
	*/
	readonly onFault?: OnFault;
};

/**
The one record of all events, bounded by count and by bytes; the oldest are dropped first. Columns and a ring of bytes
hold it, so that appending makes no object; an event becomes an object when it is read, or for a subscriber. An event
that was appended does not change: later knowledge of it is an amendment, and `read()` returns both together.
*/
export class EventLog implements TrackLog {
	/** Which of the playground's own sockets are where. */
	readonly sockets: OwnSockets;
	readonly onFault: OnFault;
	readonly #options: EventLogOptions;
	readonly #mask: number;
	readonly #times: Float64Array;
	readonly #types: Uint8Array;
	/** Grows to its size with the first events: to make it at once would take 10 ms. */
	readonly #tracks: SocketTrack[] = [];
	readonly #lengths: Float64Array;
	/** How many bytes of the payload are in the ring. */
	readonly #kept: Uint32Array;
	readonly #positions: Float64Array;
	readonly #elapsed: Float64Array;
	readonly #farEnds: Array<FarEnd | undefined> = [];
	/** Which of its socket's writes or reads it was. */
	readonly #numbers: Float64Array;
	/**
	Of a chunk, its offset in the stream; of a datagram received, which of the far socket's writes it was, 0 for none;
	of one sent, see `places`.
	*/
	readonly #places: Float64Array;
	readonly #payloads: ByteRing;
	readonly #budget: PayloadBudget;
	readonly #rare = new Map<number, ColdEventBody>();
	/**
	By sequence numbers: the fate of sent data on the simulated link, as far as it is known, and the passage of received
	data over it.
	*/
	readonly #link = new Map<number, LinkFate | LinkPassage>();
	readonly #watchers: Watchers;
	readonly #readers: Readers;
	#first = 0;
	#next = 0;
	#changes = 0;
	#lastTrackId = 0;
	#lastPayload: Uint8Array = noBytes;
	#lastKept = 0;
	#isRepeat = false;

	constructor(options: EventLogOptions) {
		const {events, bytes, isOwnHost} = options;
		if (!Number.isInteger(Math.log2(events))) {
			throw new RangeError(`The log's size is a power of two, not ${events}`);
		}

		this.#options = options;
		this.onFault = options.onFault ?? throwLater;
		this.#watchers = new Watchers(this.onFault);
		this.#readers = new Readers(this.onFault);
		this.sockets = new OwnSockets(isOwnHost);
		this.#mask = events - 1;
		this.#times = new Float64Array(events);
		this.#types = new Uint8Array(events);
		this.#lengths = new Float64Array(events);
		this.#kept = new Uint32Array(events);
		this.#positions = new Float64Array(events);
		this.#elapsed = new Float64Array(events);
		this.#numbers = new Float64Array(events);
		this.#places = new Float64Array(events);
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

	/** Grows with every event, and with everything that becomes known of an earlier one. */
	get revision(): number {
		return this.#next + this.#changes;
	}

	/** Make the track of one socket, with a trackId of its own. A pane's sockets share one index. */
	track(pane: PaneId, index: PaneIndex, socket: SocketNumber, trackId = ++this.#lastTrackId): SocketTrack {
		return new SocketTrack({
			log: this,
			pane,
			index,
			socket,
			trackId,
		});
	}

	/** What the log's clock says, in milliseconds. It is monotonic. */
	now(): number {
		return this.#options.clock();
	}

	/**
	Be told after every event and every amendment that something has changed, and not what. No object is made for that.
	*/
	watch(onChange: () => void): Subscription {
		return this.#watchers.add({onChange});
	}

	/**
	Get every event from now on as it is appended, and every amendment. While there is no subscriber, none of these
	objects is made.
	*/
	subscribe(subscriber: EntrySubscriber): EntrySubscription {
		return this.#readers.add(subscriber);
	}

	/**
	What the wall clock said at a time of the log, in milliseconds since the epoch. For labels only: durations are
	differences of the log's times.
	*/
	wallTime(time: number): number {
		return timeOfDayAt(time, this.clockSettings);
	}

	/** The same as data, for many times. */
	get clockSettings(): readonly ClockSetting[] {
		return this.#options.settings?.() ?? [];
	}

	/**
	Append a hot event that happened at this time, and return its sequence number. `elapsed` is in milliseconds, NaN
	where nothing was timed; `place` is what the column of places holds; `link` what the simulated link makes of what is
	sent, or how it came over that.
	*/
	// eslint-disable-next-line max-params -- An object of these for each datagram would cost more than the event itself.
	appendData(
		from: SocketTrack,
		code: number,
		far: FarEnd,
		bytes: Uint8Array,
		elapsed: number,
		time: number,
		number: number,
		place: number,
		link?: LinkFate | LinkPassage,
	): number {
		const sequence = this.#next;
		const slot = this.#claim(from, code, bytes, time);
		this.#farEnds[slot] = far;
		this.#elapsed[slot] = elapsed;
		this.#numbers[slot] = number;
		this.#places[slot] = place;
		if (link) {
			this.#link.set(sequence, link);
		}

		if (code === hotCodes.chunkSent) {
			from.writes.push(sequence, this.#first);
		} else if (code === hotCodes.chunkReceived) {
			from.reads.push(sequence, this.#first);
		}

		this.#published(sequence, bytes);
		return sequence;
	}

	/** Append a rare event that happened at this time. */
	appendRare(from: SocketTrack, eventBody: ColdEventBody, time: number): void {
		const sequence = this.#next;
		const bytes = 'bytes' in eventBody ? eventBody.bytes : noBytes;
		// The ring keeps a copy of the bytes: the object must not hold on to the buffer that they came in.
		this.#rare.set(sequence, 'bytes' in eventBody ? {...eventBody, bytes: noBytes} : eventBody);
		const slot = this.#claim(from, hotCodes.rare, bytes, time);
		this.#farEnds[slot] = undefined;
		this.sockets.note(from, eventBody);
		if (eventBody.type === 'message-received') {
			from.messages.push(sequence, this.#first);
		}

		this.#published(sequence, bytes);
	}

	/**
	One of the playground's sockets has read a datagram that was sent before: an amendment. Makes no object where
	nothing subscribes.
	*/
	noteRead(sequence: number, number: number): void {
		const slot = sequence & this.#mask;
		if (sequence >= this.#first && this.#places[slot]! <= 0) {
			this.#places[slot] = number;
		} else {
			const fate = this.#link.get(sequence);
			if (fate && 'type' in fate && fate.type === 'passed') {
				this.#link.set(sequence, {...fate, readAgain: number});
			}
		}

		if (!this.#readers.isEmpty) {
			this.#readers.publish({type: 'amendment', amendment: {type: 'read', sequence, number}});
		}
	}

	/**
	Something became known of an earlier event. Of one that was dropped already only the subscribers hear.

	@param to - for `left`, the track of the socket that it is on its way to
	*/
	amend(amendment: Amendment, to?: SocketTrack): void {
		if (amendment.type === 'read') {
			this.noteRead(amendment.sequence, amendment.number);
			return;
		}

		if (amendment.sequence >= this.#first && amendment.sequence < this.#next) {
			this.#apply(amendment, to);
		}

		this.#changes++;
		if (!this.#readers.isEmpty) {
			this.#readers.publish({type: 'amendment', amendment});
		}

		this.#watchers.notify();
	}

	/** The event with this sequence number, which must be one that is still held. `most` bounds the bytes read. */
	read(sequence: number, most = Number.POSITIVE_INFINITY): SocketEvent {
		if (sequence < this.#first || sequence >= this.#next) {
			throw new RangeError(`Event ${sequence} is not in the log (${this.#first} to ${this.#next - 1})`);
		}

		return this.#eventOf(sequence, this.#bytesOf(sequence & this.#mask, most));
	}

	/**
	The other end's writes of the stream that a chunk was read from, or its reads of the stream that a chunk was written
	to, oldest first; undefined where that end is not a socket of the playground.
	*/
	otherEndOf(sequence: number): Pieces | undefined {
		const slot = sequence & this.#mask;
		const far = this.#farEnds[slot]?.socket;
		if (!far) {
			return undefined;
		}

		return this.#chunksOf(this.#types[slot]! === hotCodes.chunkReceived ? far.writes : far.reads, far.isClosed);
	}

	/** The reads of the stream that a message was cut from, oldest first. */
	readsOf(sequence: number): Pieces {
		return this.#chunksOf(this.#tracks[sequence & this.#mask]!.reads);
	}

	/**
	The messages that the stream of a read was cut into, oldest first, each with its frame; undefined where there are
	none. Between two there may be bytes that belong to none.
	*/
	messagesOf(sequence: number): Pieces | undefined {
		const {messages} = this.#tracks[sequence & this.#mask]!;
		if (messages.total === 0) {
			return undefined;
		}

		const first = messages.firstSince(this.#first);
		return {
			length: messages.total - first,
			at: index => {
				const {message, frame} = this.#rare.get(messages.at(first + index)) as Message;
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
				const other = ring.at(first + index) & this.#mask;
				return {number: this.#numbers[other]!, offset: this.#places[other]!, length: this.#lengths[other]!};
			},
		};
	}

	/**
	The bytes that came before a chunk in its stream, at most `most` of them and as far as the log has them without a
	gap, and whether the stream begins with them.
	*/
	bytesBefore(sequence: number, most: number): {readonly bytes: Uint8Array; readonly isBeginning: boolean} {
		const slot = sequence & this.#mask;
		const track = this.#tracks[slot]!;
		const ring = this.#types[slot] === hotCodes.chunkReceived ? track.reads : track.writes;
		const oldest = ring.firstSince(this.#first);
		const parts: Uint8Array[] = [];
		let wanted = most;
		// The first has number 1, and ordinal 0.
		for (let ordinal = this.#numbers[slot]! - 2; ordinal >= oldest && wanted > 0; ordinal--) {
			const before = ring.at(ordinal) & this.#mask;
			const length = this.#lengths[before]!;
			if (this.#kept[before]! < length) {
				break;
			}

			const part = Math.min(length, wanted);
			parts.unshift(this.#payloads.read(this.#positions[before]! + length - part, part));
			wanted -= part;
		}

		const bytes = Buffer.concat(parts);
		return {bytes, isBeginning: bytes.length === this.#places[slot]};
	}

	#bytesOf(slot: number, most: number): Uint8Array {
		return this.#payloads.read(this.#positions[slot]!, Math.min(this.#kept[slot]!, most));
	}

	/** The event with these bytes of its payload, and what is known of it by now. */
	#eventOf(sequence: number, bytes: Uint8Array): SocketEvent {
		const slot = sequence & this.#mask;
		const {pane, socket} = this.#tracks[slot]!;
		const base = {
			sequence,
			time: this.#times[slot]!,
			pane,
			socket,
		};
		const eventBody = this.#rare.get(sequence);
		if (eventBody) {
			return 'bytes' in eventBody ? {...base, ...eventBody, bytes} : {...base, ...eventBody};
		}

		const {address: peer, socket: far, isVacant} = this.#farEnds[slot]!;
		const place = this.#places[slot]!;
		const data = {
			peer,
			length: this.#lengths[slot]!,
			bytes,
			number: this.#numbers[slot]!,
			far: far && {pane: far.pane, socket: far.socket},
		};
		const link = this.#link.get(sequence);
		const code = this.#types[slot]!;
		const elapsed = Number.isNaN(this.#elapsed[slot]) ? undefined : this.#elapsed[slot];
		switch (code & ~(thirdPartyFlag | otherSourceFlag)) {
			case hotCodes.datagramSent: {
				const fate = link as DatagramLinkFate | undefined;
				return {
					...base,
					type: 'datagram-sent',
					...data,
					arrival: far && arrivalOf(place, far, fate),
					...(isVacant && {isVacant}),
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
				return {
					...base,
					type: 'chunk-sent',
					...data,
					offset: place,
					...(link && {fate: link as StreamLinkFate}),
					...(elapsed !== undefined && {framed: unpackFramed(elapsed)!}),
				};
			}

			default: {
				return {
					...base,
					type: 'chunk-received',
					...data,
					offset: place,
					elapsed,
				};
			}
		}
	}

	/** An event was appended: tell everybody. */
	#published(sequence: number, bytes: Uint8Array): void {
		if (!this.#readers.isEmpty) {
			const slot = sequence & this.#mask;
			const entry: EventEntry = {
				type: 'event',
				event: this.#eventOf(sequence, bytes),
				trackId: this.#tracks[slot]!.trackId,
				farTrackId: this.#farEnds[slot]?.socket?.trackId,
				isRepeat: this.#isRepeat,
			};
			this.#readers.publish(entry);
		}

		this.#watchers.notify();
	}

	#apply(amendment: Amendment, to: SocketTrack | undefined): void {
		const {sequence, type} = amendment;
		const slot = sequence & this.#mask;
		const place = this.#places[slot]!;
		const link = this.#link.get(sequence);
		if (link && 'type' in link) {
			this.#link.set(sequence, amendFate(link, amendment));
		}

		if (type === 'left' && to && place <= 0) {
			const {address, socket} = this.#farEnds[slot]!;
			this.#places[slot] = place === places.unknown ? places.underWay : place - 1;
			// Another socket than when it was sent may have the address by now.
			if (socket !== to) {
				this.#farEnds[slot] = {
					address,
					socket: to,
					isVacant: false,
					revision: -1,
				};
			}
		} else if ((type === 'dropped' || (type === 'refused' && amendment.to)) && place <= places.underWay) {
			this.#places[slot] = place + 1;
		} else if (type === 'unbound' && !this.#farEnds[slot]!.socket) {
			this.#places[slot] = place - 1;
		}

		this.#tracks[slot]!.index.changed();
	}

	#claim(from: SocketTrack, code: number, bytes: Uint8Array, time: number): number {
		const sequence = this.#next;
		const slot = sequence & this.#mask;
		if (sequence - this.#first > this.#mask) {
			this.#evict();
		}

		this.#keepPayload(slot, bytes, time);
		this.#times[slot] = time;
		this.#types[slot] = code;
		this.#tracks[slot] = from;
		this.#lengths[slot] = bytes.length;
		this.#next = sequence + 1;
		from.index.push(sequence, this.#first);
		return slot;
	}

	#keepPayload(slot: number, bytes: Uint8Array, time: number): void {
		// An echo sends the same array that it has just received: one copy serves both events.
		this.#isRepeat = bytes === this.#lastPayload && bytes.length > 0;
		if (this.#isRepeat) {
			this.#kept[slot] = this.#lastKept;
			this.#positions[slot] = this.#payloads.end - this.#lastKept;
			return;
		}

		const kept = this.#budget.grant(bytes.length, time);
		this.#kept[slot] = kept;
		this.#lastKept = kept;
		const oldestAfterwards = this.#payloads.end + kept - this.#payloads.capacity;
		while (this.#first < this.#next && this.#positions[this.#first & this.#mask]! < oldestAfterwards) {
			this.#evict();
		}

		this.#positions[slot] = this.#payloads.end;
		this.#payloads.write(kept === bytes.length ? bytes : bytes.subarray(0, kept));
		this.#lastPayload = bytes;
	}

	#evict(): void {
		const slot = this.#first & this.#mask;
		if (this.#types[slot]! === hotCodes.rare) {
			this.#rare.delete(this.#first);
		} else if (this.#link.size > 0) {
			this.#link.delete(this.#first);
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

	if (fate?.type === 'passed') {
		// Where all copies were discarded, none is on its way; of two copies the one that is still on the simulated
		// link may arrive.
		if (fate.discarded === fate.copies.length) {
			return {type: 'lost'};
		}

		if (fate.onTheLink > 0) {
			return {type: 'under-way'};
		}
	}

	const isGone = place === places.unknown ? fate !== undefined : place === places.gone;
	return isGone || to.isClosed ? {type: 'lost'} : {type: 'under-way'};
}
