import type {FlowStep} from './flow-step.ts';
import {olderLeftOut} from './older-left-out.ts';
import type {Flow} from './project-flow.ts';
import {fitLabel, labelOfStep} from './step-label.ts';
import {markOfStep} from './step-words.ts';

/** Columns of a label: what is longer is cut. */
const labelColumns = 120;

/** Characters that Mermaid takes as they are. */
const plain = /[\p{Letter}\p{Number} .,…→●○✗×–]/v;

/** A whole diagram as text that Mermaid draws (mermaid.js.org/syntax/sequenceDiagram). What is lost ends in a cross. */
export function flowMermaid({steps, lanes, isWhole}: Flow): string {
	const names = new Map(lanes.map(({id}, index) => [id, `L${index + 1}`]));
	const participants = lanes.map(({id, label, address}) => `\tparticipant ${names.get(id)} as ${escaped([label, address].filter(Boolean).join(' '))}`);
	return [...(isWhole ? [] : [`%% ${olderLeftOut}`]), 'sequenceDiagram', ...participants, ...steps.map(step => `\t${statementOf(step, names)}`), ''].join('\n');
}

function statementOf(step: FlowStep, names: ReadonlyMap<string, string>): string {
	const label = escaped([markOfStep(step), fitLabel(labelOfStep(step), labelColumns)].filter(Boolean).join(' '));
	const from = names.get(step.from) ?? '';
	return step.to === undefined ? `Note over ${from}: ${label}` : `${from}${arrowOf(step)}${names.get(step.to) ?? ''}: ${label}`;
}

function arrowOf({fate}: FlowStep): string {
	switch (fate) {
		case 'arrived':
		case 'left': {
			return '->>';
		}

		case 'lost': {
			return '-x';
		}

		case 'under-way': {
			return '-->';
		}

		default: {
			return fate satisfies never;
		}
	}
}

/** Whatever Mermaid could read as something else, as the entity codes that it knows (`#59;`). */
function escaped(text: string): string {
	return Array.from(text, character => plain.test(character) ? character : `#${character.codePointAt(0)};`).join('');
}
