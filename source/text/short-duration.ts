/**
Durations in the fewest digits that tell them apart: `3.1 ms`, `140 ms`, `2.0 s`; from the shortest to the longest of
several `80–140 ms`. In milliseconds.
*/
export function shortDuration(least: number, most = least): string {
	const from = durationOf(least);
	const to = durationOf(most);
	if (from.digits === to.digits && from.unit === to.unit) {
		return `${to.digits} ${to.unit}`;
	}

	return `${from.digits}${from.unit === to.unit ? '' : ` ${from.unit}`}–${to.digits} ${to.unit}`;
}

function durationOf(milliseconds: number): {readonly digits: string; readonly unit: string} {
	if (Math.round(milliseconds) >= 1000) {
		return {digits: (milliseconds / 1000).toFixed(1), unit: 's'};
	}

	return {digits: milliseconds < 9.95 ? milliseconds.toFixed(1) : String(Math.round(milliseconds)), unit: 'ms'};
}
