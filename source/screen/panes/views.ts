import type {Query} from '../../engine/api/query.ts';
import type {PaneView, SocketsView, SourceView} from '../../engine/api/view.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {bytesToFill} from '../../text/visible.ts';
import type {
	Row, RowsKind, RowsQuery, RowsView,
} from '../../views/rows.ts';
import type {PaneBox} from '../frame/layout.ts';
import {invert, paint} from '../frame/paint.ts';
import {filterOf} from '../overlays/filter/filter.ts';
import type {PaneState, PaneViewName} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {
	dumpIndent, measurePane, type PaneGeometry, type PaneInput, type RowContext, socketsShown,
} from './geometry.ts';
import {bytesInDump} from './payload-text.ts';
import {rowLines} from './row-lines.ts';
import {socketsLines} from './sockets-lines.ts';
import {sourceLines, sourceTop} from './source-lines.ts';

/** Where a pane is, and what it shows. */
type Place = {readonly box: PaneBox; readonly scene: SceneView; readonly pane: PaneState; readonly words: Words};

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
	/** The pane after a page back (-1) or forth (1), or after so many rows of it. */
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
	lines: ({words}, view, {inner}, height) => socketsLines(view, inner, words).slice(0, Math.max(0, height)),
	scroll({box, scene, pane}, {from, total}, direction, rows) {
		const shown = socketsShown(box, scene);
		const top = (pane.top ?? from) + (direction * (rows === undefined ? Math.max(1, shown - 1) : 1));
		return {top: Math.max(0, Math.min(total - shown, top))};
	},
};

const program: ViewKind<SourceView> = {
	answer: 'source',
	hasRows: false,
	isProgram: true,
	query: ({box: {pane}, pane: {language}, words: {comments}}) => ({
		type: 'source', pane, language, comments,
	}),
	lines: ({pane, words}, view, {inner}, height) =>
		sourceLines(view, sourceTop(view, pane.top, height - 1), height, inner, words),
	scroll({box, scene, pane, words}, view, direction, rows) {
		// The last line of its window is for the call.
		const height = Math.max(2, measurePane(box, scene, words).logRows - 1);
		const top = sourceTop(view, pane.top, height) + (direction * (rows ?? height - 1));
		return {top: Math.max(0, Math.min(view.lines.length - height, top))};
	},
};

function rowsOf(kind: RowsKind): ViewKind<RowsView> {
	return {
		answer: kind,
		hasRows: true,
		isProgram: false,
		query: place => rowsQuery(place, kind),
		lines: drawRows,
		scroll({box, scene, pane, words}, view, direction, rows) {
			const whole = wholeRows(view, box, scene, pane, words);
			// One row stays, so that the eye finds its place again.
			const end = (pane.end ?? view.total) + (direction * (rows ?? Math.max(1, whole - 1)));
			const lowest = view.first + Math.min(whole, view.total - view.first);
			return {end: end >= view.total ? undefined : Math.max(lowest, end)};
		},
	};
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

/** The name of the view that draws this answer. */
export function viewNameOf(view: PaneView): PaneViewName {
	return namesByAnswer.get(view.type === 'rows' ? view.kind : view.type)!;
}

function rowsQuery({box, scene, pane: {end, filter: typed}, words}: Place, kind: RowsKind): RowsQuery {
	const geometry = measurePane(box, scene, words);
	const filter = filterOf(typed, scene.server?.pane === box.pane, words);
	return {
		type: 'rows',
		pane: box.pane,
		kind,
		...(filter !== undefined && filter !== 'wrong' && {filter}),
		rows: geometry.logRows,
		end,
		maxBytes: Math.max(
			bytesToFill(kind === 'messages' ? geometry.payload : geometry.inner),
			bytesInDump(geometry.inner - dumpIndent),
		),
	};
}

function drawRows(
	{box, scene, pane, selected, words}: PaneInput,
	view: RowsView,
	geometry: PaneGeometry,
	height: number,
): readonly string[] {
	const context = rowContext(box, scene, pane, geometry, words);
	const top = view.end - view.rows.length;
	if (view.filtered?.isComplete && view.rows.length === 0) {
		return [paint([{text: words.views.filter.none, tone: 'warning'}], geometry.inner)];
	}

	const lines = view.rows.map((row, index) => markSelected(drawnRow(row, context), top + index === selected));
	const selectedLine
		= selected === undefined
			? Number.POSITIVE_INFINITY
			: lines.slice(0, Math.max(0, selected - top)).flat().length;
	const all = lines.flat();
	const first = Math.max(0, Math.min(all.length - height, selectedLine));
	return all.slice(first, first + height);
}

/** The first line of a selected row is in reverse, with a sign in its first gap. */
function markSelected(lines: readonly string[], isSelected: boolean): readonly string[] {
	return isSelected ? lines.map((line, index) => index === 0 ? invert(line.replace(' ', '▸')) : line) : lines;
}

/** How many of a pane's rows show whole: some take several lines. */
export function wholeRows({rows}: RowsView, box: PaneBox, scene: SceneView, pane: PaneState, words: Words): number {
	const geometry = measurePane(box, scene, words);
	const context = rowContext(box, scene, pane, geometry, words);
	let left = geometry.logRows;
	let whole = 0;
	for (const row of rows.toReversed()) {
		left -= drawnRow(row, context).length;
		if (left < 0) {
			break;
		}

		whole++;
	}

	return whole;
}

/**
What rows look like, and for what they were drawn. A row does not change, and most of a pane's rows show in many frames.
*/
const drawnRows = new WeakMap<Row, {readonly key: string; readonly words: Words; readonly lines: readonly string[]}>();

function drawnRow(row: Row, context: RowContext): readonly string[] {
	const {
		geometry: {inner, time, peer, payload: columns},
		protocol,
		isServer,
		payload,
		server,
		clients,
		words,
	} = context;
	const names = clients.map(({pane, number}) => `${pane}:${number}`).join(',');
	const key = `${inner} ${time} ${peer} ${columns} ${protocol} ${isServer} ${payload} ${server} ${names}`;
	const known = drawnRows.get(row);
	if (known?.key === key && known.words === words) {
		return known.lines;
	}

	const lines = rowLines(row, context);
	drawnRows.set(row, {key, words, lines});
	return lines;
}

function rowContext(
	box: PaneBox,
	{protocol, server, clients}: SceneView,
	{payload}: PaneState,
	geometry: PaneGeometry,
	words: Words,
): RowContext {
	return {
		geometry,
		protocol,
		isServer: server?.pane === box.pane,
		payload,
		server: server?.pane,
		clients,
		words,
	};
}
