/* What fits in columns: text that is cut to them, the cells of a line, and where the lanes stand. */
import {graphemesOf, segmentsOf} from '../../text/width/graphemes.ts';
import type {TimeStyle} from '../../text/time-of-day.ts';
import textWidth from '../../text/width/width.ts';
import {serverLane} from '../lanes.ts';
import {
	type FlowLane, type FlowLaneId, type FlowStep, lanesOf,
} from '../step.ts';

/** What a piece of a line is, rather than its colour. `sent` and `received` are as seen from the focused lane. */
export type FlowTone = 'plain' | 'dim' | 'strong' | 'sent' | 'received' | 'error' | 'warning' | 'escape';

/** A piece of a line: safe to draw, without line breaks. */
type FlowSpan = {readonly text: string; readonly tone: FlowTone};

/** A line, with exactly the columns that it was drawn in. */
export type FlowLine = readonly FlowSpan[];

/** One line that is being drawn: a cell for each column. What does not fit is not drawn. */
export class FlowRow {
	/** What each cell shows; empty behind a character, or an escape, that takes several columns. */
	readonly #cells: string[];
	readonly #tones: FlowTone[];

	constructor(columns: number) {
		this.#cells = Array.from<string>({length: columns}).fill(' ');
		this.#tones = Array.from<FlowTone>({length: columns}).fill('plain');
	}

	/** Put a sign, or one character, into the cells that it takes. */
	mark(column: number, cell: string, tone: FlowTone, columns = 1): void {
		if (columns < 1 || column < 0 || column + columns > this.#cells.length) {
			return;
		}

		for (let index = column; index < column + columns; index++) {
			this.#clear(index);
		}

		this.#cells.fill('', column, column + columns);
		this.#cells[column] = cell;
		this.#tones.fill(tone, column, column + columns);
	}

	/** Put visible text into the cells from this column on. Escapes in it keep a tone of their own. */
	put(column: number, text: string, tone: FlowTone): void {
		let at = column;
		for (const piece of visiblePieces(text)) {
			this.mark(at, piece.text, piece.isEscape && tone !== 'dim' ? 'escape' : tone, piece.columns);
			at += piece.columns;
		}
	}

	/** The line, with exactly as many columns as it was made with. */
	line(): FlowLine {
		const spans: Array<{text: string; tone: FlowTone}> = [];
		for (const [index, cell] of this.#cells.entries()) {
			const last = spans.at(-1);
			const tone = this.#tones[index]!;
			if (last && (last.tone === tone || cell === ' ' || cell === '')) {
				last.text += cell;
			} else {
				spans.push({text: cell, tone});
			}
		}

		return spans;
	}

	/** A part of what takes several columns cannot be shown: the other columns become spaces. */
	#clear(column: number): void {
		let start = column;
		while (this.#cells[start] === '') {
			start--;
		}

		for (let index = start + 1; this.#cells[index] === ''; index++) {
			this.#cells[index] = ' ';
		}

		this.#cells[start] = ' ';
	}
}

const plainAscii = /^[ -~]*$/;
const escapes = /\\(?:\\|x[\da-f]{2}|u{[\da-f]+}|[nrt0])/g;

/** A piece of visible text that is not cut: an escape, or what takes a place of its own. */
type VisiblePiece = {readonly text: string; readonly columns: number; readonly isEscape: boolean};

/** The pieces of a visible text: its escapes and characters as one sees them. Their columns add up to the text's. */
export function * visiblePieces(text: string): Generator<VisiblePiece> {
	let end = 0;
	for (const match of text.matchAll(escapes)) {
		const before = graphemesOf(text.slice(end, match.index));
		// A letter that stands before another one as a part of it (such as U+0D4E) takes the backslash, too, for its
		// letter.
		const prefix = joinsNext(before.at(-1)) ? before.pop() ?? '' : '';
		yield * before.map(character => pieceOf(character, false));
		yield pieceOf(prefix + match[0], true);
		end = match.index + match[0].length;
	}

	for (const character of graphemesOf(text.slice(end))) {
		yield pieceOf(character, false);
	}
}

/** As much of a visible text as fits in this many columns, with `…` in the last one where there is more. */
export function cutVisible(text: string, columns: number): string {
	if (plainAscii.test(text) ? text.length <= columns : textWidth(text) <= columns) {
		return text;
	}

	if (columns <= 0) {
		return '';
	}

	return `${fitting(visiblePieces(text), columns).join('')}…`;
}

