/* Drafts as rows of a diagram: what repeats is folded, and an arrow may be two rows, its departure and its arrival. */
import {type ClockSetting, timeOfDayAt} from '../../log/log-clock.ts';
import {laneRank} from '../lanes.ts';
import {
	type FlowEnd, type FlowLaneId, type FlowLink, type FlowMoment, type FlowNote, type FlowPart, type FlowStep,
	isSameLink, joinLinks, unchanged,
} from '../step.ts';
import type {PlacedDraft} from './drafts.ts';

/** An arrow that takes this many milliseconds is two rows, each at its own time, as one that the link has held. */
const visibleDelay = 20;

/** Fewer repeats than this stay apart: a person may have sent each by hand, and wants to see it. */
const minRepeats = 4;

/** A draft, or several that are equal, drawn as one. */
type Fold = {
	readonly newest: PlacedDraft;
	readonly oldest: PlacedDraft;
	readonly count: number;
	/** What the simulated link has made of all of them. */
	readonly link: FlowLink | undefined;
	/** Its arrival is a row of its own. */
	readonly isApart: boolean;
	/** It has the answers to the next older fold, and is not shown without that. */
	readonly isSecond: boolean;
	/** It goes on to the oldest draft of all, so that drafts which are older still may be part of it. */
	readonly isAtEnd: boolean;
};

