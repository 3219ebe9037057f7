import type {Amendment, TrackId} from './amendment.ts';
import type {
	Address, ColdEventBody, PaneId, SocketFailure, SocketNumber,
} from './event.ts';
import {kindOf} from './event-kinds.ts';
import {
	type InFlightDatagram, InFlight, type Origin, placeOf, places,
} from './delivery/in-flight.ts';
import {type DeliveryListener, type DeliveryStep, notifyDelivery} from './delivery/delivery-trace.ts';
import type {LinkFate, LinkPassage} from './delivery/link-fate.ts';
import {hotCodes, type otherSourceFlag, type thirdPartyFlag} from './storage/hot-codes.ts';
import type {PaneIndex} from './storage/pane-index.ts';
import {SequenceRing} from './storage/sequence-ring.ts';
import {
	Followers, type OnFault, type SocketFollower, type Subscription,
} from './subscriptions.ts';

/** The other end of a socket's traffic: its address, and its socket where that is one of the playground's. */
export type FarEnd = {
	readonly address: Address;
	/** The track of the playground's own socket at that address; undefined where none is, as far as is known. */
	socket: SocketTrack | undefined;
	/** Whether one of the playground's sockets had that address before, and none has it now. */
	readonly isVacant: boolean;
	/** The one that a first copy of a datagram has come to, and that was closed before it had read that. */
	readonly unread?: SocketTrack;
	/** The revision of the playground's sockets for which `socket` is known to be right. */
	revision: number;
};

/** An address whose socket has not been looked for yet. */
export function farEndAt(address: Address): FarEnd {
	return {
		address, socket: undefined, isVacant: false, revision: -1,
	};
}

export type TrackLog = {
	readonly sockets: {
		readonly current: (far: FarEnd) => FarEnd;
		readonly recentlyClosedAt: (address: Address) => SocketTrack | undefined;
		readonly occupied: (address: Address) => void;
	};
	readonly now: () => number;
	readonly onFault: OnFault;
	readonly appendData: (from: SocketTrack, ...event: Parameters<SocketTrack['record']>) => number;
	readonly appendRare: (from: SocketTrack, eventBody: ColdEventBody, time: number) => void;
	readonly noteRead: (sequence: number, number: number) => void;
	readonly amend: (amendment: Amendment, to?: SocketTrack) => void;
};

/** Times the answers to messages that were sent from here: by the time at which these were, where that is known. */
type Trips = {
	readonly datagramAnswered: (time: number, askedAt: number | undefined, bytes: Uint8Array) => number;
};

type SocketClosed = Extract<ColdEventBody, {readonly type: 'socket-closed'}>;

const nowhere = farEndAt({host: '', port: 0});

/**
Writes the events of one socket into the log, and keeps its and its pane's counters. A socket that is opened again has a
new one.
*/
export class SocketTrack implements DeliveryListener {
	readonly pane: PaneId;
	readonly socket: SocketNumber;
	readonly trackId: number;
	readonly index: PaneIndex;
	readonly received = {count: 0, bytes: 0};
	readonly sent = {count: 0, bytes: 0};
	/** Its writes to a byte stream, and its reads from it. */
	readonly writes = new SequenceRing(4);
	readonly reads = new SequenceRing(4);
	/** The messages that its reads were cut into; none without a framing. */
	readonly messages = new SequenceRing(0);
	/** How many bytes of its writes the system has not got yet. */
	held: () => number = () => 0;
	/** Why a RST has left this end of a connection, as far as the program has caused it. */
	resetCause: 'reset' | 'unread' | undefined;
	/** The socket has been closed: data unread by then never will be read. */
	isClosed = false;
	readonly #log: TrackLog;
	readonly #followers: Followers;
	/** The other end of a TCP connection. */
	#far = nowhere;
	/** Datagrams on their way to other sockets of the playground's. */
	#inFlights: WeakMap<SocketTrack, InFlight> | undefined;
	/** Datagrams that were handed to the system so far. */
	#departed = 0;
	/** How many bytes had come from the other end when this one was closed. */
	#arrivedOpen = 0;

	constructor({log, pane, index, socket, trackId}: TrackId & {readonly log: TrackLog; readonly index: PaneIndex}) {
		this.#log = log;
		this.#followers = new Followers(log.onFault);
		this.pane = pane;
		this.index = index;
		this.socket = socket;
		this.trackId = trackId;
	}

	/** What the log's clock says: the time to give to an event that is recorded later than it happens. */
	now(): number {
		return this.#log.now();
	}

	/** Follow this socket. For everything that happens, with objects, there is the log's `subscribe()`. */
	subscribe(follower: SocketFollower): Subscription {
		return this.#followers.add(follower);
	}

