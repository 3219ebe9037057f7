import type {Key} from '../../source/screen/input/decode/key-decoder.ts';

/** A key by its name, or by the character that it types. */
export function keyOf(name: string, changes: Partial<Extract<Key, {type: 'key'}>> = {}): Key {
	const text = [...name].length === 1 ? name : '';
	return {
		type: 'key', name, ctrl: false, alt: false, shift: false, text, sequence: text, ...changes,
	};
}

/** Ctrl and a letter, as a terminal sends it. */
export function chordOf(letter: string): Extract<Key, {type: 'key'}> {
	return {
		type: 'key',
		name: letter,
		ctrl: true,
		alt: false,
		shift: false,
		text: '',
		sequence: String.fromCodePoint(letter.codePointAt(0)! % 32),
	};
}
