import {timeOfDay} from '../../../text/time-of-day.ts';
import textWidth from '../../../text/width.ts';
import {cutVisible} from './cut-visible.ts';
import {drawArrow} from './draw-arrow.ts';
import {drawNotice} from './draw-notice.ts';
import {fitPorts} from './fit-ports.ts';
import type {FlowLane} from './flow-lanes.ts';
import {type FlowLayout, layoutFlow} from './flow-layout.ts';
import {FlowRow} from './flow-row.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import {LaneLives} from './lane-lives.ts';
import {stepInWords} from './step-in-words.ts';

/** What a piece of a line is, rather than its colour. `sent` and `received` are as seen from the focused lane. */
export type FlowTone = 'plain' | 'dim' | 'strong' | 'sent' | 'received' | 'error' | 'warning' | 'escape';

/** A piece of a line: safe to draw, without line breaks. */
export type FlowSpan = {readonly text: string; readonly tone: FlowTone};

/** A line of exactly as many columns as were asked for. */
export type FlowLine = readonly FlowSpan[];

/** How a diagram is drawn: in so many columns, around a lane, and no more than the newest so many lines. */
export type FlowDrawing = {
	readonly columns: number;
	readonly focus: FlowLaneId | undefined;
	readonly rows?: number;
	/** Steps between lanes that do not fit are told in words, instead of being left out. */
	readonly inWords?: boolean;
};

/** A diagram as lines, one for each step that is shown. */
export type DrawnFlow = {
	/** The lanes' names and their addresses. */
	readonly header: readonly FlowLine[];
	readonly lines: readonly FlowLine[];
	/** Sequence number of the oldest event that the lines, and the hidden steps, tell of; undefined where there are none. */
	readonly first: number | undefined;
	readonly hiddenLanes: number;
	/** Steps that are left out, because they are between hidden lanes. */
	readonly hiddenSteps: number;
};

/** Draw a diagram: time downwards, a lane for each socket and each foreign peer, an arrow for what went from one to another. */
export function drawFlow(steps: readonly FlowStep[], lanes: readonly FlowLane[], {columns, focus, rows = Number.POSITIVE_INFINITY, inWords = false}: FlowDrawing): DrawnFlow {
	const layout = layoutFlow(lanes, steps, focus, columns);
	const lives = new LaneLives(steps, lanes);
	const shown = inWords ? steps : steps.filter(step => isShown(step, layout));
	const drawn = new Set(newestOf(shown, rows));
	const isAll = drawn.size === shown.length;
	const lines: FlowLine[] = [];
	let hiddenSteps = 0;
	for (const step of steps) {
		if (drawn.has(step)) {
			lines.push(drawStep(step, layout, lives, {lanes, focus}));
		} else if (lines.length > 0 || isAll) {
			hiddenSteps++;
		}

		lives.pass(step);
	}

	return {
		header: headerOf(layout, focus), lines, first: (isAll ? steps : [...drawn]).at(0)?.first, hiddenLanes: layout.hidden.size, hiddenSteps,
	};
}

/** At most so many steps, and none without the one that it belongs to. */
function newestOf(steps: readonly FlowStep[], rows: number): readonly FlowStep[] {
	const start = Math.max(0, steps.length - rows);
	return steps.slice(start > 0 && start < steps.length - 1 && steps[start].isSecond ? start + 1 : start);
}

function isShown({from, to}: FlowStep, {hidden}: FlowLayout): boolean {
	return !hidden.has(from) || (to !== undefined && !hidden.has(to));
}

function headerOf({placed, columns, left}: FlowLayout, focus: FlowLaneId | undefined): FlowLine[] {
	return [({label}: FlowLane) => label, ({address = ''}: FlowLane) => address].map((textOf, line) => {
		const row = new FlowRow(columns);
		for (const [index, {lane, column}] of placed.entries()) {
			// Halfway to the neighbours, and whatever there is at the borders.
			const start = index === 0 ? left : (((placed[index - 1].column + column) >> 1) + 1);
			const end = index === placed.length - 1 ? columns : ((column + placed[index + 1].column) >> 1);
			const text = line === 1 ? fitPorts(textOf(lane), end - start) : cutVisible(textOf(lane), end - start);
			const width = textWidth(text);
			row.put(Math.min(Math.max(start, column - (width >> 1)), end - width), text, line === 1 ? 'dim' : (lane.id === focus ? 'strong' : 'plain'));
		}

		return row.line();
	});
}

function drawStep(step: FlowStep, layout: FlowLayout, lives: LaneLives, {lanes, focus}: {readonly lanes: readonly FlowLane[]; readonly focus: FlowLaneId | undefined}): FlowLine {
	const row = new FlowRow(layout.columns);
	if (layout.time) {
		row.put(0, timeOfDay(step.time, layout.time), 'dim');
	}

	const open = layout.placed.filter(({lane}) => lives.isOpen(lane.id));
	for (const {column} of open) {
		row.mark(column, '│', 'dim');
	}

	if (!isShown(step, layout)) {
		row.put(layout.left, `${stepInWords(step, lanes, layout.columns - layout.left - 1)} `, step.fate === 'lost' ? 'error' : 'plain');
	} else if (step.to === undefined || step.to === step.from) {
		drawNotice(row, step, layout);
	} else {
		drawArrow(row, step, {
			layout, lanes, focus, crossings: open.map(({column}) => column),
		});
	}

	return row.line();
}
