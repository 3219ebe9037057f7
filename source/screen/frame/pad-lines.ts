import {padColumns} from './paint.ts';

/** The first lines that fit in `height`, and lines of that many spaces below them. */
export function padLines(lines: readonly string[], height: number, columns: number): string[] {
	return [
		...lines.slice(0, Math.max(0, height)),
		...Array.from({length: Math.max(0, height - lines.length)}, () => padColumns('', columns)),
	];
}
