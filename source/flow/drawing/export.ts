/* A whole diagram as a file: as a picture, or as text that Mermaid draws. */
import {setImmediate} from 'node:timers/promises';
import {timeOfDay} from '../../text/time-of-day.ts';
import {Lifelines, serverLane} from '../lanes.ts';
import {FlowScan} from '../projection/project.ts';
import {
	type Flow, type FlowEvent, type FlowLane, type FlowLaneId, type FlowScene, type FlowStep, isHeadless, isStopped,
	lanesOf,
} from '../step.ts';
import {
	type FlowWords, laneName, lanePorts, markedText, markOfStep, spaced, stepInWords, stepText,
} from './label.ts';
import {flowText} from './terminal.ts';

/** A flow diagram as a picture, as text that Mermaid draws, or as plain text. */
export type FlowFormat = 'svg' | 'mermaid' | 'text';

/** Some of a scene's events, newest first. `end` is where the next older ones end; undefined where there are none. */
export type FlowEvents = {
	readonly scene: FlowScene;
	readonly events: readonly FlowEvent[];
	readonly end: number | undefined;
	/** The log has dropped the scene's oldest events. */
	readonly hasDropped: boolean;
};

const renderers = {svg: flowSvg, mermaid: flowMermaid, text: flowText} as const;
const extensions: Readonly<Record<FlowFormat, string>> = {svg: 'svg', mermaid: 'mmd', text: 'txt'};

/** After this many milliseconds of drawing, other work on this thread gets a turn. */
const turn = 8;

/** A file has this many steps at most, and this many events are looked at for them. */
const maxSteps = 10_000;
const maxEvents = 20_000;

/**
A scene's whole diagram as a file: its name and its contents; undefined where there is no such scene. Where steps are
left out at its beginning, the file says so.

@param read - gives the newest events before a sequence number, or of all
*/
export async function exportFlow(
	read: (end?: number) => Promise<FlowEvents | undefined>,
	format: FlowFormat,
	words: FlowWords,
): Promise<{readonly name: string; readonly contents: Uint8Array} | undefined> {
	let piece = await read();
	if (!piece) {
		return undefined;
	}

	const {scene} = piece;
	const scan = new FlowScan(scene);
	let looked = 0;
	let isCut = false;
	while (piece) {
		const events = piece.events.slice(0, maxEvents - looked);
		for (const event of events) {
			scan.add(event);
		}

		looked += events.length;
		isCut = piece.hasDropped || piece.end !== undefined || events.length < piece.events.length;
		// eslint-disable-next-line no-await-in-loop -- Each piece begins where the one before it ended.
		piece = piece.end === undefined || looked >= maxEvents ? undefined : await read(piece.end);
	}

	const flow = scan.flow(maxSteps, true, isCut);
	const lines: string[] = [];
	let isDue = performance.now() + turn;
	for (const line of renderers[format](flow, words)) {
		lines.push(line);
		if (performance.now() > isDue) {
			await setImmediate(); // eslint-disable-line no-await-in-loop -- Others of this thread have their turn.
			isDue = performance.now() + turn;
		}
	}

	return {
		name: `socket-playground-${scene.protocol}-flow.${extensions[format]}`,
		contents: Buffer.from(lines.join('\n')),
	};
}

/** Columns of a label: what is longer is cut. */
const labelColumns = 120;

/** Characters that Mermaid takes as they are. */
const plain = /[\p{Letter}\p{Number} .,…→●○✗×–]/v;

/**
The lines of a whole diagram as text that Mermaid draws (mermaid.js.org/syntax/sequenceDiagram). What is lost ends in a
cross; an arrow that arrives later has an open head, and a note where it arrives.
*/
export function * flowMermaid({protocol, steps, lanes, isWhole}: Flow, words: FlowWords): Generator<string> {
	const names = new Map(lanes.map(({id}, index) => [id, `L${index + 1}`]));
	const participants = lanes.map(lane =>
		`\tparticipant ${names.get(lane.id)} as ${escaped(spaced(laneName(lane, words), lanePorts(lane)))}`);
	yield * [...(isWhole ? [] : [`%% ${words.olderLeftOut}`]), 'sequenceDiagram', ...participants];
	for (const step of steps) {
		yield `\t${statementOf(step, names, words)}`;
	}

	yield `%% ${words.unseen[protocol]}`;
	yield '';
}

function statementOf(step: FlowStep, names: ReadonlyMap<FlowLaneId, string>, words: FlowWords): string {
	const {from, to, part} = step;
	const label = escaped(spaced(markOfStep(step), markedText(step, labelColumns, words)));
	const [name, target] = [from, to].map(end => names.get(end?.lane ?? ''));
	if (!to || part === 'arrival') {
		return `Note over ${to ? target : name}: ${label}`;
	}

	const line = to.fate === 'under-way' ? '-->' : '->';
	const head = isStopped(step) ? '-x' : (isHeadless(step) ? line : '->>');
	return `${name}${part ? '-)' : head}${target}: ${label}`;
}

