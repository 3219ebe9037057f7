import {
	clientLane, connectionOfLane, type FlowLaneId, type FlowScene, serverLane,
} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import type {LanePorts} from './lane-ports.ts';
import {laneRank} from './lane-rank.ts';
import {peerOfLane} from './peer-address.ts';

/** One lane of the diagram. */
export type FlowLane = {
	readonly id: FlowLaneId;
	/** `client 1`, `server`, `welcoming`, `connection 2`, `127.0.0.1:5555`. */
	readonly label: string;
	/** The ports that it was bound to, the newest last, as far as is known: `:51234`, `:51234 :51240`; of a connection socket both ends': `:12000 ← :51234`. */
	readonly address?: string;
};

/** So many of a lane's ports are named, the newest. */
const mostPorts = 4;

/**
The lanes, from the left: the scene's clients, foreign peers by their addresses, the server's own socket, connection sockets. Peers and connection sockets have a lane where a step has to do with them.
*/
export function flowLanes(scene: FlowScene, steps: readonly FlowStep[], ports: LanePorts): FlowLane[] {
	const met = new Set(steps.flatMap(({from, to}) => to === undefined ? [from] : [from, to]));
	const ids = [...scene.clients.map(({pane}) => clientLane(pane)), ...(scene.server ? [serverLane] : [])];
	const known = new Set(ids);
	const others = [...met].filter(id => !known.has(id)).toSorted();
	const numbers = new Map(scene.clients.map(({pane, number}) => [clientLane(pane), number]));
	return [...ids, ...others]
		.toSorted((a, b) => laneRank(a) - laneRank(b) || (connectionOfLane(a) ?? 0) - (connectionOfLane(b) ?? 0))
		.map(id => {
			const address = addressOf(id, ports);
			return {id, label: labelOf(id, scene, numbers), ...(address !== '' && {address})};
		});
}

function addressOf(id: FlowLaneId, ports: LanePorts): string {
	const all = ports.localOf(id);
	const local = [...(all.length > mostPorts ? ['…'] : []), ...all.slice(-mostPorts).map(port => `:${port}`)].join(' ');
	const peer = connectionOfLane(id) === undefined ? undefined : ports.peerOf(id);
	return [local, ...(peer === undefined ? [] : [`:${peer}`])].filter(Boolean).join(' ← ');
}

function labelOf(id: FlowLaneId, {protocol}: FlowScene, numbers: ReadonlyMap<FlowLaneId, number>): string {
	const connection = connectionOfLane(id);
	if (connection !== undefined) {
		return `connection ${connection}`;
	}

	return peerOfLane(id) ?? (id === serverLane ? (protocol === 'tcp' ? 'welcoming' : 'server') : `client ${numbers.get(id) ?? ''}`);
}
