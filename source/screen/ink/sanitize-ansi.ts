import sanitizeAnsi from 'ink-sanitize-original';
import {TextCache} from '../../text/text-cache.ts';
import {openLine, plainColumns} from './plain-line.ts';

/** Lines that Ink's own has cleaned. */
const cleaned = new TextCache<string>(500);

/** Stands in for Ink's own, which takes every text of every frame apart: what is plain needs no cleaning. */
export default function sanitize(text: string): string {
	const lines = text.split('\n').map(line => ({line, columns: plainColumns(line)}));
	if (lines.every(({columns}) => columns >= 0)) {
		return text;
	}

	return lines.some(({columns}) => columns === openLine)
		? sanitizeAnsi(text)
		: lines.map(({line, columns}) => columns >= 0 ? line : cleaned.get(line, sanitizeAnsi)).join('\n');
}
