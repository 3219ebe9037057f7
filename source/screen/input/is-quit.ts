import type {Key} from './key-decoder.ts';

/** Ctrl+C and Ctrl+Q quit in every mode, and while the screen waits. */
export function isQuit(key: Key): boolean {
	return key.type === 'key' && key.ctrl && (key.name === 'c' || key.name === 'q');
}
