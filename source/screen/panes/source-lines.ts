import type {SourceView} from '../../engine/api/view.ts';
import textWidth from '../../text/width/width.ts';
import {padLines, paint} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';
import {upTo, firstAround} from '../../views/window.ts';

/** Columns of a line's number, and a space after it. */
const numberColumns = 4;

/** Columns that a program's lines take at most; without room for mark and number, the number goes. */
const programColumns = 75;

/** Columns between the program and its calls; the fewest columns, and lines, that these have. */
const divider = ' │ ';
const leastCallColumns = 36;
const leastCallLines = 3;

type Size = {readonly columns: number; readonly height: number};

/** How a pane is divided between its program and the calls, which stand beside it or, beneath a title, below it. */
type ProgramParts = {readonly isBeside: boolean; readonly program: Size; readonly calls: Size};

/** Divide the columns and lines of a pane between its program and the calls: beside each other where both fit. */
export function programParts({lines}: Pick<SourceView, 'lines'>, columns: number, height: number): ProgramParts {
	const longest = longestOf(lines);
	const beside = columns - 1 - longest - divider.length;
	if (beside >= leastCallColumns) {
		const calls = beside - numberColumns >= leastCallColumns ? beside - numberColumns : beside;
		return {
			isBeside: true,
			program: {columns: columns - divider.length - calls, height},
			calls: {columns: calls, height: height - 1},
		};
	}

	const free = height - 1 - lines.length;
	const below = Math.max(0, Math.min(height - 2, Math.max(free, leastCallLines, Math.floor((height - 1) / 4))));
	return {
		isBeside: false, program: {columns, height: height - 1 - below}, calls: {columns, height: below},
	};
}

/** Columns that the longest line of a program takes. */
function longestOf(lines: readonly string[]): number {
	return Math.min(programColumns, Math.max(0, ...lines.map(line => textWidth(line))));
}

/** Where a program's window begins, so that the line whose call happened last is in it. */
export function sourceTop(
	{lines}: Pick<SourceView, 'lines'>,
	marks: readonly number[],
	wanted: number | undefined,
	height: number,
): number {
	return wanted === undefined
		? firstAround(marks[0] ?? 0, lines.length, height)
		: upTo(lines.length - height, wanted);
}

/** A program's lines from `top` on: `►` marks the first of those to mark, whose call happened last, `›` the others. */
export function sourceLines(
	{lines}: Pick<SourceView, 'lines'>,
	marks: readonly number[],
	top: number,
	{columns, height}: Size,
): string[] {
	const hasNumbers = columns > numberColumns + longestOf(lines);
	return padLines(lines.slice(top, top + height).map((text, index) => {
		const line = top + index;
		const place = marks.indexOf(line);
		const sign = place === 0 ? '►' : (place > 0 ? '›' : ' ');
		return paint(
			[
				{text: sign, tone: 'received'},
				{text: hasNumbers ? `${String(line + 1).padStart(numberColumns - 1)} ` : '', tone: 'dim'},
				{text: text.replaceAll('\t', '    '), tone: place === 0 ? 'chosen' : (place > 0 ? 'strong' : 'plain')},
			],
			columns,
		);
	}), height, columns);
}

/**
The program and the calls as the lines of one pane, with a title over the calls.

@param hasLine - whether the program has a line for the call that is chosen
*/
export function joinProgram(
	program: readonly string[],
	calls: readonly string[],
	{isBeside, calls: size}: ProgramParts,
	hasLine: boolean,
	{views}: Words,
): string[] {
	const {columns, height} = size;
	const name = hasLine ? views.names['call-view'] : `${views.names['call-view']} · ${views.source.noLine}`;
	const lead = `${isBeside ? '' : '── '}${name} `;
	const title = paint([{text: lead + '─'.repeat(Math.max(0, columns - textWidth(lead))), tone: 'dim'}], columns);
	const shown = padLines(calls, height, columns);
	return isBeside
		? program.map((text, index) =>
			text + paint([{text: divider, tone: 'dim'}], divider.length) + ([title, ...shown][index] ?? ''))
		: [...program, title, ...shown];
}
