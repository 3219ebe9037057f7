import type {Amendment, EventEntry, LogEntry} from '../../source/log/amendment.ts';
import type {
	Address, PaneId, SocketEvent, SocketId,
} from '../../source/log/event.ts';
import {kindOf} from '../../source/log/event-kinds.ts';
import type {EventLog} from '../../source/log/event-log.ts';
import {packFramed} from '../../source/log/delivery/stream-place.ts';
import type {Arrival, LinkFate} from '../../source/log/delivery/link-fate.ts';
import {places} from '../../source/log/delivery/in-flight.ts';
import {hotCodes, otherSourceFlag, thirdPartyFlag} from '../../source/log/storage/hot-codes.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import {type FarEnd, farEndAt, type SocketTrack} from '../../source/log/socket-track.ts';

/** What a datagram's event says of its other end. */
type Datagram = {readonly peer: Address; readonly far?: SocketId; readonly isVacant?: boolean};

/**
Builds a log again from what a subscriber has received with whole payloads: an empty log with the same bounds then has
the same events, payloads, counters and ends of connections as the one that was followed. It has no sockets; who belongs
to whom is derived from the events.
*/
export class Replay {
	/** What the events of each pane add up to. */
	readonly indexes = new Map<PaneId, PaneIndex>();
	/** The tracks of all sockets that were named so far, by their tracks. */
	readonly tracks = new Map<number, SocketTrack>();
	readonly #log: EventLog;
	/** The payload that the log was given last. */
	#bytes: Uint8Array = new Uint8Array(0);

	/** @param log - an empty log that nothing else is appended to */
	constructor(log: EventLog) {
		this.#log = log;
	}

	/**
	Take the next entry.

	@throws RangeError where entries are missing, or an event has no whole payload
	*/
	take(entry: LogEntry): void {
		switch (entry.type) {
			case 'event': {
				this.#append(entry);
				break;
			}

			case 'amendment': {
				this.#amend(entry.amendment);
				break;
			}

			case 'gap': {
				throw new RangeError(`${entry.missed} entries are missing`);
			}

			default: {
				entry satisfies never;
			}
		}
	}

	#append({event, trackId, farTrackId, isRepeat}: EventEntry): void {
		const {sequence, time, pane, socket, ...eventBody} = event;
		if (sequence !== this.#log.next) {
			throw new RangeError(`Event ${sequence} comes where event ${this.#log.next} was to come`);
		}

		const track = this.#trackOf(trackId, {pane, socket});
		if ('bytes' in event) {
			this.#take(event, isRepeat);
		}

		if (!('number' in eventBody)) {
			track.happened('bytes' in eventBody ? {...eventBody, bytes: this.#bytes} : eventBody, time);
			return;
		}

		const {number} = eventBody;
		const elapsed = ('elapsed' in eventBody ? eventBody.elapsed : undefined) ?? Number.NaN;
		const fate = 'fate' in eventBody ? eventBody.fate : undefined;
		if ('offset' in eventBody) {
			const framed = 'framed' in eventBody ? eventBody.framed : undefined;
			if (kindOf(eventBody.type).data?.isSent) {
				const packed = framed && packFramed(framed.framing, framed.first, framed.count);
				track.chunkSent(this.#bytes, time, fate, packed);
			} else {
				track.chunkReceived(this.#bytes, elapsed, time);
			}

			return;
		}

		const far = this.#farEnd(eventBody, farTrackId);
		if ('isThirdParty' in eventBody) {
			const {write = 0, isThirdParty, isOtherSource = false, passage} = eventBody;
			const flag = isThirdParty ? thirdPartyFlag : (isOtherSource ? otherSourceFlag : 0);
			track.record(hotCodes.datagramReceived | flag, far, this.#bytes, elapsed, time, number, write, passage);
		} else {
			track.record(hotCodes.datagramSent, far, this.#bytes, elapsed, time, number, placeOf(eventBody), fate);
		}
	}

	#amend(amendment: Amendment): void {
		const to = amendment.type === 'left' ? amendment.to : undefined;
		this.#log.amend(amendment, to && this.#trackOf(to.trackId, to));
	}

	/** The log tells a repeated payload by its array, as it came. */
	#take({sequence, length, bytes}: Extract<SocketEvent, {bytes: Uint8Array}>, isRepeat: boolean): void {
		if (bytes.length < length) {
			throw new RangeError(`Of event ${sequence} only ${bytes.length} of ${length} bytes are there`);
		}

		if (!isRepeat) {
			this.#bytes = bytes === this.#bytes ? Uint8Array.from(bytes) : bytes;
		}
	}

	#farEnd({peer, far, isVacant = false}: Datagram, trackId: number | undefined): FarEnd {
		return {
			...farEndAt(peer),
			socket: far && trackId !== undefined ? this.#trackOf(trackId, far) : undefined,
			isVacant,
		};
	}

	#trackOf(trackId: number, {pane, socket}: SocketId): SocketTrack {
		const index = this.indexes.get(pane) ?? new PaneIndex();
		this.indexes.set(pane, index);
		const track = this.tracks.get(trackId) ?? this.#log.track(pane, index, socket, trackId);
		this.tracks.set(trackId, track);
		return track;
	}
}

/** Where a datagram was when its event was appended. */
function placeOf({arrival, fate}: {readonly arrival?: Arrival; readonly fate?: LinkFate}): number {
	if (!arrival || fate) {
		return places.unknown;
	}

	if (arrival.type === 'read') {
		return arrival.number;
	}

	return arrival.type === 'lost' ? places.gone : places.underWay;
}
