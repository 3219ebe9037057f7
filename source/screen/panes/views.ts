import type {Query} from '../../engine/api/query.ts';
import type {PaneView, SocketsView, SourceView} from '../../engine/api/view.ts';
import type {RowsKind, RowsView} from '../../views/rows.ts';
import {moreText, paint} from '../frame/paint.ts';
import type {PaneState, PaneViewName} from '../state/screen-state.ts';
import {upTo} from '../../views/window.ts';
import {
	borderColumns, measurePane, type PaneGeometry, type PaneInput, socketsShown,
} from './geometry.ts';
import {socketsLines} from './sockets-lines.ts';
import {
	joinProgram, programParts, sourceLines, sourceTop,
} from './source-lines.ts';
import {
	drawRows, type Place, rowsQuery, scrollRows,
} from './rows/pane-rows.ts';

/** What the screen knows of one way to show a pane. */
type ViewKind<View extends PaneView> = {
	/** What the engine calls the answer that it draws. */
	readonly answer: RowsKind | Exclude<PaneView['type'], 'rows'>;
	/** Whether it shows rows of a log, which can be looked through and selected. */
	readonly hasRows: boolean;
	/** Whether it is the program: it has a key of its own and the whole screen, and can be saved. */
	readonly isProgram: boolean;
	readonly query: (place: Place) => Query;
	/** What stands between a pane's status and its message line, in at most this many lines. */
	readonly lines: (input: PaneInput, view: View, geometry: PaneGeometry, height: number) => readonly string[];
	/** The pane after a page back (-1) or forth (1), or after this many rows of it. */
	readonly scroll: (place: Place, view: View, direction: 1 | -1, rows?: number) => Partial<PaneState>;
};

const sockets: ViewKind<SocketsView> = {
	answer: 'sockets',
	hasRows: false,
	isProgram: false,
	query: ({box, scene, pane: {top}}) =>
		({
			type: 'sockets', pane: box.pane, from: top ?? 0, rows: socketsShown(box, scene),
		}),
	lines: ({words}, view, {inner}, height) => socketsLines(view, inner, height, words).slice(0, Math.max(0, height)),
	scroll({box, scene, pane}, {from, total}, direction, rows) {
		const shown = socketsShown(box, scene);
		const top = (pane.top ?? from) + (direction * (rows === undefined ? Math.max(1, shown - 1) : 1));
		return {top: upTo(total - shown, top)};
	},
};

const program: ViewKind<SourceView> = {
	answer: 'source',
	hasRows: false,
	isProgram: true,
	query(place) {
		const {box: {pane}, pane: {language, form}, words: {comments}} = place;
		const {rows, end, maxBytes} = rowsQuery({...place, pane: {...place.pane, filter: ''}}, 'calls');
		return {
			type: 'source', pane, language, form, comments, calls: {rows, end, maxBytes},
		};
	},
	lines(input, view, {inner}, height) {
		const {box, scene, pane, selected, words} = input;
		const parts = programParts(view, inner, height);
		const {marks, row} = markedLines(view, selected);
		const {calls} = view;
		const callBox = {...box, width: parts.calls.columns + borderColumns};
		const drawn = calls && calls.total > 0
			? drawRows(
				{...input, box: callBox, pointed: row},
				calls,
				measurePane(callBox, scene, words),
				parts.calls.height,
			)
			: [paint([{text: words.views.source.nothingYet, tone: 'dim'}], parts.calls.columns)];
		return joinProgram(
			sourceLines(view, marks, sourceTop(view, marks, pane.top, parts.program.height), parts.program),
			drawn,
			parts,
			selected === undefined || marks.length > 0,
			words,
		);
	},
	scroll(place, view, direction, rows) {
		const {box, scene, pane, words} = place;
		const {inner, logRows} = measurePane(box, scene, words);
		const {height} = programParts(view, inner, logRows).program;
		const calls = view.lines.length <= height ? rowsPart(place, view) : undefined;
		if (calls) {
			// All of the program shows: what is scrolled are its calls.
			return scrollRows(calls.place, calls.rows, direction, calls.height, rows);
		}

		const top = sourceTop(view, view.marks, pane.top, height) + (direction * (rows ?? height - 1));
		return {top: upTo(view.lines.length - height, top)};
	},
};

