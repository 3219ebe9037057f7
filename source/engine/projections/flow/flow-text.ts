import {columnsFor} from './flow-layout.ts';
import {drawFlow, type FlowLine} from './draw-flow.ts';
import {olderLeftOut} from './older-left-out.ts';
import type {Flow} from './project-flow.ts';

/** Columns between lanes where there are few of them, and columns that no line goes beyond. */
const gap = 36;
const mostColumns = 400;

/** A whole diagram as plain text, with as many columns as its lanes need, up to 400. Steps between lanes that do not fit in these are told in words. */
export function flowText({steps, lanes, isWhole}: Flow): string {
	const {header, lines} = drawFlow(steps, lanes, {columns: Math.min(mostColumns, columnsFor(lanes.length, gap)), focus: undefined, inWords: true});
	return [...(isWhole ? [] : [olderLeftOut]), ...[...header, ...lines].map(line => textOf(line)), ''].join('\n');
}

function textOf(line: FlowLine): string {
	return line.map(({text}) => text).join('').trimEnd();
}
