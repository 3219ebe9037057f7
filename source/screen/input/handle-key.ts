import type {SceneView} from '../../engine/api/scene-view.ts';
import {attempt} from '../frame/fault.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import {overlayOf} from '../overlays/registry.ts';
import {
	backToTyping, focusedPane, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Key} from './key-decoder.ts';
import {bindingOfChord} from './keys.ts';
import {runBinding} from './run-binding.ts';
import {update, type Update} from './update.ts';

/** What a key does, by what the screen is at. One that fails does nothing, and says so in the focused pane. */
export function handleKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	return attempt(() => pressed(state, scene, key, words), error => {
		const pane = attempt(() => focusedPane(state, scene), () => undefined);
		const notice = `${words.fault.key(String(error))} · ${words.fault.report}`;
		return update(pane === undefined ? state : withPane(state, pane, {notice}));
	});
}

/** Pastes, chords and Esc are dealt with here for every mode, as its descriptor says; the rest is the mode's own. */
function pressed(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const {mode} = state;
	const {
		close = backToTyping, escape = close, paste, closedBy, handleKey: own,
	} = overlayOf(mode);
	const input = {
		state, scene, words, mode, layout: () => screenLayout(state, scene, words),
	};
	if (key.type === 'paste') {
		if (paste === 'nothing') {
			return update(state);
		}

		return paste === 'line' ? pressed(close(state, mode), scene, key, words) : paste(input, key.text);
	}

	if (key.name === 'escape') {
		return update(escape(state, mode));
	}

	const binding = bindingOfChord(key);
	if (binding) {
		const closed = close(state, mode);
		return binding.id === closedBy ? update(closed) : runBinding(closed, scene, binding, words);
	}

	return own(input, key) ?? pressed(close(state, mode), scene, key, words);
}
