import {lineEndings} from '../../input/line/draft.ts';
import {update} from '../../input/update.ts';
import {paneState, withPane} from '../../state/screen-state.ts';
import {nextOf, type Setting} from './setting.ts';

/** How typed messages are written: what the screen alone knows of. */
export const lineSettings: readonly Setting[] = [
	{
		name: 'ending',
		value: ({state, pane, words}) => words.settings.endings[paneState(state, pane).ending],
		step: ({state, pane}, by) =>
			update(withPane(state, pane, {ending: nextOf(lineEndings, paneState(state, pane).ending, by)})),
	},
];
