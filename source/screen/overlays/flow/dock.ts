import type {FlowQuery} from '../../../engine/api/query.ts';
import type {FlowView} from '../../../engine/api/view.ts';
import {focusedPane} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import type {DrawInput} from '../overlay.ts';
import {aroundPane, dockedRows, flowLines} from './flow-lines.ts';

/** What the flow diagram beside the panes is drawn from. It follows the end. */
export type DockInput = {
	readonly view: FlowView | undefined;
	/** The pane that it is drawn around. */
	readonly around: string;
	readonly columns: number;
	readonly rows: number;
	readonly words: Words;
};

/** The same, as the screen stands now. */
export function dockInput({state, scene, words}: DrawInput, columns: number, rows: number): DockInput {
	return {
		view: state.flow?.scene === scene.name ? state.flow : undefined,
		around: aroundPane({state, scene, words}),
		columns,
		rows,
		words,
	};
}

/** The diagram, with a column between it and the panes. */
export function dockLines({view, around, columns, rows, words}: DockInput): string[] {
	return flowLines(view, {
		columns: columns - 1,
		height: rows,
		steps: dockedRows(rows),
		around,
		isScrolled: false,
		isDocked: true,
		hint: `^F ${words.keys.wholeFlow}`,
	}, words).map(line => ' '.slice(0, Math.max(0, columns)) + line);
}

/** What the engine is asked for while it is shown. */
export function dockQuery({state, scene}: DrawInput, rows: number): FlowQuery {
	return {
		type: 'flow', scene: scene.name, focus: focusedPane(state, scene), rows: dockedRows(rows), end: undefined,
	};
}
