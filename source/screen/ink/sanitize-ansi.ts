import sanitizeAnsi from 'ink-sanitize-original';
import {openLine, plainColumns} from './plain-line.ts';

/** Lines that Ink's own has cleaned, and how many of them are kept. */
const cleaned = new Map<string, string>();
const maxCleaned = 500;

/** Stands in for Ink's own, which takes every text of every frame apart: what is plain needs no cleaning. */
export default function sanitize(text: string): string {
	const lines = text.split('\n').map(line => ({line, columns: plainColumns(line)}));
	if (lines.every(({columns}) => columns >= 0)) {
		return text;
	}

	return lines.some(({columns}) => columns === openLine)
		? sanitizeAnsi(text)
		: lines.map(({line, columns}) => columns >= 0 ? line : clean(line)).join('\n');
}

function clean(line: string): string {
	const known = cleaned.get(line);
	if (known !== undefined) {
		return known;
	}

	if (cleaned.size >= maxCleaned) {
		cleaned.clear();
	}

	const found = sanitizeAnsi(line);
	cleaned.set(line, found);
	return found;
}
