import type {SceneView} from '../../engine/api/scene-view.ts';
import {type Hint, hintLine} from '../frame/hints.ts';
import type {TypingMode} from '../overlays/modes.ts';
import type {KeyInput, Overlay, PressedKey} from '../overlays/overlay.ts';
import {viewKind} from '../panes/views.ts';
import {selectNewest} from '../overlays/select/select.ts';
import {
	focusedPane, paneState, type ScreenState, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {moveFocus} from './focus.ts';
import type {Key} from './key-decoder.ts';
import {contextOf, type KeyContext, keyBindings} from './keys.ts';
import {editLine} from './line/edit-line.ts';
import {scrollPane} from './scroll.ts';
import {sendLine} from './send-line.ts';
import {update, type Update} from './update.ts';

/** Keys type into the focused pane's line, scroll it, or move the focus. Esc announces a command. */
export const typing = {
	close: state => state,
	escape: state => ({...state, mode: {type: 'commands'}}),
	paste({state, scene}, text) {
		return typed(state, focusedPane(state, scene), {type: 'paste', text});
	},
	handleKey(input, key) {
		const {state, scene} = input;
		const pane = focusedPane(state, scene);
		if (key.name === 'tab') {
			return update(moveFocus(state, scene, key.shift ? -1 : 1));
		}

		return pane === undefined ? update(state) : pressInPane(input, pane, key);
	},
	footer: ({state, scene, words}) => [hintLine(hintsFor(state, scene, words), state.columns)],
} satisfies Overlay<TypingMode>;

function pressInPane(input: KeyInput<TypingMode>, pane: number, key: PressedKey): Update {
	const {state, scene, words} = input;
	const isEmpty = paneState(state, pane).draft.cells.length === 0;
	const {name, ctrl, alt, shift} = key;
	switch (name) {
		case 'return':
		case 'enter': {
			return sendLine(state, scene, pane, words);
		}

		case 'pageup':
		case 'pagedown': {
			return update(scrollPane(input, pane, name === 'pageup' ? -1 : 1));
		}

		case 'up': {
			const selected = shift && isEmpty ? selectNewest(state, pane) : undefined;
			return selected ? update(selected) : typed(state, pane, key);
		}

		case 'left':
		case 'right': {
			if (pane !== scene.server?.pane || !isEmpty || ctrl || alt) {
				return typed(state, pane, key);
			}

			const {protocol} = scene;
			const step = name === 'left' ? -1 : 1;
			return update(state, {type: 'execute', command: {type: 'choose-peer', protocol, step}, pane});
		}

		default: {
			return typed(state, pane, key);
		}
	}
}

/** What edits the line does; any other key does nothing. */
function typed(state: ScreenState, pane: number | undefined, key: Key): Update {
	const changes = pane === undefined ? undefined : editLine(paneState(state, pane), key);
	return update(pane !== undefined && changes ? withPane(state, pane, {...changes, notice: undefined}) : state);
}

function hintsFor(state: ScreenState, scene: SceneView, words: Words): Hint[] {
	const pane = focusedPane(state, scene);
	const isServer = pane === scene.server?.pane;
	const isEmpty = pane === undefined || paneState(state, pane).draft.cells.length === 0;
	const {footer} = words;
	const context = contextOf(state, scene);
	const commands = chordHints(context, words);
	const isClosed = context.client?.state.type === 'closed';
	return [
		...(isClosed ? commands.filter(({key}) => key === '^O') : [{key: 'Enter', label: footer.send}]),
		...(isServer && isEmpty && (scene.server?.peerCount ?? 0) > 0 ? [{key: '← →', label: footer.choosePeer}] : []),
		{key: 'Tab', label: footer.nextPane},
		{key: 'Esc', label: footer.commands, isVital: true},
		...(scene.name === 'laboratory' ? [{key: 'Esc e', label: words.keys.endExperiment, isVital: true}] : []),
		...(context.pane && viewKind(context.pane.view).isProgram ? sourceHints(context, words) : []),
		...(context.pane && context.pane.filter !== ''
			? [
				{key: 'Esc /', label: words.keys.otherRows},
				{key: 'Esc / Esc', label: words.keys.allRows},
			]
			: []),
		...(context.isZoomed && !(context.pane && viewKind(context.pane.view).isProgram) ? [{key: 'Esc z', label: words.keys.unzoom}] : []),
		...(isClosed ? commands.filter(({key}) => key !== '^O') : commands),
	];
}

/** What there is to do with a program that is shown. */
function sourceHints(context: KeyContext, words: Words): Hint[] {
	return keyBindings
		.filter(({id}) => id === 'source' || id === 'save' || id === 'view')
		.map(({letter, label}) => ({key: `Esc ${letter}`, label: label(words, context) ?? ''}));
}

/** The commands that a chord gives at once and that do something now, and the way to the help. */
function chordHints(context: KeyContext, words: Words): Hint[] {
	const hints: Hint[] = [];
	for (const {letter, hasCtrl, label, id} of keyBindings) {
		const text = label(words, context);
		if (text === undefined) {
			continue;
		}

		if (id === 'help') {
			hints.push({key: `Esc ${letter}`, label: text, isVital: true});
		} else if (hasCtrl) {
			hints.push({key: `^${letter.toUpperCase()}`, label: text, isVital: id === 'quit'});
		}
	}

	// After the first, which switches the protocol, stand those that are vital.
	return [...hints.slice(0, 1), ...hints.slice(-2), ...hints.slice(1, -2)];
}
