import {visibleTyped} from '../../../text/width/visible.ts';
import textWidth from '../../../text/width/width.ts';
import type {Span} from '../../frame/paint.ts';
import type {Cell, Draft} from './draft.ts';

/**
The part of a draft that fits in `columns` columns, cells of another tone apart, scrolled sideways so that the caret is
in it; and the caret's column, which may be behind the last character. A `…` marks a side on which there is more.

@param describe - what a pasted block shows as
@param toned - the tone of cells that have another one, by their index
*/
export function viewDraft(
	{cells, caret}: Draft,
	columns: number,
	describe: (block: Exclude<Cell, string>) => string,
	toned: ReadonlyMap<number, Span['tone']> = new Map(),
) {
	// A line may have a million cells: only those that can show are looked at.
	const shownAt = (index: number): string => {
		const cell = cells[index]!;
		return typeof cell === 'string' ? visibleTyped(cell) : describe(cell);
	};

	/** The caret needs a column, and so does a mark on the left. */
	let room = columns - 1;
	let start = caret;
	for (; start > 0; start--) {
		room -= textWidth(shownAt(start - 1));
		if (room < (start > 1 ? 1 : 0)) {
			break;
		}
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
	for (let index = start; index < cells.length; index++) {
		if (index === caret) {
			caretColumn = used;
		}

		const shown = shownAt(index);
		const end = used + textWidth(shown);
		if (end + (index === cells.length - 1 ? 0 : 1) > columns) {
			add(used < columns ? '…' : '');
			used = Math.min(columns, used + 1);
			break;
		}

		add(shown, toned.get(index));
		used = end;
	}

	return {spans, columns: used, caret: caret >= cells.length ? Math.min(used, columns - 1) : caretColumn};
}
