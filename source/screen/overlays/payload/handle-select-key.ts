import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {Key} from '../../input/key-decoder.ts';
import {type ScreenState, type SelectMode, withPane} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bindingOfChord, handleTypingKey} from '../../input/handle-typing.ts';
import {runBinding} from '../../input/run-binding.ts';
import {showOrdinal} from '../../input/scroll.ts';
import {update, type Update} from '../../input/update.ts';

/**
A key while a row is selected: Up and Down select another, Enter opens it whole, and what is typed goes to the line
again.
*/
export function handleSelectKey(
	state: ScreenState,
	scene: SceneView,
	mode: SelectMode,
	key: Key,
	words: Words,
): Update {
	const typing = withPane({...state, mode: {type: 'typing'}}, mode.pane, {end: undefined});
	if (key.type === 'paste') {
		return handleTypingKey(typing, scene, key, words);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	switch (key.name) {
		case 'up': {
			return update(moveSelection(state, scene, mode, -1, words));
		}

		case 'down': {
			return update(moveSelection(state, scene, mode, 1, words));
		}

		case 'pageup': {
			return update(moveSelection(state, scene, mode, -10, words));
		}

		case 'pagedown': {
			return update(moveSelection(state, scene, mode, 10, words));
		}

		case 'return':
		case 'enter': {
			return update(openSelected(state, mode, words));
		}

		case 'escape': {
			return update(typing);
		}

		default: {
			return handleTypingKey(typing, scene, key, words);
		}
	}
}

function moveSelection(state: ScreenState, scene: SceneView, mode: SelectMode, by: number, words: Words): ScreenState {
	const view = state.views.get(mode.pane);
	if (view?.type !== 'rows') {
		return state;
	}

	const ordinal = Math.max(view.first, Math.min(view.total - 1, mode.ordinal + by));
	return showOrdinal({...state, mode: {...mode, ordinal}}, scene, mode.pane, ordinal, words);
}

function openSelected(state: ScreenState, mode: SelectMode, words: Words): ScreenState {
	const view = state.views.get(mode.pane);
	const row = view?.type === 'rows' ? view.rows[mode.ordinal - (view.end - view.rows.length)] : undefined;
	if (!row) {
		// It has left the log; or it has yet to come on screen, and the key is pressed again then.
		return view?.type === 'rows' && mode.ordinal < view.first
			? withPane(state, mode.pane, {notice: words.refusal({reason: 'payload-gone'})})
			: state;
	}

	if (row.bytes === undefined) {
		return withPane(state, mode.pane, {notice: words.views.select.noPayload});
	}

	return {
		...state,
		mode: {
			type: 'payload', sequence: row.sequence, from: 0, back: mode,
		},
	};
}
