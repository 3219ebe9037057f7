import {padColumns} from './paint.ts';

/** The first lines, as many as there is room for, and empty ones of so many columns beneath them. */
export function padLines(lines: readonly string[], height: number, columns: number): string[] {
	return [
		...lines.slice(0, Math.max(0, height)),
		...Array.from({length: Math.max(0, height - lines.length)}, () => padColumns('', columns)),
	];
}
