import type {SceneView} from '../../../engine/api/scene-view.ts';
import {letterOf} from '../../input/keys.ts';
import type {Key} from '../../input/key-decoder.ts';
import type {Mode, ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bindingOfChord, handleTypingKey} from '../../input/handle-typing.ts';
import {runBinding} from '../../input/run-binding.ts';
import {update, type Update} from '../../input/update.ts';
import {lastPayloadLine, payloadRows} from './payload-lines.ts';

type PayloadMode = Extract<Mode, {type: 'payload'}>;

/** A key while a payload is shown whole: it scrolls, and is copied and saved by a letter. */
export function handlePayloadKey(
	state: ScreenState,
	scene: SceneView,
	mode: PayloadMode,
	key: Key,
	words: Words,
): Update {
	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	if (key.type === 'paste') {
		return handleTypingKey(typing, scene, key, words);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	const {sequence} = mode;
	const page = Math.max(1, payloadRows(state.rows) - 1);
	const part = state.payload?.sequence === sequence ? state.payload.part : undefined;
	const last = lastPayloadLine(part?.kept ?? 0, state.columns, state.rows);
	const scrolled = (by: number): Update =>
		update({...state, mode: {...mode, notice: undefined, from: Math.max(0, Math.min(last, mode.from + by))}});
	switch (key.name) {
		case 'up': {
			return scrolled(-1);
		}

		case 'down': {
			return scrolled(1);
		}

		case 'pageup': {
			return scrolled(-page);
		}

		case 'pagedown': {
			return scrolled(page);
		}

		case 'home': {
			return scrolled(Number.NEGATIVE_INFINITY);
		}

		case 'end': {
			return scrolled(Number.POSITIVE_INFINITY);
		}

		case 'escape': {
			return update({...state, mode: mode.back});
		}

		default: {
			return pressLetter(state, sequence, letterOf(key));
		}
	}
}

function pressLetter(state: ScreenState, sequence: number, letter: string): Update {
	switch (letter) {
		case 'c': {
			return update(state, {type: 'copy', sequence, format: 'text'});
		}

		case 'h': {
			return update(state, {type: 'copy', sequence, format: 'hex'});
		}

		case 'w': {
			return update(state, {type: 'save', what: {type: 'payload', sequence}});
		}

		default: {
			return update(state);
		}
	}
}
