import type {SourceView} from '../../engine/api/view.ts';
import {callText} from '../../views/calls.ts';
import {padLines} from '../frame/pad-lines.ts';
import {paint} from '../frame/paint.ts';
import type {Words} from '../words/words.ts';

/** Columns of a line's number, and a space after it. */
const numberColumns = 4;

/**
Columns that a program's lines take at most; where there is no room for its mark and its number beside them, the number
goes.
*/
const programColumns = 75;

/** Where a program's window begins, so that the line whose call happened last is in it. */
export function sourceTop({lines, marks}: SourceView, wanted: number | undefined, height: number): number {
	const last = Math.max(0, lines.length - height);
	if (wanted !== undefined) {
		return Math.max(0, Math.min(wanted, last));
	}

	const marked = marks[0] ?? 0;
	return Math.max(0, Math.min(marked - Math.floor(height / 2), last));
}

/**
A program's lines from `top` on: `►` marks the call that happened last, `›` those that happened shortly before; beneath
stands the call itself.
*/
export function sourceLines(
	{lines, marks, lastCall}: SourceView,
	top: number,
	height: number,
	columns: number,
	words: Words,
): string[] {
	const hasNumbers = columns > programColumns + numberColumns;
	const shown = lines.slice(top, top + height - 1).map((text, index) => {
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
	});
	const note = lastCall?.note;
	const last = paint(
		[
			{text: lastCall ? '► ' : '  ', tone: 'received'},
			{
				text: lastCall ? callText(lastCall) : words.views.source.nothingYet,
				tone: lastCall?.error === undefined ? 'strong' : 'error',
			},
			{text: note === undefined ? '' : `   ${words.views.notes[note]}`, tone: 'dim'},
		],
		columns,
	);
	return [...padLines(shown, height - 1, columns), last];
}
