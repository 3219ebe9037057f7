import {isDeepStrictEqual} from 'node:util';
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
			return seeRows(withView(state, keepRows(view, state.views.get(view.pane))), view);
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

/** A view of rows in which those that say what they said before are the same objects, so that they need not be drawn again. */
function keepRows(view: RowsView, before: PaneView | undefined): RowsView {
	if (before?.type !== 'rows' || before.kind !== view.kind) {
		return view;
	}

	const known = new Map(before.rows.map(row => [row.sequence, row]));
	return {
		...view,
		rows: view.rows.map(row => {
			const same = known.get(row.sequence);
			return isDeepStrictEqual(same, row) && same ? same : row;
		}),
	};
}

/** Note how much of a pane has been on screen, and let a pane that was scrolled back follow again at its end, unless a row is selected there. */
function seeRows(state: ScreenState, {pane, end, total, filtered}: RowsView): ScreenState {
	const {seen, end: wanted} = paneState(state, pane);
	const {mode} = state;
	const isSelecting = mode.type === 'select' && mode.pane === pane;
	const follows = wanted === undefined || (wanted >= total && !isSelecting);
	return withPane(state, pane, {seen: filtered ? seen : Math.max(seen, end), end: follows ? undefined : wanted});
}
