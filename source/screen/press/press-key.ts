import type {SceneView} from '../../engine/door.ts';
import type {Key} from '../key-stage.ts';
import type {ScreenState} from '../screen-state.ts';
import type {Words} from '../words/words.ts';
import {pressCommand} from './press-command.ts';
import {pressPrompt} from './press-prompt.ts';
import {pressTyping} from './press-typing.ts';
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
			return step(pressHelp(state, mode.top, key));
		}

		case 'address': {
			return pressPrompt(state, scene, key, words);
		}

		default: {
			return mode satisfies never;
		}
	}
}

const helpSteps: Readonly<Record<string, number>> = {
	up: -1, down: 1, pageup: -10, pagedown: 10,
};

/** The help scrolls; any key that does not scroll closes it. */
function pressHelp(state: ScreenState, top: number, key: Key): ScreenState {
	const steps = key.type === 'key' ? helpSteps[key.name ?? ''] : 0;
	return {...state, mode: steps === undefined ? {type: 'typing'} : {type: 'help', top: Math.max(0, top + steps)}};
}
