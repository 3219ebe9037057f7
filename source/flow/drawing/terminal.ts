/* A diagram as lines of text: for the terminal, in the columns that there are, and as a file. */
import {timeOfDay} from '../../text/time-of-day.ts';
import textWidth from '../../text/width/width.ts';
import {Lifelines} from '../lanes.ts';
import {
	type Flow, type FlowEnd, type FlowLane, type FlowLaneId, type FlowStep, isHeadless, isStopped, lanesOf,
	noticeOf,
} from '../step.ts';
import {
	columnsFor, cutVisible, cutVisibleStart, fitPorts, type FlowLayout, type FlowLine, FlowRow, type FlowTone,
	layoutFlow,
} from './columns.ts';
import {
	fitLabel, type FlowWords, kernelSign, labelOfStep, laneName, lanePorts, leastLabel, markOfStep, markText,
	spaced, stepInWords, stepLabel,
} from './label.ts';

/** Columns between lanes in a text where there are few of them, and columns that no line goes beyond. */
const textGap = 36;
const maxColumns = 400;

/** Columns that what does not arrive leaves before the lane that it was sent to; less where the reason needs room. */
const missed = 4;
const missedBesideReason = 1;

/** Columns between a lane at the border and the name of one that is hidden there: for a dash, a head and a space. */
const besideName = 3;

/** Columns that a label leaves of such a name: `… 1`. */
const leastName = 3;

/** How a diagram is drawn: in how many columns, around which lane, and how many lines at most: the newest. */
type FlowDrawing = {
	readonly words: FlowWords;
	readonly columns: number;
	readonly focus: FlowLaneId | undefined;
	readonly rows?: number;
};

/** What a step's line needs to know of its surroundings. */
type Surroundings = {
	readonly layout: FlowLayout;
	readonly names: ReadonlyMap<FlowLaneId, string>;
	readonly focus: FlowLaneId | undefined;
	readonly lifelines: Lifelines;
	readonly words: FlowWords;
};

/** A diagram as lines, one for each step that is shown. */
export type DrawnFlow = {
	/** The lanes' names and their addresses. */
	readonly header: readonly FlowLine[];
	readonly lines: readonly FlowLine[];
	readonly steps: readonly FlowStep[];
	/** The oldest event that the lines, and the hidden steps, tell of; undefined where there are none. */
	readonly first: number | undefined;
	readonly hiddenLanes: number;
	/** Steps that are left out, because they are between hidden lanes. */
	readonly hiddenSteps: number;
};

/** Draw a diagram: time downwards, a lane for each socket and each foreign peer, an arrow for what went between. */
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

/** The lines of a whole diagram as plain text. Steps between lanes that do not fit are told in words. */
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

/** Whether one of the lanes of a step has a column. */
function isShown(step: FlowStep, {hidden}: FlowLayout): boolean {
	return lanesOf(step).some(id => !hidden.has(id));
}

function drawStep(step: FlowStep, surroundings: Surroundings): FlowLine {
	const {layout, names, lifelines, words} = surroundings;
	const open = layout.placed.filter(({lane}) => lifelines.isOpen(lane.id)).map(({column}) => column);
	const row = new FlowRow(layout.columns);
	// When the kernel did something by itself, no program is told.
	if (layout.time && !step.isByKernel) {
		row.put(0, timeOfDay(step.time, layout.time), 'dim');
	}

	for (const column of open) {
		row.mark(column, '│', 'dim');
	}

	const {to} = step;
	if (!isShown(step, layout)) {
		const text = stepInWords(step, names, layout.columns - layout.left - 1, words);
		row.put(layout.left, `${text} `, isStopped(step) ? 'error' : 'plain');
	} else if (to === undefined || to.lane === step.from.lane) {
		drawNotice(row, step, surroundings);
	} else {
		drawArrow(row, step, to, open, surroundings);
	}

	return row.line();
}

/** Where an arrow runs: from its tail on, across `length` columns to the right (1) or to the left (-1). */
type Run = {readonly tail: number; readonly direction: 1 | -1; readonly length: number; readonly tone: FlowTone};

