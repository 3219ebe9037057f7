import type {SceneView} from '../../../engine/api/scene-view.ts';
import {bytesToFill} from '../../../text/width/visible.ts';
import type {
	Row, RowsKind, RowsQuery, RowsView,
} from '../../../views/rows.ts';
import type {PaneBox} from '../../frame/layout.ts';
import {stepsLine} from '../../frame/hints.ts';
import {invert, paint} from '../../frame/paint.ts';
import {filterOf} from '../../overlays/filter.ts';
import {codecOfPane, type PaneState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {
	type DrawnRow, dumpIndent, homeOf, maxPayloadLines, measurePane, type PaneGeometry, type PaneInput, type RowContext,
} from '../geometry.ts';
import {upTo} from '../../../views/window.ts';
import {bytesInDump} from './payload-text.ts';
import {drawRow} from './row-lines.ts';

/** Most bytes of a code point (RFC 3629): asked for each column beyond a payload's first line. */
const bytesOfCharacter = 4;

export type Place = {readonly box: PaneBox; readonly scene: SceneView; readonly pane: PaneState; readonly words: Words};

/** The query for the rows of a pane, with as many bytes of each payload as could show. */
export function rowsQuery({box, scene, pane: {end, filter: typed}, words}: Place, kind: RowsKind): RowsQuery {
	const geometry = measurePane(box, scene, words);
	const {inner, payload} = geometry;
	const filter = filterOf(typed, scene.server?.pane === box.pane, words);
	return {
		type: 'rows',
		pane: box.pane,
		kind,
		...(filter !== undefined && filter !== 'wrong' && {filter}),
		rows: geometry.logRows,
		end,
		maxBytes: Math.max(
			bytesToFill(kind === 'messages' ? payload : inner) + ((maxPayloadLines - 1) * inner * bytesOfCharacter),
			bytesInDump(inner - dumpIndent),
		),
	};
}

export function drawRows(
	{
		box, scene, pane, selected, pointed, marks = [], firstSteps = [], words,
	}: PaneInput & {readonly pointed?: number | undefined},
	view: RowsView,
	geometry: PaneGeometry,
	height: number,
): readonly string[] {
	const context = rowContext(box, scene, pane, geometry, words);
	const top = view.end - view.rows.length;
	if (view.filtered?.isComplete && view.rows.length === 0) {
		return [paint([{text: words.views.filter.none, tone: 'warning'}], geometry.inner)];
	}

	const {rows} = layRows(view, pane, context, height);
	// The first line of a row has a sign in its first gap; that of a selected one is in reverse, too.
	const lines = rows.map(({lines: [first = '', ...others]}, index) => {
		const ordinal = top + index;
		const isMarked = marks.some(({sequence}) => sequence === view.rows[index]?.sequence);
		const lessonSign = isMarked ? paint([{text: '◆', tone: 'chosen'}], 1) : ' ';
		const line = first.replace(' ', ordinal === pointed ? '►' : lessonSign);
		return [ordinal === selected && ordinal !== pointed ? invert(line.replace(' ', '▸')) : line, ...others];
	});
	const selectedLine = lines.slice(0, Math.max(0, (selected ?? Number.POSITIVE_INFINITY) - top)).flat().length;
	const all = lines.flat();
	const first = upTo(all.length - height, selectedLine);
	const isEmpty = view.first === 0 && view.total === rows.length && view.rows.every(({bytes}) => bytes === undefined);
	if (!isEmpty || view.filtered || firstSteps.length === 0 || all.length >= height) {
		return all.slice(first, first + height);
	}

	// What is no row of the log stands apart from it.
	const between = all.length > 0 && all.length + 1 < height ? [paint([], geometry.inner)] : [];
	return [...all, ...between, stepsLine(firstSteps, geometry.inner)];
}

/**
Which of a pane's rows show whole in `height` lines: how many, the ordinal after the last, how many come after and
before them, and the sequence numbers of the first and the last.
*/
export function pageOf(view: RowsView, {box, scene, pane, words}: Place, height: number) {
	const geometry = measurePane(box, scene, words);
	const {rows, end} = layRows(view, pane, rowContext(box, scene, pane, geometry, words), height);
	const whole = countFitting(rows.toReversed(), height);
	const last = view.rows.length - view.end + end;
	return {
		whole,
		end,
		newer: view.total - end,
		older: end - whole - view.first,
		sequences: [
			view.rows[last - whole]?.sequence ?? Number.NEGATIVE_INFINITY,
			view.rows[last - 1]?.sequence ?? Number.POSITIVE_INFINITY,
		] as const,
	};
}

/** How many rows, from the first on, fit whole. */
function countFitting(rows: readonly DrawnRow[], height: number): number {
	let left = height;
	const cut = rows.findIndex(({lines}) => {
		left -= lines.length;
		return left < 0;
	});
	return cut === -1 ? rows.length : cut;
}

/**
Lay out the rows for `height` lines. Payloads that are cut take the lines that are left, from the newest row on, or a
few of those of the oldest rows, as long as one can still scroll to these.
*/
function layRows(
	{rows, end: last, first}: RowsView,
	{end: own, anchor}: PaneState,
	context: KeyedContext,
	height: number,
): {readonly rows: readonly DrawnRow[]; readonly end: number} {
	const all = rows.map(row => drawnRow(row, context, 0));
	const top = last - rows.length;
	// The oldest rows come together, though not all may fit: those after the wanted end are left out.
	const wanted = own ?? last;
	const anchored = anchor && anchor.end === own && anchor.row >= top && anchor.row < last
		? anchoredAt(anchor.row, all, top, height)
		: undefined;
	const end = anchored?.end
		?? (top === first && wanted < last ? Math.max(wanted, top + countFitting(all, height)) : last);
	const drawn = all.slice(0, end - top);
	const free = height - drawn.slice((anchored?.from ?? top) - top).reduce((sum, {lines}) => sum + lines.length, 0);
	let left = Math.max(free, top > first && !anchored ? newestLines(height) : 0);
	let below = 0;
	for (let index = drawn.length - 1; index >= 0 && left > 0; index--) {
		const before = drawn[index]!;
		const more = Math.min(left, maxPayloadLines - 1, height - below - before.lines.length);
		if (before.isCut && more > 0) {
			const grown = drawnRow(rows[index]!, context, more);
			left -= grown.lines.length - before.lines.length;
			drawn[index] = grown;
		}

		below += drawn[index]!.lines.length;
	}

	return {rows: drawn, end};
}

/** From which row on, and to which, `height` lines show whole rows, with this one among them. */
function anchoredAt(
	row: number,
	all: readonly DrawnRow[],
	top: number,
	height: number,
): {readonly from: number; readonly end: number} {
	// The row before it stays, where it leaves room.
	const from = row > top && countFitting(all.slice(row - 1 - top), height) > 1 ? row - 1 : row;
	return {from, end: from + Math.max(1, countFitting(all.slice(from - top), height))};
}

/** Lines beyond their first that the newest rows have in a pane that is full. */
function newestLines(height: number): number {
	return Math.min(maxPayloadLines - 1, Math.floor(height / 3));
}

/** What rows are drawn in, and all of it that their look depends on as one text. */
type KeyedContext = RowContext & {readonly key: string};

type Drawn = {readonly key: string; readonly words: Words; readonly ways: Map<number, DrawnRow>};

/**
What rows look like, and for what they were drawn, by the lines that they might take more. A row does not change, and
most of a pane's rows show in many frames.
*/
const drawnRows = new WeakMap<Row, Drawn>();

function drawnRow(row: Row, context: KeyedContext, more: number): DrawnRow {
	const {key, words} = context;
	const before = drawnRows.get(row);
	const known: Drawn = before?.key === key && before.words === words ? before : {key, words, ways: new Map()};
	const drawn = known.ways.get(more) ?? drawRow(row, context, more);
	known.ways.set(more, drawn);
	drawnRows.set(row, known);
	return drawn;
}

function rowContext(
	box: PaneBox,
	scene: SceneView,
	{payload}: PaneState,
	geometry: PaneGeometry,
	words: Words,
): KeyedContext {
	const {protocol, server, clients} = scene;
	const isServer = server?.pane === box.pane;
	const codec = codecOfPane(scene, box.pane);
	const home = homeOf(scene, clients.find(({pane}) => pane === box.pane));
	const {inner, time, peer, payload: columns} = geometry;
	const target = isServer ? server.relay?.targetPane : undefined;
	const names = clients.map(({pane, number}) => `${pane}:${number}`).join(',');
	return {
		geometry,
		protocol,
		isServer,
		home,
		payload,
		codec,
		server: server?.pane,
		target,
		clients,
		words,
		key: `${inner} ${time} ${peer} ${columns} ${protocol} ${isServer} ${home} ${payload} ${codec.encoding} ${server?.pane} ${target} ${names}`,
	};
}

/** Rows that stand in `height` lines, scrolled by a page or by this many. */
export function scrollRows(
	place: Place,
	view: RowsView,
	direction: 1 | -1,
	height: number,
	rows: number | undefined,
): Partial<PaneState> {
	const {whole, end: shown} = pageOf(view, place, height);
	const before = shown < view.end ? shown : place.pane.end ?? view.total;
	// One row stays, so that the eye finds its place again.
	if (direction === 1) {
		const end = Math.min(view.total, before + (rows ?? Math.max(1, height - 1)));
		return before >= view.total ? {end: undefined} : {end, anchor: {end, row: before}};
	}

	const end = before - (rows ?? Math.max(1, whole - 1));
	const lowest = view.first + Math.min(whole, view.total - view.first);
	return {end: Math.max(lowest, end)};
}
