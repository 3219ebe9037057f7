/**
What stands for all of it, where there is room for nothing else: the sign of the simulated link. An ellipsis alone would
read as if it were still on the link.
*/
export const toldNothing = '≈';

/** A part of a line that tells several facts, of which `short` tells less. A higher rank is left out sooner. */
export type Part = {readonly text: string; readonly short?: string; readonly rank: number};

const between = ' · ';

/**
The ways to tell what the simulated link has done, the longest first: `2 copies · +140 ms`, `2 copies · …`, `≈`. Where
something is not told, an ellipsis stands for it at the end. Empty where there are no parts.
*/
export function choicesOf(parts: readonly Part[]): string[] {
	if (parts.length === 0) {
		return [];
	}

	const choices = [parts.map(({text}) => text).join(between)];
	const tell = (left: readonly Part[]): void => {
		choices.push(left.length === 0 ? toldNothing : [...left.map(({short, text}) => short ?? text), '…'].join(between));
	};

	if (parts.some(({short}) => short !== undefined)) {
		tell(parts);
	}

	let left = parts;
	for (const dropped of parts.toSorted((a, b) => b.rank - a.rank)) {
		left = left.filter(part => part !== dropped);
		tell(left);
	}

	return choices;
}