/** Draw what went from one lane to another; of a hidden lane, the name stands at the border. */
function drawArrow(
	row: FlowRow,
	step: FlowStep,
	end: FlowEnd,
	open: readonly number[],
	surroundings: Surroundings,
): void {
	const {layout: {placed}, focus, words} = surroundings;
	const from = placed.find(({lane}) => lane.id === step.from.lane)?.column;
	const to = placed.find(({lane}) => lane.id === end.lane)?.column;
	const tail = from ?? borderOf(row, step.from.lane, step, to, surroundings);
	const target = to ?? borderOf(row, end.lane, step, from, surroundings);
	const isRight = tail < target;
	if (step.isByKernel && (isRight ? to : from) !== undefined) {
		row.mark(Math.max(tail, target) + 2, kernelSign, 'dim');
	}

	const tone = toneOfArrow(step, end, focus);
	const length = Math.abs(target - tail) - 1;
	const run: Run = {
		tail, direction: isRight ? 1 : -1, length, tone,
	};
	const tailSign = isRight ? '├' : '┤';
	if (step.part) {
		drawPart(row, step, run, surroundings);
		if (from !== undefined && step.part === 'departure') {
			row.mark(tail, tailSign, tone);
		}

		return;
	}

	const isUnderWay = end.fate === 'under-way';
	const isLost = isStopped(step);
	const isTold = isLost && (step.code !== undefined || step.link?.loss !== undefined
		|| textWidth(stepLabel(step, Number.POSITIVE_INFINITY, words)) > length - missed - 4);
	const gap = isLost || isHeadless(step) ? Math.min(isTold ? missedBesideReason : missed, length >> 1) : 0;
	// The last column of the arrow, seen from its tail.
	const reach = gap > 0 ? Math.max(1, length - gap) : length;
	for (let offset = 1; offset <= reach; offset++) {
		const column = columnAt(run, offset);
		row.mark(column, open.includes(column) ? '┼' : (isUnderWay ? '╌' : '─'), tone);
	}

	if (from !== undefined) {
		row.mark(tail, tailSign, tone);
	}

	if (!isHeadless(step)) {
		row.mark(columnAt(run, reach), isLost ? '✗' : headOf(run), tone);
	}

	if (step.kind === 'accept' && to !== undefined) {
		row.mark(to, '●', tone);
	}

	// A dash and a space behind the tail, a space and the head.
	// What is not cut, and has no shorter form, may take the dash and the spaces, too.
	const isShortened = step.bytes !== undefined || ['connect', 'ack', 'accept'].includes(step.kind);
	const least = isShortened ? Math.min(reach - 1, textWidth(leastLabel(step, words))) : reach - 1;
	// At the border stands which connection it returns.
	const label = step.kind === 'accept' && to === undefined
		? leastLabel(step, words)
		: stepLabel(step, Math.max(reach - 4, least), words);
	if (label !== '') {
		const isTight = textWidth(label) > reach - 4;
		putAlong(row, run, isTight ? 1 : 2, isTight ? label : ` ${label} `);
	}
}

function columnAt({tail, direction}: Run, offset: number): number {
	return tail + offset * direction;
}

function headOf({direction}: Run): string {
	return direction === 1 ? '►' : '◄';
}

/** Put a text on an arrow, this many columns from its tail on. */
function putAlong(
	row: FlowRow,
	run: Run,
	offset: number,
	text: string,
	tone: FlowTone = run.tone === 'dim' ? 'plain' : run.tone,
): void {
	const start = columnAt(run, offset);
	row.put(run.direction === 1 ? start : start - textWidth(text) + 1, text, tone);
}

