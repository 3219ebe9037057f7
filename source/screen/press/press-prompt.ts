import type {SceneView} from '../../engine/door.ts';
import {parseAddress} from '../../engine/sockets/addresses.ts';
import type {Key} from '../key-stage.ts';
import type {Mode, ScreenState} from '../screen-state.ts';
import type {Words} from '../words/words.ts';
import {bindingOfChord} from './press-typing.ts';
import {runBinding} from './run-binding.ts';
import {step, type Step} from './step.ts';

type AddressMode = Extract<Mode, {type: 'address'}>;

/** A key while an address is asked for. What edits goes on to the prompt; a chord is a command, as everywhere. */
export function pressPrompt(state: ScreenState, scene: SceneView, key: Key, words: Words): Step {
	if (key.type === 'paste') {
		const [text = ''] = key.text.trim().split('\n');
		return step(state, {type: 'forward', key: {...key, text}});
	}

	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	if (key.name === 'escape') {
		return step(typing);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	return key.ctrl || key.alt || key.name === 'tab' ? step(state) : step(state, {type: 'forward', key});
}

/** Enter in the prompt: take the address over, or say what is wrong with it. An empty line leaves all as it is. */
export function submitAddress(state: ScreenState, mode: AddressMode, value: string, words: Words): Step {
	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	if (value.trim() === '') {
		return step(typing);
	}

	const address = parseAddress(value.trim());
	if (!address || (mode.pane !== 'server' && address.port === 0)) {
		return step({...state, mode: {...mode, problem: words.prompt.wrong}});
	}

	return mode.pane === 'server'
		? step(typing, {type: 'execute', command: {type: 'move-server', protocol: state.protocol, address}})
		: step(typing, {type: 'execute', command: {type: 'set-destination', pane: mode.pane, destination: address}, pane: mode.pane});
}
