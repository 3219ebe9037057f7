const levels = '▁▂▃▄▅▆▇█';

/** A value of 0: not a blank, which could be taken for a value that is missing. */
const nothing = '·';

/**
The last `columns` values as bars, one column each, scaled to the largest of those shown: `█` is the largest, `▁` the smallest above 0,
and `·` is 0 (or less, or no number). Fewer values make a shorter line.
*/
export function projectSparkline(values: readonly number[], columns: number): string {
	if (!(columns >= 1)) {
		return '';
	}

	const shown = values.slice(-columns);
	const largest = Math.max(0, ...shown.filter(value => value > 0));
	return shown.map(value => bar(value, largest)).join('');
}

function bar(value: number, largest: number): string {
	if (!(value > 0)) {
		return nothing;
	}

	const level = value >= largest ? levels.length : Math.max(1, Math.ceil(value / largest * levels.length));
	return levels[level - 1];
}
