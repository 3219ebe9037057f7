import {noticedHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {update} from '../../input/update.ts';
import {backToTyping} from '../../state/screen-state.ts';
import {experimentList, type LaboratoryMode} from '../modes.ts';
import {type Overlay, stepOf} from '../overlay.ts';
import {
	invert, moreText, padColumns, padLines, paint,
} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import {upTo, firstAround} from '../../../views/window.ts';
import {experiments, startExperiment} from './experiments.ts';

/** The list of experiments over the panes: a key chooses one, or starts it. `e` leads back, as it led here. */
export const laboratory = {
	paste: 'line',
	handleKey({state, mode: {chosen}}, key) {
		const step = stepOf(key, Math.max(1, experimentRows(state.rows - 2) - 1));
		if (step !== undefined) {
			return update({...state, mode: experimentList(upTo(experiments.length - 1, chosen + step))});
		}

		const letter = letterOf(key);
		const started = key.name === 'return' ? experiments[chosen] : experiments.find(({key: own}) => own === letter);
		return started
			? startExperiment(state, started.name)
			: update(letter === 'e' ? backToTyping(state) : state);
	},
	tell: ({chosen}, notice) => experimentList(chosen, notice),
	body: {
		draw: ({state, mode, rows, words}) => laboratoryLines(mode.chosen, state.columns, rows, words),
	},
	entryAt(_input, {line, text}) {
		const place = experiments.findIndex(({key}) => line > 0 && text.slice(1, 3) === `${key} `);
		return place === -1 ? undefined : experimentList(place);
	},
	look: () => 'laboratory',
	footer: ({state: {columns}, mode: {notice}, words}) => noticedHints([
		{key: '↑ ↓', label: words.laboratory.choose},
		{key: 'Enter', label: words.laboratory.run, isVital: true},
		{key: `${experiments.at(0)?.key}–${experiments.at(-1)?.key}`, label: words.laboratory.runDirectly},
		{key: 'Esc', label: words.laboratory.back, isVital: true},
	], notice, columns),
} satisfies Overlay<LaboratoryMode>;

/** Columns of an experiment's name, in the list. */
export const nameColumns = 26;

/** Lines above the list: what it is, and how much of it does not show. */
const headRows = 2;

function experimentRows(rows: number): number {
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
	return padLines([
		paint([
			{text: ` ${laboratory.title} `, tone: 'chosen'}, {text: `  ${laboratory.promise}`, tone: 'dim'},
		], columns),
		paint([{text: ` ${moreText(from, experiments.length - from - list.length)}`, tone: 'dim'}], columns),
		...list,
	], rows, columns);
}
