import {laneRank} from '../lanes.ts';
import {
	type FlowLaneId, type FlowLink, type FlowNote, isSameLink, joinLinks,
} from '../step.ts';
import type {PlacedDraft} from './drafts.ts';

/**
An arrow that takes this many milliseconds is two rows, each at its own time; so is one that the simulated link has
held.
*/
const visibleDelay = 20;

/** Fewer repeats than this stay apart: a person may have sent each by hand, and wants to see it. */
const minRepeats = 4;

/** A draft, or several that are equal, drawn as one. */
export type Fold = {
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
so do equal requests that alternate with equal answers. What arrived visibly later than it was sent stays apart, and
what was overtaken by something else on its lane: each has a row for its departure, and one for its arrival. Drafts and
folds are newest first.
*/
export function foldDrafts(drafts: readonly PlacedDraft[]): Fold[] {
	const folds: Fold[] = [];
	const overtaken = overtakenOf(drafts);
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
		const ofOne = endOfRun(drafts, index, 1, overtaken);
		const ofTwo
			= index + 1 < drafts.length && isExchange(drafts[index + 1]!, drafts[index]!)
				? endOfRun(drafts, index, 2, overtaken)
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
function endOfRun(
	drafts: readonly PlacedDraft[],
	from: number,
	size: 1 | 2,
	apart: ReadonlySet<PlacedDraft>,
): number {
	const isApart = (index: number): boolean => apart.has(drafts[index]!) || apart.has(drafts[index - size]!);
	let end = from + size;
	while (end < drafts.length && !isApart(end) && isEqual(drafts[end]!, drafts[end - size]!)) {
		end++;
	}

	return end;
}

/** What arrived at its lane only behind something there that stands after it. */
function overtakenOf(drafts: readonly PlacedDraft[]): ReadonlySet<PlacedDraft> {
	/** What happened on a lane: when, and where that stands. */
	const lanes = new Map<FlowLaneId, Array<{readonly at: number; readonly place: number}>>();
	const awaited: PlacedDraft[] = [];
	for (const draft of drafts) {
		const {from, to, place, part, ended} = draft;
		const isAwaited = part === undefined && to !== from && ended !== undefined && ended.sequence > place;
		if (isAwaited) {
			awaited.push(draft);
		}

		for (const [lane, at] of [
			[part === 'arrival' ? undefined : from, place],
			[part === 'departure' ? undefined : to, isAwaited ? ended.sequence : place],
		] as const) {
			if (lane !== undefined) {
				const known = lanes.get(lane) ?? [];
				known.push({at, place});
				lanes.set(lane, known);
			}
		}
	}

	const overtaken = new Set<PlacedDraft>();
	const next = new Map<FlowLaneId, {index: number; last: number}>();
	for (const happened of lanes.values()) {
		happened.sort((a, b) => a.at - b.at);
	}

	for (const draft of awaited.toSorted((a, b) => a.ended!.sequence - b.ended!.sequence)) {
		const happened = lanes.get(draft.to!) ?? [];
		const passed = next.get(draft.to!) ?? {index: 0, last: Number.NEGATIVE_INFINITY};
		next.set(draft.to!, passed);
		for (; (happened[passed.index]?.at ?? Number.POSITIVE_INFINITY) < draft.ended!.sequence; passed.index++) {
			passed.last = Math.max(passed.last, happened[passed.index]!.place);
		}

		if (passed.last > draft.place) {
			overtaken.add(draft);
		}
	}

	return overtaken;
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

/** Whether it arrived so much later than it was sent that one row would hide that. */
export function isLate({began, ended, link, to, from}: PlacedDraft): boolean {
	return ended !== undefined && to !== from
		&& (ended.time - (began ?? ended).time >= visibleDelay || link?.delay !== undefined);
}

function isEqual(a: PlacedDraft, b: PlacedDraft): boolean {
	return (
		a.kind === b.kind
		&& !isLate(a)
		&& !isLate(b)
		&& a.from === b.from
		&& a.to === b.to
		&& a.fate === b.fate
		&& a.length === b.length
		&& a.code === b.code
		&& a.part === b.part
		&& a.bundle === b.bundle
		&& a.isByKernel === b.isByKernel
		&& a.isInferred === b.isInferred
		&& isSameNote(a.note, b.note)
		&& isSameLink(a.link, b.link)
		&& isSamePayload(a, b)
	);
}

/** Numbers of messages go on, and are told as a range. */
function isSameNote(a: FlowNote | undefined, b: FlowNote | undefined): boolean {
	return a === b || (a?.type === 'messages' && b?.type === 'messages') || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

function isSamePayload({bytes: a}: PlacedDraft, {bytes: b}: PlacedDraft): boolean {
	return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}
