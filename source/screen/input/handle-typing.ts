import type {SceneView} from '../../engine/api/scene-view.ts';
import {
	focusedPane, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {bindingOf, ctrlBindingOf, type KeyBinding} from './keys.ts';
import type {Key} from './key-decoder.ts';
import {editLine} from './line/edit-line.ts';
import {moveFocus} from './focus.ts';
import {runBinding} from './run-binding.ts';
import {scrollPane} from './scroll.ts';
import {selectNewest} from './select-newest.ts';
import {sendLine} from './send-line.ts';
import {update, type Update} from './update.ts';

/** A key while typing: a chord is a command, Esc announces one, and the rest is for the focused pane. */
export function handleTypingKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	if (key.type === 'key') {
		if (key.name === 'escape') {
			return update({...state, mode: {type: 'commands'}});
		}

		if (key.name === 'tab') {
			return update(moveFocus(state, scene, key.shift ? -1 : 1));
		}

		const binding = bindingOfChord(key);
		if (binding) {
			return runBinding(state, scene, binding, words);
		}
	}

	const pane = focusedPane(state, scene);
	return pane === undefined ? update(state) : pressInPane(state, scene, key, words);
}

/** The command of Ctrl and a letter, or of Alt and a letter, which terminals send as Esc and the letter. */
export function bindingOfChord({name, ctrl, alt, sequence}: Extract<Key, {type: 'key'}>): KeyBinding | undefined {
	if (ctrl) {
		return name === undefined ? undefined : ctrlBindingOf(name);
	}

	return alt && [...sequence].length === 2 ? bindingOf(sequence.slice(1)) : undefined;
}

function pressInPane(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const pane = focusedPane(state, scene)!;
	const before = paneState(state, pane);
	if (key.type === 'key') {
		const {name, ctrl, alt} = key;
		switch (name) {
			case 'return':
			case 'enter': {
				return sendLine(state, scene, pane, words);
			}

			case 'pageup':
			case 'pagedown': {
				return update(scrollPane(state, scene, pane, name === 'pageup' ? -1 : 1, words));
			}

			case 'up': {
				const selected = key.shift && before.draft.cells.length === 0 ? selectNewest(state, pane) : undefined;
				if (selected) {
					return update(selected);
				}

				break;
			}

			case 'left':
			case 'right': {
				if (pane === scene.server?.pane && before.draft.cells.length === 0 && !ctrl && !alt) {
					const command = {
						type: 'choose-peer',
						protocol: scene.protocol,
						step: name === 'left' ? -1 : 1,
					} as const;
					return update(state, {type: 'execute', command, pane});
				}

				break;
			}

			default: {
				break;
			}
		}
	}

	const changes = editLine(before, key);
	return update(changes ? withPane(state, pane, {...changes, notice: undefined}) : state);
}
