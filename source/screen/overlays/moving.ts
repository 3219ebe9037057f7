import type {PressedKey} from './overlay.ts';

const steps: Readonly<Partial<Record<string, (page: number) => number>>> = {
	up: () => -1,
	down: () => 1,
	pageup: page => -page,
	pagedown: page => page,
	home: () => Number.NEGATIVE_INFINITY,
	end: () => Number.POSITIVE_INFINITY,
};

/** By how many entries or lines a key moves: beyond every end with Home and End. Undefined for any other key. */
export function stepOf({name = ''}: PressedKey, page: number): number | undefined {
	return steps[name]?.(page);
}

/** The nearest place from 0 to this one. */
export function upTo(last: number, place: number): number {
	return Math.max(0, Math.min(last, place));
}

/** The first of `count` entries that shows in this many rows, with the chosen one in the middle where that can be. */
export function firstAround(chosen: number, count: number, rows: number): number {
	return upTo(count - rows, chosen - Math.floor(rows / 2));
}

/** How many entries come before and after those that show. */
export function moreText(above: number, below: number, space = ' '): string {
	return [...(above > 0 ? [`↑${space}${above}`] : []), ...(below > 0 ? [`↓${space}${below}`] : [])].join(' ');
}