	/** Notify the followers of this socket of the fate of one of its writes, or of the answer to it. */
	notifyDelivery(write: number, step: DeliveryStep, roundTrip: number, length: number): void {
		this.#followers.delivery(write, step, roundTrip, length);
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
	A datagram is about to be handed to the system, maybe later than it was sent, at `time`. Undefined where none of the
	playground's sockets is at the other end.

	@param answers - the datagram that it answers
	*/
	departs(
		far: FarEnd,
		number: number,
		bytes: Uint8Array,
		time: number,
		answers?: Origin,
	): InFlightDatagram | undefined {
		return far.socket && this.#inFlightTo(far.socket).depart({track: this, number, time}, bytes, answers);
	}

	/** The system has not taken it. */
	cancel(departure: InFlightDatagram | undefined): void {
		departure?.inFlight.cancel(departure);
	}

	/** Another program has a socket there, where one of the playground's was before. */
	occupied({isVacant, address}: FarEnd): void {
		if (isVacant) {
			this.#log.sockets.occupied(address);
		}
	}

	/** Datagrams on their way to another socket of the playground. */
	inFlightTo(receiver: SocketTrack): InFlight | undefined {
		return this.#inFlights?.get(receiver);
	}

	/** @returns the event's sequence number */
	datagramSent(
		far: FarEnd,
		bytes: Uint8Array,
		number: number,
		departure?: InFlightDatagram,
		time = this.now(),
	): number {
		const sequence = this.record(hotCodes.datagramSent, far, bytes, Number.NaN, time, number, placeOf(departure));
		if (departure) {
			departure.sequence = sequence;
			departure.time = time;
		}

		return sequence;
	}

	/** A datagram was sent, and goes over a simulated link first. @returns the event's sequence number */
	datagramSentOverLink(far: FarEnd, bytes: Uint8Array, number: number, fate: LinkFate, time: number): number {
		return this.record(hotCodes.datagramSent, far, bytes, Number.NaN, time, number, places.unknown, fate);
	}

	/**
	A copy of a datagram has left the simulated link, as the amendment says.

	@param departure - what it is on its way as, where one of the playground's sockets is at `far`
	*/
	left(
		sequence: number,
		copy: number,
		delay: number,
		far: FarEnd,
		departure: InFlightDatagram | undefined,
		passage?: LinkPassage,
	): void {
		const to = departure && far.socket;
		if (departure) {
			departure.sequence = sequence;
			departure.passage = passage;
		}

		const amendment = {
			type: 'left',
			sequence,
			copy,
			delay,
			...(to && {to: to.id}),
			...(far.isVacant && {isVacant: far.isVacant}),
		} as const;
		this.#log.amend(amendment, to);
	}

	/** The system has not taken a copy that had left the link: where it was on its way to is `far`. */
	refused(sequence: number, far: FarEnd, departure: InFlightDatagram | undefined): void {
		this.#log.amend({type: 'refused', sequence, ...(departure && far.socket && {to: far.socket.id})});
	}

	/** Something else became known of an event of this socket. */
	amend(amendment: Exclude<Amendment, {type: 'left' | 'refused'}>): void {
		this.#log.amend(amendment);
	}

	/** A datagram was read from `far` as it is now. @returns its departure, where the playground has sent it */
	datagramReceived(
		far: FarEnd,
		bytes: Uint8Array,
		trips?: Trips,
		flag: 0 | typeof thirdPartyFlag | typeof otherSourceFlag = 0,
		time = this.now(),
	): InFlightDatagram | undefined {
		// The sender may have closed its socket since.
		const sender = far.socket ?? (far.isVacant ? this.#log.sockets.recentlyClosedAt(far.address) : undefined);
		const number = this.received.count + 1;
		const departure = sender?.arrivedAt(this, bytes, number);
		const answered = departure?.answers?.track === this ? departure.answers : undefined;
		const roundTrip = trips ? trips.datagramAnswered(time, answered?.time, bytes) : Number.NaN;
		if (!departure) {
			this.occupied(far);
		}

		const from = far.socket || !departure ? far : {...far, socket: sender};
		const code = hotCodes.datagramReceived | flag;
		this.record(code, from, bytes, roundTrip, time, number, departure?.number ?? 0, departure?.passage);
		if (answered) {
			this.notifyDelivery(answered.number, 'answered', roundTrip, bytes.length);
		}

		this.#followers.read(bytes, time, far.address, departure !== undefined, roundTrip);
		return departure;
	}

	/** @param framed - what `packFramed()` makes of the messages in it; NaN for none. @returns the sequence number */
	chunkSent(bytes: Uint8Array, time = this.now(), fate?: LinkFate, framed = Number.NaN): number {
		const {count, bytes: offset} = this.sent;
		return this.record(hotCodes.chunkSent, this.#far, bytes, framed, time, count + 1, offset, fate);
	}

	/** @param elapsed - round-trip time in milliseconds, NaN where this answers nothing that was timed */
	chunkReceived(bytes: Uint8Array, elapsed = Number.NaN, time = this.now()): void {
		const {count, bytes: offset} = this.received;
		this.record(hotCodes.chunkReceived, this.#far, bytes, elapsed, time, count + 1, offset);
		this.#followers.read(bytes, time, this.#far.address, this.#far.socket !== undefined, Number.NaN);
	}

	/** Count a hot event, and append it. `elapsed` and `place` are what these columns hold (`EventLog.appendData`). */
	// eslint-disable-next-line max-params -- An object of these for each datagram would cost more than the event itself.
	record(
		code: number,
		far: FarEnd,
		bytes: Uint8Array,
		elapsed: number,
		time: number,
		number: number,
		place: number,
		link?: LinkFate | LinkPassage,
	): number {
		const isSent = code === hotCodes.datagramSent || code === hotCodes.chunkSent;
		const {length} = bytes;
		const {index} = this;
		index.precede(time);
		const own = isSent ? this.sent : this.received;
		const all = isSent ? index.sent : index.received;
		own.count++;
		own.bytes += length;
		all.count++;
		all.bytes += length;
		index.rates.add(time, length);
		if (!isSent && Number.isFinite(elapsed)) {
			index.roundTrips.add(elapsed);
		}

		return this.#log.appendData(this, code, far, bytes, elapsed, time, number, place, link);
	}

	happened(eventBody: ColdEventBody, time = this.now()): void {
		this.index.precede(time);
		const {stage} = kindOf(eventBody.type);
		if (stage === 'connected' && 'peer' in eventBody && eventBody.peer) {
			this.#far = farEndAt(eventBody.peer);
		}

		if (stage === 'closed' && !this.isClosed) {
			this.isClosed = true;
			this.#arrivedOpen = this.#arrived;
		}

		if (eventBody.type === 'reset-sent') {
			this.resetCause = 'reset';
		} else if (eventBody.type === 'socket-closed' && eventBody.hasUnread) {
			this.resetCause = 'unread';
		}

		this.#log.appendRare(this, eventBody, time);
		if ('frame' in eventBody) {
			const {length, frame, elapsed} = eventBody;
			if (elapsed !== undefined) {
				this.index.roundTrips.add(elapsed);
			}

			this.#followers.message(length, frame.offset);
		}

		if (stage === 'closed' || eventBody.type === 'fin-received') {
			this.#followers.over(this.isClosed);
		}
	}

	/** Bytes were not taken by the system. */
	sendFailed(peer: Address, bytes: Uint8Array, failure: SocketFailure): void {
		this.happened({
			type: 'send-failed', peer, length: bytes.length, bytes, failure,
		});
	}

	/** A name was looked up: these are its addresses, and the first is taken, or tried first. */
	found(name: string, hosts: readonly string[]): void {
		this.happened({type: 'name-found', name, hosts});
	}

	failed(failure: SocketFailure, peer?: Address, source?: Address): void {
		this.happened({
			type: 'socket-failed', failure, ...(peer && {peer}), ...(source && {source}),
		});
	}

	/** The socket was closed; `discarded` bytes were dropped unsent. */
	closed(discarded: number, ends: Omit<SocketClosed, 'type' | 'discarded'>): void {
		this.happened({type: 'socket-closed', ...ends, discarded});
	}

	/** What amendments call it. */
	get id(): TrackId {
		return {pane: this.pane, socket: this.socket, trackId: this.trackId};
	}

	/** The other end of this connection, where both ends are the playground's own and have been seen. */
	get far(): SocketTrack | undefined {
		return this.#far.socket;
	}

	/** Whether bytes have come since this end was closed: the kernel answers them with RST (RFC 9293 section 3.6.1). */
	get hasRefused(): boolean {
		return this.isClosed && this.#arrived > this.#arrivedOpen;
	}

	/** Bytes that the kernel has taken there. */
	get #arrived(): number {
		const {far} = this;
		return far ? far.sent.bytes - far.held() : 0;
	}

	/** The socket at the other end of this connection is the playground's own, too. */
	link(far: SocketTrack): void {
		this.#far.socket = far;
	}

	/** A datagram from this socket has come: which one was it? Those that it has overtaken are lost. */
	arrivedAt(receiver: SocketTrack, bytes: Uint8Array, number: number): InFlightDatagram | undefined {
		const departure = this.inFlightTo(receiver)?.arrive(bytes, number);
		if (departure) {
			if (departure.sequence !== undefined) {
				this.#log.noteRead(departure.sequence, number);
			}

			this.notifyDelivery(departure.number, 'arrived', Number.NaN, bytes.length);
		}

		return departure;
	}

	#inFlightTo(receiver: SocketTrack): InFlight {
		this.#inFlights ??= new WeakMap();
		let inFlight = this.#inFlights.get(receiver);
		if (!inFlight) {
			// The kernel has dropped a datagram of this socket.
			inFlight = new InFlight(({number, answers, sequence}) => {
				if (sequence !== undefined) {
					this.#log.amend({type: 'dropped', sequence});
				}

				notifyDelivery(this, number, answers, 'dropped');
			});
			this.#inFlights.set(receiver, inFlight);
		}

		return inFlight;
	}
}
