import textWidth from '../../../text/width.ts';
import {cutVisibleStart} from './cut-visible.ts';
import type {FlowTone} from './draw-flow.ts';
import type {FlowLane} from './flow-lanes.ts';
import type {FlowLayout} from './flow-layout.ts';
import type {FlowRow} from './flow-row.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import {fitLabel, labelOfStep} from './step-label.ts';

/** Columns that what does not arrive leaves before the lane that it was sent to; less where the reason needs room. */
const missed = 4;
const missedWithReason = 1;

/** Columns between a lane at the border and the name of one that is hidden there: for a dash, a head and a space. */
const besideName = 3;

/** What an arrow needs to know of its surroundings. `crossings` are the columns of lanes that are open. */
export type ArrowScene = {
	readonly layout: FlowLayout;
	readonly lanes: readonly FlowLane[];
	readonly focus: FlowLaneId | undefined;
	readonly crossings: readonly number[];
};

/** Draw what went from one lane to another, across those between; to or from a lane that is hidden, at the border, with its name. */
export function drawArrow(row: FlowRow, step: FlowStep, scene: ArrowScene): void {
	const {layout: {placed}, crossings, focus} = scene;
	const from = placed.find(({lane}) => lane.id === step.from)?.column;
	const to = placed.find(({lane}) => lane.id === step.to)?.column;
	const tail = from ?? borderOf(row, step.from, scene);
	const target = to ?? borderOf(row, step.to!, scene);
	const isRight = tail < target;
	const direction = isRight ? 1 : -1;
	const isCutShort = step.fate === 'lost' || step.fate === 'under-way';
	const length = Math.abs(target - tail) - 1;
	// The last column of the arrow, seen from its tail.
	const reach = isCutShort ? Math.max(1, length - Math.min(step.code === undefined && !step.link?.loss ? missed : missedWithReason, length >> 1)) : length;
	const tone = toneOf(step, focus);
	const dash = step.fate === 'under-way' ? '╌' : '─';
	for (let offset = 1; offset <= reach; offset++) {
		const column = tail + (offset * direction);
		row.mark(column, crossings.includes(column) ? '┼' : dash, tone);
	}

	if (from !== undefined) {
		row.mark(tail, isRight ? '├' : '┤', tone);
	}

	if (step.fate === 'lost') {
		row.mark(tail + (reach * direction), '✗', 'error');
	} else if (step.fate !== 'under-way') {
		row.mark(tail + (reach * direction), isRight ? '►' : '◄', tone);
	}

	if (step.kind === 'accept' && to !== undefined) {
		row.mark(to, '●', tone);
	}

	// A dash and a space behind the tail, a space and the head.
	const label = fitLabel(labelOfStep(step), reach - 4);
	if (label !== '') {
		const text = ` ${label} `;
		row.put(isRight ? tail + 2 : tail - 1 - textWidth(text), text, tone === 'dim' ? 'plain' : tone);
	}
}

/** Write the name of a hidden lane at the border on its side; the arrow ends, or begins, before it. Gives the column there. */
function borderOf(row: FlowRow, hidden: FlowLaneId, {layout: {columns, left, hidden: sides, placed}, lanes}: ArrowScene): number {
	const isLeft = sides.get(hidden) === 'left';
	const room = isLeft ? placed[0].column - left : columns - 1 - placed.at(-1)!.column;
	const name = cutVisibleStart(lanes.find(({id}) => id === hidden)?.label ?? '', Math.max(0, room - besideName));
	const width = textWidth(name);
	row.put(isLeft ? left : columns - width, name, 'dim');
	return isLeft ? left + width : columns - width - 1;
}

function toneOf({fate, from, to}: FlowStep, focus: FlowLaneId | undefined): FlowTone {
	if (fate === 'lost') {
		return 'error';
	}

	if (fate === 'under-way') {
		return 'dim';
	}

	return from === focus ? 'sent' : (to === focus ? 'received' : 'plain');
}
