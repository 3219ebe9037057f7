import type {Figure} from './half-job.ts';

/** A title, and its figures as lines of text. */
export function formatTable(title: string, figures: readonly Figure[]): string {
	const cells = figures.map(([name, value]) => [name, typeof value === 'number' ? value.toLocaleString('en') : value] as const);
	const width = Math.max(0, ...cells.map(([name]) => name.length));
	return [title, ...cells.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}
