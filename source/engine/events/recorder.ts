import type {PaneId, RareHappening, SocketNumber} from './event.ts';
import type {EventLog} from './event-log.ts';
import {farEndAt, type FarEnd} from './far-end.ts';
import {type Departure, Flight} from './flight.ts';
import {hotCodes, thirdPartyFlag} from './hot-codes.ts';
import type {PaneIndex} from './pane-index.ts';
import {SequenceRing} from './sequence-ring.ts';

const nowhere = farEndAt({host: '', port: 0});

/** Writes the events of one socket into the log, and keeps its and its pane's counters. A socket that is opened again has a new one. */
export class Recorder {
	readonly pane: PaneId;
	readonly socket: SocketNumber;
	readonly index: PaneIndex;
	/** What this socket has received and sent. */
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
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

	/** A datagram is about to be handed to the system. Undefined where no socket of ours is at the other end. */
	departs(far: FarEnd, number: number, bytes: Uint8Array): Departure | undefined {
		return far.socket && this.#flightTo(far.socket).depart(number, bytes);
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
		const sequence = this.#log.appendData(this, hotCodes.datagramSent, far, bytes, Number.NaN, time, number, departure?.readAs ?? 0);
		if (departure) {
			departure.sequence = sequence;
		}
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	datagramReceived(far: FarEnd, bytes: Uint8Array, elapsed = Number.NaN, isThirdParty = false, time = this.now()): void {
		this.#countReceived(bytes, time, elapsed);
		const number = this.received.count;
		// Who sent it may have closed its socket meanwhile.
		const sender = far.socket ?? this.#log.sockets.leftFrom(far.address);
		const departure = sender?.arrivedAt(this, bytes, number);
		if (far.isVacant && !departure) {
			this.#log.sockets.occupied(far.address);
		}

		const code = isThirdParty ? hotCodes.datagramReceived | thirdPartyFlag : hotCodes.datagramReceived;
		const from = far.socket || !departure ? far : {...far, socket: sender};
		this.#log.appendData(this, code, from, bytes, elapsed, time, number, departure?.number ?? 0);
	}

	chunkSent(bytes: Uint8Array, time = this.now()): void {
		const offset = this.sent.bytes;
		this.#countSent(bytes, time);
		this.writes.push(this.#log.appendData(this, hotCodes.chunkSent, this.#far, bytes, Number.NaN, time, this.sent.count, offset), this.#log.first);
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	chunkReceived(bytes: Uint8Array, elapsed = Number.NaN, time = this.now()): void {
		const offset = this.received.bytes;
		this.#countReceived(bytes, time, elapsed);
		this.reads.push(this.#log.appendData(this, hotCodes.chunkReceived, this.#far, bytes, elapsed, time, this.received.count, offset), this.#log.first);
	}

	happened(happening: RareHappening): void {
		if (happening.type === 'connected' || happening.type === 'accepted') {
			this.#far = farEndAt(happening.peer);
		}

		this.#isClosed ||= happening.type === 'closed';

		this.#log.appendRare(this, happening);
	}

	/** The socket at the other end of this connection is ours, too. */
	link(far: Recorder): void {
		this.#far.socket = far;
	}

	/** A datagram from this socket has come: which one was it? Those that it has overtaken are lost. */
	arrivedAt(receiver: Recorder, bytes: Uint8Array, number: number): Departure | undefined {
		const flight = this.flightTo(receiver);
		const before = flight?.overtaken ?? 0;
		const departure = flight?.arrive(bytes, number);
		this.index.losses += (flight?.overtaken ?? 0) - before;
		if (departure?.sequence !== undefined) {
			this.#log.noteRead(departure.sequence, number);
		}

		return departure;
	}

	#flightTo(receiver: Recorder): Flight {
		this.#flights ??= new WeakMap();
		const flight = this.#flights.get(receiver) ?? new Flight();
		this.#flights.set(receiver, flight);
		return flight;
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
