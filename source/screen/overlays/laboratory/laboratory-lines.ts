import {padLines} from '../../frame/pad-lines.ts';
import {invert, padColumns, paint} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import {firstAround, moreText} from '../moving.ts';
import {experiments} from './experiments.ts';

/** Columns of an experiment's name, in the list. */
export const nameColumns = 26;

/** Lines above the list: what it is, and how much of it does not show. */
const headRows = 2;

/** How many experiments are shown in this many rows. */
export function experimentRows(rows: number): number {
	return Math.max(1, rows - headRows);
}

/** The list of experiments over the panes, in exactly `rows` rows: those that fit, the chosen one in the middle. */
export function laboratoryLines(chosen: number, columns: number, rows: number, words: Words): string[] {
	const {laboratory} = words;
	const shown = experimentRows(rows);
	const from = firstAround(chosen, experiments.length, shown);
	const list = experiments.slice(from, from + shown).map(({name, key}, index) => {
		const isChosen = from + index === chosen;
		const line = paint([
			{text: isChosen ? '▸' : ' '},
			{text: key, tone: 'key'},
			{text: ` ${padColumns(laboratory.experiments[name].name, nameColumns)}  `},
			{text: laboratory.experiments[name].sign, tone: 'dim'},
		], columns);
		return isChosen ? invert(line) : line;
	});
	return padLines(
		[
			paint(
				[
					{text: ` ${laboratory.title} `, tone: 'chosen'},
					{text: `  ${laboratory.promise}`, tone: 'dim'},
				],
				columns,
			),
			paint([{text: ` ${moreText(from, experiments.length - from - list.length)}`, tone: 'dim'}], columns),
			...list,
		],
		rows,
		columns,
	);
}
