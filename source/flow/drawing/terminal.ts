import textWidth from '../../text/width/width.ts';
import type {
	Flow, FlowLane, FlowLaneId, FlowStep,
} from '../step.ts';
import {
	cutVisible, cutVisibleStart, type FlowLine, FlowRow,
} from './row.ts';
import {type FlowWords, laneName, lanePorts} from './label.ts';
import {
	columnsFor, fitPorts, layoutFlow, Lifelines,
} from './layout.ts';
import {drawStep, isShown, type Surroundings} from './step-line.ts';

/** Columns between lanes in a text where there are few of them, and columns that no line goes beyond. */
const textGap = 36;
const maxColumns = 400;

/** How a diagram is drawn: in how many columns, around which lane, and how many lines at most: the newest. */
type FlowDrawing = {
	readonly words: FlowWords;
	readonly columns: number;
	readonly focus: FlowLaneId | undefined;
	readonly rows?: number;
};

/** A diagram as lines, one for each step that is shown. */
export type DrawnFlow = {
	/** The lanes' names and their addresses. */
	readonly header: readonly FlowLine[];
	readonly lines: readonly FlowLine[];
	/** The steps of the lines. */
	readonly steps: readonly FlowStep[];
	/**
	Sequence number of the oldest event that the lines, and the hidden steps, tell of; undefined where there are none.
	*/
	readonly first: number | undefined;
	readonly hiddenLanes: number;
	/** Steps that are left out, because they are between hidden lanes. */
	readonly hiddenSteps: number;
};

/**
Draw a diagram: time downwards, a lane for each socket and each foreign peer, an arrow for what went from one to
another.
*/
export function drawFlow({steps, lanes}: Pick<Flow, 'steps' | 'lanes'>, drawing: FlowDrawing): DrawnFlow {
	const {columns, rows = Number.POSITIVE_INFINITY} = drawing;
	const surroundings = surroundingsOf(steps, lanes, columns, drawing);
	const {layout, lifelines} = surroundings;
	const shown = steps.filter(step => isShown(step, layout));
	const drawn = new Set(newestOf(shown, rows));
	const isAll = drawn.size === shown.length;
	const lines: FlowLine[] = [];
	let hiddenSteps = 0;
	for (const step of steps) {
		if (drawn.has(step)) {
			lines.push(drawStep(step, surroundings));
		} else if (lines.length > 0 || isAll) {
			hiddenSteps++;
		}

		lifelines.pass(step);
	}

	return {
		header: headerOf(surroundings),
		lines,
		steps: [...drawn],
		first: (isAll ? steps : [...drawn]).at(0)?.first,
		hiddenLanes: layout.hidden.size,
		hiddenSteps,
	};
}

/**
The lines of a whole diagram as plain text, with as many columns as its lanes need, up to 400. Steps between lanes that
do not fit are told in words.
*/
export function * flowText({protocol, steps, lanes, isWhole}: Flow, words: FlowWords): Generator<string> {
	const columns = Math.min(maxColumns, columnsFor(lanes.length, textGap));
	const surroundings = surroundingsOf(steps, lanes, columns, {words, focus: undefined});
	const textOf = (line: FlowLine): string => line.map(({text}) => text).join('').trimEnd();
	if (!isWhole) {
		yield words.olderLeftOut;
	}

	yield * headerOf(surroundings).map(line => textOf(line));
	for (const step of steps) {
		yield textOf(drawStep(step, surroundings));
		surroundings.lifelines.pass(step);
	}

	yield words.unseen[protocol];
	yield '';
}

/** The newest steps, at most `rows`, and none without the one that it belongs to. */
function newestOf(steps: readonly FlowStep[], rows: number): readonly FlowStep[] {
	const start = Math.max(0, steps.length - rows);
	return steps.slice(start > 0 && start < steps.length - 1 && steps[start]?.isSecond ? start + 1 : start);
}

function headerOf({layout: {placed, columns, left}, names, focus}: Surroundings): FlowLine[] {
	return (['name', 'ports'] as const).map(line => {
		const texts = placed.map(({lane, column}) => {
			const text = line === 'ports' ? lanePorts(lane) : (names.get(lane.id) ?? '');
			return {
				lane, column, text, half: (textWidth(text) + 1) >> 1,
			};
		});
		const row = new FlowRow(columns);
		let start = left;
		for (const [index, {lane, column, text, half}] of texts.entries()) {
			const next = texts.at(index + 1);
			const end = next === undefined ? columns : borderBetween({column, half}, next);
			const fitting = line === 'ports'
				? fitPorts(text, end - start)
				: (lane.type === 'peer' ? cutVisibleStart : cutVisible)(text, end - start);
			const width = textWidth(fitting);
			const tone = line === 'ports' ? 'dim' : (lane.id === focus ? 'strong' : 'plain');
			row.put(Math.min(Math.max(start, column - (width >> 1)), end - width), fitting, tone);
			start = end + 1;
		}

		return row.line();
	});
}

/** A lane's text in the header: the column of its middle, and half of its columns. */
type HeaderText = {readonly column: number; readonly half: number};

/** The column between two texts: halfway, or nearer to the shorter one where the other needs room. */
function borderBetween(first: HeaderText, second: HeaderText): number {
	const middle = (first.column + second.column) >> 1;
	const [end, start] = [first.column + first.half, second.column - second.half - 1];
	if ((end <= middle) === (start >= middle)) {
		return middle;
	}

	return end <= middle ? Math.max(end, start) : Math.min(end, start);
}

function surroundingsOf(
	steps: readonly FlowStep[],
	lanes: readonly FlowLane[],
	columns: number,
	{words, focus}: Pick<FlowDrawing, 'words' | 'focus'>,
): Surroundings {
	return {
		layout: layoutFlow(lanes, steps, focus, columns),
		names: new Map(lanes.map(lane => [lane.id, laneName(lane, words)])),
		focus,
		lifelines: new Lifelines(steps, lanes),
		words,
	};
}
