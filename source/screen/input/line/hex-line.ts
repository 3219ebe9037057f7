import {type HexProblem, readHex} from '../../../text/hex.ts';
import {type Cell, type Draft, textOfDraft} from './draft.ts';

/** What a line of bytes in hexadecimal is; each is read once, as pasted dumps are long. */
const known = new WeakMap<readonly Cell[], ReturnType<typeof readHex>>();

/** The bytes of a line in which hexadecimal digits are typed, pasted dumps among them; or what is wrong, and where. */
export function hexOf(draft: Draft): {readonly bytes: Uint8Array} | HexProblem {
	const read = known.get(draft.cells) ?? readHex(textOfDraft(draft));
	known.set(draft.cells, read);
	return read;
}

/** A place in a line: its cell, and the line and the column of it in the text, from 1. */
type LinePlace = {readonly cell: number; readonly line: number; readonly column: number};

/** Where something wrong stands. */
export function placeOf(draft: Draft, {index}: {readonly index: number}): LinePlace {
	let end = 0;
	const cell = draft.cells.findIndex(each => {
		end += (typeof each === 'string' ? each : each.text).length;
		return index < end;
	});
	const lines = textOfDraft(draft).slice(0, index).split('\n');
	return {cell, line: lines.length, column: (lines.at(-1) ?? '').length + 1};
}
