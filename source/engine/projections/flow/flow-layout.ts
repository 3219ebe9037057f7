import type {TimeStyle} from '../../../text/time-of-day.ts';
import type {FlowLane} from './flow-lanes.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import {shownLanes} from './shown-lanes.ts';

/** From so many columns on there is room for times in full, for names of hidden lanes, and for labels that say more. */
const wideEnough = 76;

/** Below so many columns there is no room for times. */
const wideEnoughForTime = 36;

/** As many lanes as a diagram should show, even if times are short then. */
const usefulLanes = 3;

/** Columns from a lane to the next: at least so many, and no more than are of use. */
const leastGap = {wide: 18, narrow: 14};
const mostGap = 40;

/** Columns beside the outermost lanes; and where lanes are hidden on that side, room for an arrow to them and their names. */
const margin = 8;
const hiddenMargin = {wide: 17, narrow: 12};

/** How a diagram writes times. */
type FlowTimeStyle = Exclude<TimeStyle, 'short'>;

/** Columns that a time takes, with the space behind it. */
const timeColumns: Readonly<Record<FlowTimeStyle, number>> = {full: 13, seconds: 7};

/** A lane and the column that it stands in. */
export type PlacedLane = {readonly lane: FlowLane; readonly column: number};

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

/** Columns that a diagram needs to show so many lanes with room for their labels. */
export function columnsFor(lanes: number, gap: number): number {
	return timeColumns.full + (2 * margin) + (Math.max(0, lanes - 1) * gap) + 1;
}

/** Place as many lanes as fit, around the focused one. */
export function layoutFlow(lanes: readonly FlowLane[], steps: readonly FlowStep[], focus: FlowLaneId | undefined, columns: number): FlowLayout {
	const most = Math.max(1, Math.floor(columns / leastGap.narrow));
	for (let count = Math.min(lanes.length, most); count > 0; count--) {
		const shown = shownLanes(lanes, steps, focus, count);
		for (const time of timesFor(columns, count)) {
			const layout = place(lanes, shown, columns, time);
			if (layout) {
				return layout;
			}
		}
	}

	const [time] = timesFor(columns, 0);
	return {
		columns, time, left: time === undefined ? 0 : timeColumns[time], placed: [], hidden: hiddenOf(lanes, []),
	};
}

/** How times may be written, the best first. */
function timesFor(columns: number, lanes: number): Array<FlowTimeStyle | undefined> {
	if (columns < wideEnough) {
		return [columns < wideEnoughForTime ? undefined : 'seconds'];
	}

	return lanes > usefulLanes ? ['full'] : ['full', 'seconds'];
}

/** Undefined where these lanes would stand too close together. One lane has always room. */
function place(lanes: readonly FlowLane[], shown: readonly FlowLane[], columns: number, time: FlowTimeStyle | undefined): FlowLayout | undefined {
	const size = columns < wideEnough ? 'narrow' : 'wide';
	const left = time === undefined ? 0 : timeColumns[time];
	const room = columns - left;
	const hidden = hiddenOf(lanes, shown);
	const sides = new Set(hidden.values());
	const before = sides.has('left') ? hiddenMargin[size] : margin;
	const after = sides.has('right') ? hiddenMargin[size] : margin;
	const base = {
		columns, time, left, hidden,
	};
	if (shown.length === 1) {
		const column = left + Math.max(0, room >> 1);
		return {...base, placed: shown.map(lane => ({lane, column}))};
	}

	const gap = Math.min(mostGap, Math.floor((room - before - after - 1) / (shown.length - 1)));
	return gap < leastGap[size] ? undefined : {...base, placed: shown.map((lane, index) => ({lane, column: left + before + (index * gap)}))};
}

function hiddenOf(lanes: readonly FlowLane[], shown: readonly FlowLane[]): Map<FlowLaneId, 'left' | 'right'> {
	const first = lanes.indexOf(shown[0]);
	const last = lanes.indexOf(shown.at(-1)!);
	const sideOf = (index: number): 'left' | 'right' => index < first || (index < last && index - first < last - index) ? 'left' : 'right';
	return new Map(lanes.flatMap((lane, index) => shown.includes(lane) ? [] : [[lane.id, sideOf(index)]]));
}
