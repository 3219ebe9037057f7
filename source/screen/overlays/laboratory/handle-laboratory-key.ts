import type {SceneView} from '../../../engine/api/scene-view.ts';
import {letterOf} from '../../input/keys.ts';
import type {Key} from '../../input/key-decoder.ts';
import type {LaboratoryMode, ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {bindingOfChord, handleTypingKey} from '../../input/handle-typing.ts';
import {runBinding} from '../../input/run-binding.ts';
import {update, type Update} from '../../input/update.ts';
import {startExperiment} from './experiment.ts';
import {experimentRows} from './laboratory-lines.ts';
import {experiments} from './experiments.ts';

/** A key while the list of experiments is shown: it chooses one, or starts it. */
export function handleLaboratoryKey(
	state: ScreenState,
	scene: SceneView,
	{chosen}: LaboratoryMode,
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

	const choose = (place: number): Update =>
		update({...state, mode: {type: 'laboratory', chosen: Math.max(0, Math.min(experiments.length - 1, place))}});
	const page = Math.max(1, experimentRows(state.rows - 2) - 1);
	switch (key.name) {
		case 'up': {
			return choose(chosen - 1);
		}

		case 'down': {
			return choose(chosen + 1);
		}

		case 'pageup': {
			return choose(chosen - page);
		}

		case 'pagedown': {
			return choose(chosen + page);
		}

		case 'home': {
			return choose(0);
		}

		case 'end': {
			return choose(experiments.length - 1);
		}

		case 'return':
		case 'enter': {
			return startExperiment(state, experiments[chosen].name);
		}

		case 'escape': {
			return update(typing);
		}

		default: {
			return pressLetter(state, letterOf(key));
		}
	}
}

/** The key of an experiment starts it; `e` leads back, as it led here. */
function pressLetter(state: ScreenState, letter: string): Update {
	const named = experiments.find(({key}) => key === letter);
	if (named) {
		return startExperiment(state, named.name);
	}

	return update(letter === 'e' ? {...state, mode: {type: 'typing'}} : state);
}