/** The same, cut at its beginning: of an address, the port says more than the network. */
export function cutVisibleStart(text: string, columns: number): string {
	const pieces = [...visiblePieces(text)];
	if (pieces.reduce((sum, piece) => sum + piece.columns, 0) <= columns) {
		return text;
	}

	return columns <= 0 ? '' : `…${fitting(pieces.toReversed(), columns).toReversed().join('')}`;
}

/** The first of these texts, as many as fit beside a `…`. */
function fitting(pieces: Iterable<VisiblePiece>, columns: number): string[] {
	const fit: string[] = [];
	let used = 1;
	for (const piece of pieces) {
		used += piece.columns;
		if (used > columns) {
			break;
		}

		fit.push(piece.text);
	}

	return fit;
}

function pieceOf(text: string, isEscape: boolean): VisiblePiece {
	return {text, columns: text.length === 1 && plainAscii.test(text) ? 1 : textWidth(text), isEscape};
}

function joinsNext(character: string | undefined): boolean {
	return character !== undefined && character.charCodeAt(0) >= 0x06_00
		&& segmentsOf(`${character}\\`).containing(0)!.segment.length > character.length;
}

/** With at least this many columns times are in full, hidden lanes have names, and labels say more. */
const minWide = 76;

/** Below this many columns there is no room for times. */
const minForTime = 36;

/** As many lanes as a diagram should show, even if times are short then. */
const usefulLanes = 3;

/** Columns from a lane to the next. */
const minGap = {wide: 18, narrow: 14};

/** Columns that the longest label needs: a payload, its length, and what the link has made of it. */
const maxGap = 90;

/**
Columns beside the outermost lanes, that many lanes fit; where there is little room they then stand further apart. And
where lanes are hidden on that side, room for an arrow to them and their names.
*/
const margin = 8;
const narrowMargin = 5;
const hiddenMargin = {wide: {left: 17, right: 17}, narrow: {left: 12, right: 12}, tight: {left: 11, right: 8}};

/**
What lanes have between them beyond the least and `easyGap` is room beside them: up to this many columns for the labels
of arrows from clients on the left, and for whole names on the right. It depends on no step: lanes stand still.
*/
const easyGap = {wide: {left: 4, right: 6}, narrow: {left: 4, right: 6}, tight: {left: 4, right: 20}};
const hiddenRoom = {left: 10, right: 7};

type FlowTimeStyle = Exclude<TimeStyle, 'short'>;

/** Columns that a time takes, with the space behind it. */
const timeColumns: Readonly<Record<FlowTimeStyle, number>> = {full: 13, seconds: 7};

type PlacedLane = {readonly lane: FlowLane; readonly column: number};

type Side = 'left' | 'right';

/** Where everything stands, in columns from 0. */
export type FlowLayout = {
	readonly columns: number;
	readonly time: FlowTimeStyle | undefined;
	/** The first column behind the time. */
	readonly left: number;
	readonly placed: readonly PlacedLane[];
	/** Which lanes there are no columns for, and on which side of the others they would stand. */
	readonly hidden: ReadonlyMap<FlowLaneId, Side>;
};

/** Columns that a diagram needs to show this many lanes with room for their labels. */
export function columnsFor(lanes: number, gap: number): number {
	return timeColumns.full + (2 * margin) + (Math.max(0, lanes - 1) * gap) + 1;
}

/** Place as many lanes as fit, around the focused one. */
export function layoutFlow(
	lanes: readonly FlowLane[],
	steps: readonly FlowStep[],
	focus: FlowLaneId | undefined,
	columns: number,
): FlowLayout {
	const most = Math.max(1, Math.floor(columns / minGap.narrow));
	let layout: FlowLayout | undefined;
	for (let count = Math.min(lanes.length, most); !layout; count--) {
		const shown = shownLanes(lanes, steps, focus, count);
		for (const time of timesFor(columns, count)) {
			layout ??= place(lanes, shown, focus, columns, time);
		}
	}

	return layout;
}

/** How times may be written, the best first. */
function timesFor(columns: number, lanes: number): Array<FlowTimeStyle | undefined> {
	if (columns < minWide) {
		return [columns < minForTime ? undefined : 'seconds'];
	}

	return lanes > usefulLanes ? ['full'] : ['full', 'seconds'];
}

