import type {PaneId} from '../../../log/event.ts';
import {
	isRowsView, paneState, type ScreenState, withPane,
} from '../../state/screen-state.ts';

/**
Open the prompt for what is looked for in a pane. It is empty: what was looked for before stays until something is
typed. A view without rows gives way to messages.
*/
export function openFilter(state: ScreenState, pane: PaneId): ScreenState {
	const {view} = paneState(state, pane);
	return withPane({
		...state, prompts: state.prompts + 1, mode: {
			type: 'filter', pane, value: '', isReady: false,
		},
	}, pane, {view: isRowsView(view) ? view : 'messages'});
}
