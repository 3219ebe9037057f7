import {visibleTyped} from '../../text/visible.ts';
import {hintLines} from '../frame/hints.ts';
import type {CommandsMode} from '../overlays/modes.ts';
import type {Overlay} from '../overlays/overlay.ts';
import {backToTyping} from '../state/screen-state.ts';
import {moveFocus} from './focus.ts';
import {bindingOf, contextOf, keyBindings} from './keys.ts';
import {runBinding} from './run-binding.ts';
import {update} from './update.ts';

/** After Esc a letter is a command; an unknown letter is reported, and types nothing. */
export const commands = {
	paste: 'line',
	handleKey({state, scene, mode, words}, key) {
		if (key.name === 'return' || key.name === 'enter') {
			return update(backToTyping(state));
		}

		if (key.name === 'tab') {
			return update(moveFocus(state, scene, key.shift ? -1 : 1));
		}

		const binding = bindingOf(key.text);
		if (binding) {
			return runBinding(backToTyping(state), scene, binding, words);
		}

		return update(key.text === ''
			? state
			: {...state, mode: {...mode, notice: words.notice.unknownCommand(visibleTyped(key.text))}});
	},
	footer({state, scene, mode: {notice}, words}) {
		const context = contextOf(state, scene);
		const hints = keyBindings.flatMap(({letter, label}) => {
			const text = label(words, context);
			return text === undefined ? [] : [{key: letter, label: text}];
		});
		return hintLines(
			[...hints, {key: 'Esc', label: words.footer.backToTyping}],
			state.columns,
			notice === undefined ? [] : [{text: ` ✗ ${notice}`, tone: 'warning'}],
		);
	},
} satisfies Overlay<CommandsMode>;
