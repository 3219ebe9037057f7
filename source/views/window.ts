/* What of a list shows. */

/** The nearest place from 0 to this one. */
export function upTo(last: number, place: number): number {
	return Math.max(0, Math.min(last, place));
}

/** The first of `count` entries that shows in this many rows, with the chosen one in the middle where that can be. */
export function firstAround(chosen: number, count: number, rows: number): number {
	return upTo(count - rows, chosen - Math.floor(rows / 2));
}
