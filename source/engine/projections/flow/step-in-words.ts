import textWidth from '../../../text/width.ts';
import {cutVisible} from './cut-visible.ts';
import type {FlowLane} from './flow-lanes.ts';
import type {FlowStep} from './flow-step.ts';
import {fitLabel, labelOfStep} from './step-label.ts';
import {markOfStep} from './step-words.ts';

/** A step between lanes that are not drawn, in at most so many columns: `connection 9 ─ 5 B "hello" ─► client 3`, `client 4 ○ closed`. */
export function stepInWords(step: FlowStep, lanes: readonly FlowLane[], columns: number): string {
	const nameOf = (id: string): string => lanes.find(lane => lane.id === id)?.label ?? '';
	const {from, to} = step;
	const [before, after] = to === undefined || to === from
		? [[nameOf(from), markOfStep(step) || (to === undefined ? '' : '⇄')], []]
		: [[nameOf(from), step.fate === 'under-way' ? '╌' : '─'], [headOf(step), nameOf(to)]];
	const join = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');
	const label = fitLabel(labelOfStep(step), columns - textWidth(join(...before, ...after)) - 1);
	return cutVisible(join(...before, label, ...after), columns);
}

function headOf({fate}: FlowStep): string {
	switch (fate) {
		case 'arrived':
		case 'left': {
			return '─►';
		}

		case 'lost': {
			return '─✗';
		}

		case 'under-way': {
			return '╌';
		}

		default: {
			return fate satisfies never;
		}
	}
}
