import {
	type FlowWords, laneName, lanePorts, markOfStep, stepLabel,
} from './label.ts';
import {
	type Flow, type FlowLaneId, type FlowStep, isStopped,
} from './step.ts';

/** Columns of a label: what is longer is cut. */
const labelColumns = 120;

/** Characters that Mermaid takes as they are. */
const plain = /[\p{Letter}\p{Number} .,…→●○✗×–]/v;

/**
The lines of a whole diagram as text that Mermaid draws (mermaid.js.org/syntax/sequenceDiagram). What is lost ends in a
cross.
*/
export function * flowMermaid({steps, lanes, isWhole}: Flow, words: FlowWords): Generator<string> {
	const names = new Map(lanes.map(({id}, index) => [id, `L${index + 1}`]));
	const participants = lanes.map(lane =>
		`\tparticipant ${names.get(lane.id)} as ${escaped([laneName(lane, words), lanePorts(lane)].filter(Boolean).join(' '))}`);
	yield * [...(isWhole ? [] : [`%% ${words.olderLeftOut}`]), 'sequenceDiagram', ...participants];
	for (const step of steps) {
		yield `\t${statementOf(step, names, words)}`;
	}

	yield '';
}

function statementOf(step: FlowStep, names: ReadonlyMap<FlowLaneId, string>, words: FlowWords): string {
	const {from, to} = step;
	const label = escaped([markOfStep(step), stepLabel(step, labelColumns, words)].filter(Boolean).join(' '));
	const name = names.get(from.lane) ?? '';
	if (!to) {
		return `Note over ${name}: ${label}`;
	}

	const arrow = isStopped(step) ? '-x' : (to.fate === 'under-way' ? '-->' : '->>');
	return `${name}${arrow}${names.get(to.lane) ?? ''}: ${label}`;
}

/** Whatever Mermaid could read as something else, as the entity codes that it knows (`#59;`). */
function escaped(text: string): string {
	return Array.from(text, character => plain.test(character) ? character : `#${character.codePointAt(0)};`).join('');
}
