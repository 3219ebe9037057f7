import {peerOfLane} from './lanes.ts';
import {
	type FlowLane, type FlowLaneId, type FlowStep, isStopped, lanesOf, noticeOf,
} from './step.ts';

/** Which lanes have an open socket, step after step, as far as the steps tell. */
export class Lifelines {
	readonly #open: Set<FlowLaneId>;
	/** Which lanes end behind which step. */
	readonly #ends: ReadonlyMap<FlowStep, ReadonlySet<FlowLaneId>>;

	constructor(steps: readonly FlowStep[], lanes: readonly FlowLane[]) {
		this.#ends = endsOf(steps);
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
			} else if (change?.isBegun) {
				this.#open.delete(id);
			}
		}

		for (const id of this.#ends.get(step) ?? []) {
			this.#open.delete(id);
		}
	}
}

/** A closed lane goes on until the kernel has sent the rest of its stream and the FIN of close(). */
function endsOf(steps: readonly FlowStep[]): Map<FlowStep, Set<FlowLaneId>> {
	const ends = new Map<FlowStep, Set<FlowLaneId>>();
	const last = new Map<FlowLaneId, FlowStep>();
	for (const step of steps.toReversed()) {
		const {kind, from} = step;
		for (const id of lanesOf(step)) {
			const change = changeOf(step, id);
			if (change && !change.isBegun) {
				const end = last.get(id) ?? step;
				ends.set(end, (ends.get(end) ?? new Set()).add(id));
			}

			if (change) {
				last.delete(id);
			}
		}

		if ((kind === 'chunk' || kind === 'fin' || kind === 'reset') && !last.has(from.lane)) {
			last.set(from.lane, step);
		}
	}

	return ends;
}

/**
Whether a step can only be where the lane's socket is open: the kernel answers for one that is closed, and a link, or a
series, is the pane's.
*/
function isSign({kind, from, to}: FlowStep, lane: FlowLaneId): boolean {
	const isUnsure = kind === 'fin' || kind === 'reset' || noticeOf(kind)?.isOfPane;
	return (lane === from.lane && !isUnsure) || (lane === to?.lane && to.fate === 'arrived');
}

type Change = {readonly isBegun: boolean; readonly isOpen: boolean};

/**
Whether the step begins the lane's socket, and whether there is one behind it; undefined where it changes nothing.
*/
function changeOf(step: FlowStep, lane: FlowLaneId): Change | undefined {
	if (peerOfLane(lane) !== undefined) {
		return undefined;
	}

	const {kind, from, to, code} = step;
	if (kind === 'accept') {
		return lane === to?.lane ? {isBegun: true, isOpen: true} : undefined;
	}

	if (kind === 'connect') {
		return lane === from.lane ? {isBegun: true, isOpen: !isStopped(step) || code === undefined} : undefined;
	}

	switch (noticeOf(kind)?.stage) {
		case 'bound':
		case 'listening': {
			return {isBegun: true, isOpen: true};
		}

		case 'failed': {
			return {isBegun: true, isOpen: false};
		}

		case 'closed': {
			return {isBegun: false, isOpen: false};
		}

		default: {
			return undefined;
		}
	}
}
