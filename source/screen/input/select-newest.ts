import {
	isRowsView, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';

/** Select the newest row that shows; undefined where a pane shows none. */
export function selectNewest(state: ScreenState, pane: number): ScreenState | undefined {
	const view = state.views.get(pane);
	return isRowsView(paneState(state, pane).view) && view?.type === 'rows' && view.rows.length > 0
		? withPane({...state, mode: {type: 'select', pane, ordinal: view.end - 1}}, pane, {end: view.end})
		: undefined;
}
