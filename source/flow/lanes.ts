import type {Address, SocketEvent, SocketId} from '../log/event.ts';
import {plainHost, formatAddress} from '../text/address.ts';
import {
	type FlowLane, type FlowLaneId, type FlowScene, type FlowStep, lanesOf,
} from './step.ts';

/** Tells the lane of one of the playground's sockets; undefined for one of a pane that the scene does not have. */
export type LaneFinder = (socket: SocketId) => FlowLaneId | undefined;

const clientPrefix = 'client:';
const connectionPrefix = 'connection:';
const peerPrefix = 'peer:';
const legPrefix = 'leg:';
const targetPrefix = 'target:';

/** How many of a lane's ports are named, the newest. */
const maxPorts = 4;

/** The lane of the server's own socket: the UDP socket, or TCP's welcoming socket; of a relay, all of its sockets'. */
export const serverLane: FlowLaneId = 'server';

/** The lane of a client's pane. */
export function clientLane(pane: number): FlowLaneId {
	return `${clientPrefix}${pane}`;
}

/** Whether it is the lane of a client: as long as events are joined, also of a relay's socket to its target. */
export function isClientLane(lane: FlowLaneId): boolean {
	return lane.startsWith(clientPrefix) || isLegLane(lane);
}

/** Whether it is the lane of a relay's socket to its target, before all of the relay's become one. */
export function isLegLane(lane: FlowLaneId): boolean {
	return lane.startsWith(legPrefix);
}

/** The lane of a relay's target. */
function targetLane(target: Address): FlowLaneId {
	return targetPrefix + formatAddress(target);
}

/** The number of a connection socket's lane; undefined for other lanes. */
export function connectionOfLane(lane: FlowLaneId): number | undefined {
	return lane.startsWith(connectionPrefix) ? Number(lane.slice(connectionPrefix.length)) : undefined;
}

/** The lane of a pane's own socket, to draw the diagram around it. */
export function laneOfPane({server, relay, clients}: FlowScene, pane: number): FlowLaneId | undefined {
	if (server?.pane === pane || relay?.targetPane === pane) {
		return serverLane;
	}

	return clients.some(client => client.pane === pane) ? clientLane(pane) : undefined;
}

/** Make the function that tells a socket's lane, as it is drawn. */
export function shownLaneFinder(scene: FlowScene): LaneFinder {
	const laneOf = laneFinder(scene);
	return socket => {
		const lane = laneOf(socket);
		return scene.relay && lane !== undefined && isOfServer(lane) ? serverLane : lane;
	};
}

/** Whether a lane is one of the server's sockets, or of a relay's. */
function isOfServer(lane: FlowLaneId): boolean {
	return lane === serverLane || isLegLane(lane) || connectionOfLane(lane) !== undefined;
}

/**
Steps of a relay with all of its sockets in one lane, and what they talk to in that of the target. What happens between
two of the relay's own is left out: accept(), which follows from the handshake.
*/
export function joinRelayLanes<
	Step extends {readonly own: {readonly lane: FlowLaneId}; readonly from: FlowLaneId; readonly to?: FlowLaneId},
>(steps: readonly Step[], target: Address): Array<Step & {readonly isOfMany?: true}> {
	const targets = targetLane(target);
	return steps.flatMap(step => {
		const {own, from, to} = step;
		const place = (lane: FlowLaneId): FlowLaneId => isOfServer(lane)
			? serverLane
			: (isLegLane(own.lane) && peerOfLane(lane) !== undefined ? targets : lane);
		return to !== undefined && isOfServer(from) && isOfServer(to)
			? []
			: [{
				...step,
				from: place(from),
				...(to !== undefined && {to: place(to)}),
				...(isOfServer(own.lane) && own.lane !== serverLane && {isOfMany: true as const}),
			}];
	});
}

