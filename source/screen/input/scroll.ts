import type {PaneId} from '../../log/event.ts';
import {boxOf, type Layout} from '../frame/layout.ts';
import {measurePane} from '../panes/geometry.ts';
import {kindOf, rowsPart} from '../panes/views.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {
	drawnSceneOf, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import {pageOf, type Place} from '../panes/rows/pane-rows.ts';

type ScrollInput = DrawInput & {readonly layout: () => Layout};

/** Where a pane stands, and what its rows depend on; undefined where it is not whole. */
function placeOf({state, scene, words, layout}: ScrollInput, pane: PaneId): Place | undefined {
	const box = boxOf(layout(), pane);
	return box && {
		box, scene: drawnSceneOf(state, scene, pane), pane: paneState(state, pane), words,
	};
}

/** Scroll a pane's log by a page, or by this many rows, back (-1) or forth (1). Beyond its end, it follows again. */
export function scrollPane(input: ScrollInput, pane: PaneId, direction: 1 | -1, rows?: number): ScreenState {
	const {state} = input;
	const view = state.views.get(pane);
	const place = view && placeOf(input, pane);
	return place ? withPane(state, pane, kindOf(view).scroll(place, view, direction, rows)) : state;
}

/** Panes that were scrolled forth to their last row follow what comes, once what they show then leaves out none. */
export function settleScroll(input: ScrollInput): ScreenState {
	let {state} = input;
	for (const [pane, own] of state.panes) {
		const {end: wanted, anchor} = own;
		const view = wanted !== undefined && anchor?.end === wanted ? state.views.get(pane) : undefined;
		const place = view && placeOf(input, pane);
		if (place && view.type === 'rows' && view.end === wanted && view.end === view.total) {
			const following = {...own, end: undefined, anchor: undefined};
			const {logRows} = measurePane(place.box, place.scene, place.words);
			const {whole, end} = pageOf(view, {...place, pane: following}, logRows);
			state = end - whole <= anchor!.row ? withPane(state, pane, following) : state;
		}
	}

	return state;
}

/** Scroll a pane's rows just as far as it takes to show the one with this ordinal. */
export function showOrdinal(input: ScrollInput, pane: PaneId, ordinal: number): ScreenState {
	const {state} = input;
	const place = placeOf(input, pane);
	const part = place && rowsPart(place, state.views.get(pane));
	if (!part) {
		return state;
	}

	const end = place.pane.end ?? part.rows.total;
	if (ordinal >= end) {
		return withPane(state, pane, {end: ordinal + 1});
	}

	// A selected row stays where it is while new ones arrive.
	const whole = Math.max(1, pageOf(part.rows, part.place, part.height).whole);
	return withPane(state, pane, {end: ordinal < end - whole ? ordinal + whole : end});
}
