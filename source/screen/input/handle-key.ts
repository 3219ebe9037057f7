import type {SceneView} from '../../engine/api/scene-view.ts';
import type {Key} from './key-decoder.ts';
import {attempt} from '../frame/fault.ts';
import {helpLines, helpRows} from '../overlays/help/help-lines.ts';
import {letterOf} from './keys.ts';
import {
	focusedPane, type Mode, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {pressActs} from '../overlays/acts/handle-acts-key.ts';
import {pressCommand} from './handle-command.ts';
import {pressFlow} from '../overlays/flow/handle-flow-key.ts';
import {pressLink} from '../overlays/link/handle-link-key.ts';
import {pressLaboratory} from '../overlays/laboratory/handle-laboratory-key.ts';
import {pressPayload} from '../overlays/payload/handle-payload-key.ts';
import {pressPrompt} from './handle-prompt.ts';
import {pressSelect} from '../overlays/payload/handle-select-key.ts';
import {bindingOfChord, pressTyping} from './handle-typing.ts';
import {runBinding} from './run-binding.ts';
import {step, type Step} from './update.ts';

type HelpMode = Extract<Mode, {type: 'help'}>;

/** What a key does, by what the screen is at. One that fails does nothing, and says so in the focused pane. */
export function pressKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Step {
	return attempt(() => pressInMode(state, scene, key, words), error => {
		const pane = attempt(() => focusedPane(state, scene), () => undefined);
		const notice = `${words.fault.key(String(error))} · ${words.fault.report}`;
		return step(pane === undefined ? state : withPane(state, pane, {notice}));
	});
}

function pressInMode(state: ScreenState, scene: SceneView, key: Key, words: Words): Step {
	const {mode} = state;
	switch (mode.type) {
		case 'typing': {
			return pressTyping(state, scene, key, words);
		}

		case 'commands': {
			return pressCommand(state, scene, key, words);
		}

		case 'help': {
			return pressHelp(state, scene, mode, key, words);
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

const helpSteps: Readonly<Partial<Record<string, number>>> = {
	up: -1, down: 1, pageup: -10, pagedown: 10, home: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY,
};

/** The help scrolls within what it has. Esc or q closes it, and a chord is a command, as everywhere; no other key does anything. */
function pressHelp(state: ScreenState, scene: SceneView, mode: HelpMode, key: Key, words: Words): Step {
	if (key.type === 'paste') {
		return step(state);
	}

	const typing: ScreenState = {...state, mode: {type: 'typing'}};
	const binding = bindingOfChord(key);
	if (binding) {
		return runBinding(typing, scene, binding, words);
	}

	if (key.name === 'escape' || letterOf(key) === 'q') {
		return step(typing);
	}

	const last = Math.max(0, helpLines(state.columns, words).length - helpRows(state.rows));
	const top = Math.min(mode.top, last) + (helpSteps[key.name ?? ''] ?? 0);
	return step({...state, mode: {type: 'help', top: Math.max(0, Math.min(last, top))}});
}