/** Escape the characters that Mermaid could read as syntax, as the entity codes that it knows (`#59;`). */
function escaped(text: string): string {
	return Array.from(text, character => plain.test(character) ? character : `#${character.codePointAt(0)};`).join('');
}

/** Sizes, in the picture's own units (pixels, unless it is scaled). */
const gap = 240;
const left = 220;
const top = 52;
const rowHeight = 24;
const columnWidth = 6.7;
const missed = 28;

/** Where what stands before the lanes begins, beside the times. */
const wordsAt = 104;

const black = 'fill="#111111"';
const grey = 'fill="#777777"';
const red = 'fill="#b00020"';

/** Columns of text that are not on an arrow. */
const noticeColumns = 40;
const wordColumns = 160;

/** A picture with more lanes than this cannot be read: what the others exchange is told in words. */
const maxLanes = 24;

/** The lines of a whole diagram as a picture: an SVG 1.1 document that stands alone, on a background of its own. */
export function * flowSvg({protocol, steps, lanes: all, isWhole}: Flow, words: FlowWords): Generator<string> {
	const names = new Map(all.map(lane => [lane.id, laneName(lane, words)]));
	const lanes = pictureLanes(all, steps, maxLanes);
	const width = left + (Math.max(0, lanes.length - 1) * gap) + left;
	const height = top + ((steps.length + 2) * rowHeight);
	const at = new Map(lanes.map(({id}, index) => [id, left + (index * gap)]));
	yield *
	[
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11">`,
		`<rect width="${width}" height="${height}" fill="#ffffff"/>`,
		...lanes.flatMap(lane => [
			svgText(at.get(lane.id)!, 20, 'middle', 'font-weight="bold" fill="#111111"', names.get(lane.id) ?? ''),
			svgText(at.get(lane.id)!, 36, 'middle', 'fill="#555555"', lanePorts(lane)),
		]),
		...lifelines(steps, lanes, at),
		...(isWhole ? [] : [svgText(8, top + 8, 'start', grey, words.olderLeftOut)]),
	];
	const slants = slantsOf(steps);
	const reached = new Set([...slants.values()].flat());
	for (const [index, step] of steps.entries()) {
		const y = rowAt(index);
		// When the kernel did something by itself, no program is told.
		if (!step.isByKernel) {
			yield svgText(8, y + 4, 'start', grey, timeOfDay(step.time, 'full'));
		}

		if (lanesOf(step).every(id => at.has(id))) {
			yield * stepParts(step, {
				y, at, arrivals: slants.get(index)?.map(arrival => rowAt(arrival)) ?? [], isReached: reached.has(index),
			}, words);
		} else {
			const text = stepInWords(step, names, wordColumns, words);
			yield svgText(wordsAt, y + 4, 'start', isStopped(step) ? red : black, text);
		}
	}

	yield svgText(8, height - 12, 'start', grey, words.unseen[protocol]);
	yield '</svg>';
	yield '';
}

/** A line for each stretch of steps during which a lane is open. */
function * lifelines(
	steps: readonly FlowStep[],
	lanes: readonly FlowLane[],
	at: ReadonlyMap<FlowLaneId, number>,
): Generator<string> {
	const lives = new Lifelines(steps, lanes);
	const begun = new Map(lanes.filter(({id}) => lives.isOpen(id)).map(({id}) => [id, top - 8]));
	const line = (id: FlowLaneId, from: number, y: number): string =>
		svgLine(at.get(id)!, from, at.get(id)!, y, 'stroke="#9a9a9a"');
	for (const [index, step] of steps.entries()) {
		lives.pass(step);
		for (const id of lanesOf(step)) {
			const from = begun.get(id);
			if (lives.isOpen(id) && at.has(id)) {
				begun.set(id, from ?? rowAt(index));
			} else if (from !== undefined) {
				begun.delete(id);
				yield line(id, from, rowAt(index));
			}
		}
	}

	for (const [id, from] of begun) {
		yield line(id, from, rowAt(steps.length));
	}
}

function rowAt(index: number): number {
	return top + (index + 1) * rowHeight;
}

/** Where a step is drawn: its row, the columns of the lanes, and the rows in which its arrow arrives, or has begun. */
type StepPlace = {
	readonly y: number;
	readonly at: ReadonlyMap<FlowLaneId, number>;
	/** Of a departure, the rows that its lines slant to. */
	readonly arrivals: readonly number[];
	/** Of an arrival, whether a line has slanted to it. */
	readonly isReached: boolean;
};

