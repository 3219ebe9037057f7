import type {FlowLane} from './flow-lanes.ts';
import {type FlowLaneId, serverLane} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';

/**
Choose as many lanes as there is room for: the focused one, those that it exchanged something with, the latest first, then the server's own
where something happened on it (accept() is its call, whoever has connected), then those where something happened latest, then the rest from the left. They come back in their own order.
*/
export function shownLanes(lanes: readonly FlowLane[], steps: readonly FlowStep[], focus: FlowLaneId | undefined, room: number): FlowLane[] {
	const wanted = new Set(lanes.filter(({id}) => id === focus).map(({id}) => id));
	const latest = steps.toReversed();
	for (const {from, to} of latest) {
		if (to !== undefined && (from === focus || to === focus)) {
			wanted.add(from).add(to);
		}
	}

	if (steps.some(({from, to}) => from === serverLane || to === serverLane)) {
		wanted.add(serverLane);
	}

	for (const {from, to} of latest) {
		wanted.add(from);
		if (to !== undefined) {
			wanted.add(to);
		}
	}

	for (const {id} of lanes) {
		wanted.add(id);
	}

	const chosen = new Set([...wanted].slice(0, Math.max(0, room)));
	return lanes.filter(({id}) => chosen.has(id));
}
