/* Which of the playground's own sockets there are, and which of them is at the other end. */
import type {Address, SocketEvent} from '../../log/event.ts';
import {kindOf} from '../../log/event-kinds.ts';
import {anyHosts, isLoopback} from '../../text/address.ts';
import {
	addressKey, clientLane, isClientLane, isLegLane, isOfServer, type LaneFinder, peerLane, serverLane,
} from '../lanes.ts';
import type {FlowLaneId, FlowScene} from '../step.ts';

/**
One end of the playground's own: a UDP socket, the welcoming socket, one end of a TCP connection or of an attempt to
connect; and what its events tell of it. It grows as older events are met.
*/
export type OwnEnd = {
	readonly lane: FlowLaneId;
	local?: Address | undefined;
	peer?: Address;
	/** TCP: the lane at the other end, where an event has named it. */
	far?: FlowLaneId | undefined;
	isConnected: boolean;
	/** The sequence number of the event that closed it. */
	closing?: number;
	/** The connect() that failed: the errno name, and the sequence number of its newest attempt once met. */
	failure?: {readonly code: string; attempt?: number};
};

/** The playground's own ends, met newest event first. */
export class OwnEnds {
	readonly all: OwnEnd[] = [];
	/** Where the server is, or was, by what is compared. */
	readonly serverAddresses = new Set<string>();
	/** The ports that the sockets of each lane had, as it is drawn, as far as events tell: the newest first. */
	readonly ports = new Map<FlowLaneId, Set<number>>();
	readonly #isRelay: boolean;
	readonly #laneOf: LaneFinder;
	/** Those of each lane, the newest first. */
	readonly #byLane = new Map<FlowLaneId, OwnEnd[]>();

	constructor({server, relay, clients}: FlowScene, laneOf: LaneFinder) {
		this.#isRelay = relay !== undefined;
		this.#laneOf = laneOf;
		if (server?.local) {
			this.serverAddresses.add(addressKey(server.local));
		}

		for (const {pane, local} of clients) {
			this.#begin(clientLane(pane)).local = local;
		}
	}

	/** The end that an event belongs to. A client opens one socket after another, each met at its last event. */
	endOf(event: SocketEvent, lane: FlowLaneId): OwnEnd {
		const {stage} = kindOf(event.type);
		const isLast = stage === 'closed' || (stage === 'failed' && 'peer' in event);
		const end = (isLast ? undefined : this.#byLane.get(lane)?.at(-1)) ?? this.#begin(lane);
		if ('local' in event && event.local) {
			end.local = event.local;
			if (!('failure' in event)) {
				this.#addPort(lane, event.local);
			}

			if (lane === serverLane || (stage === 'connected' && !isClientLane(lane))) {
				this.serverAddresses.add(addressKey(event.local));
			}
		}

		if ('peer' in event && event.peer) {
			end.peer ??= event.peer;
		}

		if ('far' in event && event.far) {
			const far = this.#laneOf(event.far);
			end.far ??= far;
			// What is exchanged with another socket of the playground tells that one's port.
			if (far !== undefined) {
				this.#addPort(far, event.peer);
			}
		}

		if (stage === 'closed') {
			end.closing ??= event.sequence;
		}

		end.isConnected ||= stage === 'connected';
		if (isLast && 'failure' in event) {
			end.failure = {code: event.failure.code};
		} else if (stage === 'connecting' && end.failure) {
			end.failure.attempt ??= event.sequence;
		}

		return end;
	}

	/** The port at the far end of the newest of a lane's sockets. */
	peerPortOf(lane: FlowLaneId): number | undefined {
		return this.#byLane.get(lane)?.find(({peer}) => peer)?.peer?.port;
	}

	/**
	When the far end, at `lane`, of what this end has sent was closed, as a sequence number: what is unread by then
	stays so. Undefined where it was not.
	*/
	farClosing(lane: FlowLaneId, {peer}: OwnEnd): number | undefined {
		return this.#byLane.get(lane)?.find(({closing, local}) => closing !== undefined
			&& (!isClientLane(lane) || (local && peer && addressKey(local) === addressKey(peer))))?.closing;
	}

	#begin(lane: FlowLaneId): OwnEnd {
		const end: OwnEnd = {lane, isConnected: false};
		const ends = this.#byLane.get(lane) ?? [];
		ends.push(end);
		this.#byLane.set(lane, ends);
		this.all.push(end);
		return end;
	}

	/** The lane of a relay names the port that clients send to. */
	#addPort(lane: FlowLaneId, {port}: Address): void {
		if (!isLegLane(lane)) {
			const shown = this.#isRelay && isOfServer(lane) ? serverLane : lane;
			this.ports.set(shown, (this.ports.get(shown) ?? new Set()).add(port));
		}
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

export type EndPlacer = (end: FlowLaneId | FarEnd) => FlowLaneId;

/**
Make the function that finds the lane of a far end: a socket of the playground where the two ends' addresses name each
other, or where one was told of the other; else the lane of its address. Valid until another event is added.
*/
export function endPlacer({all, serverAddresses}: OwnEnds): EndPlacer {
	const clients = lanesBy(all, ({lane, local}) => isClientLane(lane) ? local : undefined);
	const connections = lanesBy(all, ({lane, peer}) => isClientLane(lane) || lane === serverLane ? undefined : peer);
	const farOf = ({lane, local, peer, far, isConnected}: OwnEnd): FlowLaneId | undefined => {
		if (isConnected && local && peer && addressKey(local) === addressKey(peer)) {
			// Connected to itself (simultaneous open, RFC 9293 section 3.5): nothing listens there.
			return lane;
		}

		const [address, others] = isClientLane(lane) ? [local, connections] : [peer, clients];
		return far ?? (address && others.get(addressKey(address)));
	};

	return end => {
		if (typeof end === 'string') {
			return end;
		}

		const {type, address, seenFrom} = end;
		const far = type === 'address' ? undefined : farOf(seenFrom);
		if (type === 'socket' || far === seenFrom.lane) {
			return far ?? peerLane(address);
		}

		const keys = keysOf(address);
		if (far !== undefined || keys.some(key => serverAddresses.has(key))) {
			return serverLane;
		}

		const client = type === 'address' ? keys.map(key => clients.get(key)).find(lane => lane !== undefined) : undefined;
		return client ?? peerLane(address);
	};
}

function keysOf(address: Address): string[] {
	const hosts = isLoopback(address.host) ? [address.host, ...anyHosts] : [address.host];
	return hosts.map(host => addressKey({...address, host}));
}

/** The lanes by an address of their ends. Clients with the same port, one after the other, are not told apart. */
function lanesBy(
	ends: readonly OwnEnd[],
	addressOf: (end: OwnEnd) => Address | undefined,
): ReadonlyMap<string, FlowLaneId | undefined> {
	const lanes = new Map<string, FlowLaneId | undefined>();
	for (const end of ends) {
		const address = addressOf(end);
		if (address) {
			const key = addressKey(address);
			lanes.set(key, !lanes.has(key) || lanes.get(key) === end.lane ? end.lane : undefined);
		}
	}

	return lanes;
}
