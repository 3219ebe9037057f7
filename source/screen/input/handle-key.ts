import type {SceneView} from '../../engine/api/scene-view.ts';
import {attempt} from '../frame/fault.ts';
import {helpLines, helpRows} from '../overlays/help/help-lines.ts';
import {
	focusedPane, type Mode, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {handleActsKey} from '../overlays/acts/handle-acts-key.ts';
import {handleFlowKey} from '../overlays/flow/handle-flow-key.ts';
import {handleLinkKey} from '../overlays/link/handle-link-key.ts';
import {handleLaboratoryKey} from '../overlays/laboratory/handle-laboratory-key.ts';
import {handlePayloadKey} from '../overlays/payload/handle-payload-key.ts';
import {handleSelectKey} from '../overlays/payload/handle-select-key.ts';
import {handlePromptKey} from './handle-prompt.ts';
import {handleCommandKey} from './handle-command.ts';
import {letterOf} from './keys.ts';
import type {Key} from './key-decoder.ts';
import {bindingOfChord, handleTypingKey} from './handle-typing.ts';
import {runBinding} from './run-binding.ts';
import {update, type Update} from './update.ts';

type HelpMode = Extract<Mode, {type: 'help'}>;

/** What a key does, by what the screen is at. One that fails does nothing, and says so in the focused pane. */
export function handleKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	return attempt(() => pressInMode(state, scene, key, words), error => {
		const pane = attempt(() => focusedPane(state, scene), () => undefined);
		const notice = `${words.fault.key(String(error))} · ${words.fault.report}`;
		return update(pane === undefined ? state : withPane(state, pane, {notice}));
	});
}

function pressInMode(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const {mode} = state;
	switch (mode.type) {
		case 'typing': {
			return handleTypingKey(state, scene, key, words);
		}

		case 'commands': {
			return handleCommandKey(state, scene, key, words);
		}

		case 'help': {
			return handleHelpKey(state, scene, mode, key, words);
		}

		case 'address':
		case 'filter':
		case 'series':
		case 'link-value':
		case 'link-seed': {
			return handlePromptKey(state, scene, key, words);
		}

		case 'select': {
			return handleSelectKey(state, scene, mode, key, words);
		}

		case 'payload': {
			return handlePayloadKey(state, scene, mode, key, words);
		}

		case 'flow': {
			return handleFlowKey(state, scene, mode, key, words);
		}

		case 'acts': {
			return handleActsKey(state, scene, mode, key, words);
		}

		case 'link': {
			return handleLinkKey(state, scene, mode, key, words);
		}

		case 'laboratory': {
			return handleLaboratoryKey(state, scene, mode, key, words);
		}

		default: {
			return mode satisfies never;
		}
	}
}

const helpSteps: Readonly<Partial<Record<string, number>>> = {
	up: -1, down: 1, pageup: -10, pagedown: 10, home: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY,
};

/**
The help scrolls within what it has. Esc or q closes it, and a chord is a command, as everywhere; no other key does
anything.
*/
function handleHelpKey(state: ScreenState, scene: SceneView, mode: HelpMode, key: Key, words: Words): Update {
	if (key.type === 'paste') {
		return update(state);
	}

	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	if (key.name === 'escape' || letterOf(key) === 'q') {
		return update(typing);
	}

	const last = Math.max(0, helpLines(state.columns, words).length - helpRows(state.rows));
	const top = Math.min(mode.top, last) + (helpSteps[key.name ?? ''] ?? 0);
	return update({...state, mode: {type: 'help', top: Math.max(0, Math.min(last, top))}});
}
