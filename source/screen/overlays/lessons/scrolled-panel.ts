/* What the panels of lessons and exercises have in common: where they stand, what of their text shows, and the keys. */
import {dockColumns} from '../../frame/layout.ts';
import {moreText, type Span} from '../../frame/paint.ts';
import type {PanelSize} from '../../state/learning.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {isLessonMenu, isLessonQuestion} from '../modes.ts';
import {keyText} from './panel-text.ts';

/** From this many columns on a panel stands beside the rest of the screen, which keeps all but its own. */
export const columnsBeside = 140;
export const panelColumns = 40;

/** Rows that a panel has at least between the panes and the footer. */
export const leastRows = 3;

/** A panel as painted lines, and the caret in it while a guess is typed. */
export type Panel = {
	readonly size: PanelSize;
	readonly lines: readonly string[];
	readonly caret: {readonly x: number; readonly y: number} | undefined;
};

/** Whether a panel of this width has room beside the rest: the flow diagram has it first. */
export function hasRoomBeside(state: ScreenState, width: number): boolean {
	const columns = state.columns - width;
	return state.columns >= columnsBeside && (dockColumns(state) === 0 || dockColumns({...state, columns}) > 0);
}

/** A panel's text in lines, and how many of them are to be read before one goes on. */
export type PanelLines = {readonly lines: ReadonlyArray<readonly Span[]>; readonly newLines: number};

/** What shows of the lines of a text from one of them on, and how many of it are still to be read. */
export function shownFrom({lines, newLines}: PanelLines, top: number, page: number): {
	readonly shown: ReadonlyArray<readonly Span[]>;
	readonly more: string;
	readonly unread: number;
	readonly size: Pick<PanelSize, 'page' | 'top' | 'total' | 'newLines'>;
} {
	const shown = lines.slice(top, top + page);
	return {
		shown,
		more: moreText(top, lines.length - top - shown.length, ''),
		unread: newLines - top - shown.length,
		size: {
			page, top, total: lines.length, newLines,
		},
	};
}

/** Of a text which lines show, and how many of those below are still to be read. */
export type ShownLines = Pick<PanelSize, 'page' | 'top' | 'total'> & {readonly unread: number};

/** What scrolls a panel's text now; empty where the footer says so, or all of it shows. */
export function scrollKeys({mode}: ScreenState, {page, top, total}: Omit<ShownLines, 'unread'>): string {
	const [isAbove, isBelow] = [top > 0, top + page < total];
	if ((!isAbove && !isBelow) || isLessonMenu(mode) || mode.type === 'exercise-run') {
		return '';
	}

	return isLessonQuestion(mode)
		? [...(isAbove ? ['PgUp'] : []), ...(isBelow ? ['PgDn'] : [])].join(' ')
		: [keyText('lessons'), ...(isAbove ? ['↑'] : []), ...(isBelow ? ['↓'] : [])].join(' ');
}

/** How much of the text does not show, and the keys that scroll it. */
export function moreSpans(more: string, keys: string): Span[] {
	return [
		{text: more === '' ? '' : ` ${more} `, tone: 'warning'},
		...(more === '' || keys === '' ? [] : [{text: `${keys} `, tone: 'key'} as const]),
	];
}
