/**
What an act sends where nothing is typed in the line: a text with characters of several bytes, and one that is seen to
be in two halves.
*/
const samples = {'split-character': '안녕', 'two-writes': 'first second', 'two-writes-pause': 'first second'} as const;

/** The text that an act sends where nothing is typed in the line. */
export function sampleOf(name: keyof typeof samples): string {
	return samples[name];
}
