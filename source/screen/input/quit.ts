import type {ScreenState} from '../state/screen-state.ts';
import type {Input} from './key-decoder.ts';
import {letterOf} from './keys.ts';
import {update, type Update} from './update.ts';

/** Ctrl+C quits at once, in every mode, and also while commands are waited for. */
export function isInterrupt(key: Input): boolean {
	return key.type === 'key' && key.ctrl && key.name === 'c';
}

/** Ctrl+Q, which does what `q` does after Esc, but in every mode. */
export function isQuitChord(key: Input): boolean {
	return key.type === 'key' && key.ctrl && key.name === 'q';
}

/** Quit, or ask first where sockets would be closed, and a log be lost, that have seen traffic. */
export function askToQuit(state: ScreenState): Update {
	const {udp, tcp} = state.scenes;
	return [udp, tcp].some(scene => scene && scene.traffic.sent.count + scene.traffic.received.count > 0)
		? update({...state, isQuitAsked: true})
		: update(state, {type: 'quit'});
}

/** The key after that: `q` or Ctrl+Q quits, any other only takes the question back. */
export function answerQuit(state: ScreenState, key: Input): Update {
	if (key.type === 'pointer' || key.type === 'retraction') {
		return update(state);
	}

	const isQuit = key.type === 'key' && (isQuitChord(key) || letterOf(key) === 'q');
	return update({...state, isQuitAsked: false}, ...(isQuit ? [{type: 'quit'} as const] : []));
}
