/** One row of the table. */
export type Result = {
	readonly name: string;
	readonly ours: string;
	readonly bare: string;
	readonly ratio: number;
	readonly target: {readonly least: number} | {readonly most: number};
};

/** One subject of the bench, which gives one or more rows of the table. */
export type Subject = {
	/** What selects it on the command line. */
	readonly name: string;
	/** What is measured, and against what. */
	readonly about: string;
	readonly run: () => Promise<Result[]>;
};

export function isMet({ratio, target}: Result): boolean {
	return 'least' in target ? ratio >= target.least : ratio <= target.most;
}

/** The results as a table of text. */
export function formatTable(results: readonly Result[]): string {
	const lines = results.map(result => [
		result.name,
		result.ours,
		result.bare,
		result.ratio.toFixed(2),
		'least' in result.target ? `>= ${result.target.least}` : `<= ${result.target.most}`,
		isMet(result) ? 'ok' : 'MISS',
	]);
	const all = [['row', 'ours', 'bare', 'ratio', 'target', ''], ...lines];
	const widths = all[0]!.map((_, column) => Math.max(...all.map(line => line[column]!.length)));
	return all
		.map(line =>
			line
				.map((cell, column) =>
					column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))
				.join('   ')
				.trimEnd())
		.join('\n');
}
