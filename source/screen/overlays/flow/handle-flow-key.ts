import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {FlowFormat} from '../../../flow/export.ts';
import {letterOf} from '../../input/keys.ts';
import type {Key} from '../../input/key-decoder.ts';
import type {Mode, ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bindingOfChord, handleTypingKey} from '../../input/handle-typing.ts';
import {runBinding} from '../../input/run-binding.ts';
import {update, type Update} from '../../input/update.ts';
import {olderSteps} from './flow-lines.ts';

type FlowMode = Extract<Mode, {type: 'flow'}>;

const formats: Readonly<Partial<Record<string, FlowFormat>>> = {s: 'svg', m: 'mermaid', t: 'text'};

/** A key while the flow diagram is shown: it scrolls back and forth, and is saved by a letter. */
export function handleFlowKey(state: ScreenState, scene: SceneView, mode: FlowMode, key: Key, words: Words): Update {
	if (key.type === 'paste') {
		return handleTypingKey({...state, mode: {type: 'typing'}}, scene, key, words);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding({...state, mode: {type: 'typing'}}, scene, binding, words);
	}

	const at = (ends: readonly number[]): Update => update({...state, mode: {type: 'flow', ends}});
	const letter = letterOf(key);
	const format = formats[letter];
	if (format) {
		return update(state, {type: 'save-flow', scene: scene.name, format});
	}

	switch (key.name) {
		case 'up':
		case 'pageup': {
			const {flow, columns, rows} = state;
			const older = flow?.scene === scene.name ? olderSteps(flow, columns, rows, words) : undefined;
			const end = key.name === 'up' ? older?.step : older?.page;
			// Before the engine has answered for the last one, this is the same again.
			return end === undefined || end === mode.ends.at(-1) ? update(state) : at([...mode.ends, end]);
		}

		case 'down':
		case 'pagedown': {
			return at(mode.ends.slice(0, -1));
		}

		case 'end': {
			return at([]);
		}

		case 'escape': {
			return update({...state, mode: {type: 'typing'}});
		}

		default: {
			return update(letter === 'f' ? {...state, mode: {type: 'typing'}} : state);
		}
	}
}
