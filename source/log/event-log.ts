import {type Amendment, amendFate} from './amendment.ts';
import type {ColdEventBody, PaneId, SocketNumber} from './event.ts';
import {places} from './delivery/in-flight.ts';
import type {LinkFate, LinkPassage} from './delivery/link-fate.ts';
import {OwnSockets} from './delivery/own-sockets.ts';
import {type ClockSetting, timeOfDayAt} from './log-clock.ts';
import {EventStore} from './storage/event-store.ts';
import {hotCodes} from './storage/hot-codes.ts';
import type {PaneIndex} from './storage/pane-index.ts';
import {
	type FarEnd, farEndAt, SocketTrack, type TrackLog,
} from './socket-track.ts';
import {
	type EntrySubscriber, type EntrySubscription, type OnFault, Readers, type Subscription, throwLater, Watchers,
} from './subscriptions.ts';

const noBytes = new Uint8Array(0);

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
	/** Gets what subscribers throw; without it, it is thrown again, as an uncaught exception. */
	readonly onFault?: OnFault;
};

/**
The one record of all events, bounded by count and by bytes. An event that was appended does not change: later knowledge
of it is an amendment, and `read()` returns both together.
*/
export class EventLog extends EventStore implements TrackLog {
	readonly sockets: OwnSockets;
	readonly onFault: OnFault;
	readonly #options: EventLogOptions;
	readonly #watchers: Watchers;
	readonly #readers: Readers;
	#changes = 0;
	#lastTrackId = 0;

	constructor(options: EventLogOptions) {
		super(options.events, options.bytes);
		this.#options = options;
		this.onFault = options.onFault ?? throwLater;
		this.#watchers = new Watchers(this.onFault);
		this.#readers = new Readers(this.onFault);
		this.sockets = new OwnSockets(options.isOwnHost);
	}

	/** Grows with every event, and with everything that becomes known of an earlier one. */
	get revision(): number {
		return this.next + this.#changes;
	}

	/** Make the track of one socket, with a trackId of its own. A pane's sockets share one index. */
	track(pane: PaneId, index: PaneIndex, socket: SocketNumber, trackId = ++this.#lastTrackId): SocketTrack {
		return new SocketTrack({
			log: this, pane, index, socket, trackId,
		});
	}

	/** What the log's clock says, in milliseconds. It is monotonic. */
	now(): number {
		return this.#options.clock();
	}

	/** Be told after every event and every amendment that something has changed. No object is made. */
	watch(onChange: () => void): Subscription {
		return this.#watchers.add({onChange});
	}

	/** Get every event from now on as it is appended, and every amendment. Without a subscriber none is made. */
	subscribe(subscriber: EntrySubscriber): EntrySubscription {
		return this.#readers.add(subscriber);
	}

	/** What the wall clock said at a time of the log, in milliseconds since the epoch. For labels only. */
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
		const sequence = this.next;
		const slot = this.claim(from, code, bytes, time);
		this.farEnds[slot] = far;
		this.elapsed[slot] = elapsed;
		this.numbers[slot] = number;
		this.places[slot] = place;
		if (link) {
			this.link.set(sequence, link);
		}

		if (code === hotCodes.chunkSent) {
			from.writes.push(sequence, this.first);
		} else if (code === hotCodes.chunkReceived) {
			from.reads.push(sequence, this.first);
		}

		this.#published(sequence, bytes);
		return sequence;
	}

	appendRare(from: SocketTrack, eventBody: ColdEventBody, time: number): void {
		const sequence = this.next;
		const bytes = 'bytes' in eventBody ? eventBody.bytes : noBytes;
		// The ring keeps a copy of the bytes: the object must not hold on to the buffer that they came in.
		this.rare.set(sequence, 'bytes' in eventBody ? {...eventBody, bytes: noBytes} : eventBody);
		const slot = this.claim(from, hotCodes.rare, bytes, time);
		this.farEnds[slot] = undefined;
		this.sockets.note(from, eventBody);
		if ('frame' in eventBody) {
			from.messages.push(sequence, this.first);
		}

		this.#published(sequence, bytes);
	}

	/** One of the playground's sockets has read a datagram that was sent before: an amendment. */
	noteRead(sequence: number, number: number): void {
		const slot = sequence & this.mask;
		if (sequence >= this.first && this.places[slot]! <= 0) {
			this.places[slot] = number;
		} else {
			const fate = this.link.get(sequence);
			if (fate && 'type' in fate && fate.type === 'passed') {
				this.link.set(sequence, {...fate, readAgain: number});
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

		if (amendment.sequence >= this.first && amendment.sequence < this.next) {
			this.#apply(amendment, to);
		}

		this.#changes++;
		if (!this.#readers.isEmpty) {
			this.#readers.publish({type: 'amendment', amendment});
		}

		this.#watchers.notify();
	}

	/** An event was appended: tell everybody. */
	#published(sequence: number, bytes: Uint8Array): void {
		if (!this.#readers.isEmpty) {
			const slot = sequence & this.mask;
			this.#readers.publish({
				type: 'event',
				event: this.eventOf(sequence, bytes),
				trackId: this.tracks[slot]!.trackId,
				farTrackId: this.farEnds[slot]?.socket?.trackId,
				isRepeat: this.isRepeat,
			});
		}

		this.#watchers.notify();
	}

	#apply(amendment: Amendment, to: SocketTrack | undefined): void {
		const {sequence, type} = amendment;
		const slot = sequence & this.mask;
		const place = this.places[slot]!;
		const link = this.link.get(sequence);
		if (link && 'type' in link) {
			this.link.set(sequence, amendFate(link, amendment));
		}

		const {socket} = this.farEnds[slot] ?? {};
		if (type === 'left' && place <= 0) {
			this.#left(slot, to, amendment.isVacant);
		} else if (socket && (type === 'dropped' || (type === 'refused' && amendment.to)) && place <= places.underWay) {
			this.places[slot] = place + 1;
		} else if (type === 'unbound' && !socket) {
			this.places[slot] = place - 1;
		}

		this.tracks[slot]!.index.changed();
	}

	/** A copy of a datagram has left the simulated link: its address may have another socket than when it was sent. */
	#left(slot: number, to: SocketTrack | undefined, isVacant = false): void {
		const place = this.places[slot]!;
		const {address, socket, isVacant: wasVacant} = this.farEnds[slot]!;
		if (to) {
			this.places[slot] = place === places.unknown ? places.underWay : place - 1;
			if (socket !== to) {
				this.farEnds[slot] = {...farEndAt(address), socket: to};
			}
		} else if (socket ? place === places.unknown || socket.isClosed : isVacant !== wasVacant) {
			// The socket that the first copy came to was closed before it had read that.
			const isUnread = socket && place !== places.unknown;
			this.farEnds[slot] = {...farEndAt(address), isVacant, ...(isUnread && {unread: socket})};
			if (isUnread) {
				this.places[slot] = places.gone;
			}
		}
	}
}
