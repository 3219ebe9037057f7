import {
	flowLanes, isLegLane, joinRelayLanes, laneFinder, type LaneFinder, LanePorts, shownLaneFinder,
} from '../lanes.ts';
import type {Flow, FlowEvent, FlowScene} from '../step.ts';
import {
	type DraftContext, draftOf, type FlowDraft, type PlacedDraft,
} from './drafts.ts';
import {OwnEnds} from './ends.ts';
import {foldDrafts} from './fold.ts';
import {joinDrafts} from './join.ts';
import {rowsOf} from './parts.ts';

/** The oldest steps, one less than make four pairs, may yet turn out to be part of pairs that repeat. */
const spare = 7;

/** Once there are enough steps, this many older events are searched for the other halves of those shown. */
const lookBack = 256;

/** Takes a scene's events, newest first, and makes steps of them. */
export class FlowScan {
	readonly #scene: FlowScene;
	readonly #context: DraftContext;
	readonly #ends: OwnEnds;
	readonly #ports: LanePorts;
	readonly #shownLaneOf: LaneFinder;
	/** Newest first. */
	readonly #drafts: FlowDraft[] = [];
	readonly #end: number;
	#oldest: number | undefined;

	/** @param end - steps from this place on are not wanted: events from there on only tell the fate of older ones */
	constructor(scene: FlowScene, end = Number.POSITIVE_INFINITY) {
		this.#end = end;
		const laneOf = laneFinder(scene);
		this.#scene = scene;
		this.#context = {laneOf, protocol: scene.protocol};
		this.#ends = new OwnEnds(scene, laneOf);
		this.#shownLaneOf = shownLaneFinder(scene);
		this.#ports = new LanePorts(scene, this.#shownLaneOf);
	}

	/** Take the next older event. Those of panes that the scene does not have are passed over. */
	add(event: FlowEvent): void {
		if (event.sequence < this.#end) {
			this.#oldest = event.sequence;
		}

		const lane = this.#context.laneOf(event);
		if (lane === undefined) {
			return;
		}

		this.#ports.add(event, isLegLane(lane) ? lane : this.#shownLaneOf(event) ?? lane);
		const draft = draftOf(event, lane, this.#ends.endOf(event, lane), this.#context);
		if (draft) {
			this.#drafts.push(draft);
		}
	}

	/** How many steps the events make so far, at least. */
	count(): number {
		return foldDrafts(this.#join(false).filter(({place}) => place < this.#end)).length;
	}

	/**
	The newest steps, at most `rows` of them.

	@param isAll - whether no older events are wanted: a datagram whose sending is not among these is drawn where it
	arrived then
	@param isCut - whether there are older events
	*/
	flow(rows: number, isAll: boolean, isCut: boolean): Flow {
		const folds = foldDrafts(this.#join(isAll));
		const {clock = []} = this.#scene;
		const {steps, isAll: isComplete} = rowsOf(folds, {
			rows, end: this.#end, isCut, clock,
		});
		return {
			protocol: this.#scene.protocol,
			steps,
			lanes: flowLanes(this.#scene, steps, this.#ports),
			oldest: this.#oldest,
			isWhole: !isCut && isComplete,
		};
	}

	#join(isAll: boolean): readonly PlacedDraft[] {
		const joined = joinDrafts(this.#drafts, this.#ends, isAll);
		const {relay} = this.#scene;
		return relay ? joinRelayLanes(joined, relay.target) : joined;
	}
}

/**
The newest steps, at most `rows` of them. Events come newest first and are pulled as they are needed: at most `most`,
and one to see whether there are more. So the cost does not depend on the log's length.

@param end - steps from this place on are left out, as by `FlowScan`
*/
export function projectFlow(
	events: Iterable<FlowEvent>,
	scene: FlowScene,
	rows: number,
	most = 4096,
	end?: number,
): Flow {
	const scan = new FlowScan(scene, end);
	let looked = 0;
	// Between two sockets of the playground, two events make a step.
	let checkAt = Math.max(64, (rows + spare) * 2);
	let stopAt = most;
	let isCut = false;
	let isEnough = false;
	for (const event of events) {
		if (looked >= stopAt) {
			isCut = true;
			break;
		}

		scan.add(event);
		looked++;
		if (looked === checkAt && !isEnough) {
			checkAt *= 2;
			if (scan.count() > rows + spare) {
				stopAt = Math.min(most, looked + lookBack);
				isEnough = true;
			}
		}
	}

	return scan.flow(rows, !isEnough, isCut);
}