/**
Draw one end of an arrow whose ends are apart: from the tail as far as its label and the mark need, or half of the way;
or the mark, the label and the head.
*/
function drawPart(row: FlowRow, step: FlowStep, run: Run, {words, layout}: Surroundings): void {
	const {length, tone} = run;
	const mark = markText(step.mark);
	const label = stepLabel(step, length - 6 - textWidth(mark), words);
	if (step.part === 'arrival') {
		const text = ` ${spaced(mark, label)} `;
		row.mark(columnAt(run, length - 1), '─', tone);
		putAlong(row, run, length - 1 - textWidth(text), text);
		row.mark(columnAt(run, length), headOf(run), tone);
		return;
	}

	const least = Math.max(textWidth(label) + 3, Math.floor(length / 2));
	// A mark on another lane would read as if the arrow ended there.
	const markColumn = columnAt(run, least + 1) - (run.direction === 1 ? 0 : textWidth(mark) - 1);
	const isOnLane = layout.placed.some(({column}) => Math.abs(column - markColumn) <= 1);
	const reach = least + (isOnLane ? 4 : 0);
	for (let offset = 1; offset <= reach; offset++) {
		row.mark(columnAt(run, offset), '─', tone);
	}

	putAlong(row, run, 2, ` ${label} `);
	putAlong(row, run, reach + 1, mark, tone);
}

function toneOfArrow(step: FlowStep, {lane, fate}: FlowEnd, focus: FlowLaneId | undefined): FlowTone {
	if (isStopped(step)) {
		return 'error';
	}

	if (fate === 'under-way') {
		return 'dim';
	}

	return step.from.lane === focus ? 'sent' : (lane === focus ? 'received' : 'plain');
}

/**
Write the name of a hidden lane at the border on its side, on the right behind the kernel's sign; the arrow ends, or
begins, before it. The name is cut rather than the arrow's label. Returns the column there.

@param other - the column of the arrow's other end
*/
function borderOf(
	row: FlowRow,
	hidden: FlowLaneId,
	step: FlowStep,
	other: number | undefined,
	{layout: {columns, left, hidden: sides, placed}, names, words}: Surroundings,
): number {
	const isLeft = sides.get(hidden) === 'left';
	const room = isLeft ? (placed.at(0)?.column ?? left) - left : columns - 1 - (placed.at(-1)?.column ?? columns);
	const sign = step.isByKernel && !isLeft ? `${kernelSign} ` : '';
	const most = Math.max(0, room - besideName - sign.length);
	// A head, a space, and what an end that stands apart has beside its label.
	const taken = textWidth(leastLabel(step, words)) + 2 + (step.part ? textWidth(markText(step.mark)) + 5 : 0);
	const beside = (isLeft ? (other ?? columns) - left : columns - 1 - (other ?? left)) - taken - sign.length;
	const name = cutVisibleStart(names.get(hidden) ?? '', Math.min(most, Math.max(leastName, beside)));
	const width = textWidth(name) + sign.length;
	row.put(isLeft ? left : columns - width, `${sign}${name}`, 'dim');
	return isLeft ? left + width : columns - width - 1;
}

/** Draw what happened on one lane: a sign, and the words where they fit, if need be across other lanes. */
function drawNotice(row: FlowRow, step: FlowStep, {layout: {placed, columns, left}, words}: Surroundings): void {
	const index = placed.findIndex(({lane}) => lane.id === step.from.lane);
	const column = placed.at(index)?.column ?? left;
	const label = labelOfStep(step, words);
	const width = textWidth(fitLabel(label, Number.POSITIVE_INFINITY));
	const behind = columns - column - 2;
	const before = column - left - 1;
	const toNext = (placed.at(index + 1)?.column ?? columns) - column - 2;
	const toLast = index === 0 ? before : column - (placed.at(index - 1)?.column ?? left) - 2;
	const isBefore = width > toNext && (width <= toLast || (width > behind && before > behind));
	const sign = step.isByKernel ? ` ${kernelSign}` : '';
	const text = fitLabel(label, (isBefore ? before : behind) - sign.length) + sign;
	const tone = noticeOf(step.kind)?.tone ?? (isStopped(step) ? 'error' : 'plain');
	row.mark(column, markOfStep(step) || (step.to === undefined ? (isBefore ? '┤' : '├') : '⇄'), tone);
	row.put(isBefore ? column - 1 - textWidth(text) : column + 2, text, tone);
}
