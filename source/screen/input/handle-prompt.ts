import type {SceneView} from '../../engine/api/scene-view.ts';
import {parseAddress} from '../../text/address.ts';
import {filterOf} from '../overlays/filter/filter.ts';
import {isLinkPrompt} from '../overlays/link/link-mode.ts';
import {
	type Mode, type PromptMode, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {submitLink} from '../overlays/link/submit-link.ts';
import {submitSeries} from '../overlays/acts/submit-series.ts';
import {update, type Update} from './update.ts';
import {runBinding} from './run-binding.ts';
import {bindingOfChord} from './handle-typing.ts';
import type {Key} from './key-decoder.ts';

/** A key while the prompt is open. What edits goes on to the prompt; a chord is a command, as everywhere. */
export function handlePromptKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	if (key.type === 'paste') {
		const [text = ''] = key.text.trim().split('\n');
		return update(state, {type: 'forward', key: {...key, text}});
	}

	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	if (key.name === 'escape') {
		const {mode} = state;
		if (isLinkPrompt(mode)) {
			return update({...state, mode: {type: 'link', place: mode.place}});
		}

		return update(mode.type === 'filter' ? withPane(typing, mode.pane, {filter: '', end: undefined}) : typing);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	if (key.ctrl || key.alt || key.name === 'tab') {
		return update(state);
	}

	// A line feed is Enter here, too, and no character.
	return update(state, {type: 'forward', key: key.name === 'enter' ? {...key, sequence: '\r'} : key});
}

/** What has been typed into the prompt so far: rows are looked for with every letter. */
export function changePrompt(
	state: ScreenState,
	mode: PromptMode,
	value: string,
	scene: SceneView,
	words: Words,
): ScreenState {
	if (mode.type !== 'filter') {
		return {...state, mode: {...mode, value, problem: undefined}};
	}

	const isWrong = filterOf(value, scene.server?.pane === mode.pane, words) === 'wrong';
	const changed: ScreenState = {
		...state,
		mode: {...mode, value, problem: isWrong ? words.views.filter.wrong : undefined},
	};
	return withPane(changed, mode.pane, {filter: value, end: undefined});
}

/** Enter in the prompt. */
export function submitPrompt(
	state: ScreenState,
	scene: SceneView,
	mode: PromptMode,
	value: string,
	words: Words,
): Update {
	if (isLinkPrompt(mode)) {
		return submitLink(state, scene, mode, value, words);
	}

	if (mode.type === 'series') {
		return submitSeries(state, mode, value, words);
	}

	if (mode.type === 'address') {
		return submitAddress(state, scene, mode, value, words);
	}

	// What cannot be looked for stays in the prompt, which says why.
	return update(mode.problem === undefined ? {...state, mode: {type: 'typing'}} : state);
}

/** Enter in the prompt: take the address over, or say what is wrong with it. An empty line leaves all as it is. */
function submitAddress(
	state: ScreenState,
	scene: SceneView,
	mode: Extract<Mode, {type: 'address'}>,
	value: string,
	words: Words,
): Update {
	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	if (value.trim() === '') {
		return update(typing);
	}

	const address = parseAddress(value.trim());
	if (!address || (mode.pane !== 'server' && address.port === 0)) {
		return update({...state, mode: {...mode, problem: words.prompt.wrong}});
	}

	return mode.pane === 'server'
		? update(typing, {type: 'execute', command: {type: 'move-server', protocol: scene.protocol, address}})
		: update(typing, {
			type: 'execute',
			command: {type: 'set-destination', pane: mode.pane, destination: address},
			pane: mode.pane,
		});
}
