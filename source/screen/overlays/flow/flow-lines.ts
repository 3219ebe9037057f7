import type {FlowQuery} from '../../../engine/api/query.ts';
import type {FlowView} from '../../../engine/api/view.ts';
import type {FlowStep} from '../../../flow/step.ts';
import {type DrawnFlow, drawFlow} from '../../../flow/drawing/terminal.ts';
import {
	padLines, invert, paint, paintApart, wrapInto,
} from '../../frame/paint.ts';
import {focusedPane} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import type {DrawInput} from '../overlay.ts';
import type {Selection} from '../modes.ts';
import {detailLines} from './detail-lines.ts';

/** Lines above the steps: the title, the lanes' names and addresses. */
const headRows = 3;

/** Lines of the screen that are not the diagram's: the header's, and up to two of the footer. */
const screenRows = 3;

/** Lines of the details of a row; and of what is not drawn, which in a narrow diagram takes two. */
const detailRows = 8;
const unseenRows = {whole: 1, docked: 2};

/** How many steps are shown over the panes of a terminal with this many rows; fewer with the details of one. */
export function flowRows(rows: number, isSelected = false): number {
	const room = rows - screenRows - headRows;
	return Math.max(1, room - (isSelected ? Math.min(detailRows, room >> 1) : unseenRows.whole));
}

/** How many steps are shown in a diagram beside the panes with this many rows. */
export function dockedRows(rows: number): number {
	return Math.max(1, rows - headRows - unseenRows.docked);
}

/** The room that the steps have: the terminal's columns, and lines for this many of them. */
type FlowRoom = {readonly columns: number; readonly steps: number};

/** Where the window ends that shows one step more of the past, or a page; undefined where nothing is older. */
export function olderSteps(
	view: FlowView,
	room: FlowRoom,
	words: Words,
): {readonly step: number; readonly page: number} | undefined {
	const {steps, isWhole, oldest} = view;
	// Where no step is drawn, there may still be something before all that was looked at.
	const page = drawnFlow(view, room, words).first ?? oldest;
	return page === undefined || (isWhole && (steps.at(0)?.first ?? page) === page)
		? undefined
		: {step: steps.at(-1)?.first ?? page, page};
}

/** What is shown of a diagram, and in how many rows: what it is, its lanes, its steps. */
export type FlowPage = FlowRoom & {
	readonly height: number;
	readonly around: string;
	readonly isScrolled: boolean;
	readonly isDocked?: boolean;
	/** Said at the end of the title where nothing else is. */
	readonly hint?: string;
	/** The row of which the details are shown. */
	readonly selected?: Selection;
};

/** The flow diagram over the panes, or beside them, in exactly this many rows. */
export function flowLines(view: FlowView | undefined, page: FlowPage, words: Words): string[] {
	const {columns, height, around, isScrolled, isDocked = false, hint} = page;
	const {flow} = words.views;
	const diagram = view && drawnFlow(view, page, words);
	const isDropped = view !== undefined && view.dropped > 0 && olderSteps(view, page, words) === undefined;
	const hidden = diagram ? flow.hidden(diagram.hiddenLanes, diagram.hiddenSteps) : '';
	const missing = [hidden, isDropped ? flow.dropped(view.dropped) : ''].filter(Boolean).join(' · ');
	const title = paintApart(
		[
			{text: ` ${flow.title} `, tone: 'chosen'},
			{
				text: `  ${isScrolled ? flow.scrolled : flow.following} · ${isDocked ? around : flow.around(around)}`,
				tone: 'dim',
			},
		],
		missing === '' ? [{text: hint === undefined ? '' : ` ${hint} `}] : [{text: `  ${missing} `, tone: 'warning'}],
		columns,
	);
	if (!diagram) {
		return padLines([title], height, columns);
	}

	const bottom = bottomLines(view, diagram, page, words);
	const selected = selectedStep(diagram.steps, page.selected);
	const none = diagram.hiddenSteps > 0 ? flow.allHidden : flow.nothing;
	const body
		= diagram.lines.length === 0
			? [paint([{text: ` ${isDropped ? flow.dropped(view.dropped) : none}`, tone: 'warning'}], columns)]
			: diagram.lines.map((line, index) => {
				const painted = paint(line, columns);
				return selected && diagram.steps[index] === selected ? invert(painted) : painted;
			});
	const head = [title, ...diagram.header.map(line => paint(line, columns))];
	const room = Math.max(1, height - head.length - bottom.length);
	return padLines([...head, ...padLines(body.slice(-room), room, columns), ...bottom], height, columns);
}

/** The step at a line of what is drawn of a diagram; undefined at the title, the lanes and the details. */
export function stepAt(view: FlowView, page: FlowPage, line: number, words: Words): FlowStep | undefined {
	const diagram = drawnFlow(view, page, words);
	const room = Math.max(1, page.height - headRows - bottomLines(view, diagram, page, words).length);
	return line < headRows ? undefined : diagram.steps.slice(-room)[line - headRows];
}

