import type {SceneView} from '../../../engine/api/scene-view.ts';
import {letterOf} from '../../input/keys.ts';
import type {Key} from '../../input/key-decoder.ts';
import {focusedPane, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {moveFocus} from '../../input/focus.ts';
import {bindingOfChord, handleTypingKey} from '../../input/handle-typing.ts';
import {runBinding} from '../../input/run-binding.ts';
import {update, type Update} from '../../input/update.ts';
import {chooseAct} from './choose-act.ts';
import {actsPage} from './acts-page.ts';
import {actOfDigit, type ActSubject, subjectOf} from './acts.ts';
import {actNames, type ActsMode} from './acts-mode.ts';

/**
A key while the menu of acts is shown, or the report of a series. Esc, or the key that has opened it, goes back to
typing.
*/
export function handleActsKey(state: ScreenState, scene: SceneView, mode: ActsMode, key: Key, words: Words): Update {
	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	const pane = focusedPane(state, scene);
	const subject = subjectOf(scene, pane);
	if (key.type === 'paste') {
		return handleTypingKey(typing, scene, key, words);
	}

	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	if (!subject || key.name === 'escape' || letterOf(key) === 'b') {
		return update(typing);
	}

	if (key.name === 'tab') {
		return update({
			...moveFocus(state, scene, key.shift ? -1 : 1),
			mode: {type: 'acts', page: 'menu', selected: mode.selected},
		});
	}

	return actsPage(state, scene, mode, words).type === 'report'
		? pressReport(state, subject, mode, key)
		: pressMenu(state, scene, subject, mode, key, words);
}

function pressReport(
	state: ScreenState,
	subject: ActSubject,
	mode: ActsMode,
	key: Extract<Key, {type: 'key'}>,
): Update {
	const isRunning = subject.type === 'client' && subject.client.series?.isRunning;
	switch (letterOf(key)) {
		case 's': {
			const {pane} = subject;
			return isRunning
				? update(state, {type: 'execute', command: {type: 'stop-series', pane}, pane})
				: update(state);
		}

		case 'a': {
			return update({...state, mode: {type: 'acts', page: 'menu', selected: mode.selected}});
		}

		default: {
			return update(key.name === 'return' || key.name === 'enter' ? {...state, mode: {type: 'typing'}} : state);
		}
	}
}

function pressMenu(
	state: ScreenState,
	scene: SceneView,
	subject: ActSubject,
	mode: ActsMode,
	key: Extract<Key, {type: 'key'}>,
	words: Words,
): Update {
	const select = (by: number): Update =>
		update({
			...state,
			mode: {type: 'acts', page: 'menu', selected: (mode.selected + by + actNames.length) % actNames.length},
		});
	switch (key.name) {
		case 'up': {
			return select(-1);
		}

		case 'down': {
			return select(1);
		}

		case 'left':
		case 'right': {
			// As on the server's empty line: what the menu is for is another connection then.
			const {protocol} = scene;
			return subject.type === 'client'
				? update(state)
				: update(
					{...state, mode: {...mode, notice: undefined}},
					{
						type: 'execute',
						command: {type: 'choose-peer', protocol, step: key.name === 'left' ? -1 : 1},
						pane: subject.pane,
					},
				);
		}

		case 'return':
		case 'enter': {
			return chooseAct(state, subject, actNames[mode.selected] ?? 'reset', words);
		}

		default: {
			const name = actOfDigit(letterOf(key));
			return name ? chooseAct(state, subject, name, words) : update(state);
		}
	}
}
