import {visibleTyped} from '../../../text/width/visible.ts';
import textWidth from '../../../text/width/width.ts';
import type {Span} from '../../frame/paint.ts';
import type {Cell, Draft} from './draft.ts';

/** The part of a draft that shows, cells of another tone apart, and the column of the caret in it. */
type DraftView = {readonly spans: readonly Span[]; readonly columns: number; readonly caret: number};

/**
The part of a draft that fits in `columns` columns, scrolled sideways so that the caret is in it; the caret may stand
behind the last character. A `…` marks a side on which there is more.

@param describe - what a pasted block shows as
@param toned - the tone of cells that have another one, by their index
*/
export function viewDraft(
	{cells, caret}: Draft,
	columns: number,
	describe: (block: Exclude<Cell, string>) => string,
	toned: ReadonlyMap<number, Span['tone']> = new Map(),
): DraftView {
	const shown = cells.map(cell => (typeof cell === 'string' ? visibleTyped(cell) : describe(cell)));
	const widths = shown.map(text => textWidth(text));
	let start = caret;
	/** The caret needs a column, and so does a mark on the left. */
	let room = columns - 1;
	while (start > 0 && widths[start - 1]! + (start > 1 ? 1 : 0) <= room) {
		start--;
		room -= widths[start]!;
	}

	const spans: Array<{text: string; tone: Span['tone']}> = [];
	const add = (text: string, tone: Span['tone'] = 'plain'): void => {
		const last = spans.at(-1);
		if (last?.tone === tone) {
			last.text += text;
		} else {
			spans.push({text, tone});
		}
	};

	let used = start > 0 ? 1 : 0;
	if (start > 0) {
		add('…');
	}

	let caretColumn = used;
	for (let index = start; index < shown.length; index++) {
		if (index === caret) {
			caretColumn = used;
		}

		const isLast = index === shown.length - 1;
		if (used + widths[index]! + (isLast ? 0 : 1) > columns) {
			add(used < columns ? '…' : '');
			used = Math.min(columns, used + 1);
			break;
		}

		add(shown[index]!, toned.get(index));
		used += widths[index]!;
	}

	return {spans, columns: used, caret: caret >= shown.length ? Math.min(used, columns - 1) : caretColumn};
}
