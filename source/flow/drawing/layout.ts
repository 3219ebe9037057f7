import type {TimeStyle} from '../../text/time-of-day.ts';
import {peerOfLane, serverLane} from '../lanes.ts';
import {
	type FlowLane, type FlowLaneId, type FlowStep, isStopped, lanesOf, noticeOf,
} from '../step.ts';
import {cutVisible} from './row.ts';

/**
From this many columns on there is room for times in full, for names of hidden lanes, and for labels that say more.
*/
const minWide = 76;

/** Below this many columns there is no room for times. */
const minForTime = 36;

/** As many lanes as a diagram should show, even if times are short then. */
const usefulLanes = 3;

/** Columns from a lane to the next. */
const minGap = {wide: 18, narrow: 14};

/** Columns that the longest label needs: a payload, its length, and what the link has made of it. */
const maxGap = 90;

/**
Columns beside the outermost lanes, that many lanes fit; where there is little room they then stand further apart. And
where lanes are hidden on that side, room for an arrow to them and their names.
*/
const margin = 8;
const narrowMargin = 5;
const hiddenMargin = {wide: {left: 17, right: 17}, narrow: {left: 12, right: 12}, tight: {left: 11, right: 8}};

/**
What lanes have between them beyond the least and `easyGap` is room beside them: up to this many columns for the labels
of arrows from clients on the left, and for whole names on the right. It depends on no step: lanes stand still.
*/
const easyGap = {wide: {left: 4, right: 6}, narrow: {left: 4, right: 6}, tight: {left: 4, right: 20}};
const hiddenRoom = {left: 10, right: 7};

/** How a diagram writes times. */
type FlowTimeStyle = Exclude<TimeStyle, 'short'>;

/** Columns that a time takes, with the space behind it. */
const timeColumns: Readonly<Record<FlowTimeStyle, number>> = {full: 13, seconds: 7};

/** A lane and the column that it stands in. */
type PlacedLane = {readonly lane: FlowLane; readonly column: number};

/** Where everything stands, in columns from 0. */
export type FlowLayout = {
	readonly columns: number;
	readonly time: FlowTimeStyle | undefined;
	/** The first column behind the time. */
	readonly left: number;
	readonly placed: readonly PlacedLane[];
	/** Which lanes there are no columns for, and on which side of the others they would stand. */
	readonly hidden: ReadonlyMap<FlowLaneId, 'left' | 'right'>;
};

/** Columns that a diagram needs to show this many lanes with room for their labels. */
export function columnsFor(lanes: number, gap: number): number {
	return timeColumns.full + (2 * margin) + (Math.max(0, lanes - 1) * gap) + 1;
}

/** Place as many lanes as fit, around the focused one. */
export function layoutFlow(
	lanes: readonly FlowLane[],
	steps: readonly FlowStep[],
	focus: FlowLaneId | undefined,
	columns: number,
): FlowLayout {
	const most = Math.max(1, Math.floor(columns / minGap.narrow));
	for (let count = Math.min(lanes.length, most); count > 0; count--) {
		const shown = shownLanes(lanes, steps, focus, count);
		for (const time of timesFor(columns, count)) {
			const layout = place(lanes, shown, focus, columns, time);
			if (layout) {
				return layout;
			}
		}
	}

	const [time] = timesFor(columns, 0);
	return {
		columns,
		time,
		left: time === undefined ? 0 : timeColumns[time],
		placed: [],
		hidden: hiddenOf(lanes, []),
	};
}

/** How times may be written, the best first. */
function timesFor(columns: number, lanes: number): Array<FlowTimeStyle | undefined> {
	if (columns < minWide) {
		return [columns < minForTime ? undefined : 'seconds'];
	}

	return lanes > usefulLanes ? ['full'] : ['full', 'seconds'];
}