/** How many lines of a program are above and below those that show, and the focused pane's keys that lead there. */
export function hiddenLines(
	{pane, selected, isFocused}: PaneInput,
	view: SourceView,
	{inner}: PaneGeometry,
	height: number,
): string {
	const {program: {height: shown}} = programParts(view, inner, height);
	const top = sourceTop(view, markedLines(view, selected).marks, pane.top, shown);
	const more = moreText(top, view.lines.length - top - shown);
	return more === '' || !isFocused ? more : `${more} · PgUp PgDn`;
}

/** The lines of a program to mark, and the ordinal of the row that makes these calls: the chosen one, or the newest. */
function markedLines(
	{marks, calls, callLines}: SourceView,
	selected: number | undefined,
): {readonly marks: readonly number[]; readonly row?: number} {
	const top = calls ? calls.end - calls.rows.length : 0;
	if (selected !== undefined) {
		return {marks: callLines[selected - top] ?? []};
	}

	const newest = callLines.findLastIndex(lines => lines.length > 0);
	const isShown = newest !== -1 && callLines[newest]?.[0] === marks[0];
	return {marks, ...(isShown && {row: top + newest})};
}

function rowsOf(kind: RowsKind): ViewKind<RowsView> {
	return {
		answer: kind,
		hasRows: true,
		isProgram: false,
		query: place => rowsQuery(place, kind),
		lines: drawRows,
		scroll: (place, view, direction, rows) =>
			scrollRows(place, view, direction, measurePane(place.box, place.scene, place.words).logRows, rows),
	};
}

/** The rows that a view of a pane shows, a program's calls among them, and where they stand: in how many lines. */
export function rowsPart(
	place: Place,
	view: PaneView | undefined,
): {readonly rows: RowsView; readonly place: Place; readonly height: number} | undefined {
	const {box, scene, words} = place;
	const {inner, logRows} = measurePane(box, scene, words);
	if (view?.type !== 'source') {
		return view?.type === 'rows' ? {rows: view, place, height: logRows} : undefined;
	}

	const {columns, height} = programParts(view, inner, logRows).calls;
	return view.calls && {rows: view.calls, place: {...place, box: {...box, width: columns + borderColumns}}, height};
}

export function rowsIn(view: PaneView | undefined): RowsView | undefined {
	return view?.type === 'source' ? view.calls : (view?.type === 'rows' ? view : undefined);
}

/** Every way to show a pane, in the order in which one key walks through them; the program has a key of its own. */
export const viewKinds = {
	'message-view': rowsOf('messages'),
	'call-view': rowsOf('calls'),
	'byte-view': rowsOf('bytes'),
	'socket-view': sockets,
	'program-view': program,
} as const satisfies Readonly<Record<PaneViewName, ViewKind<never>>>;

/** What the screen knows of the view that a pane is to show. */
export function viewKind(name: PaneViewName): Pick<ViewKind<PaneView>, 'answer' | 'hasRows' | 'isProgram' | 'query'> {
	return viewKinds[name];
}

/** What the screen knows of a view that the engine has answered with. */
export function kindOf<View extends PaneView>(view: View): ViewKind<View> {
	// The kind is the view's own, which the compiler cannot follow.
	return viewKinds[viewNameOf(view)] as unknown as ViewKind<View>;
}

const namesByAnswer = new Map(Object.entries(viewKinds)
	.map(([name, {answer}]) => [answer, name as PaneViewName]));

export function viewNameOf(view: PaneView): PaneViewName {
	return namesByAnswer.get(view.type === 'rows' ? view.kind : view.type)!;
}
