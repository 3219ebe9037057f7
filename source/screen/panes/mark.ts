import type {Span, Tone} from '../frame/paint.ts';

/** Before a state or a figure that follows from what the program did and read, and was not read from the kernel. */
export const derivedSign = '~';

const tones: readonly Tone[] = ['mark1', 'mark2', 'mark3', 'mark4', 'mark5', 'mark6'];

/** The colour of a write with this number; 0 is a write that is not known. */
export function markTone(number: number): Tone {
	return number === 0 ? 'plain' : tones[(number - 1) % tones.length] ?? 'plain';
}

/** The letter of a write with this number, which stands for its colour where there are none: A to Z, and A again. */
export function markLetter(number: number): string {
	return number === 0 ? '?' : String.fromCodePoint(0x41 + ((number - 1) % 26));
}

/** The letter in the colour. */
export function markSpan(number: number): Span {
	return {text: `[${markLetter(number)}]`, tone: markTone(number)};
}