function stepParts(step: FlowStep, {y, at, arrivals, isReached}: StepPlace, words: FlowWords): string[] {
	const from = at.get(step.from.lane)!;
	const to = step.to === undefined ? from : at.get(step.to.lane)!;
	const isLost = isStopped(step);
	const textStyle = isLost ? red : black;
	if (from === to) {
		const mark = markOfStep(step) || (step.to === undefined ? '├' : '⇄');
		const style = mark === '✗' ? red : textStyle;
		const text = stepText(step, noticeColumns, words);
		return [svgText(from, y + 4, 'middle', style, mark), svgText(from + 10, y + 4, 'start', style, text)];
	}

	const direction = Math.sign(to - from);
	const isUnderWay = step.to?.fate === 'under-way';
	const colour = isLost ? '#b00020' : (isUnderWay ? '#777777' : '#0b5cad');
	const line = (x1: number, y1: number, x2: number, y2: number): string =>
		svgLine(x1, y1, x2, y2, `stroke="${colour}"${isUnderWay ? ' stroke-dasharray="5 4"' : ''}`);
	const head = (row: number, angle: number | string): string =>
		`<path d="M0 0 l-7 -4 v8 z" transform="translate(${to} ${row}) rotate(${angle})" fill="${colour}"/>`;
	const straight = head(y, direction > 0 ? 0 : 180);
	const columns = Math.floor((Math.abs(to - from) - 16) / columnWidth) - (step.mark ? 3 : 0);
	const label = markedText(step, columns, words);
	const [start, behind] = direction > 0 ? ['start', 'end'] as const : ['end', 'start'] as const;
	if (step.part === 'arrival') {
		return [
			...(isReached ? [] : [line(to - 3 * missed * direction, y, to, y), straight]),
			svgText(to - 10 * direction, y + 11, behind, textStyle, label),
		];
	}

	if (step.part === 'departure') {
		return [
			...(arrivals.length === 0 ? [line(from, y, from + Math.abs(to - from) / 2 * direction, y)] : []),
			...arrivals.map(arrival => line(from, y, to, arrival)),
			...arrivals.map(arrival => head(arrival, (Math.atan2(arrival - y, to - from) * 180 / Math.PI).toFixed(1))),
			svgText(from + 6 * direction, y - 4, start, textStyle, label),
		];
	}

	const end = to - (direction * (isLost || isHeadless(step) ? missed : 0));
	const cross = [line(end - 4, y - 4, end + 4, y + 4), line(end - 4, y + 4, end + 4, y - 4)];
	return [
		line(from, y, end, y),
		...(isLost ? cross : (isHeadless(step) ? [] : [straight])),
		svgText((from + to) / 2, y - 4, 'middle', textStyle, label),
	];
}

/**
To which rows the arrow of each departure slants: each departure to the next arrival with its mark, and what arrives
otherwise from the last departure with its mark.
*/
function slantsOf(steps: readonly FlowStep[]): ReadonlyMap<number, readonly number[]> {
	const slants = new Map<number, number[]>();
	/** Departures by their marks: those that wait for an arrival, or the last one. */
	const departures = new Map<number, readonly number[]>();
	for (const [index, {part, mark}] of steps.entries()) {
		if (mark === undefined) {
			continue;
		}

		const before = departures.get(mark) ?? [];
		if (part === 'departure') {
			departures.set(mark, [...before.filter(departure => !slants.has(departure)), index]);
		} else {
			for (const departure of before) {
				slants.set(departure, [...slants.get(departure) ?? [], index]);
			}

			departures.set(mark, before.slice(-1));
		}
	}

	return slants;
}

/**
The lanes of a picture that has no room for all: the server's own, up to half of them those of the first exchanges, then
those of the latest, then the rest from the left. They come back in their own order.
*/
function pictureLanes(lanes: readonly FlowLane[], steps: readonly FlowStep[], most: number): readonly FlowLane[] {
	if (lanes.length <= most) {
		return lanes;
	}

	const wanted = new Set<FlowLaneId>([serverLane]);
	addLanes(wanted, steps, most >> 1);
	addLanes(wanted, steps.toReversed(), most);
	for (const {id} of lanes) {
		wanted.add(id);
	}

	const chosen = new Set([...wanted].slice(0, most));
	return lanes.filter(({id}) => chosen.has(id));
}

/** Both lanes of an exchange, or none: an arrow needs both. */
function addLanes(wanted: Set<FlowLaneId>, steps: readonly FlowStep[], most: number): void {
	for (const step of steps) {
		const more = [...new Set(lanesOf(step))].filter(id => !wanted.has(id));
		if (wanted.size + more.length > most) {
			return;
		}

		for (const id of more) {
			wanted.add(id);
		}
	}
}

/** Characters that no XML 1.0 document may hold (section 2.2), not even as references. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gv;

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;',
};

/** A text as XML has it: markup as entities, and U+FFFD for what XML 1.0 cannot hold. */
export function xmlText(text: string): string {
	return text.replaceAll(forbidden, '\u{FFFD}').replaceAll(/[&<>"']/g, character => entities[character] ?? character);
}

type Anchor = 'start' | 'middle' | 'end';

/** A text element at a place, with further attributes; nothing for an empty text. Spaces stay as they are. */
function svgText(x: number, y: number, anchor: Anchor, style: string, text: string): string {
	return text === ''
		? ''
		: `<text x="${x}" y="${y}" text-anchor="${anchor}" xml:space="preserve" ${style}>${xmlText(text)}</text>`;
}

function svgLine(x1: number, y1: number, x2: number, y2: number, style: string): string {
	return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
}
