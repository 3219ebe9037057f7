import {type ClockSetting, timeOfDayAt} from '../../log/log-clock.ts';
import {
	type FlowEnd, type FlowLaneId, type FlowLink, type FlowMoment, type FlowNote, type FlowPart, type FlowStep,
	unchanged,
} from '../step.ts';
import {type Fold, isLate} from './fold.ts';

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

/** A row that is being made: its arrival is decided on later. */
type Row = {
	readonly fold: Fold;
	/** Where it stands, and what its departure and its arrival have in common. */
	readonly place: number;
	part: FlowPart | undefined;
	bundle: number | undefined;
};

/**
The rows of folds that are given newest first, oldest first. An arrow is one row, where it was sent, as long as each
lane then still has everything in its order; otherwise its arrival is a row of its own.
*/
export function rowsOf(
	folds: readonly Fold[],
	{rows: most, end, isCut, clock}: RowsOptions,
): {readonly steps: readonly FlowStep[]; readonly isAll: boolean} {
	const rows: Row[] = [];
	/** The place of the last thing that happened on each lane. */
	const last = new Map<FlowLaneId, number>();
	const passed = (lane: FlowLaneId, place: number): void => {
		last.set(lane, Math.max(place, last.get(lane) ?? place));
	};

	const arrivals = new Arrivals(folds);
	const arrive = (before: number): void => {
		for (let next = arrivals.take(before); next; next = arrivals.take(before)) {
			const {row, fold: {newest}, ended} = next;
			const lane = newest.to!;
			if (row && (isLate(newest) || newest.bundle !== undefined || (last.get(lane) ?? row.place) > row.place)) {
				row.part = 'departure';
				row.bundle = newest.bundle ?? newest.sequence;
				rows.push({
					fold: next.fold, place: ended.sequence, part: 'arrival', bundle: row.bundle,
				});
				passed(lane, ended.sequence);
			} else {
				passed(lane, newest.place);
			}
		}
	};

	for (const fold of folds.toReversed()) {
		const {oldest, newest: {from, to, part, bundle}} = fold;
		const {place} = oldest;
		arrive(place);
		const row: Row = {
			fold, place, part, bundle,
		};
		rows.push(row);
		const isAwaited = arrivals.began(row);
		if (part !== 'arrival') {
			passed(from, place);
		}

		if (to !== undefined && !isAwaited && part !== 'departure') {
			passed(to, place);
		}
	}

	arrive(Number.POSITIVE_INFINITY);
	const marks = marksOf(rows);
	const wanted = end === Number.POSITIVE_INFINITY ? rows.length : rows.filter(({place}) => place < end).length;
	const start = Math.max(0, wanted - Math.max(0, most));
	// None is shown without the one that it belongs to.
	const isHalf = start > 0 && start < wanted - 1 && rows[start]!.fold.isSecond;
	const steps = rows
		.slice(isHalf ? start + 1 : start, wanted)
		.map(row => stepOf(row, marks.get(row), isCut, clock));
	return {steps, isAll: wanted <= most};
}

type Arrival = {readonly fold: Fold; readonly ended: FlowMoment; row: Row | undefined};

/** The arrows whose arrival is known apart, in the order in which they arrived. */
class Arrivals {
	readonly #all: readonly Arrival[];
	readonly #byFold: ReadonlyMap<Fold, Arrival>;
	#next = 0;

	constructor(folds: readonly Fold[]) {
		this.#all = folds
			.flatMap(fold => {
				const {newest: {from, to, ended, place, part}, count} = fold;
				const isApart = part === undefined && count === 1 && to !== undefined && to !== from;
				return isApart && ended && ended.sequence > place
					? [{fold, ended, row: undefined}]
					: [];
			})
			.toSorted((a, b) => a.ended.sequence - b.ended.sequence);
		this.#byFold = new Map(this.#all.map(arrival => [arrival.fold, arrival]));
	}

	/** @returns whether its arrival is still to come */
	began(row: Row): boolean {
		const arrival = this.#byFold.get(row.fold);
		if (arrival) {
			arrival.row = row;
		}

		return arrival !== undefined;
	}

	/** The next one that arrived before this place. */
	take(before: number): Arrival | undefined {
		const next = this.#all[this.#next];
		if (!next || next.ended.sequence >= before) {
			return undefined;
		}

		this.#next++;
		return next;
	}
}

/**
The marks of rows: the lowest number that no arrow has which is still under way, so that they are the same wherever the
rows begin. What has only one of its ends among the rows has none.
*/
function marksOf(rows: readonly Row[]): Map<Row, number> {
	const marks = new Map<Row, number>();
	const ends = new Map<number, {departures: number; arrivals: number}>();
	for (const {part, bundle} of rows) {
		if (part !== undefined && bundle !== undefined) {
			const counted = ends.get(bundle) ?? {departures: 0, arrivals: 0};
			counted[part === 'departure' ? 'departures' : 'arrivals']++;
			ends.set(bundle, counted);
		}
	}

	const numbers = new Map<number, number>();
	const taken = new Set<number>();
	for (const row of rows) {
		const {part, bundle} = row;
		const left = bundle === undefined ? undefined : ends.get(bundle);
		if (part === undefined || bundle === undefined || !left) {
			continue;
		}

		let number = numbers.get(bundle);
		if (number === undefined) {
			if (left.departures === 0 || left.arrivals === 0) {
				continue;
			}

			for (number = 1; taken.has(number);) {
				number++;
			}

			numbers.set(bundle, number);
			taken.add(number);
		}

		left[part === 'departure' ? 'departures' : 'arrivals']--;
		if (left.departures === 0 && left.arrivals === 0) {
			taken.delete(number);
		}

		marks.set(row, number);
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
		took: isArrival ? 0 : newest.time - oldest.time,
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
