/* One step of a diagram as a line of a terminal. */
import {timeOfDay} from '../../text/time-of-day.ts';
import textWidth from '../../text/width/width.ts';
import {
	type FlowEnd, type FlowLaneId, type FlowStep, isStopped, lanesOf, noticeOf,
} from '../step.ts';
import {
	fitLabel,
	type FlowWords,
	kernelSign,
	labelOfStep,
	leastLabel,
	markOfStep,
	markText,
	stepInWords,
	stepLabel,
} from './label.ts';
import type {FlowLayout, Lifelines} from './layout.ts';
import {
	cutVisibleStart, type FlowLine, FlowRow, type FlowTone,
} from './row.ts';

/** Columns that what does not arrive leaves before the lane that it was sent to; less where the reason needs room. */
const missed = 4;
const missedBesideReason = 1;

/** Columns between a lane at the border and the name of one that is hidden there: for a dash, a head and a space. */
const besideName = 3;

/** Columns that a label leaves of such a name: `… 1`. */
const leastName = 3;

/** What a step's line needs to know of its surroundings. */
export type Surroundings = {
	readonly layout: FlowLayout;
	readonly names: ReadonlyMap<FlowLaneId, string>;
	readonly focus: FlowLaneId | undefined;
	readonly lifelines: Lifelines;
	readonly words: FlowWords;
};

/** Whether one of the lanes of a step has a column. */
export function isShown(step: FlowStep, {hidden}: FlowLayout): boolean {
	return lanesOf(step).some(id => !hidden.has(id));
}

/** The line of a step. */
export function drawStep(step: FlowStep, surroundings: Surroundings): FlowLine {
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
		row.put(
			layout.left,
			`${stepInWords(step, names, layout.columns - layout.left - 1, words)} `,
			isStopped(step) ? 'error' : 'plain',
		);
	} else if (to === undefined || to.lane === step.from.lane) {
		drawNotice(row, step, surroundings);
	} else {
		drawArrow(row, step, to, open, surroundings);
	}

	return row.line();
}

/**
Draw what went from one lane to another, across those between; to or from a lane that is hidden, at the border, with its
name.
*/
function drawArrow(
	row: FlowRow,
	step: FlowStep,
	end: FlowEnd,
	open: readonly number[],
	surroundings: Surroundings,
): void {
	const {
		layout: {placed},
		focus,
		words,
	} = surroundings;
	const from = placed.find(({lane}) => lane.id === step.from.lane)?.column;
	const to = placed.find(({lane}) => lane.id === end.lane)?.column;
	const tail = from ?? borderOf(row, step.from.lane, step, to, surroundings);
	const target = to ?? borderOf(row, end.lane, step, from, surroundings);
	const isRight = tail < target;
	const direction = isRight ? 1 : -1;
	const isUnderWay = end.fate === 'under-way';
	const isLost = isStopped(step);
	const length = Math.abs(target - tail) - 1;
	if (step.isByKernel && (isRight ? to : from) !== undefined) {
		row.mark(Math.max(tail, target) + 2, kernelSign, 'dim');
	}

	const tone = toneOfArrow(step, end, focus);
	if (step.part) {
		drawPart(row, step, {
			tail, direction, length, isFrom: from !== undefined, tone,
		}, surroundings);
		return;
	}

	const gap
		= isLost || isUnderWay
			? Math.min(step.code === undefined && !step.link?.loss ? missed : missedBesideReason, length >> 1)
			: 0;
	// The last column of the arrow, seen from its tail.
	const reach = gap > 0 ? Math.max(1, length - gap) : length;
	for (let offset = 1; offset <= reach; offset++) {
		const column = tail + offset * direction;
		row.mark(column, open.includes(column) ? '┼' : (isUnderWay ? '╌' : '─'), tone);
	}

	if (from !== undefined) {
		row.mark(tail, isRight ? '├' : '┤', tone);
	}

	if (isLost) {
		row.mark(tail + reach * direction, '✗', 'error');
	} else if (!isUnderWay) {
		row.mark(tail + reach * direction, isRight ? '►' : '◄', tone);
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
		const text = isTight ? label : ` ${label} `;
		const apart = isTight ? 0 : 1;
		row.put(isRight ? tail + 1 + apart : tail - apart - textWidth(text), text, tone === 'dim' ? 'plain' : tone);
	}
}

/** Where an arrow runs: from its tail on, across `length` columns to the right (1) or to the left (-1). */
type Run = {
	readonly tail: number;
	readonly direction: 1 | -1;
	readonly length: number;
	/** Whether the lane at its tail shows. */
	readonly isFrom: boolean;
	readonly tone: FlowTone;
};

/**
Draw one end of an arrow whose ends are apart: from the tail as far as its label and the mark need, or half of the way;
or the mark, the label and the head.
*/
function drawPart(
	row: FlowRow,
	step: FlowStep,
	{tail, direction, length, isFrom, tone}: Run,
	{words, layout}: Surroundings,
): void {
	const isDeparture = step.part === 'departure';
	const mark = markText(step.mark);
	const label = stepLabel(step, length - 6 - textWidth(mark), words);
	const text = (isDeparture ? [label] : [mark, label]).filter(Boolean).join(' ');
	const isRight = direction === 1;
	const end = tail + (length + 1) * direction;
	// The text, with a space on each side, and its first column.
	const width = textWidth(text) + 2;
	const start = isDeparture ? tail + 2 * direction : end - 3 * direction;
	const left = isDeparture === isRight ? start : start - width + 1;
	const markColumn = (columns: number): number =>
		isRight ? tail + columns + 1 : tail - columns - textWidth(mark);
	const least = Math.max(width + 1, Math.floor(length / 2));
	// A mark on another lane would read as if the arrow ended there.
	const isOnLane = layout.placed.some(({column}) => Math.abs(column - markColumn(least)) <= 1);
	const reach = least + (isOnLane ? 4 : 0);
	for (let offset = isDeparture ? 1 : 2; offset <= (isDeparture ? reach : 2); offset++) {
		row.mark(isDeparture ? tail + offset * direction : end - 2 * direction, '─', tone);
	}

	row.put(left, ` ${text} `, tone === 'dim' ? 'plain' : tone);
	if (!isDeparture) {
		row.mark(end - direction, isRight ? '►' : '◄', tone);
		return;
	}

	if (isFrom) {
		row.mark(tail, isRight ? '├' : '┤', tone);
	}

	row.put(markColumn(reach), mark, tone);
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

/**
Draw what happened on one lane: a sign on it, and the words on the side where they fit, if need be across other lanes.
*/
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
	const tone = toneOfNotice(step);
	row.mark(column, markOfStep(step) || (step.to === undefined ? (isBefore ? '┤' : '├') : '⇄'), tone);
	row.put(isBefore ? column - 1 - textWidth(text) : column + 2, text, tone);
}

function toneOfNotice(step: FlowStep): FlowTone {
	return noticeOf(step.kind)?.tone ?? (isStopped(step) ? 'error' : 'plain');
}