/** Undefined where these lanes would stand too close together. One lane, or none, has always room. */
function place(
	lanes: readonly FlowLane[],
	shown: readonly FlowLane[],
	focus: FlowLaneId | undefined,
	columns: number,
	time: FlowTimeStyle | undefined,
): FlowLayout | undefined {
	const size = columns < minWide ? 'narrow' : 'wide';
	const left = time === undefined ? 0 : timeColumns[time];
	const room = columns - left;
	const hidden = hiddenOf(lanes, shown);
	const placedFrom = (first: number, step: number): FlowLayout => ({
		columns, time, left, hidden, placed: shown.map((lane, index) => ({lane, column: first + index * step})),
	});
	const gaps = shown.length - 1;
	if (gaps < 1) {
		return placedFrom(left + Math.max(0, room >> 1), 0);
	}

	const sides = new Set(hidden.values());
	// The arrows of a client that is focused go to the right, and its payloads come before the names of others.
	const isClient = lanes.find(({id}) => id === focus)?.type === 'client';
	const beyond = size === 'narrow' && isClient ? 'tight' : size;
	const beside = (side: Side, free: number): number => sides.has(side) ? hiddenMargin[beyond][side] : free;
	const gapWith = (free: number): number =>
		Math.min(maxGap, Math.floor((room - beside('left', free) - beside('right', free) - 1) / gaps));
	if (gapWith(margin) < minGap[size]) {
		return undefined;
	}

	const free = size === 'narrow' ? narrowMargin : margin;
	const gap = gapWith(free);
	const spare = (side: Side): number =>
		sides.has(side) ? Math.max(0, (gap - minGap[size] - easyGap[beyond][side]) * gaps) : 0;
	const more = isClient ? 0 : Math.min(hiddenRoom.left, spare('left'));
	const behind = Math.max(0, Math.min(hiddenRoom.right, spare('right') - more));
	return placedFrom(left + beside('left', free) + more, gap - Math.ceil((more + behind) / gaps));
}

function hiddenOf(lanes: readonly FlowLane[], shown: readonly FlowLane[]): Map<FlowLaneId, Side> {
	const first = lanes.indexOf(shown[0]!);
	const last = lanes.indexOf(shown.at(-1)!);
	const sideOf = (index: number): Side =>
		index < first || (index < last && index - first < last - index) ? 'left' : 'right';
	return new Map(lanes.flatMap((lane, index) => shown.includes(lane) ? [] : [[lane.id, sideOf(index)]]));
}

/**
Choose `room` lanes, by rank: the focused one; the connection socket at its other end; those that it exchanged something
with, the latest first; the server's own, where it has events (accept() is its call, whichever client has connected);
those with the latest events; the rest from the left. They are returned in their own order.
*/
function shownLanes(
	lanes: readonly FlowLane[],
	steps: readonly FlowStep[],
	focus: FlowLaneId | undefined,
	room: number,
): FlowLane[] {
	const focused = lanes.find(({id}) => id === focus);
	const port = focused?.type === 'client' ? focused.ports.at(-1) : undefined;
	const own = lanes.filter(({type, peerPort}) => type === 'connection' && port !== undefined && peerPort === port);
	const wanted = new Set([...(focused ? [focused] : []), ...own].map(({id}) => id));
	const latest = steps.toReversed();
	for (const {from, to} of latest) {
		if (to && (from.lane === focus || to.lane === focus)) {
			wanted.add(from.lane).add(to.lane);
		}
	}

	const others = latest.flatMap(step => lanesOf(step));
	for (const id of [...(others.includes(serverLane) ? [serverLane] : []), ...others, ...lanes.map(lane => lane.id)]) {
		wanted.add(id);
	}

	const chosen = new Set([...wanted].slice(0, Math.max(0, room)));
	return lanes.filter(({id}) => chosen.has(id));
}

/** A lane's ports in at most this many columns: the newest stays the longest, `…` stands for those that do not fit. */
export function fitPorts(ports: string, columns: number): string {
	let fitting = ports;
	let words = ports.split(' ');
	while (fitting.length > columns && words.length > 1) {
		words = words.slice(words.at(1) === '←' ? 2 : 1);
		fitting = `… ${words.join(' ')}`;
	}

	return cutVisible(fitting, columns);
}

