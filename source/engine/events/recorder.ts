import {placeOf} from './arrival.ts';
import type {
	Address, PaneId, RareHappening, SocketNumber,
} from './event.ts';
import type {EventLog} from './event-log.ts';
import {farEndAt, type FarEnd} from './far-end.ts';
import {type Departure, Flight, type Origin} from './flight.ts';
import {hotCodes, thirdPartyFlag} from './hot-codes.ts';
import {type Journey, tellJourney} from './journey.ts';
import type {LinkFate, LinkPassage} from './link-fate.ts';
import type {PaneIndex} from './pane-index.ts';
import {SequenceRing} from './sequence-ring.ts';

/** Times answers: those to messages that were sent from here, by the time at which these were, where that is known. */
type Trips = {readonly datagramAnswered: (time: number, askedAt: number | undefined) => number};

const nowhere = farEndAt({host: '', port: 0});

/** Writes the events of one socket into the log, and keeps its and its pane's counters. A socket that is opened again has a new one. */
export class Recorder {
	readonly pane: PaneId;
	readonly socket: SocketNumber;
	readonly index: PaneIndex;
	/** What this socket has received and sent. */
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
	/** Hears what becomes of the datagrams that were sent from here, for as long as somebody wants to know. */
	onJourney: Journey | undefined;
	/** Hears what is read: when, from which address, and whether a socket of ours is known to have sent it. */
	onRead: ((bytes: Uint8Array, time: number, peer: Address, isOwn: boolean) => void) | undefined;
	/** Hears that the socket is closed, or that its peer will send nothing more. */
	onOver: ((type: 'closed' | 'fin-received') => void) | undefined;
	/** Its writes to a byte stream, and its reads from it. */
	readonly writes = new SequenceRing(4);
	readonly reads = new SequenceRing(4);
	readonly #log: EventLog;
	/** The other end of a TCP connection. */
	#far = nowhere;
	/** Datagrams on their way to other sockets of ours. */
	#flights: WeakMap<Recorder, Flight> | undefined;
	/** Datagrams that were handed to the system so far. */
	#departed = 0;
	#isClosed = false;

	constructor(log: EventLog, pane: PaneId, index: PaneIndex, socket: SocketNumber) {
		this.#log = log;
		this.pane = pane;
		this.index = index;
		this.socket = socket;
	}

	/** What the log's clock says: the time to give to an event that is recorded later than it happens. */
	now(): number {
		return this.#log.now();
	}

	/** The far end as it is now: to be asked for each datagram, and kept instead of the one given. */
	farEnd(far: FarEnd): FarEnd {
		return this.#log.sockets.current(far);
	}

	/** The number of the datagram that is about to be sent. */
	nextWrite(): number {
		return ++this.#departed;
	}

	/**
	A datagram is about to be handed to the system. Undefined where no socket of ours is at the other end.

	@param time - when it was sent; over a simulated link that was before
	@param answers - the datagram that it answers
	*/
	departs(far: FarEnd, number: number, bytes: Uint8Array, time: number, answers?: Origin): Departure | undefined {
		return far.socket && this.#flightTo(far.socket).depart({recorder: this, number, time}, bytes, answers);
	}

	/** The system has not taken it. */
	cancel(far: FarEnd, departure: Departure | undefined): void {
		if (far.socket && departure) {
			this.flightTo(far.socket)?.cancel(departure);
		}
	}

	/** What is on its way to another socket of ours. */
	flightTo(receiver: Recorder): Flight | undefined {
		return this.#flights?.get(receiver);
	}

	/** Whether the socket has been closed: what has not been read by then never will be. */
	get isClosed(): boolean {
		return this.#isClosed;
	}

	datagramSent(far: FarEnd, bytes: Uint8Array, number: number, departure?: Departure, time = this.now()): void {
		this.#countSent(bytes, time);
		const sequence = this.#log.appendData(this, hotCodes.datagramSent, far, bytes, Number.NaN, time, number, placeOf(departure));
		if (departure) {
			departure.sequence = sequence;
			departure.time = time;
		}
	}

	/**
	A datagram was sent, and goes over a simulated link first.

	@returns the event's sequence number, for `left`
	*/
	datagramSentOverLink(far: FarEnd, bytes: Uint8Array, number: number, fate: LinkFate, time: number): number {
		this.#countSent(bytes, time);
		this.#log.link.noteFate(this.#log.next, fate);
		return this.#log.appendData(this, hotCodes.datagramSent, far, bytes, Number.NaN, time, number, 0);
	}

	/**
	A datagram has left the simulated link, or a copy of it has: this is its departure, where a socket of ours is at the other end.

	@param far - the other end as it is now
	@param passage - how it came over the link, where that has doubled or changed it
	*/
	left(sequence: number, far: FarEnd, departure: Departure | undefined, passage?: LinkPassage): void {
		if (departure) {
			departure.sequence = sequence;
			departure.passage = passage;
			this.#log.noteDeparted(sequence, far, departure.order);
		}

		this.fateChanged();
	}

