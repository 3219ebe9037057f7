import {defaultEncoding, encodingLabel, encodings} from '../../../text/encoding/encoding.ts';
import {canFrame} from '../../../text/framing.ts';
import {lineEndings} from '../../input/line/draft.ts';
import {update} from '../../input/update.ts';
import {encodingOfPane, paneState, withPane} from '../../state/screen-state.ts';
import {framingOf} from './framing-setting.ts';
import {nextOf, type Setting} from './setting.ts';

/** How text is written and read. */
export const lineSettings: readonly Setting[] = [
	{
		name: 'encoding',
		value: ({scene, pane}) => encodingLabel(encodingOfPane(scene, pane) ?? defaultEncoding),
		aside: place => framingOf(place) === 'line' ? place.words.settings.noUtf16 : undefined,
		step({state, scene, client, pane}, by) {
			const framing = framingOf({scene, client});
			const possible = encodings.filter(encoding => canFrame(framing, encoding));
			const encoding = nextOf(possible, encodingOfPane(scene, pane) ?? defaultEncoding, by);
			return update(withPane(state, pane, {notice: undefined}), {
				type: 'execute', command: {type: 'set-encoding', pane, encoding}, pane,
			});
		},
	},
	{
		name: 'ending',
		value: ({state, pane, words}) => words.settings.endings[paneState(state, pane).ending],
		step: ({state, pane}, by) =>
			update(withPane(state, pane, {ending: nextOf(lineEndings, paneState(state, pane).ending, by)})),
	},
];
