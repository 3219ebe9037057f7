import type {Key} from './key-decoder.ts';

/** Ctrl+C and Ctrl+Q quit whatever the screen is at, and whatever it waits for. */
export function isQuit(key: Key): boolean {
	return key.type === 'key' && key.ctrl && (key.name === 'c' || key.name === 'q');
}
