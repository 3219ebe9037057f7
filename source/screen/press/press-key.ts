import type {SceneView} from '../../engine/door/scene-view.ts';
import type {Key} from '../key-stage.ts';
import type {ScreenState} from '../screen-state.ts';
import type {Words} from '../words/words.ts';
import {pressActs} from './press-acts.ts';
import {pressCommand} from './press-command.ts';
import {pressFlow} from './press-flow.ts';
import {pressLink} from './press-link.ts';
import {pressLaboratory} from './press-laboratory.ts';
import {pressPayload} from './press-payload.ts';
import {pressPrompt} from './press-prompt.ts';
import {pressSelect} from './press-select.ts';
import {bindingOfChord, pressTyping} from './press-typing.ts';
import {runBinding} from './run-binding.ts';
import {step, type Step} from './step.ts';

/** What a key does, by what the screen is at. */
export function pressKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Step {
	const {mode} = state;
	switch (mode.type) {
		case 'typing': {
			return pressTyping(state, scene, key, words);
		}

		case 'commands': {
			return pressCommand(state, scene, key, words);
		}

		case 'help': {
			return pressHelp(state, scene, mode.top, key, words);
		}

		case 'address':
		case 'filter':
		case 'series':
		case 'link-value':
		case 'link-seed': {
			return pressPrompt(state, scene, key, words);
		}

		case 'select': {
			return pressSelect(state, scene, mode, key, words);
		}

		case 'payload': {
			return pressPayload(state, scene, mode, key, words);
		}

		case 'flow': {
			return pressFlow(state, scene, mode, key, words);
		}

		case 'acts': {
			return pressActs(state, scene, mode, key, words);
		}

		case 'link': {
			return pressLink(state, scene, mode, key, words);
		}

		case 'laboratory': {
			return pressLaboratory(state, scene, mode, key, words);
		}

		default: {
			return mode satisfies never;
		}
	}
}

const helpSteps: Readonly<Record<string, number>> = {
	up: -1, down: 1, pageup: -10, pagedown: 10,
};

/** The help scrolls; a chord is a command, as everywhere, and any other key closes the help. */
function pressHelp(state: ScreenState, scene: SceneView, top: number, key: Key, words: Words): Step {
	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	const binding = key.type === 'key' ? bindingOfChord(key) : undefined;
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	const steps = key.type === 'key' ? helpSteps[key.name ?? ''] : 0;
	return step(steps === undefined ? typing : {...state, mode: {type: 'help', top: Math.max(0, top + steps)}});
}
