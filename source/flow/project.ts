import type {SocketEvent} from '../log/event.ts';
import {
	type DraftContext, draftOf, type FlowDraft, type PlacedDraft,
} from './drafts.ts';
import {OwnEnds} from './ends.ts';
import {joinDrafts} from './join.ts';
import {
	flowLanes, laneFinder, LanePorts, laneRank,
} from './lanes.ts';
import {type FlowLink, isSameLink, joinLinks} from './link.ts';
import type {
	Flow, FlowEnd, FlowNote, FlowScene, FlowStep,
} from './step.ts';

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
	/** Newest first. */
	readonly #drafts: FlowDraft[] = [];
	#oldest: number | undefined;

	constructor(scene: FlowScene) {
		const laneOf = laneFinder(scene);
		this.#scene = scene;
		this.#context = {laneOf, protocol: scene.protocol};
		this.#ends = new OwnEnds(scene, laneOf);
		this.#ports = new LanePorts(scene, laneOf);
	}

	/** Take the next older event. Those of panes that the scene does not have are passed over. */
	add(event: SocketEvent): void {
		this.#oldest = event.sequence;
		const lane = this.#context.laneOf(event);
		if (lane === undefined) {
			return;
		}

		this.#ports.add(event, lane);
		const draft = draftOf(event, lane, this.#ends.endOf(event, lane), this.#context);
		if (draft) {
			this.#drafts.push(draft);
		}
	}

	/** How many steps the events make so far. */
	count(): number {
		return foldDrafts(joinDrafts(this.#drafts, this.#ends, false)).length;
	}

	/**
	The newest steps, at most `rows` of them.

	@param isAll - whether no older events are wanted: a datagram whose sending is not among these is drawn where it
	arrived then
	@param isCut - whether there are older events
	*/
	flow(rows: number, isAll: boolean, isCut: boolean): Flow {
		const folds = foldDrafts(joinDrafts(this.#drafts, this.#ends, isAll));
		const steps = newestOf(folds, rows).map(fold => stepOf(fold, isCut, this.#scene.labelOffset ?? 0)).toReversed();
		return {
			steps,
			lanes: flowLanes(this.#scene, steps, this.#ports),
			oldest: this.#oldest,
			isWhole: !isCut && folds.length <= rows,
		};
	}
}

/**
The newest steps, at most `rows` of them. Events come newest first and are pulled as they are needed: at most `most`,
and one to see whether there are more. So the cost does not depend on the log's length.
*/
export function projectFlow(events: Iterable<SocketEvent>, scene: FlowScene, rows: number, most = 4096): Flow {
	const scan = new FlowScan(scene);
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

/** The first `rows` folds, and none without the one that it belongs to. */
function newestOf(folds: readonly Fold[], rows: number): readonly Fold[] {
	const end = Math.max(0, Math.min(rows, folds.length));
	return folds.slice(0, end > 1 && end < folds.length && folds[end - 1]?.isSecond ? end - 1 : end);
}

function stepOf({newest, oldest, count, link, isSecond, isAtEnd}: Fold, isCut: boolean, labelOffset: number): FlowStep {
	const {
		sequence, kind, to, fate, length, bytes, note, code,
	} = newest;
	const end: FlowEnd | undefined = to === undefined ? undefined : {lane: to, fate, ...newest.ended};
	return {
		kind,
		from: {lane: newest.from, ...oldest.began},
		...(end && {to: end}),
		sequence,
		first: oldest.sequence,
		time: oldest.time + labelOffset,
		took: newest.time - oldest.time,
		...(length !== undefined && {length}),
		...(bytes && {bytes}),
		...(note && {note}),
		...(code !== undefined && {code}),
		...(link && {link}),
		count,
		hasMore: isCut && isAtEnd && count > 1,
		isSecond,
	};
}

/** Fewer repeats than this stay apart: a person may have sent each by hand, and wants to see it. */
const minRepeats = 4;

/** A draft, or several that are equal, drawn as one. */
type Fold = {
	readonly newest: PlacedDraft;
	readonly oldest: PlacedDraft;
	readonly count: number;
	/** What the simulated link has made of all of them. */
	readonly link: FlowLink | undefined;
	/**
	It belongs to the next older fold, and is not shown without it: the answers to those requests, the accept() of that
	connection.
	*/
	readonly isSecond: boolean;
	/** It goes on to the oldest draft of all, so that drafts which are older still may be part of it. */
	readonly isAtEnd: boolean;
};

/**
Fold what repeats at least four times: neighbours that are equal, their bytes too as far as they were read, become one;
so do equal requests that alternate with equal answers. Drafts and folds are newest first.
*/
function foldDrafts(drafts: readonly PlacedDraft[]): Fold[] {
	const folds: Fold[] = [];
	const fold = (from: number, size: 1 | 2, end: number): number => {
		const count = Math.floor((end - from) / size);
		for (let index = from; index < from + size; index++) {
			folds.push({
				newest: drafts[index]!,
				oldest: drafts[index + (count - 1) * size]!,
				count,
				link:
					drafts[index]!.link
					&& joinLinks(Array.from({length: count}).flatMap((_, repeat) =>
						drafts[index + repeat * size]!.link ?? [])),
				isSecond: (size === 2 && index === from) || drafts[index]!.isSecond,
				isAtEnd: end === drafts.length,
			});
		}

		return from + (count * size);
	};

	for (let index = 0; index < drafts.length;) {
		const ofOne = endOfRun(drafts, index, 1);
		const ofTwo
			= index + 1 < drafts.length && isExchange(drafts[index + 1]!, drafts[index]!)
				? endOfRun(drafts, index, 2)
				: index;
		if (ofOne - index >= minRepeats) {
			index = fold(index, 1, ofOne);
		} else if (ofTwo - index >= minRepeats * 2) {
			index = fold(index, 2, ofTwo);
		} else {
			index = fold(index, 1, index + 1);
		}
	}

	return folds;
}

/**
Where a pattern of `size` drafts stops repeating: the index of the first that is not equal to the one before it in the
pattern.
*/
function endOfRun(drafts: readonly PlacedDraft[], from: number, size: 1 | 2): number {
	let end = from + size;
	while (end < drafts.length && isEqual(drafts[end]!, drafts[end - size]!)) {
		end++;
	}

	return end;
}

/** What goes from the clients' side counts as the request: so pairs stay pairs wherever the window begins. */
function isExchange(request: PlacedDraft, answer: PlacedDraft): boolean {
	const {from, to} = request;
	if (to === undefined || from !== answer.to || to !== answer.from) {
		return false;
	}

	const ranks = laneRank(from) - laneRank(to);
	return ranks < 0 || (ranks === 0 && from < to);
}

function isEqual(a: PlacedDraft, b: PlacedDraft): boolean {
	return (
		a.kind === b.kind
		&& a.from === b.from
		&& a.to === b.to
		&& a.fate === b.fate
		&& a.length === b.length
		&& a.code === b.code
		&& isSameNote(a.note, b.note)
		&& isSameLink(a.link, b.link)
		&& isSamePayload(a, b)
	);
}

function isSameNote(a: FlowNote | undefined, b: FlowNote | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

function isSamePayload({bytes: a}: PlacedDraft, {bytes: b}: PlacedDraft): boolean {
	return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}
