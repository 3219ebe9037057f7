/**
A bar of exactly so many columns, none where `columns` is below 1, as full as this share of 1. It is full only where all
is done, and empty only where nothing is.
*/
export function progressBar(share: number, columns: number): string {
	if (columns < 1) {
		return '';
	}

	const most = share < 1 ? columns - 1 : columns;
	const full = Math.max(share > 0 && columns > 1 ? 1 : 0, Math.min(most, Math.round(share * columns)));
	return '█'.repeat(full) + '░'.repeat(columns - full);
}

/** How much is done, in whole percent: 100 only where all is. */
export function percentOf(done: number, all: number): number {
	return all === 0 ? 100 : Math.min(100, Math.floor((done / all) * 100));
}
