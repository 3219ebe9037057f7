import type {SceneView} from '../../engine/api/scene-view.ts';
import {visibleTyped} from '../../text/width/visible.ts';
import {attempt} from '../frame/paint.ts';
import {isTooSmall} from '../frame/layout.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import {helpPage, isLessonQuestion, isPrompt} from '../overlays/modes.ts';
import {besidePanel, inWindow} from '../overlays/lessons/panel.ts';
import type {PressedKey} from '../overlays/overlay.ts';
import {overlayOf} from '../overlays/registry.ts';
import {
	backToTyping, focusedPane, isTyping, paneState, type ScreenState, stepBack, withPane,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Input, Key} from './decode/key-decoder.ts';
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
		return paste === 'line' ? pressed(close(state, mode), scene, key, words) : paste(input, key);
	}

	const afterEscape = (): ScreenState => escape?.(state, mode) ?? stepBack(state, before => close(before, mode));
	if (key.name === 'escape') {
		return update(afterEscape());
	}

	const letter = key.alt ? altLetter(key) : '';
	if (letter !== '') {
		// A slow line may have brought Esc and a letter together: they are no other keys than one after the other.
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
		if (binding.id === closedBy) {
			return update(backToTyping(state));
		}

		const {state: run, effects} = runBinding(closed, scene, binding, words);
		if (!isLessonQuestion(mode) && !isLessonQuestion(closed.mode)) {
			return {state: run, effects};
		}

		// What only shows something leaves one where one types an answer; a panel leads back there.
		const isPanel = !isTyping(run.mode) && !isLessonQuestion(run.mode);
		const after = {...run, isFromQuestion: isPanel || binding.group === 'see'};
		return {state: isPanel ? after : backToTyping(after), effects};
	}

	return ownKey(state, own(input, key), key, words) ?? pressed(close(state, mode), scene, key, words);
}

/** What the mode's own keys have done; in a panel an idle letter says so, `?` helps, `i` leads to typing. */
function ownKey(before: ScreenState, done: Update | undefined, key: PressedKey, words: Words): Update | undefined {
	const {mode} = before;
	const {body, close = backToTyping, isClosedByChords = true, tell} = overlayOf(mode);
	const isPanel = body !== undefined && isClosedByChords && !isPrompt(mode);
	const isWithout = done?.effects.length === 0 && done.state.mode === mode;
	if (key.text === '' || !isPanel || !isWithout) {
		return done;
	}

	switch (letterOf(key)) {
		case '?': {
			return update({...before, mode: helpPage(mode)});
		}

		case 'i': {
			return update(close(before, mode));
		}

		default: {
			const {lettersAre, unknownCommand} = words.notice;
			const told = tell?.(mode, `${unknownCommand(visibleTyped(key.text))} · ${lettersAre}`);
			return update(told ? {...before, mode: told} : done.state);
		}
	}
}

/** The character of a chord with Alt; empty for any other key. */
function altLetter({ctrl, sequence}: PressedKey): string {
	const [escape, letter = '', ...others] = sequence;
	return !ctrl && escape === '\u{1B}' && others.length === 0 && !/^\p{Control}/u.test(letter) ? letter : '';
}

/** The state as if Esc had not been pressed: that leaves the mode, and from its prompt ends a pane's filter. */
export function withoutEscape(state: ScreenState, before: ScreenState): ScreenState {
	const {mode, isFromCommands, isFromQuestion, isFlowDocked} = before;
	const back: ScreenState = {
		...state, mode, isFromCommands, isFromQuestion, isFlowDocked,
	};
	if (!('pane' in mode) || typeof mode.pane !== 'number') {
		return back;
	}

	const {filter, end} = paneState(before, mode.pane);
	return withPane(back, mode.pane, {filter, end});
}

/**
A character with those that came behind it, the next of which is the last of `following`, as one key: a paste without
brackets is thousands of characters, and each insertion copies the line.
*/
export function withFollowing(key: Input, following: Input[]): Input {
	if (!isCharacter(key)) {
		return key;
	}

	let {text} = key;
	for (let next = following.at(-1); isCharacter(next); next = following.at(-1)) {
		text += next.text;
		following.pop();
	}

	return {...key, name: undefined, text};
}

function isCharacter(input: Input | undefined): input is PressedKey {
	return input?.type === 'key' && input.text !== '' && !input.ctrl && !input.alt;
}
