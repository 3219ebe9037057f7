import type {FlowView, PayloadView} from '../engine/door/overlay-view.ts';
import type {PaneView, RowsView} from '../engine/door/pane-view.ts';
import {paneState, type ScreenState, withPane} from './screen-state.ts';

/** The state with one of the engine's answers taken in, other than a scene. */
export function seeView(state: ScreenState, view: PaneView | FlowView | PayloadView): ScreenState {
	switch (view.type) {
		case 'flow': {
			return {...state, flow: view};
		}

		case 'payload': {
			return {...state, payload: view};
		}

		case 'rows': {
			return seeRows(withView(state, view), view);
		}

		case 'sockets':
		case 'source': {
			return withView(state, view);
		}

		default: {
			return view satisfies never;
		}
	}
}

function withView(state: ScreenState, view: PaneView): ScreenState {
	return {...state, views: new Map(state.views).set(view.pane, view)};
}

/** Note how much of a pane has been on screen, and let a pane that was scrolled back follow again at its end, unless a row is selected there. */
function seeRows(state: ScreenState, {pane, end, total, filtered}: RowsView): ScreenState {
	const {seen, end: wanted} = paneState(state, pane);
	const {mode} = state;
	const isSelecting = mode.type === 'select' && mode.pane === pane;
	const follows = wanted === undefined || (wanted >= total && !isSelecting);
	return withPane(state, pane, {seen: filtered ? seen : Math.max(seen, end), end: follows ? undefined : wanted});
}
