import type {FlowLane} from './flow-lanes.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowKind, FlowStep} from './flow-step.ts';
import {peerOfLane} from './peer-address.ts';

/** Which lanes have an open socket, step after step, as far as the steps tell. */
export class LaneLives {
	readonly #open: Set<FlowLaneId>;
	/** Which lanes end behind which step. */
	readonly #ends: ReadonlyMap<FlowStep, ReadonlySet<FlowLaneId>>;

	constructor(steps: readonly FlowStep[], lanes: readonly FlowLane[]) {
		this.#ends = endsOf(steps);
		const known = new Map<FlowLaneId, boolean>();
		for (const step of steps) {
			for (const id of step.to === undefined ? [step.from] : [step.from, step.to]) {
				const change = changeOf(step, id);
				// Before it was opened it was not open; before it did anything else it was.
				if (!known.has(id) && (change ?? isSign(step, id))) {
					known.set(id, !change?.isBegun);
				}
			}
		}

		this.#open = new Set(lanes.filter(({id, address}) => peerOfLane(id) !== undefined || (known.get(id) ?? address !== undefined)).map(({id}) => id));
	}

	/** Whether a lane has a socket, or is an address, whose socket is its own affair. */
	isOpen(lane: FlowLaneId): boolean {
		return this.#open.has(lane);
	}

	/** Go on behind a step. */
	pass(step: FlowStep): void {
		for (const id of step.to === undefined ? [step.from] : [step.from, step.to]) {
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

/** A lane that is closed goes on until what the kernel still sends for it has gone: the rest of the stream, and the FIN that close() sends. */
function endsOf(steps: readonly FlowStep[]): Map<FlowStep, Set<FlowLaneId>> {
	const ends = new Map<FlowStep, Set<FlowLaneId>>();
	const last = new Map<FlowLaneId, FlowStep>();
	for (const step of steps.toReversed()) {
		const {kind, from, to} = step;
		for (const id of to === undefined ? [from] : [from, to]) {
			const change = changeOf(step, id);
			if (change && !change.isBegun) {
				const end = last.get(id) ?? step;
				ends.set(end, (ends.get(end) ?? new Set()).add(id));
			}

			if (change) {
				last.delete(id);
			}
		}

		if ((kind === 'chunk' || kind === 'fin' || kind === 'reset') && !last.has(from)) {
			last.set(from, step);
		}
	}

	return ends;
}

/** What may be where there is no open socket: the kernel answers for one that is closed, and a link, or a series, is the pane's. */
const unsure: ReadonlySet<FlowKind> = new Set(['fin', 'reset', 'link-changed', 'loss-ordered', 'series-started', 'series-ended']);

/** Whether a step can only be where the lane's socket is open. */
function isSign({kind, from, to, fate}: FlowStep, lane: FlowLaneId): boolean {
	return (lane === from && !unsure.has(kind)) || (lane === to && fate === 'arrived');
}

type Change = {readonly isBegun: boolean; readonly isOpen: boolean};

/** Whether the step begins the lane's socket, and whether there is one behind it; undefined where it changes nothing. */
function changeOf({kind, from, to, fate, code}: FlowStep, lane: FlowLaneId): Change | undefined {
	if (peerOfLane(lane) !== undefined) {
		return undefined;
	}

	switch (kind) {
		case 'bound':
		case 'listening': {
			return {isBegun: true, isOpen: true};
		}

		case 'accept': {
			return lane === to ? {isBegun: true, isOpen: true} : undefined;
		}

		case 'connect': {
			return lane === from ? {isBegun: true, isOpen: fate !== 'lost' || code === undefined} : undefined;
		}

		case 'bind-failed': {
			return {isBegun: true, isOpen: false};
		}

		case 'closed': {
			return {isBegun: false, isOpen: false};
		}

		case 'datagram':
		case 'chunk':
		case 'send-failed':
		case 'connected':
		case 'established':
		case 'reject':
		case 'fin':
		case 'reset':
		case 'failed':
		case 'paused':
		case 'resumed':
		case 'refused':
		case 'peer-set':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'link-changed':
		case 'loss-ordered':
		case 'series-started':
		case 'series-ended': {
			return undefined;
		}

		default: {
			return kind satisfies never;
		}
	}
}
