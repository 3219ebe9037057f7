let segmenter: Intl.Segmenter | undefined;
export const plainAscii = /^[ -~]*$/;

/**
The grapheme clusters of a text: what a person takes for a character (UAX #29). ICU's tables are read when they are
first asked for, which takes 8 ms of processor time.
*/
export function segmentsOf(text: string): Intl.Segments {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter.segment(text);
}

/** As above, as texts. */
export function graphemesOf(text: string): string[] {
	return plainAscii.test(text) ? [...text] : Array.from(segmentsOf(text), ({segment}) => segment);
}
