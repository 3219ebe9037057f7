import {isMet, type Result} from './result.ts';

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
