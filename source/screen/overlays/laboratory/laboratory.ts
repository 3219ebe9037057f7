import {noticedHints} from '../../frame/hints.ts';
import {letterOf} from '../../input/keys.ts';
import {update} from '../../input/update.ts';
import {backToTyping} from '../../state/screen-state.ts';
import {experimentList, type LaboratoryMode} from '../modes.ts';
import {stepOf, upTo} from '../moving.ts';
import type {Overlay} from '../overlay.ts';
import {experiments, startExperiment} from './experiments.ts';
import {experimentRows, laboratoryLines} from './laboratory-lines.ts';

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
