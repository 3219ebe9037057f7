import {peerOfLane, serverLane} from '../lanes.ts';
import {
	type FlowLane, type FlowLaneId, type FlowStep, isStopped, lanesOf, noticeOf,
} from '../step.ts';

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
					known.set(id, !change?.isBegun);
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
			if (change?.isOpen) {
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

type Change = {readonly isBegun: boolean; readonly isOpen: boolean};

/**
Whether the step begins the lane's socket, and whether there is one behind it; undefined where it changes nothing.
*/
function changeOf(step: FlowStep, lane: FlowLaneId): Change | undefined {
	if (peerOfLane(lane) !== undefined) {
		return undefined;
	}

	const {kind, from, to, code, isByKernel, isOfMany} = step;
	if (isOfMany && lane === serverLane) {
		return undefined;
	}

	if (kind === 'accept') {
		return lane === to?.lane ? {isBegun: true, isOpen: true} : undefined;
	}

	if (kind === 'connect') {
		return lane === from.lane ? {isBegun: true, isOpen: !isStopped(step) || code === undefined} : undefined;
	}

	// Nothing listens there: connect() fails.
	if (kind === 'reset' && isByKernel && from.lane === serverLane && lane === to?.lane) {
		return {isBegun: false, isOpen: false};
	}

	const stage = noticeOf(kind)?.stage;
	if (stage === 'closed') {
		return {isBegun: false, isOpen: false};
	}

	return stage === 'bound' || stage === 'listening' || stage === 'failed'
		? {isBegun: true, isOpen: stage !== 'failed'}
		: undefined;
}
