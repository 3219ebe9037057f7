import type {PaneId} from '../../log/event.ts';
import {update} from '../input/update.ts';
import {
	backToTyping, newPaneState, paneState, type ScreenState, stepBack, withPane,
} from '../state/screen-state.ts';
import {viewKind} from '../panes/views.ts';
import {emptyPrompt, type FilterMode} from './modes.ts';
import type {Overlay} from './overlay.ts';
import {promptOverlay} from './prompt.ts';
import {moveSelection, newestOrdinal, selectRow} from './select.ts';
import {filterOf} from './filter.ts';

/** Open the prompt for what is looked for in a pane. A view without rows gives way to messages. */
export function openFilter(state: ScreenState, pane: PaneId): ScreenState {
	const {view} = paneState(state, pane);
	return withPane({
		...state, mode: {...emptyPrompt, type: 'filter-prompt', pane},
	}, pane, {view: viewKind(view).hasRows ? view : newPaneState.view});
}

const prompt = promptOverlay<FilterMode>({
	look: () => 'filter',
	escape: (state, {pane}) => withPane(stepBack(state), pane, {filter: '', end: undefined}),
	texts: ({mode: {problem}, words: {views: {filter}}}) => ({label: filter.label, hint: problem ?? filter.hint}),
	change({state, scene, mode, words}, value) {
		const isWrong = filterOf(value, scene.server?.pane === mode.pane, words) === 'wrong';
		const problem = isWrong ? words.views.filter.wrong : undefined;
		return withPane(
			{...state, mode: {...mode, problem, ordinal: undefined}},
			mode.pane,
			{filter: value, end: undefined},
		);
	},
	submit({state, mode: {pane, problem, ordinal}}) {
		// What cannot be found stays in the prompt, which says why.
		return update(problem === undefined
			? (ordinal === undefined ? backToTyping(state) : selectRow(state, pane, ordinal))
			: state);
	},
});

/** The prompt for what to find: every letter filters the rows, Up and Down select a match, Esc shows all again. */
export const filterPrompt: Overlay<FilterMode> = {
	...prompt,
	handleKey(input, key) {
		const {state, mode} = input;
		const isUp = key.name === 'up';
		if (!isUp && key.name !== 'down') {
			return prompt.handleKey(input, key);
		}

		if (mode.ordinal !== undefined) {
			return update(moveSelection(input, mode, isUp ? -1 : 1));
		}

		const newest = newestOrdinal(state, mode.pane);
		return update(newest === undefined
			? state
			: withPane({...state, mode: {...mode, ordinal: newest}}, mode.pane, {end: newest + 1}));
	},
};
