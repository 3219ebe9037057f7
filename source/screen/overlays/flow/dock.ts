import type {FlowQuery} from '../../../engine/api/query.ts';
import type {FlowView} from '../../../engine/api/view.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {flowDiagram} from '../modes.ts';
import type {DrawInput} from '../overlay.ts';
import {
	aroundPane, dockedRows, drawnFlow, endsWith, flowLines, type FlowPage, flowRows, stepAt, turnedEnds, flowOf,
	flowQuery,
} from './flow-lines.ts';

/** What the flow diagram beside the panes is drawn from. */
export type DockInput = {
	readonly view: FlowView | undefined;
	readonly around: string;
	readonly isScrolled: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
};

/** The same, as the screen stands now. */
export function dockInput({state, scene, words}: DrawInput, columns: number, rows: number): DockInput {
	return {
		view: flowOf({state, scene}),
		around: aroundPane({state, scene, words}),
		isScrolled: dockEnds({state, scene}).length > 0,
		columns,
		rows,
		words,
	};
}

/** The diagram, with a column between it and the panes. */
export function dockLines(input: DockInput): string[] {
	const {view, columns, words} = input;
	return flowLines(view, pageOf(input), words).map(line => ' '.slice(0, Math.max(0, columns)) + line);
}

export function dockQuery(input: DrawInput, rows: number): FlowQuery {
	return flowQuery(input, dockedRows(rows), dockEnds(input));
}

/** The diagram over the panes, with the row selected that is drawn at a line of it beside them. */
export function dockedRowOpened(input: DrawInput, {width, height}: Size, line: number): ScreenState {
	const {state, words} = input;
	const drawn = dockInput(input, width, height);
	const page = pageOf(drawn);
	const {view} = drawn;
	const step = view && stepAt(view, page, line, words);
	if (!step) {
		return state;
	}

	const {steps} = drawnFlow(view, page, words);
	return {
		...state,
		isFlowDocked: false,
		mode: flowDiagram(
			true,
			endsWith(dockEnds(input), view, steps, step, flowRows(state.rows, true)),
			{first: step.first, by: 0},
		),
	};
}

/** The diagram beside the panes after a turn of the wheel over it. */
export function scrollDock(input: DrawInput, {width, height}: Size, action: 'up' | 'down', by: number): ScreenState {
	const {state, scene, words} = input;
	const drawn = dockInput(input, width, height);
	const ends = drawn.view && turnedEnds(dockEnds(input), drawn.view, pageOf(drawn), {action, by}, words);
	return ends ? {...state, dockScroll: {scene: scene.name, ends}} : state;
}

type Size = {readonly width: number; readonly height: number};

function pageOf({around, isScrolled, columns, rows, words}: DockInput): FlowPage {
	return {
		columns: columns - 1,
		height: rows,
		steps: dockedRows(rows),
		around,
		isScrolled,
		isDocked: true,
		hint: `^F ${words.keys.wholeFlow}`,
	};
}

/** The ends that it was scrolled to in this scene; none while it follows the end. */
function dockEnds({state: {dockScroll}, scene}: Pick<DrawInput, 'state' | 'scene'>): readonly number[] {
	return dockScroll?.scene === scene.name ? dockScroll.ends : [];
}