/**
Fold what repeats at least four times: neighbours that are equal, their bytes too as far as they were read, become one;
so do equal requests that alternate with equal answers. What arrives in a row of its own is never folded. Drafts and
folds are newest first.
*/
export function foldDrafts(drafts: readonly PlacedDraft[]): Fold[] {
	const folds: Fold[] = [];
	const apart = apartOf(drafts);
	const fold = (from: number, size: 1 | 2, end: number): number => {
		const count = Math.floor((end - from) / size);
		for (let index = from; index < from + size; index++) {
			const newest = drafts[index]!;
			folds.push({
				newest,
				oldest: drafts[index + (count - 1) * size]!,
				count,
				link: newest.link && joinLinks(Array.from({length: count}).flatMap((_, repeat) =>
					drafts[index + repeat * size]!.link ?? [])),
				isApart: apart.has(newest),
				isSecond: size === 2 && index === from,
				isAtEnd: end === drafts.length,
			});
		}

		return from + (count * size);
	};

	for (let index = 0; index < drafts.length;) {
		const ofOne = endOfRun(drafts, index, 1, apart);
		const hasPair = index + 1 < drafts.length && isExchange(drafts[index + 1]!, drafts[index]!);
		const ofTwo = hasPair ? endOfRun(drafts, index, 2, apart) : index;
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

/** Where a pattern of `size` drafts stops repeating: the first that is not as the one `size` before it. */
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

/** An arrow to another lane of which the arrival is known apart. */
type Arriving = PlacedDraft & {readonly to: FlowLaneId; readonly ended: FlowMoment};

function isArriving(draft: PlacedDraft): draft is Arriving {
	const {from, to, place, part, ended} = draft;
	return part === undefined && to !== undefined && to !== from && ended !== undefined && ended.sequence > place;
}

/**
The arrows whose arrival is a row of its own: it is visibly later, or the lane has had something else before it that
stands behind the arrow.
*/
function apartOf(drafts: readonly PlacedDraft[]): ReadonlySet<PlacedDraft> {
	const apart = new Set<PlacedDraft>();
	/** Where the last row stands that each lane has had. */
	const last = new Map<FlowLaneId, number>();
	const pass = (lane: FlowLaneId, place: number): void => {
		last.set(lane, Math.max(place, last.get(lane) ?? place));
	};

	const arrivals = drafts.filter(draft => isArriving(draft)).toSorted((a, b) => a.ended.sequence - b.ended.sequence);
	let next = 0;
	const arrive = (before: number): void => {
		for (let draft = arrivals[next]; draft && draft.ended.sequence < before; draft = arrivals[++next]) {
			const {to, place, ended, bundle} = draft;
			const isApart = isLate(draft) || bundle !== undefined || (last.get(to) ?? place) > place;
			if (isApart) {
				apart.add(draft);
			}

			pass(to, isApart ? ended.sequence : place);
		}
	};

	for (const draft of drafts.toReversed()) {
		const {from, to, place, part} = draft;
		arrive(place);
		if (part !== 'arrival') {
			pass(from, place);
		}

		if (to !== undefined && part !== 'departure' && !isArriving(draft)) {
			pass(to, place);
		}
	}

	arrive(Number.POSITIVE_INFINITY);
	return apart;
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
function isLate({began, ended, link, to, from}: PlacedDraft): boolean {
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
	return a === b || (a !== undefined && b !== undefined
		&& ((a.type === 'messages' && b.type === 'messages') || JSON.stringify(a) === JSON.stringify(b)));
}

function isSamePayload({bytes: a}: PlacedDraft, {bytes: b}: PlacedDraft): boolean {
	return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}

/** How the rows of a diagram are made of its folds. */
type RowsOptions = {
	/** At most this many rows are wanted, the newest, and of those only what stands before `end`. */
	readonly rows: number;
	readonly end: number;
	/** There are older events that were not looked at. */
	readonly isCut: boolean;
	/** How the wall clock was set. */
	readonly clock: readonly ClockSetting[];
};

/** Where a row stands, which end of its arrow it is, and what the two ends have in common. */
type Row = {
	readonly fold: Fold;
	readonly place: number;
	readonly part: FlowPart | undefined;
	readonly bundle: number | undefined;
};

/** The rows of folds that are given newest first, oldest first; and whether these are all. */
export function rowsOf(
	folds: readonly Fold[],
	{rows: most, end, isCut, clock}: RowsOptions,
): {readonly steps: readonly FlowStep[]; readonly isAll: boolean} {
	const rows = folds.toReversed().flatMap(fold => rowsOfFold(fold)).toSorted((a, b) => a.place - b.place);
	const marks = marksOf(rows);
	const before = rows.findIndex(({place}) => place >= end);
	const wanted = before === -1 ? rows.length : before;
	const start = Math.max(0, wanted - Math.max(0, most));
	// None is shown without the one that it belongs to.
	const isHalf = start > 0 && start < wanted - 1 && rows[start]!.fold.isSecond;
	const steps = rows
		.slice(isHalf ? start + 1 : start, wanted)
		.map(row => stepOf(row, marks.get(row), isCut, clock));
	return {steps, isAll: wanted <= most};
}

function rowsOfFold(fold: Fold): Row[] {
	const {isApart, oldest: {place}, newest: {part, bundle, sequence, ended}} = fold;
	if (!isApart || !ended) {
		return [{
			fold, place, part, bundle,
		}];
	}

	const both = {fold, bundle: bundle ?? sequence};
	return [{...both, place, part: 'departure'}, {...both, place: ended.sequence, part: 'arrival'}];
}

/**
The marks of rows: the lowest number that no arrow has which is still under way, so that they are the same wherever the
rows begin. What has only one of its ends among the rows has none.
*/
function marksOf(rows: readonly Row[]): Map<Row, number> {
	const marks = new Map<Row, number>();
	const taken = new Set<number>();
	const bundles = Map.groupBy(rows.filter(({part}) => part !== undefined), ({bundle}) => bundle);
	for (const row of rows) {
		const ends = (row.part && bundles.get(row.bundle)) ?? [];
		const [first] = ends;
		if (first && ends.some(({part}) => part !== first.part)) {
			let mark = marks.get(first);
			if (mark === undefined) {
				for (mark = 1; taken.has(mark);) {
					mark++;
				}

				taken.add(mark);
			}

			marks.set(row, mark);
			if (row === ends.at(-1)) {
				taken.delete(mark);
			}
		}
	}

	return marks;
}

/** What the simulated link has made of it is told where it was sent; what has overtaken it, where it arrived. */
function linkOfPart(link: FlowLink, part: FlowPart | undefined): Pick<FlowStep, 'link'> {
	const {overtakenBy, ...rest} = link;
	if (part === 'arrival') {
		return overtakenBy === undefined ? {} : {link: {...unchanged, overtakenBy}};
	}

	return {link: part === 'departure' ? rest : link};
}

/** Of several that are drawn as one: the newest's, and which messages all of them have. */
function noteOf(newest: FlowNote, oldest: FlowNote | undefined): FlowNote {
	return newest.type === 'messages' && oldest?.type === 'messages' ? {...newest, first: oldest.first} : newest;
}

function stepOf(
	{fold: {newest, oldest, count, link, isSecond, isAtEnd}, place, part}: Row,
	mark: number | undefined,
	isCut: boolean,
	clock: readonly ClockSetting[],
): FlowStep {
	const {
		sequence, kind, to, fate, length, bytes, encoding, lead, note, code, ended, isByKernel, isInferred, isOfMany,
	} = newest;
	const end: FlowEnd | undefined = to === undefined ? undefined : {lane: to, fate, ...ended};
	const isArrival = part === 'arrival' && ended !== undefined;
	return {
		kind,
		from: {lane: newest.from, ...oldest.began},
		...(end && {to: end}),
		...(part && {part}),
		...(mark !== undefined && {mark}),
		...(isByKernel && {isByKernel}),
		...(isInferred && {isInferred}),
		...(isOfMany && {isOfMany}),
		sequence: isArrival ? ended.sequence : sequence,
		first: place,
		time: timeOfDayAt(isArrival ? ended.time : oldest.time, clock),
		took: newest.time - oldest.time,
		...(length !== undefined && {length}),
		...(bytes && {bytes}),
		...(bytes && encoding && {encoding, ...(lead !== undefined && {lead})}),
		...(note && {note: noteOf(note, oldest.note)}),
		...(code !== undefined && {code}),
		...(link && linkOfPart(link, newest.part === 'arrival' ? undefined : part)),
		count,
		hasMore: isCut && isAtEnd && count > 1,
		isSecond,
	};
}
