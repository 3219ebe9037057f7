import type {Address, SocketEvent} from '../../events/event.ts';
import {
	clientLane, type FlowLaneId, type FlowScene, isClientLane, type LaneFinder, serverLane,
} from './flow-scene.ts';
import {addressKey} from './peer-address.ts';

/**
One end that is ours: a UDP socket, the welcoming socket, one end of a TCP connection or of an attempt to connect; and what its events
tell of it. It grows as older events are met.
*/
export type OwnEnd = {
	readonly lane: FlowLaneId;
	local: Address | undefined;
	peer: Address | undefined;
	/** TCP: the lane at the other end, where an event has named it. */
	far: FlowLaneId | undefined;
	isConnected: boolean;
	isClosed: boolean;
	/** The connect() that failed: the errno name, and the sequence number of its newest attempt once that has been met. */
	failure: {readonly code: string; attempt: number | undefined} | undefined;
};

/** Our own ends, met newest event first. */
export class OwnEnds {
	readonly all: OwnEnd[] = [];
	/** Where the server is, or was, by what is compared. */
	readonly serverAddresses = new Set<string>();
	readonly #laneOf: LaneFinder;
	readonly #current = new Map<FlowLaneId, OwnEnd>();

	constructor({server, clients}: FlowScene, laneOf: LaneFinder) {
		this.#laneOf = laneOf;
		if (server?.local) {
			this.serverAddresses.add(addressKey(server.local));
		}

		for (const {pane, local} of clients) {
			this.#begin(clientLane(pane)).local = local;
		}
	}

	/** The end that an event belongs to. A client opens one socket after the other: each is met first at its last event. */
	endOf(event: SocketEvent, lane: FlowLaneId): OwnEnd {
		const isLast = event.type === 'closed' || event.type === 'connect-failed';
		const end = (isLast ? undefined : this.#current.get(lane)) ?? this.#begin(lane);
		if ('local' in event && event.local) {
			end.local = event.local;
			if (lane === serverLane || event.type === 'accepted') {
				this.serverAddresses.add(addressKey(event.local));
			}
		}

		if ('peer' in event && event.peer) {
			end.peer ??= event.peer;
		}

		if ('far' in event && event.far) {
			end.far ??= this.#laneOf(event.far);
		}

		this.#live(end, event);
		return end;
	}

	/** Whether the far end, at `lane`, of what this end has sent has been closed: what is unread by then stays so. */
	isFarClosed(lane: FlowLaneId, from: OwnEnd): boolean {
		return this.all.some(end => end.isClosed && end.lane === lane
			&& (!isClientLane(lane) || (end.local !== undefined && from.peer !== undefined && addressKey(end.local) === addressKey(from.peer))));
	}

	#live(end: OwnEnd, event: SocketEvent): void {
		switch (event.type) {
			case 'closed': {
				end.isClosed = true;
				break;
			}

			case 'connected': {
				end.isConnected = true;
				break;
			}

			case 'connect-failed': {
				end.failure = {code: event.failure.code, attempt: undefined};
				break;
			}

			case 'connecting': {
				if (end.failure) {
					end.failure.attempt ??= event.sequence;
				}

				break;
			}

			default: {
				break;
			}
		}
	}

	#begin(lane: FlowLaneId): OwnEnd {
		const end: OwnEnd = {
			lane, local: undefined, peer: undefined, far: undefined, isConnected: false, isClosed: false, failure: undefined,
		};
		this.#current.set(lane, end);
		this.all.push(end);
		return end;
	}
}
