import {
	connectionOfLane, type FlowLaneId, isClientLane, serverLane,
} from './flow-scene.ts';

/** Where a lane stands, from the left: clients, foreign peers, the server's own socket, connection sockets. */
export function laneRank(lane: FlowLaneId): 0 | 1 | 2 | 3 {
	if (isClientLane(lane)) {
		return 0;
	}

	if (lane === serverLane) {
		return 2;
	}

	return connectionOfLane(lane) === undefined ? 1 : 3;
}
