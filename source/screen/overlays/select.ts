import {hintLine} from '../frame/hints.ts';
import {showOrdinal} from '../input/scroll.ts';
import {update, type Update} from '../input/update.ts';
import {
	backToTyping, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import {rowsIn, viewKind} from '../panes/views.ts';
import type {Words} from '../words/words.ts';
import type {FilterMode, SelectMode} from './modes.ts';
import {type KeyInput, type Overlay, stepOf} from './overlay.ts';

/** Up and Down select another row, Enter opens it whole, all else is typed. Then the pane follows its end again. */
export const select = {
	close: (state, {pane}) => withPane(backToTyping(state), pane, {end: undefined}),
	paste: 'line',
	handleKey(input, key) {
		if (key.name === 'return') {
			return openSelected(input.state, input.mode, input.words);
		}

		const step = key.name === 'home' || key.name === 'end' ? undefined : stepOf(key, 10);
		return step === undefined ? undefined : update(moveSelection(input, input.mode, step));
	},
	footer: ({state, mode: {pane}, words: {views}}) => [
		hintLine([
			{key: '↑ ↓', label: paneState(state, pane).filter === '' ? views.select.move : views.select.matches},
			{key: 'Enter', label: views.select.open},
			{key: 'Esc', label: views.select.end, isVital: true},
		], state.columns),
	],
} satisfies Overlay<SelectMode>;

/** Select the newest row that shows; undefined where a pane shows none. */
export function selectNewest(state: ScreenState, pane: number): ScreenState | undefined {
	const ordinal = newestOrdinal(state, pane);
	return ordinal === undefined ? undefined : selectRow(state, pane, ordinal);
}

export function selectRow(state: ScreenState, pane: number, ordinal: number): ScreenState {
	return withPane({...state, mode: {type: 'select', pane, ordinal}}, pane, {
		end: paneState(state, pane).end ?? rowsIn(state.views.get(pane))?.end,
	});
}

/** The ordinal of the newest row that shows; undefined where a pane shows none. */
export function newestOrdinal(state: ScreenState, pane: number): number | undefined {
	const rows = rowsIn(state.views.get(pane));
	const {hasRows, isProgram} = viewKind(paneState(state, pane).view);
	return (hasRows || isProgram) && rows && rows.rows.length > 0
		? rows.end - 1
		: undefined;
}

/** Select an older row (below 0) or a newer one, and scroll as far as it takes to show it. */
export function moveSelection<M extends SelectMode | FilterMode>(input: KeyInput<M>, mode: M, by: number): ScreenState {
	const {state} = input;
	const view = rowsIn(state.views.get(mode.pane));
	if (!view) {
		return state;
	}

	const ordinal = Math.max(view.first, Math.min(view.total - 1, (mode.ordinal ?? view.end) + by));
	return showOrdinal({...input, state: {...state, mode: {...mode, ordinal}}}, mode.pane, ordinal);
}

function openSelected(state: ScreenState, mode: SelectMode, words: Words): Update {
	const view = rowsIn(state.views.get(mode.pane));
	const row = view?.rows[mode.ordinal - (view.end - view.rows.length)];
	if (!row) {
		// It has left the log; or it has yet to come on screen, and the key is pressed again then.
		return update(view && mode.ordinal < view.first
			? withPane(state, mode.pane, {notice: words.refusal({reason: 'payload-gone'})})
			: state);
	}

	return update(row.bytes === undefined
		? withPane(state, mode.pane, {notice: words.views.select.noPayload})
		: {
			...state, mode: {
				type: 'whole-payload', sequence: row.sequence, from: 0, back: mode,
			},
		});
}