/** Undefined where these lanes would stand too close together. One lane has always room. */
function place(
	lanes: readonly FlowLane[],
	shown: readonly FlowLane[],
	focus: FlowLaneId | undefined,
	columns: number,
	time: FlowTimeStyle | undefined,
): FlowLayout | undefined {
	const size = columns < minWide ? 'narrow' : 'wide';
	const left = time === undefined ? 0 : timeColumns[time];
	const room = columns - left;
	const hidden = hiddenOf(lanes, shown);
	const sides = new Set(hidden.values());
	// The arrows of a client that is focused go to the right, and its payloads come before the names of others.
	const isClient = lanes.find(({id}) => id === focus)?.type === 'client';
	const beyond = size === 'narrow' && isClient ? 'tight' : size;
	const beside = (side: 'left' | 'right', free: number): number => sides.has(side) ? hiddenMargin[beyond][side] : free;
	const base = {
		columns,
		time,
		left,
		hidden,
	};
	if (shown.length === 1) {
		const column = left + Math.max(0, room >> 1);
		return {...base, placed: shown.map(lane => ({lane, column}))};
	}

	const gapWith = (free: number): number => Math.min(
		maxGap,
		Math.floor((room - beside('left', free) - beside('right', free) - 1) / (shown.length - 1)),
	);
	if (gapWith(margin) < minGap[size]) {
		return undefined;
	}

	const free = size === 'narrow' ? narrowMargin : margin;
	const gap = gapWith(free);
	const spare = (side: 'left' | 'right'): number =>
		sides.has(side) ? Math.max(0, (gap - minGap[size] - easyGap[beyond][side]) * (shown.length - 1)) : 0;
	const more = isClient ? 0 : Math.min(hiddenRoom.left, spare('left'));
	const behind = Math.max(0, Math.min(hiddenRoom.right, spare('right') - more));
	const step = gap - Math.ceil((more + behind) / (shown.length - 1));
	const first = left + beside('left', free) + more;
	return {...base, placed: shown.map((lane, index) => ({lane, column: first + index * step}))};
}

function hiddenOf(lanes: readonly FlowLane[], shown: readonly FlowLane[]): Map<FlowLaneId, 'left' | 'right'> {
	const first = lanes.indexOf(shown[0]!);
	const last = lanes.indexOf(shown.at(-1)!);
	const sideOf = (index: number): 'left' | 'right' =>
		index < first || (index < last && index - first < last - index) ? 'left' : 'right';
	return new Map(lanes.flatMap((lane, index) => shown.includes(lane) ? [] : [[lane.id, sideOf(index)]]));
}

/**
Choose `room` lanes, by rank: the focused one; the connection socket at its other end; those that it exchanged something
with, the latest first; the server's own, where it has events (accept() is its call, whichever client has connected);
those with the latest events; the rest from the left. They are returned in their own order.
*/
function shownLanes(
	lanes: readonly FlowLane[],
	steps: readonly FlowStep[],
	focus: FlowLaneId | undefined,
	room: number,
): FlowLane[] {
	const focused = lanes.find(({id}) => id === focus);
	const port = focused?.type === 'client' ? focused.ports.at(-1) : undefined;
	const own = lanes.filter(({type, peerPort}) => type === 'connection' && port !== undefined && peerPort === port);
	const wanted = new Set([...(focused ? [focused] : []), ...own].map(({id}) => id));
	const latest = steps.toReversed();
	for (const {from, to} of latest) {
		if (to && (from.lane === focus || to.lane === focus)) {
			wanted.add(from.lane).add(to.lane);
		}
	}

	const others = latest.flatMap(step => lanesOf(step));
	for (const id of [...(others.includes(serverLane) ? [serverLane] : []), ...others, ...lanes.map(lane => lane.id)]) {
		wanted.add(id);
	}

	const chosen = new Set([...wanted].slice(0, Math.max(0, room)));
	return lanes.filter(({id}) => chosen.has(id));
}

/**
A lane's ports in at most this many columns: the newest, which is last, stays the longest, and `…` stands for those that
do not fit.
*/
export function fitPorts(ports: string, columns: number): string {
	let fitting = ports;
	let words = ports.split(' ');
	while (fitting.length > columns && words.length > 1) {
		words = words.slice(words.at(1) === '←' ? 2 : 1);
		fitting = `… ${words.join(' ')}`;
	}

	return cutVisible(fitting, columns);
}

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
