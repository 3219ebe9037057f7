import type {Protocol} from '../../door/command.ts';
import type {Address, PaneId, SocketId} from '../../events/event.ts';

/** A lane of the diagram: `client:3` (by its pane), `server`, `connection:2` or `peer:127.0.0.1:5555`. */
export type FlowLaneId = string;

/**
Who is who at the time of drawing. Panes that are not named here (a client that was removed, the other protocol's scene) have no
lanes: what was exchanged with them is drawn as with any other address.
*/
export type FlowScene = {
	readonly protocol: Protocol;
	/** `local` is where the server is bound, or was bound last. */
	readonly server?: {readonly pane: PaneId; readonly local?: Address};
	/** `local` is the address of the client's open socket, once it has one. */
	readonly clients: ReadonlyArray<{readonly pane: PaneId; readonly number: number; readonly local?: Address}>;
};

/** Tells the lane of one of the playground's sockets; undefined for one of a pane that the scene does not have. */
export type LaneFinder = (socket: SocketId) => FlowLaneId | undefined;

const clientPrefix = 'client:';
const connectionPrefix = 'connection:';

/** The lane of the server's own socket: the UDP socket, or TCP's welcoming socket. */
export const serverLane: FlowLaneId = 'server';

/** The lane of connection socket n. */
export function connectionLane(socket: number): FlowLaneId {
	return `${connectionPrefix}${socket}`;
}

/** The lane of a client's pane. */
export function clientLane(pane: PaneId): FlowLaneId {
	return `${clientPrefix}${pane}`;
}

/** Whether a lane is a client's. */
export function isClientLane(lane: FlowLaneId): boolean {
	return lane.startsWith(clientPrefix);
}

/** The number of a connection socket's lane; undefined for other lanes. */
export function connectionOfLane(lane: FlowLaneId): number | undefined {
	return lane.startsWith(connectionPrefix) ? Number(lane.slice(connectionPrefix.length)) : undefined;
}

/** The lane of a pane's own socket, to draw the diagram around it. */
export function laneOfPane({server, clients}: FlowScene, pane: PaneId): FlowLaneId | undefined {
	if (server?.pane === pane) {
		return serverLane;
	}

	return clients.some(client => client.pane === pane) ? clientLane(pane) : undefined;
}

/** Make the function that tells a socket's lane. */
export function laneFinder({server, clients}: FlowScene): LaneFinder {
	const lanes = new Map(clients.map(({pane}) => [pane, clientLane(pane)]));
	return ({pane, socket}) => {
		if (pane === server?.pane) {
			return socket === 0 ? serverLane : connectionLane(socket);
		}

		return lanes.get(pane);
	};
}
