import {TextCache} from '../../text/text-cache.ts';
import textWidth from '../../text/width/width.ts';

/** The result for a line that has to be taken apart into cells, which concerns no other line. */
const oddLine = -1;

/** The result for a line with an unfinished style or another control sequence, which may concern the lines after it. */
export const openLine = -2;

/** The columns of lines, or one of the two above: of some screens full. */
const known = new TextCache<number>(2000);

/**
How many columns a line takes that can be put on the screen as it is: every character stands for itself, there are no
control sequences but styles (ECMA-48 SGR), and each style is closed again within the line.

@returns `oddLine` or `openLine` for any other line
*/
export function plainColumns(line: string): number {
	return known.get(line, columnsOf);
}

function columnsOf(line: string): number {
	return areStylesClosed(line) ? (unplain.test(line) ? oddLine : textWidth(line)) : openLine;
}

const plain = [
	String.raw`\u001B -~\u00A0\u00B7\u00C0-\u00FF\u2013\u2014\u201C\u201D\u2026\u203A\u2190-\u2193\u21C4\u2212\u2248\u2261`,
	String.raw`\u2500-\u259F\u25B8\u25BA\u25C4\u25C6\u25CB\u25CF\u2610\u2611\u2713\u2717`,
	String.raw`\u3041-\u3096\u30A1-\u30FA\u3131-\u3163\u3165-\u318E\u4E00-\u9FFF\uAC00-\uD7A3`,
].join('');
const unplain = new RegExp(`[^${plain}]`);
/** C1 controls, which begin sequences as well (ECMA-48 5.3). */
const otherSequence = /[\u0080-\u009F]/;
/** What a foreground colour opens; of the palette of 256, or one of the sixteen. */
const colourBit = 8;
const style = /\u001B(?:\[([\d;]*)m)?/g;

function areStylesClosed(line: string): boolean {
	if (otherSequence.test(line)) {
		return false;
	}

	let open = 0;
	for (const [, parameters] of line.matchAll(style)) {
		if (parameters === undefined) {
			return false;
		}

		const bit = parameters.startsWith('38;5;') ? colourBit : kindOf(Number(parameters));
		if (bit === undefined) {
			return false;
		}

		open = bit > 0 ? open | bit : open & bit;
	}

	return open === 0;
}

/** By the code of a style, the bit that it opens, or the complement of the bits that it closes. */
const bitsOfStyles: ReadonlyMap<number, number> = new Map([
	[0, 0], [1, 1], [2, 1], [22, ~1], [4, 2], [24, ~2], [7, 4], [27, ~4], [39, ~colourBit],
]);

/** Undefined for what the screen does not use. */
function kindOf(code: number): number | undefined {
	return (code >= 30 && code <= 37) || (code >= 90 && code <= 97) ? colourBit : bitsOfStyles.get(code);
}