/**
The ends of a window of `rows` steps in which one of those shown is among them, the others as they were: with its
details there is room for fewer.
*/
export function endsWith(
	ends: readonly number[],
	view: FlowView,
	steps: readonly FlowStep[],
	step: FlowStep,
	rows: number,
): readonly number[] {
	const held = heldEnds(ends, view);
	const next = steps[steps.indexOf(step) + rows];
	return next ? [...held, next.first] : held;
}

/** The ends of a window that stays where it is while new steps come. */
export function heldEnds(ends: readonly number[], {steps}: FlowView): readonly number[] {
	return ends.length > 0 || steps.length === 0
		? ends
		: [1 + Math.max(...steps.flatMap(({sequence, from, to}) => [sequence, from.sequence ?? 0, to?.sequence ?? 0]))];
}

/** The ends after a turn of the wheel by this many steps; undefined where there are no older ones. */
export function turnedEnds(
	ends: readonly number[],
	view: FlowView,
	room: FlowRoom,
	{action, by}: {readonly action: 'up' | 'down'; readonly by: number},
	words: Words,
): readonly number[] | undefined {
	if (action === 'down') {
		return ends.length > 2 ? ends.slice(0, -1) : endsAhead(view, by);
	}

	const older = olderSteps(view, room, words);
	const end = older && (view.steps.at(-by)?.first ?? older.step);
	// Before the engine has answered for the last one, this is the same again.
	return end === undefined || end === ends.at(-1) ? undefined : [...heldEnds(ends, view), end];
}

/** The ends of the window with `by` steps more of what comes next; none where it follows the newest step then. */
export function endsAhead({ahead = []}: FlowView, by: number): readonly number[] {
	const end = ahead[Math.min(Math.max(1, by), ahead.length) - 1];
	return end === undefined || end === Number.POSITIVE_INFINITY ? [] : [end];
}

/** The details of the row that is selected, or what is not drawn. */
function bottomLines(
	view: FlowView,
	{steps}: DrawnFlow,
	{columns, height, isDocked, selected}: FlowPage,
	words: Words,
): string[] {
	if (selected) {
		const step = selectedStep(steps, selected);
		const rows = Math.min(detailRows, (height - headRows) >> 1);
		const details = view.details?.first === step?.first ? view.details : undefined;
		return padLines(detailLines(view.protocol, details, columns, words), rows, columns);
	}

	const rows = unseenRows[isDocked ? 'docked' : 'whole'];
	return wrapInto(rows, words.views.flow.diagram.unseen[view.protocol], columns - 1)
		.map(line => paint([{text: ` ${line}`, tone: 'dim'}], columns));
}

/** The engine's answer for a scene: that for another says nothing about it. */
export function flowOf({state: {flow}, scene}: Pick<DrawInput, 'state' | 'scene'>): FlowView | undefined {
	return flow?.scene === scene.name ? flow : undefined;
}

/** The query for this many steps up to the last of the ends that were scrolled to. */
export function flowQuery(
	{state, scene}: Pick<DrawInput, 'state' | 'scene'>,
	rows: number,
	ends: readonly number[],
): FlowQuery {
	return {
		type: 'flow',
		scene: scene.name,
		focus: focusedPane(state, scene),
		rows,
		end: ends.at(-1),
		...(ends.length > 0 && ends.length < 3 && {isAhead: true}),
	};
}

export function aroundPane({state, scene, words}: DrawInput): string {
	const client = scene.clients.find(({pane}) => pane === focusedPane(state, scene));
	if (!client && scene.server?.relay) {
		return words.relay.around;
	}

	return client ? words.client.tab(client.number) : words.views.ledger.server;
}

type Drawing = FlowRoom & {readonly words: Words; readonly diagram: DrawnFlow};

/** What was drawn last of each view: a frame that changes something else, and a key, need not draw it again. */
const drawings = new WeakMap<FlowView, Drawing>();

/** The lines of a view's newest steps. */
export function drawnFlow(view: FlowView, {columns, steps}: FlowRoom, words: Words): DrawnFlow {
	const known = drawings.get(view);
	if (known?.columns === columns && known.steps === steps && known.words === words) {
		return known.diagram;
	}

	const diagram = drawFlow(view, {
		words: words.views.flow.diagram, columns, rows: steps, focus: view.focus,
	});
	drawings.set(view, {
		columns, steps, words, diagram,
	});
	return diagram;
}

/** The row that is selected among those shown; where it is not among them, the nearest. */
export function selectedStep(steps: readonly FlowStep[], selected: Selection | undefined): FlowStep | undefined {
	if (!selected) {
		return undefined;
	}

	const {first, by} = selected;
	return by === 1
		? steps.find(step => step.first > first) ?? steps.at(-1)
		: steps.findLast(step => by === 0 ? step.first <= first : step.first < first) ?? steps[0];
}
