import textWidth from '../../../text/width.ts';
import type {FlowTone} from './draw-flow.ts';
import type {FlowLayout} from './flow-layout.ts';
import type {FlowRow} from './flow-row.ts';
import type {FlowStep} from './flow-step.ts';
import {fitLabel, labelOfStep} from './step-label.ts';
import {markOfStep} from './step-words.ts';

/** Draw what happened on one lane: a sign on it, and the words on the side where they fit, if need be across other lanes. */
export function drawNotice(row: FlowRow, step: FlowStep, {placed, columns, left}: FlowLayout): void {
	const index = placed.findIndex(({lane}) => lane.id === step.from);
	const {column} = placed[index];
	const label = labelOfStep(step);
	const width = textWidth(fitLabel(label, Number.POSITIVE_INFINITY));
	const behind = columns - column - 2;
	const before = column - left - 1;
	const toNext = (placed.at(index + 1)?.column ?? columns) - column - 2;
	const toLast = index === 0 ? before : column - placed[index - 1].column - 2;
	const isBefore = width > toNext && (width <= toLast || (width > behind && before > behind));
	const text = fitLabel(label, isBefore ? before : behind);
	const tone = toneOf(step);
	row.mark(column, markOfStep(step) || (step.to === undefined ? (isBefore ? '┤' : '├') : '⇄'), tone);
	row.put(isBefore ? column - 1 - textWidth(text) : column + 2, text, tone);
}

function toneOf({kind, fate}: FlowStep): FlowTone {
	switch (kind) {
		case 'bind-failed':
		case 'failed':
		case 'refused': {
			return 'error';
		}

		case 'paused':
		case 'reading-stopped':
		case 'link-changed':
		case 'loss-ordered': {
			return 'warning';
		}

		default: {
			return fate === 'lost' ? 'error' : 'plain';
		}
	}
}
