import type {PaneId} from '../../../log/event.ts';
import {update} from '../../input/update.ts';
import {
	backToTyping, newPaneState, paneState, type ScreenState, withPane,
} from '../../state/screen-state.ts';
import {viewKind} from '../../panes/views.ts';
import {emptyPrompt, type FilterMode} from '../modes.ts';
import type {Overlay} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {filterOf} from './filter.ts';

/**
Open the prompt for what is looked for in a pane. It is empty: what was looked for before stays until something is
typed. A view without rows gives way to messages.
*/
export function openFilter(state: ScreenState, pane: PaneId): ScreenState {
	const {view} = paneState(state, pane);
	return withPane({
		...state, mode: {...emptyPrompt, type: 'filter-prompt', pane},
	}, pane, {view: viewKind(view).hasRows ? view : newPaneState.view});
}

/** The prompt for what is looked for: rows are looked for with every letter, and Esc shows all of them again. */
export const filterPrompt: Overlay<FilterMode> = promptOverlay({
	escape: (state, {pane}) => withPane(backToTyping(state), pane, {filter: '', end: undefined}),
	texts: ({mode: {problem}, words: {views: {filter}}}) => ({label: filter.label, hint: problem ?? filter.hint}),
	change({state, scene, mode, words}, value) {
		const isWrong = filterOf(value, scene.server?.pane === mode.pane, words) === 'wrong';
		const problem = isWrong ? words.views.filter.wrong : undefined;
		return withPane({...state, mode: {...mode, problem}}, mode.pane, {filter: value, end: undefined});
	},
	// What cannot be looked for stays in the prompt, which says why.
	submit: ({state, mode: {problem}}) => update(problem === undefined ? backToTyping(state) : state),
});
