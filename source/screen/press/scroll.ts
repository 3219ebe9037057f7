import type {SceneView} from '../../engine/door.ts';
import type {PaneId} from '../../engine/events/event.ts';
import {wholeRows} from '../pane/pane-lines.ts';
import {screenLayout} from '../screen-layout.ts';
import {paneState, type ScreenState, withPane} from '../screen-state.ts';
import type {Words} from '../words/words.ts';

/** Scroll a pane's log by a page, back (-1) or forth (1). Forth beyond its end, it follows what comes again. */
export function scrollPane(state: ScreenState, scene: SceneView, pane: PaneId, direction: 1 | -1, words: Words): ScreenState {
	const view = state.views.get(pane);
	const {server, clients} = screenLayout(state, scene, words);
	const box = [server, ...clients].find(candidate => candidate?.pane === pane);
	if (!view || !box) {
		return state;
	}

	const whole = wholeRows(view, box, scene, words);
	// One row stays, so that the eye finds its place again.
	const end = (paneState(state, pane).end ?? view.total) + (direction * Math.max(1, whole - 1));
	const lowest = view.first + Math.min(whole, view.total - view.first);
	return withPane(state, pane, {end: end >= view.total ? undefined : Math.max(lowest, end)});
}
