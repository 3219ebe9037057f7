import type {FlowView} from '../../engine/door/overlay-view.ts';
import {filled} from '../filled.ts';
import {paint, paintApart} from '../paint.ts';
import type {Words} from '../words/words.ts';

/** Lines that are no steps: the header's, the title, the lanes' names and addresses, and up to two of the footer. */
const otherRows = 6;

/** How many steps are shown in a terminal of so many rows. */
export function flowRows(rows: number): number {
	return Math.max(1, rows - otherRows);
}

/** The flow diagram over the panes, in exactly so many rows: what it is, its lanes, its steps. */
export function flowLines(view: FlowView | undefined, around: string, isScrolled: boolean, columns: number, rows: number, words: Words): string[] {
	const {flow} = words.views;
	const hidden = view ? flow.hidden(view.hiddenLanes, view.hiddenSteps) : '';
	const title = paintApart(
		[{text: ` ${flow.title} `, tone: 'chosen'}, {text: `  ${isScrolled ? flow.scrolled : flow.following} · ${flow.around(around)}`, tone: 'dim'}],
		[{text: hidden === '' ? '' : `  ${hidden} `, tone: 'warning'}],
		columns,
	);
	if (!view) {
		return filled([title], rows, columns);
	}

	const body = view.lines.length === 0
		? [paint([{text: ` ${flow.nothing}`, tone: 'warning'}], columns)]
		: view.lines.map(line => paint(line, columns));
	return filled([title, ...view.header.map(line => paint(line, columns)), ...body], rows, columns);
}
