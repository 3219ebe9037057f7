import {timeOfDay} from '../../../text/time-of-day.ts';
import type {FlowLane} from './flow-lanes.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowStep} from './flow-step.ts';
import {LaneLives} from './lane-lives.ts';
import {olderLeftOut} from './older-left-out.ts';
import {pictureLanes} from './picture-lanes.ts';
import type {Flow} from './project-flow.ts';
import {stepInWords} from './step-in-words.ts';
import {fitLabel, labelOfStep} from './step-label.ts';
import {markOfStep} from './step-words.ts';
import {svgLine, svgText} from './svg-parts.ts';

/** Sizes, in the picture's own units (pixels, unless it is scaled). */
const gap = 240;
const left = 220;
const top = 52;
const rowHeight = 24;
const columnWidth = 6.7;
const missed = 28;

/** Where what stands before the lanes begins, beside the times. */
const wordsAt = 104;

/** Columns of text that are not on an arrow. */
const noticeColumns = 40;
const wordColumns = 160;

/** More lanes than this make a picture that nobody can look at: what others exchange is told in words. */
const mostLanes = 24;

/** A whole diagram as a picture: an SVG 1.1 document that stands alone, on a background of its own. */
export function flowSvg({steps, lanes: all, isWhole}: Flow): string {
	const lanes = pictureLanes(all, steps, mostLanes);
	const width = left + (Math.max(0, lanes.length - 1) * gap) + left;
	const height = top + ((steps.length + 1) * rowHeight);
	const at = new Map(lanes.map(({id}, index) => [id, left + (index * gap)]));
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11">`,
		`<rect width="${width}" height="${height}" fill="#ffffff"/>`,
		...lanes.flatMap(({id, label, address = ''}) => [
			svgText({
				x: at.get(id)!, y: 20, anchor: 'middle', style: 'font-weight="bold" fill="#111111"',
			}, label),
			svgText({
				x: at.get(id)!, y: 36, anchor: 'middle', style: 'fill="#555555"',
			}, address),
		]),
		...lifelines(steps, lanes, at),
		...(isWhole
			? []
			: [svgText({
				x: 8, y: top + 8, anchor: 'start', style: 'fill="#777777"',
			}, olderLeftOut)]),
		...steps.flatMap((step, index) => {
			const y = top + ((index + 1) * rowHeight);
			const time = svgText({
				x: 8, y: y + 4, anchor: 'start', style: 'fill="#777777"',
			}, timeOfDay(step.time, 'full'));
			return [time, ...(at.has(step.from) && (step.to === undefined || at.has(step.to)) ? stepParts(step, at, y) : [wordsOfStep(step, all, y)])];
		}),
		'</svg>',
		'',
	].join('\n');
}

/** A line for each stretch of steps during which a lane is open. */
function lifelines(steps: readonly FlowStep[], lanes: readonly FlowLane[], at: ReadonlyMap<FlowLaneId, number>): string[] {
	const lives = new LaneLives(steps, lanes);
	const begun = new Map(lanes.filter(({id}) => lives.isOpen(id)).map(({id}) => [id, top - 8]));
	const parts: string[] = [];
	const end = (id: FlowLaneId, y: number): void => {
		const from = begun.get(id);
		if (from !== undefined) {
			parts.push(svgLine({
				x1: at.get(id)!, y1: from, x2: at.get(id)!, y2: y,
			}, 'stroke="#9a9a9a"'));
			begun.delete(id);
		}
	};

	for (const [index, step] of steps.entries()) {
		const y = top + ((index + 1) * rowHeight);
		lives.pass(step);
		for (const id of step.to === undefined ? [step.from] : [step.from, step.to]) {
			if (!lives.isOpen(id)) {
				end(id, y);
			} else if (at.has(id) && !begun.has(id)) {
				begun.set(id, y);
			}
		}
	}

	for (const {id} of lanes) {
		end(id, top + ((steps.length + 1) * rowHeight));
	}

	return parts;
}

/** What goes between lanes that are not drawn is told across those that are. */
function wordsOfStep(step: FlowStep, lanes: readonly FlowLane[], y: number): string {
	return svgText({
		x: wordsAt, y: y + 4, anchor: 'start', style: `fill="${step.fate === 'lost' ? '#b00020' : '#111111'}"`,
	}, stepInWords(step, lanes, wordColumns));
}

function stepParts(step: FlowStep, at: ReadonlyMap<FlowLaneId, number>, y: number): string[] {
	const from = at.get(step.from)!;
	const to = step.to === undefined ? from : at.get(step.to)!;
	const isLost = step.fate === 'lost';
	if (from === to) {
		const mark = markOfStep(step) || (step.to === undefined ? '├' : '⇄');
		const style = mark === '✗' || isLost ? 'fill="#b00020"' : 'fill="#111111"';
		return [svgText({
			x: from, y: y + 4, anchor: 'middle', style,
		}, mark), svgText({
			x: from + 10, y: y + 4, anchor: 'start', style,
		}, fitLabel(labelOfStep(step), noticeColumns))];
	}

	const direction = Math.sign(to - from);
	const isUnderWay = step.fate === 'under-way';
	const end = to - (direction * (isLost || isUnderWay ? missed : 0));
	const colour = isLost ? '#b00020' : (isUnderWay ? '#777777' : '#0b5cad');
	const style = `stroke="${colour}"${isUnderWay ? ' stroke-dasharray="5 4"' : ''}`;
	const label = fitLabel(labelOfStep(step), Math.floor((Math.abs(to - from) - 16) / columnWidth));
	return [
		svgLine({
			x1: from, y1: y, x2: end, y2: y,
		}, style),
		...(isLost
			? [svgLine({
				x1: end - 4, y1: y - 4, x2: end + 4, y2: y + 4,
			}, style), svgLine({
				x1: end - 4, y1: y + 4, x2: end + 4, y2: y - 4,
			}, style)]
			: (isUnderWay ? [] : [`<path d="M${end} ${y} l${-7 * direction} -4 v8 z" fill="${colour}"/>`])),
		svgText({
			x: (from + to) / 2, y: y - 4, anchor: 'middle', style: `fill="${isLost ? '#b00020' : '#111111'}"`,
		}, label),
	];
}
