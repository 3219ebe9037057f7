/** The word that begins with what was typed, or is at most two slips away from it, or one where it is short. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
	const most = typed.length > 4 ? 2 : 1;
	return words
		.map(word => ({word, slips: typed.length > 1 && word.startsWith(typed) ? 0 : slipsBetween(typed, word)}))
		.filter(({slips}) => slips <= most)
		.toSorted((a, b) => a.slips - b.slips)[0]?.word;
}

/** Letters left out, added, changed or turned round between two words (optimal string alignment distance). */
function slipsBetween(a: string, b: string): number {
	let older: readonly number[] = [];
	let last: readonly number[] = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const isSame = a[i - 1] === b[j - 1];
			const isTurned = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			row.push(Math.min(
				(row[j - 1] ?? 0) + 1,
				(last[j] ?? 0) + 1,
				(last[j - 1] ?? 0) + (isSame ? 0 : 1),
				isTurned ? (older[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			));
		}

		[older, last] = [last, row];
	}

	return last[b.length] ?? 0;
}
