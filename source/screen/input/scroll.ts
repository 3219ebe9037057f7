import type {PaneId} from '../../log/event.ts';
import type {Layout, PaneBox} from '../frame/layout.ts';
import {measurePane} from '../panes/geometry.ts';
import {kindOf, pageOf} from '../panes/views.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {
	drawnSceneOf, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';

/** What is scrolled, and where everything stands. */
type ScrollInput = DrawInput & {readonly layout: () => Layout};

/**
Scroll a pane's log by a page, or by this many rows, back (-1) or forth (1). Forth beyond its end, it follows what comes
again.
*/
export function scrollPane(input: ScrollInput, pane: PaneId, direction: 1 | -1, rows?: number): ScreenState {
	const {state, words} = input;
	const scene = drawnSceneOf(state, input.scene, pane);
	const view = state.views.get(pane);
	const box = boxOf(input, pane);
	if (!view || !box) {
		return state;
	}

	return withPane(state, pane, kindOf(view).scroll({
		box, scene, pane: paneState(state, pane), words,
	}, view, direction, rows));
}

/** Scroll a pane's rows just as far as it takes to show the one with this ordinal. */
export function showOrdinal(input: ScrollInput, pane: PaneId, ordinal: number): ScreenState {
	const {state, scene, words} = input;
	const view = state.views.get(pane);
	const box = boxOf(input, pane);
	if (view?.type !== 'rows' || !box) {
		return state;
	}

	const end = paneState(state, pane).end ?? view.total;
	const whole = Math.max(1, pageOf(view, {
		box, scene, pane: paneState(state, pane), words,
	}, measurePane(box, scene, words).logRows).whole);
	if (ordinal >= end) {
		return withPane(state, pane, {end: ordinal + 1});
	}

	// A selected row stays where it is while new ones arrive.
	return withPane(state, pane, {end: ordinal < end - whole ? ordinal + whole : end});
}

function boxOf({layout}: ScrollInput, pane: PaneId): PaneBox | undefined {
	const {server, clients, beside} = layout();
	return [server, ...clients, beside?.server, ...(beside?.clients ?? [])].find(candidate => candidate?.pane === pane);
}
