import type {Key} from '../key-stage.ts';

/** Ctrl+C quits whatever the screen is at. */
export function isQuit(key: Key): boolean {
	return key.type === 'key' && key.ctrl && key.name === 'c';
}
