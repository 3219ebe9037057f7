import type {SceneView} from '../../engine/api/scene-view.ts';
import {visibleTyped} from '../../text/width/visible.ts';
import {attempt} from '../frame/paint.ts';
import {isTooSmall} from '../frame/layout.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import {helpPage, isPrompt} from '../overlays/modes.ts';
import {besidePanel, inWindow} from '../overlays/lessons/panel.ts';
import {overlayOf} from '../overlays/registry.ts';
import {
	backToTyping, focusedPane, type ScreenState, stepBack, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Key} from './decode/key-decoder.ts';
import {bindingOfChord, letterOf} from './keys.ts';
import {runBinding} from './run-binding.ts';
import {update, type Update} from './update.ts';

/** What a key does, by what the screen is at. One that fails does nothing, and says so in the focused pane. */
export function handleKey(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const inner = besidePanel(state, words);
	return attempt(() => {
		// What cannot be seen must not be typed, sent or carried out.
		const done = isTooSmall(state.columns, state.rows)
			? update(state)
			: pressed(inner, scene, key, words);
		return {state: inWindow(done.state, state), effects: done.effects};
	}, error => {
		const pane = attempt(() => focusedPane(state, scene), () => undefined);
		const notice = `${words.fault.key(String(error))} · ${words.fault.report}`;
		return update(pane === undefined ? state : withPane(state, pane, {notice}));
	});
}

/** Pastes, chords and Esc are dealt with here for every mode, as its descriptor says; the rest is the mode's own. */
function pressed(state: ScreenState, scene: SceneView, key: Key, words: Words): Update {
	const {mode} = state;
	const {
		close = backToTyping, escape, paste, closedBy, isClosedByChords = true, handleKey: own,
	} = overlayOf(mode);
	const input = {
		state, scene, words, mode, layout: () => screenLayout(state, scene, words),
	};
	if (key.type === 'paste') {
		if (paste === 'nothing') {
			return update(state);
		}

		return paste === 'line' ? pressed(close(state, mode), scene, key, words) : paste(input, key);
	}

	const afterEscape = (): ScreenState => escape?.(state, mode) ?? stepBack(state, before => close(before, mode));
	if (key.name === 'escape') {
		return update(afterEscape());
	}

	const letter = key.alt ? altLetter(key) : '';
	if (letter !== '') {
		// Terminals send Alt and a letter as Esc and the letter: it is the same whether they come together or not.
		return pressed(afterEscape(), scene, {
			...key, name: letter.toLowerCase(), alt: false, text: letter, sequence: letter,
		}, words);
	}

	const binding = bindingOfChord(key, scene);
	if (binding) {
		if (!isClosedByChords) {
			return update(state);
		}

		const closed = close(state, mode);
		return binding.id === closedBy ? update(backToTyping(state)) : runBinding(closed, scene, binding, words);
	}

	return ownKey(state, own(input, key), key, words) ?? pressed(close(state, mode), scene, key, words);
}

/** What the mode's own keys have done; a letter that has done nothing in a panel says so there, and `?` helps. */
function ownKey(before: ScreenState, done: Update | undefined, key: Key, words: Words): Update | undefined {
	const {mode} = before;
	const {body, isClosedByChords = true, tell} = overlayOf(mode);
	const isPanel = body !== undefined && isClosedByChords && !isPrompt(mode);
	const isWithout = done?.effects.length === 0 && done.state.mode === mode;
	if (key.type === 'paste' || key.text === '' || !isPanel || !isWithout) {
		return done;
	}

	if (letterOf(key) === '?') {
		return update({...before, mode: helpPage(mode)});
	}

	const told = tell?.(mode, words.notice.unknownCommand(visibleTyped(key.text)));
	return update(told ? {...before, mode: told} : done.state);
}

/** The character of a chord with Alt; empty for any other key. */
function altLetter({ctrl, sequence}: Extract<Key, {type: 'key'}>): string {
	const [escape, letter = '', ...others] = sequence;
	return !ctrl && escape === '\u{1B}' && others.length === 0 && !/^\p{Control}/u.test(letter) ? letter : '';
}
