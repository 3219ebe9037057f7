import type {Key} from '../../source/screen/input/decode/key-decoder.ts';

/** A key by its name, or by the character that it types. */
export function keyOf(name: string, changes: Partial<Extract<Key, {type: 'key'}>> = {}): Key {
	const text = [...name].length === 1 ? name : '';
	return {
		type: 'key', name, ctrl: false, alt: false, shift: false, text, sequence: text, ...changes,
	};
}
