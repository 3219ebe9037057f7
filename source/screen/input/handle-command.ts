import type {SceneView} from '../../engine/api/scene-view.ts';
import {visibleTyped} from '../../text/visible.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {bindingOf, ctrlBindingOf} from './keys.ts';
import type {Key} from './key-decoder.ts';
import {moveFocus} from './focus.ts';
import {handleTypingKey} from './handle-typing.ts';
import {runBinding} from './run-binding.ts';
import {update, type Update} from './update.ts';

/**
A key after Esc: a letter is a command, with or without Ctrl or Alt; a letter without one is said to be none, and types
nothing.
*/
export function handleCommandKey(before: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const typing: ScreenState = {...before, mode: {type: 'typing'}};
	if (key.type === 'paste') {
		return handleTypingKey(typing, scene, key, words);
	}

	if (key.name === 'escape' || key.name === 'return' || key.name === 'enter') {
		return update(typing);
	}

	if (key.name === 'tab') {
		return update(moveFocus(before, scene, key.shift ? -1 : 1));
	}

	const letter = key.alt ? key.sequence.slice(1) : key.text;
	const binding = key.ctrl ? ctrlBindingOf(key.name ?? '') : bindingOf(letter);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	return update(key.text === ''
		? before
		: {...before, mode: {type: 'commands', notice: words.notice.unknownCommand(visibleTyped(key.text))}});
}
