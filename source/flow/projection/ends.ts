import type {Address, SocketEvent} from '../../log/event.ts';
import {kindOf} from '../../log/event-kinds.ts';
import {isLoopback} from '../../text/address.ts';
import {
	addressKey, clientLane, isClientLane, type LaneFinder, peerLane, serverLane,
} from '../lanes.ts';
import type {FlowLaneId, FlowScene} from '../step.ts';

/**
One end of the playground's own: a UDP socket, the welcoming socket, one end of a TCP connection or of an attempt to
connect; and what its events tell of it. It grows as older events are met.
*/
export type OwnEnd = {
	readonly lane: FlowLaneId;
	local: Address | undefined;
	peer: Address | undefined;
	/** TCP: the lane at the other end, where an event has named it. */
	far: FlowLaneId | undefined;
	isConnected: boolean;
	/** The sequence number of the event that closed it. */
	closing: number | undefined;
	/**
	The connect() that failed: the errno name, and the sequence number of its newest attempt once that has been met.
	*/
	failure: {readonly code: string; attempt: number | undefined} | undefined;
};

/** The playground's own ends, met newest event first. */
export class OwnEnds {
	readonly all: OwnEnd[] = [];
	/** Where the server is, or was, by what is compared. */
	readonly serverAddresses = new Set<string>();
	readonly #laneOf: LaneFinder;
	/** Those of each lane, the newest first. */
	readonly #byLane = new Map<FlowLaneId, OwnEnd[]>();

	constructor({server, clients}: FlowScene, laneOf: LaneFinder) {
		this.#laneOf = laneOf;
		if (server?.local) {
			this.serverAddresses.add(addressKey(server.local));
		}

		for (const {pane, local} of clients) {
			this.#begin(clientLane(pane)).local = local;
		}
	}

	/**
	The end that an event belongs to. A client opens one socket after the other: each is met first at its last event.
	*/
	endOf(event: SocketEvent, lane: FlowLaneId): OwnEnd {
		const {stage} = kindOf(event.type);
		const isLast = stage === 'closed' || (stage === 'failed' && 'peer' in event);
		const end = (isLast ? undefined : this.#byLane.get(lane)?.at(-1)) ?? this.#begin(lane);
		if ('local' in event && event.local) {
			end.local = event.local;
			if (lane === serverLane || (stage === 'connected' && !isClientLane(lane))) {
				this.serverAddresses.add(addressKey(event.local));
			}
		}

		if ('peer' in event && event.peer) {
			end.peer ??= event.peer;
		}

		if ('far' in event && event.far) {
			end.far ??= this.#laneOf(event.far);
		}

		if (stage === 'closed') {
			end.closing ??= event.sequence;
		}

		end.isConnected ||= stage === 'connected';
		if (isLast && 'failure' in event) {
			end.failure = {code: event.failure.code, attempt: undefined};
		} else if (stage === 'connecting' && end.failure) {
			end.failure.attempt ??= event.sequence;
		}

		return end;
	}

	/**
	When the far end, at `lane`, of what this end has sent was closed, as a sequence number: what is unread by then
	stays so. Undefined where it was not.
	*/
	farClosing(lane: FlowLaneId, from: OwnEnd): number | undefined {
		const far = (this.#byLane.get(lane) ?? []).find(end =>
			end.closing !== undefined
			&& (!isClientLane(lane)
				|| (end.local !== undefined
					&& from.peer !== undefined
					&& addressKey(end.local) === addressKey(from.peer))));
		return far?.closing;
	}

	#begin(lane: FlowLaneId): OwnEnd {
		const end: OwnEnd = {
			lane,
			local: undefined,
			peer: undefined,
			far: undefined,
			isConnected: false,
			closing: undefined,
			failure: undefined,
		};
		const ends = this.#byLane.get(lane);
		if (ends) {
			ends.push(end);
		} else {
			this.#byLane.set(lane, [end]);
		}

		this.all.push(end);
		return end;
	}
}

/**
A far end whose lane is not known yet: the far `socket` of a connection, the `listener` that a connect() goes to, or the
socket or program at that `address`.
*/
export type FarEnd = {
	readonly type: 'socket' | 'listener' | 'address';
	readonly address: Address;
	readonly seenFrom: OwnEnd;
};

/** Addresses that a socket has which is bound to all addresses of this machine. */
const wildcards = ['0.0.0.0', '::'];

/** Tells the lane of an end. */
export type EndPlacer = (end: FlowLaneId | FarEnd) => FlowLaneId;

/**
Make the function that finds the lane of a far end: a socket of the playground where the two ends' addresses name each
other, or where one was told of the other; else the lane of its address. Valid until another event is added.
*/
export function endPlacer(ends: OwnEnds): EndPlacer {
	const clients = lanesBy(ends.all.filter(({lane}) => isClientLane(lane)), ({local}) => local);
	const connections = lanesBy(
		ends.all.filter(({lane}) => !isClientLane(lane) && lane !== serverLane),
		({peer}) => peer,
	);
	const farOf = (end: OwnEnd): FlowLaneId | undefined => {
		if (end.isConnected && end.local && end.peer && addressKey(end.local) === addressKey(end.peer)) {
			// Connected to itself (simultaneous open, RFC 9293 section 3.5): nothing listens there.
			return end.lane;
		}

		const isClient = isClientLane(end.lane);
		const address = isClient ? end.local : end.peer;
		return end.far ?? (address && onlyLane((isClient ? connections : clients).get(addressKey(address))));
	};

	return end => {
		if (typeof end === 'string') {
			return end;
		}

		const {type, address, seenFrom} = end;
		switch (type) {
			case 'socket': {
				return farOf(seenFrom) ?? peerLane(address);
			}

			case 'listener': {
				const far = farOf(seenFrom);
				if (far === seenFrom.lane) {
					return far;
				}

				return far !== undefined || keysOf(address).some(key => ends.serverAddresses.has(key))
					? serverLane
					: peerLane(address);
			}

			case 'address': {
				const keys = keysOf(address);
				return keys.some(key => ends.serverAddresses.has(key))
					? serverLane
					: keys.map(key => onlyLane(clients.get(key))).find(lane => lane !== undefined) ?? peerLane(address);
			}

			default: {
				return type satisfies never;
			}
		}
	};
}

/** Two clients that had the same port one after the other cannot be told apart by it. */
function onlyLane(lanes: ReadonlySet<FlowLaneId> | undefined): FlowLaneId | undefined {
	return lanes?.size === 1 ? [...lanes][0] : undefined;
}

function keysOf(address: Address): string[] {
	const {host, port} = address;
	const asWildcards = isLoopback(host) ? wildcards.map(wildcard => addressKey({host: wildcard, port})) : [];
	return [addressKey(address), ...asWildcards];
}

function lanesBy(
	ends: readonly OwnEnd[],
	addressOf: (end: OwnEnd) => Address | undefined,
): Map<string, Set<FlowLaneId>> {
	const lanes = new Map<string, Set<FlowLaneId>>();
	for (const end of ends) {
		const address = addressOf(end);
		if (address) {
			const key = addressKey(address);
			lanes.set(key, (lanes.get(key) ?? new Set()).add(end.lane));
		}
	}

	return lanes;
}