	/** What the rows of this socket say of something on the simulated link has changed. */
	fateChanged(): void {
		this.index.changes++;
		this.#log.changed();
	}

	/**
	A datagram was read. @returns its departure, where a socket of ours has sent it

	@param trips - times the answers of whoever has sent it
	*/
	datagramReceived(far: FarEnd, bytes: Uint8Array, trips?: Trips, isThirdParty = false, time = this.now()): Departure | undefined {
		// Who sent it may have closed its socket meanwhile.
		const sender = far.socket ?? this.#log.sockets.leftFrom(far.address);
		const departure = sender?.arrivedAt(this, bytes, this.received.count + 1);
		const answered = departure?.answers?.recorder === this ? departure.answers : undefined;
		const roundTrip = trips ? trips.datagramAnswered(time, answered?.time) : Number.NaN;
		this.#countReceived(bytes, time, roundTrip);
		if (far.isVacant && !departure) {
			this.#log.sockets.occupied(far.address);
		}

		const code = isThirdParty ? hotCodes.datagramReceived | thirdPartyFlag : hotCodes.datagramReceived;
		const from = far.socket || !departure ? far : {...far, socket: sender};
		if (departure?.passage) {
			this.#log.link.notePassage(this.#log.next, departure.passage);
		}

		this.#log.appendData(this, code, from, bytes, roundTrip, time, this.received.count, departure?.number ?? 0);
		if (answered) {
			this.onJourney?.(answered.number, 'answered', roundTrip, bytes.length);
		}

		this.onRead?.(bytes, time, far.address, departure !== undefined);

		return departure;
	}

	/** @param fate - what the simulated link makes of it, where it goes over that */
	chunkSent(bytes: Uint8Array, time = this.now(), fate?: LinkFate): void {
		const offset = this.sent.bytes;
		this.#countSent(bytes, time);
		if (fate) {
			this.#log.link.noteFate(this.#log.next, fate);
		}

		this.writes.push(this.#log.appendData(this, hotCodes.chunkSent, this.#far, bytes, Number.NaN, time, this.sent.count, offset), this.#log.first);
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	chunkReceived(bytes: Uint8Array, elapsed = Number.NaN, time = this.now()): void {
		const offset = this.received.bytes;
		this.#countReceived(bytes, time, elapsed);
		this.reads.push(this.#log.appendData(this, hotCodes.chunkReceived, this.#far, bytes, elapsed, time, this.received.count, offset), this.#log.first);
		this.onRead?.(bytes, time, this.#far.address, this.#far.socket !== undefined);
	}

	happened(happening: RareHappening): void {
		if (happening.type === 'connected' || happening.type === 'accepted') {
			this.#far = farEndAt(happening.peer);
		}

		this.#isClosed ||= happening.type === 'closed';

		this.#log.appendRare(this, happening);
		if (happening.type === 'closed' || happening.type === 'fin-received') {
			this.onOver?.(happening.type);
		}
	}

	/** The other end of this connection, where that is ours and both ends have been seen. */
	get far(): Recorder | undefined {
		return this.#far.socket;
	}

	/** The socket at the other end of this connection is ours, too. */
	link(far: Recorder): void {
		this.#far.socket = far;
	}

	/** A datagram from this socket has come: which one was it? Those that it has overtaken are lost. */
	arrivedAt(receiver: Recorder, bytes: Uint8Array, number: number): Departure | undefined {
		const departure = this.flightTo(receiver)?.arrive(bytes, number);
		if (departure?.sequence !== undefined) {
			this.#log.noteRead(departure.sequence, number);
		}

		if (departure) {
			this.onJourney?.(departure.number, 'arrived', Number.NaN, bytes.length);
		}

		return departure;
	}

	#flightTo(receiver: Recorder): Flight {
		this.#flights ??= new WeakMap();
		const flight = this.#flights.get(receiver) ?? new Flight(departure => {
			this.#dropped(departure);
		});
		this.#flights.set(receiver, flight);
		return flight;
	}

	/** The kernel has dropped a datagram of this socket. */
	#dropped({number, answers}: Departure): void {
		this.index.changes++;
		tellJourney(this, number, answers, 'dropped');
	}

	#countSent({length}: Uint8Array, time: number): void {
		this.sent.count++;
		this.sent.bytes += length;
		const {sent, rates} = this.index;
		sent.count++;
		sent.bytes += length;
		rates.add(time, length);
	}

	#countReceived({length}: Uint8Array, time: number, elapsed: number): void {
		this.received.count++;
		this.received.bytes += length;
		const {received, rates, roundTrips} = this.index;
		received.count++;
		received.bytes += length;
		rates.add(time, length);
		if (!Number.isNaN(elapsed)) {
			roundTrips.add(elapsed);
		}
	}
}
