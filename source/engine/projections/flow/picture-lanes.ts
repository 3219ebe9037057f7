import type {FlowLane} from './flow-lanes.ts';
import {type FlowLaneId, serverLane} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';

/**
The lanes of a picture that has no room for all: the server's own, up to half of them those of the first exchanges, then those of the latest, then the rest
from the left. They come back in their own order.
*/
export function pictureLanes(lanes: readonly FlowLane[], steps: readonly FlowStep[], most: number): readonly FlowLane[] {
	if (lanes.length <= most) {
		return lanes;
	}

	const wanted = new Set<FlowLaneId>([serverLane]);
	addLanes(wanted, steps, most >> 1);
	addLanes(wanted, steps.toReversed(), most);
	for (const {id} of lanes) {
		wanted.add(id);
	}

	const chosen = new Set([...wanted].slice(0, most));
	return lanes.filter(({id}) => chosen.has(id));
}

/** Both lanes of an exchange, or none: an arrow needs both. */
function addLanes(wanted: Set<FlowLaneId>, steps: readonly FlowStep[], most: number): void {
	for (const {from, to = from} of steps) {
		const more = [...new Set([from, to])].filter(id => !wanted.has(id));
		if (wanted.size + more.length > most) {
			return;
		}

		for (const id of more) {
			wanted.add(id);
		}
	}
}
