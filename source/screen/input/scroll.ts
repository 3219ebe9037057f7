import type {PaneId} from '../../log/event.ts';
import {boxOf, type Layout} from '../frame/layout.ts';
import {measurePane} from '../panes/geometry.ts';
import {kindOf, rowsPart} from '../panes/views.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {
	drawnSceneOf, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import {pageOf} from '../panes/rows/pane-rows.ts';

type ScrollInput = DrawInput & {readonly layout: () => Layout};

/**
Scroll a pane's log by a page, or by this many rows, back (-1) or forth (1). Forth beyond its end, it follows what comes
again.
*/
export function scrollPane(input: ScrollInput, pane: PaneId, direction: 1 | -1, rows?: number): ScreenState {
	const {state, words} = input;
	const scene = drawnSceneOf(state, input.scene, pane);
	const view = state.views.get(pane);
	const box = boxOf(input.layout(), pane);
	if (!view || !box) {
		return state;
	}

	return withPane(state, pane, kindOf(view).scroll({
		box, scene, pane: paneState(state, pane), words,
	}, view, direction, rows));
}

/** Panes that were scrolled forth to their last row follow what comes, once what they show then leaves out none. */
export function settleScroll(input: ScrollInput): ScreenState {
	let {state} = input;
	for (const [pane, own] of state.panes) {
		const view = own.end !== undefined && own.anchor?.end === own.end ? state.views.get(pane) : undefined;
		const box = view && boxOf(input.layout(), pane);
		if (view?.type === 'rows' && view.end === own.end && view.end === view.total && box) {
			const following = {...own, end: undefined, anchor: undefined};
			const scene = drawnSceneOf(state, input.scene, pane);
			const {logRows} = measurePane(box, scene, input.words);
			const {whole, end} = pageOf(view, {
				...input, scene, box, pane: following,
			}, logRows);
			state = end - whole <= own.anchor!.row ? withPane(state, pane, following) : state;
		}
	}

	return state;
}

/** Scroll a pane's rows just as far as it takes to show the one with this ordinal. */
export function showOrdinal(input: ScrollInput, pane: PaneId, ordinal: number): ScreenState {
	const {state, scene, words} = input;
	const box = boxOf(input.layout(), pane);
	const part = box && rowsPart({
		box, scene, pane: paneState(state, pane), words,
	}, state.views.get(pane));
	if (!part) {
		return state;
	}

	const end = paneState(state, pane).end ?? part.rows.total;
	const whole = Math.max(1, pageOf(part.rows, part.place, part.height).whole);
	if (ordinal >= end) {
		return withPane(state, pane, {end: ordinal + 1});
	}

	// A selected row stays where it is while new ones arrive.
	return withPane(state, pane, {end: ordinal < end - whole ? ordinal + whole : end});
}
