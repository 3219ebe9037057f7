import type {Input} from './key-decoder.ts';

/** Ctrl+C and Ctrl+Q quit in every mode, and while the screen waits. */
export function isQuit(key: Input): boolean {
	return key.type === 'key' && key.ctrl && (key.name === 'c' || key.name === 'q');
}
