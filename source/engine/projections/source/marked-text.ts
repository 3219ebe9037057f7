import type {CallName} from '../../../views/call.ts';
import type {ListingLine} from './listing.ts';

/** Names of calls at a line's end: `sock.bind((HOST, PORT)) «bind»`. */
const mark = /^(.*?) *«([a-z ]+)»$/;

/** Part of a listing; undefined or false where a program does without it. */
type Part = string | false | undefined;

/** Parts of a program as one text, with an empty line between them. Their own empty lines at both ends are dropped. */
export function joinParts(...parts: readonly Part[]): string {
	return join(parts, '\n\n');
}

/** Lines, or groups of lines, as one text without empty lines between them. Their own empty lines at both ends are dropped. */
export function joinLines(...parts: readonly Part[]): string {
	return join(parts, '\n');
}

/** A listing's lines, from a text in which the calls of a line stand after it: `sock.bind((HOST, PORT)) «bind»`. */
export function readMarked(text: string): ListingLine[] {
	return text.split('\n').map(line => {
		const [, before, names] = mark.exec(line) ?? [];
		return before === undefined || names === undefined ? {text: line} : {text: before, calls: names.split(' ') as CallName[]};
	});
}

function join(parts: readonly Part[], between: string): string {
	return parts.filter(part => typeof part === 'string').map(part => part.replaceAll(/^\n+|\n+$/g, '')).join(between);
}
