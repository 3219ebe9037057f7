/* Lanes: their names, which socket has which, and where along the steps that is open. */
import type {Address, SocketId} from '../log/event.ts';
import {plainHost, formatAddress} from '../text/address.ts';
import {
	type FlowLane, type FlowLaneId, type FlowScene, type FlowStep, isStopped, lanesOf, noticeOf,
} from './step.ts';

/** Tells the lane of one of the playground's sockets; undefined for one of a pane that the scene does not have. */
export type LaneFinder = (socket: SocketId) => FlowLaneId | undefined;

const clientPrefix = 'client:';
const connectionPrefix = 'connection:';
const peerPrefix = 'peer:';
const legPrefix = 'leg:';
const targetPrefix = 'target:';

/** The lane of the server's own socket: the UDP socket, or TCP's welcoming socket; of a relay, all of its sockets'. */
export const serverLane: FlowLaneId = 'server';

export function clientLane(pane: number): FlowLaneId {
	return `${clientPrefix}${pane}`;
}

export function connectionLane(number: number): FlowLaneId {
	return `${connectionPrefix}${number}`;
}

export function targetLane(target: Address): FlowLaneId {
	return targetPrefix + formatAddress(target);
}

/** Whether it is the lane of a client: as long as events are joined, also of a relay's socket to its target. */
export function isClientLane(lane: FlowLaneId): boolean {
	return lane.startsWith(clientPrefix) || isLegLane(lane);
}

/** Whether it is the lane of a relay's socket to its target, before all of the relay's become one. */
export function isLegLane(lane: FlowLaneId): boolean {
	return lane.startsWith(legPrefix);
}

/** The number of a connection socket's lane; undefined for other lanes. */
export function connectionOfLane(lane: FlowLaneId): number | undefined {
	return lane.startsWith(connectionPrefix) ? Number(lane.slice(connectionPrefix.length)) : undefined;
}

/** Whether a lane is one of the server's sockets, or of a relay's. */
export function isOfServer(lane: FlowLaneId): boolean {
	return lane === serverLane || isLegLane(lane) || connectionOfLane(lane) !== undefined;
}

/** The lane of a pane's own socket, to draw the diagram around it. */
export function laneOfPane({server, relay, clients}: FlowScene, pane: number): FlowLaneId | undefined {
	if (server?.pane === pane || relay?.targetPane === pane) {
		return serverLane;
	}

	return clients.some(client => client.pane === pane) ? clientLane(pane) : undefined;
}

/** Make the function that tells a socket's lane. */
export function laneFinder({server, relay, clients}: FlowScene): LaneFinder {
	const lanes = new Map(clients.map(({pane}) => [pane, clientLane(pane)]));
	return ({pane, socket}) => {
		if (pane === server?.pane) {
			return socket === 0 ? serverLane : connectionLane(socket);
		}

		return pane === relay?.targetPane ? `${legPrefix}${socket}` : lanes.get(pane);
	};
}

/** Make the function that tells a socket's lane, as it is drawn. */
export function shownLaneFinder(scene: FlowScene): LaneFinder {
	const laneOf = laneFinder(scene);
	return socket => {
		const lane = laneOf(socket);
		return scene.relay && lane !== undefined && isOfServer(lane) ? serverLane : lane;
	};
}

/** Where a lane stands, from the left: clients, foreign peers, the server's socket, connection sockets, a target. */
export function laneRank(lane: FlowLaneId): 0 | 1 | 2 | 3 | 4 {
	if (isClientLane(lane)) {
		return 0;
	}

	if (lane === serverLane) {
		return 2;
	}

	if (lane.startsWith(targetPrefix)) {
		return 4;
	}

	return connectionOfLane(lane) === undefined ? 1 : 3;
}

/** As it is compared: an IPv4 address that an IPv6 socket wrote (RFC 4291 section 2.5.5.2) counts as IPv4. */
export function addressKey({host, port}: Address): string {
	return `${plainHost(host)} ${port}`;
}

/** The lanes of addresses that were asked for: the log shares one address among its events. */
const peerLanes = new WeakMap<Address, FlowLaneId>();

export function peerLane(address: Address): FlowLaneId {
	const lane = peerLanes.get(address) ?? peerPrefix + formatAddress(address);
	peerLanes.set(address, lane);
	return lane;
}

/**
The address that a foreign peer's lane, or a target's, stands for, as it was typed or came: it is not safe to draw.
Undefined for one of the playground's sockets.
*/
export function peerOfLane(lane: FlowLaneId): string | undefined {
	const prefix = [peerPrefix, targetPrefix].find(each => lane.startsWith(each));
	return prefix && lane.slice(prefix.length);
}

/** Which lanes have an open socket, step after step, as far as the steps tell. */
export class Lifelines {
	readonly #open: Set<FlowLaneId>;

	constructor(steps: readonly FlowStep[], lanes: readonly FlowLane[]) {
		const known = new Map<FlowLaneId, boolean>();
		for (const step of steps) {
			for (const id of lanesOf(step)) {
				const change = changeOf(step, id);
				// Before it was opened it was not open; before it did anything else it was.
				if (!known.has(id) && (change ?? isSign(step, id))) {
					known.set(id, change === undefined || change === 'closed');
				}
			}
		}

		const isOpen = ({id, ports, peerPort}: FlowLane): boolean =>
			peerOfLane(id) !== undefined || (known.get(id) ?? (ports.length > 0 || peerPort !== undefined));
		this.#open = new Set(lanes.filter(lane => isOpen(lane)).map(({id}) => id));
	}

	/** Whether a lane has an open socket, or is a foreign address. */
	isOpen(lane: FlowLaneId): boolean {
		return this.#open.has(lane);
	}

	/** Go on behind a step. */
	pass(step: FlowStep): void {
		for (const id of lanesOf(step)) {
			const change = changeOf(step, id);
			if (change === 'opened') {
				this.#open.add(id);
			} else if (change) {
				this.#open.delete(id);
			}
		}
	}
}

/**
Whether a step can only be where the lane's socket is open: the kernel answers for one that is closed, and a link, or a
series, is the pane's.
*/
function isSign({kind, part, isByKernel, from, to}: FlowStep, lane: FlowLaneId): boolean {
	if (lane === from.lane && part !== 'arrival' && !isByKernel && !noticeOf(kind)?.isOfPane) {
		return true;
	}

	return lane === to?.lane && part !== 'departure' && kind !== 'connect' && to.fate === 'arrived';
}

/** What a step does to the lane's socket; undefined where it changes nothing. */
function changeOf(step: FlowStep, lane: FlowLaneId): 'opened' | 'failed' | 'closed' | undefined {
	const {kind, from, to, code, isByKernel, isOfMany} = step;
	if (peerOfLane(lane) !== undefined || (isOfMany && lane === serverLane)) {
		return undefined;
	}

	if (kind === 'accept') {
		return lane === to?.lane ? 'opened' : undefined;
	}

	if (kind === 'connect') {
		const change = isStopped(step) && code !== undefined ? 'failed' : 'opened';
		return lane === from.lane ? change : undefined;
	}

	// Nothing listens there: connect() fails.
	if (kind === 'reset' && isByKernel && from.lane === serverLane && lane === to?.lane) {
		return 'closed';
	}

	const stage = noticeOf(kind)?.stage;
	if (stage === 'closed' || stage === 'failed') {
		return stage;
	}

	return stage === 'bound' || stage === 'listening' ? 'opened' : undefined;
}
