import sanitizeAnsi from 'ink-sanitize-original';
import {plainColumns} from './plain-line.ts';

/** Stands in for Ink's own, which takes every text of every frame apart: what is plain needs no cleaning. */
export default function sanitize(text: string): string {
	return text.split('\n').every(line => plainColumns(line) >= 0) ? text : sanitizeAnsi(text);
}
