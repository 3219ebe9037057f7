import type {FlowView} from '../../../engine/api/view.ts';
import {type DrawnFlow, drawFlow} from '../../../flow/terminal.ts';
import {padLines} from '../../frame/pad-lines.ts';
import {paint, paintApart} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';

/** Lines that are no steps: the header's, the title, the lanes' names and addresses, and up to two of the footer. */
const otherRows = 6;

/** How many steps are shown in a terminal with this many rows. */
export function flowRows(rows: number): number {
	return Math.max(1, rows - otherRows);
}

/**
Where the window ends that shows one step more of the past, or a page; undefined where nothing older can be drawn.
*/
export function olderSteps(
	view: FlowView,
	columns: number,
	rows: number,
	words: Words,
): {readonly step: number; readonly page: number} | undefined {
	const {steps, isWhole, oldest} = view;
	// Where no step is drawn, there may still be something before all that was looked at.
	const page = drawn(view, columns, rows, words).first ?? oldest;
	return page === undefined || (isWhole && (steps.at(0)?.first ?? page) === page)
		? undefined
		: {step: steps.at(-1)?.first ?? page, page};
}

/** The room that the diagram has, and the rows of the terminal. */
type FlowRoom = {readonly columns: number; readonly height: number; readonly terminalRows: number};

/** The flow diagram over the panes, in exactly this many rows: what it is, its lanes, its steps. */
export function flowLines(
	view: FlowView | undefined,
	around: string,
	isScrolled: boolean,
	{columns, height, terminalRows}: FlowRoom,
	words: Words,
): string[] {
	const {flow} = words.views;
	const diagram = view && drawn(view, columns, terminalRows, words);
	const isDropped
		= view !== undefined && view.dropped > 0 && olderSteps(view, columns, terminalRows, words) === undefined;
	const hidden = diagram ? flow.hidden(diagram.hiddenLanes, diagram.hiddenSteps) : '';
	const missing = [hidden, isDropped ? flow.dropped(view.dropped) : ''].filter(Boolean).join(' · ');
	const title = paintApart(
		[
			{text: ` ${flow.title} `, tone: 'chosen'},
			{text: `  ${isScrolled ? flow.scrolled : flow.following} · ${flow.around(around)}`, tone: 'dim'},
		],
		[{text: missing === '' ? '' : `  ${missing} `, tone: 'warning'}],
		columns,
	);
	if (!diagram) {
		return padLines([title], height, columns);
	}

	const body
		= diagram.lines.length === 0
			? [paint([{text: ` ${isDropped ? flow.dropped(view.dropped) : flow.nothing}`, tone: 'warning'}], columns)]
			: diagram.lines.map(line => paint(line, columns));
	return padLines([title, ...diagram.header.map(line => paint(line, columns)), ...body], height, columns);
}

type Drawing = {readonly columns: number; readonly rows: number; readonly words: Words; readonly diagram: DrawnFlow};

/** What was drawn last of each view: a frame that changes something else, and a key, need not draw it again. */
const drawings = new WeakMap<FlowView, Drawing>();

function drawn(view: FlowView, columns: number, rows: number, words: Words): DrawnFlow {
	const known = drawings.get(view);
	if (known?.columns === columns && known.rows === rows && known.words === words) {
		return known.diagram;
	}

	const diagram = drawFlow(view, {
		words: words.views.flow.diagram, columns, rows: flowRows(rows), focus: view.focus,
	});
	drawings.set(view, {
		columns, rows, words, diagram,
	});
	return diagram;
}