/** Make the function that tells a socket's lane. */
export function laneFinder({server, relay, clients}: FlowScene): LaneFinder {
	const lanes = new Map(clients.map(({pane}) => [pane, clientLane(pane)]));
	return ({pane, socket}) => {
		if (pane === server?.pane) {
			return socket === 0 ? serverLane : `${connectionPrefix}${socket}`;
		}

		if (pane === relay?.targetPane) {
			return `${legPrefix}${socket}`;
		}

		return lanes.get(pane);
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

/**
An address as it is compared: an IPv4 address that an IPv6 socket wrote (RFC 4291 section 2.5.5.2) counts as IPv4.
*/
export function addressKey({host, port}: Address): string {
	return `${plainHost(host)} ${port}`;
}

/**
The lanes of addresses that were asked for: the log shares one address among its events, which ask again for each.
*/
const peerLanes = new WeakMap<Address, FlowLaneId>();

/** The lane of a foreign address. */
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

/**
The ports that the lanes of the playground's sockets had, as far as the events tell that are added: newest event first.
*/
export class LanePorts {
	readonly #laneOf: LaneFinder;
	readonly #now: ReadonlyMap<FlowLaneId, Address | undefined>;
	/** The newest first. */
	readonly #local = new Map<FlowLaneId, Set<number>>();
	readonly #peer = new Map<FlowLaneId, number>();

	constructor({server, clients}: FlowScene, laneOf: LaneFinder) {
		this.#laneOf = laneOf;
		this.#now = new Map([
			[serverLane, server?.local],
			...clients.map(({pane, local}) => [clientLane(pane), local] as const),
		]);
	}

	/** Add the next older event. */
	add(event: SocketEvent, lane: FlowLaneId): void {
		// The lane of a relay names the port that clients send to.
		if (isLegLane(lane)) {
			return;
		}

		if ('local' in event && event.local && !('failure' in event)) {
			this.#addPort(lane, event.local);
		}

		if ('peer' in event && event.peer) {
			if (!this.#peer.has(lane)) {
				this.#peer.set(lane, event.peer.port);
			}

			// What is exchanged with another socket of the playground tells that one's port.
			const far = 'far' in event && event.far ? this.#laneOf(event.far) : undefined;
			if (far !== undefined) {
				this.#addPort(far, event.peer);
			}
		}
	}

	/**
	A lane's own ports, oldest first. Where no event tells any, it is the one that the scene says: a newer one would
	have been told.
	*/
	localOf(lane: FlowLaneId): readonly number[] {
		const ports = this.#local.get(lane);
		const now = this.#now.get(lane);
		return ports ? [...ports].toReversed() : (now ? [now.port] : []);
	}

	/** The port at the far end. */
	peerOf(lane: FlowLaneId): number | undefined {
		return this.#peer.get(lane);
	}

	#addPort(lane: FlowLaneId, {port}: Address): void {
		this.#local.set(lane, (this.#local.get(lane) ?? new Set()).add(port));
	}
}

/**
The lanes, from the left: the scene's clients, foreign peers by their addresses, the server's own socket, connection
sockets. Peers, connection sockets and a server that was never bound have a lane where a step has to do with them; so
have the open connections of the scene's clients.
*/
export function flowLanes(scene: FlowScene, steps: readonly FlowStep[], ports: LanePorts): FlowLane[] {
	const numbers = new Map(scene.clients.map(({pane, number}) => [clientLane(pane), number]));
	const open = new Map((scene.server?.connections ?? [])
		.map(({number, peerPort}) => [connectionPrefix + String(number), peerPort]));
	const {relay} = scene;
	const known = new Set([
		...numbers.keys(),
		...(scene.server?.local ? [serverLane] : []),
		...open.keys(),
		...(relay ? [targetLane(relay.target)] : []),
	]);
	const others = [...new Set(steps.flatMap(step => lanesOf(step)))].filter(id => !known.has(id)).toSorted();
	return [...known, ...others]
		.toSorted((a, b) => laneRank(a) - laneRank(b) || (connectionOfLane(a) ?? 0) - (connectionOfLane(b) ?? 0))
		.map(id => {
			const told = relay && id === targetLane(relay.target) ? [relay.target.port] : ports.localOf(id);
			const local = told.length === 0 && open.has(id) ? ports.localOf(serverLane).slice(-1) : told;
			const connection = connectionOfLane(id);
			const number = connection ?? numbers.get(id);
			const peerPort = connection === undefined ? undefined : ports.peerOf(id) ?? open.get(id);
			return {
				id,
				type: connection === undefined ? typeOf(id, scene) : 'connection',
				...(number !== undefined && {number}),
				ports: local.slice(-maxPorts),
				hasMorePorts: local.length > maxPorts,
				...(peerPort !== undefined && {peerPort}),
			};
		});
}

function typeOf(id: FlowLaneId, {protocol, relay}: FlowScene): FlowLane['type'] {
	if (relay && (id === serverLane || id === targetLane(relay.target))) {
		return id === serverLane ? 'relay' : 'target';
	}

	if (id === serverLane) {
		return protocol === 'tcp' ? 'welcoming' : 'server';
	}

	return isClientLane(id) ? 'client' : 'peer';
}
