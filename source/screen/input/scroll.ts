import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import type {Layout, PaneBox} from '../frame/layout.ts';
import {measurePane, socketsShown} from '../panes/geometry.ts';
import {wholeRows} from '../panes/pane-lines.ts';
import {sourceTop} from '../panes/source-lines.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {paneState, type ScreenState, withPane} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';

/** What is scrolled, and where everything stands. */
type ScrollInput = DrawInput & {readonly layout: () => Layout};

/** Scroll a pane's log by a page, back (-1) or forth (1). Forth beyond its end, it follows what comes again. */
export function scrollPane(input: ScrollInput, pane: PaneId, direction: 1 | -1): ScreenState {
	const {state, scene, words} = input;
	const view = state.views.get(pane);
	const box = boxOf(input, pane);
	if (!view || !box) {
		return state;
	}

	if (view.type === 'sockets') {
		const shown = socketsShown(box, scene);
		const from = paneState(state, pane).top ?? view.from;
		return withPane(state, pane, {
			top: Math.max(0, Math.min(view.total - shown, from + direction * Math.max(1, shown - 1))),
		});
	}

	if (view.type === 'source') {
		const height = sourceHeight(box, scene, words);
		const top = sourceTop(view, paneState(state, pane).top, height);
		return withPane(state, pane, {
			top: Math.max(0, Math.min(view.lines.length - height, top + direction * (height - 1))),
		});
	}

	const whole = wholeRows(view, box, scene, paneState(state, pane), words);
	// One row stays, so that the eye finds its place again.
	const end = (paneState(state, pane).end ?? view.total) + direction * Math.max(1, whole - 1);
	const lowest = view.first + Math.min(whole, view.total - view.first);
	return withPane(state, pane, {end: end >= view.total ? undefined : Math.max(lowest, end)});
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
	const whole = Math.max(1, wholeRows(view, box, scene, paneState(state, pane), words));
	if (ordinal >= end) {
		return withPane(state, pane, {end: ordinal + 1});
	}

	// A selected row stays where it is while new ones arrive.
	return withPane(state, pane, {end: ordinal < end - whole ? ordinal + whole : end});
}

function boxOf({layout}: ScrollInput, pane: PaneId): PaneBox | undefined {
	const {server, clients} = layout();
	return [server, ...clients].find(candidate => candidate?.pane === pane);
}

/** Lines of a program that show: the last line of its window is for the call. */
function sourceHeight(box: PaneBox, scene: SceneView, words: Words): number {
	return Math.max(2, measurePane(box, scene, words).logRows - 1);
}
