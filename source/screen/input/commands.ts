import {visibleTyped} from '../../text/width/visible.ts';
import {type Hint, hintGroups} from '../frame/hints.ts';
import type {CommandsMode} from '../overlays/modes.ts';
import type {Overlay} from '../overlays/overlay.ts';
import {
	backToTyping, focusedPane, isTyping, toCommands,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {moveFocus} from './focus.ts';
import {contextOf, type KeyContext, showsProgram} from './key-context.ts';
import {
	bindingOf, commandGroups, type CommandGroup, isHangul, isIn, keyBindings,
} from './keys.ts';
import {closes, reasonAgainst, runBinding} from './run-binding.ts';
import {scrollPane} from './scroll.ts';
import {update, type Update} from './update.ts';

/**
After Esc a letter is a command, and another Esc changes nothing, so that Esc and a letter always are one. A letter that
does nothing now is reported, and types nothing.
*/
export const commands = {
	escape: state => toCommands(state),
	paste: 'line',
	handleKey(input, key) {
		const {state, scene, words, mode: {isKept, asked}} = input;
		const pane = focusedPane(state, scene);
		const told = (notice: string, more: Pick<CommandsMode, 'asked'> = {}): Update =>
			update(toCommands(state, {notice, ...(isKept && {isKept}), ...more}));
		if (key.name === 'return' || key.name === 'tab') {
			return update(key.name === 'return'
				? backToTyping(state)
				: toCommands(moveFocus(state, scene, key.shift ? -1 : 1), isKept && {isKept}));
		}

		if (key.name === 'pageup' || key.name === 'pagedown') {
			return update(pane === undefined ? state : scrollPane(input, pane, key.name === 'pageup' ? -1 : 1));
		}

		const binding = key.ctrl ? undefined : bindingOf(key.text, scene);
		if (!binding) {
			const chord = key.ctrl && key.name?.length === 1 ? `^${key.name.toUpperCase()}` : '';
			const pressed = visibleTyped(key.text) || chord;
			return pressed === '' ? update(state) : told(words.notice.unknownCommand(pressed));
		}

		const {id, letter, isRepeated, label} = binding;
		const reason = reasonAgainst(binding, state, scene, words);
		if (reason !== undefined) {
			return told(reason);
		}

		const context = contextOf(state, scene);
		if (isKept && closes(id, context) && (asked !== letter || isHangul(key.text))) {
			return told(words.notice.pressAgain(letter, label(words, context) ?? ''), {asked: letter});
		}

		const stays = isRepeated ?? id === 'quit';
		const before = stays ? toCommands(state, isRepeated ? {isKept: true} : undefined) : backToTyping(state);
		const done = runBinding(before, scene, binding, words, key.text);
		return stays || isTyping(done.state.mode) ? done : {...done, state: {...done.state, isFromCommands: true}};
	},
	footer({state, scene, mode: {notice}, words}) {
		const context = contextOf(state, scene);
		return hintGroups(
			commandGroups.map(group => ({name: words.keys.groups[group], hints: hintsOf(group, context, words)})),
			state.columns,
			notice === undefined ? [] : [{text: ` ✗ ${notice}`, tone: 'warning'}],
		);
	},
} satisfies Overlay<CommandsMode>;

/** All letters of a group; those that do nothing now are in brackets. */
function hintsOf(wanted: CommandGroup, context: KeyContext, words: Words): Hint[] {
	return keyBindings
		.filter(binding => binding.group === wanted && binding.shown !== '' && isIn(binding, context.scene))
		.map(({id, letter, shown = letter, label}) => {
			const short = words.keys.short[id];
			const now = label(words, context);
			const isOther = showsProgram(context.pane) && (id === 'view' || id === 'zoom');
			return {key: shown, label: now === undefined ? `(${short})` : (isOther ? now : short)};
		});
}
