import {isRelayPane} from '../../input/key-context.ts';
import {defaultEncoding, encodingLabel, encodings} from '../../../text/encoding/encoding.ts';
import {canFrame, type Framing, framings} from '../../../text/framing.ts';
import {lineEndings} from '../../input/line/draft.ts';
import {executed, update, type Update} from '../../input/update.ts';
import {encodingOfPane, paneState, withPane} from '../../state/screen-state.ts';
import {nextOf} from '../overlay.ts';
import type {Setting, SettingPlace} from './setting.ts';
import {optionSettings} from './option-settings.ts';

/** How a pane's sockets cut what they read into messages, and frame what they send. */
const framingSetting: Setting = {
	name: 'framing',
	isFor: ({scene}) => scene.protocol === 'tcp',
	value: framingOf,
	aside: place => place.words.views.framings[framingOf(place)],
	step: (place, by) => withFraming(place, nextOf(framingsOf(place), framingOf(place), by)),
	prompt: {
		hint: place => framingsOf(place).join(', '),
		submit(place, typed) {
			const allowed = framingsOf(place);
			const framing = allowed.find(known => known === typed.toLowerCase());
			return framing ? withFraming(place, framing) : place.words.settings.noFraming(allowed.join(', '));
		},
	},
};

/** Those that the text of the pane can have. */
function framingsOf({scene, pane}: SettingPlace): readonly Framing[] {
	return framings.filter(framing => canFrame(framing, encodingOfPane(scene, pane)));
}

function framingOf({client, scene}: Pick<SettingPlace, 'client' | 'scene'>): Framing {
	return (client ?? scene.server)?.framing ?? 'none';
}

function withFraming({state, pane}: SettingPlace, framing: Framing): Update {
	return executed(state, {
		type: 'set-framing', pane, framing, isUntold: true,
	}, pane);
}

const lineSettings: readonly Setting[] = [
	{
		name: 'encoding',
		value: ({scene, pane}) => encodingLabel(encodingOfPane(scene, pane) ?? defaultEncoding),
		aside: place => framingOf(place) === 'line' ? place.words.settings.noUtf16 : undefined,
		step({state, scene, client, pane}, by) {
			const framing = framingOf({scene, client});
			const possible = encodings.filter(encoding => canFrame(framing, encoding));
			const encoding = nextOf(possible, encodingOfPane(scene, pane) ?? defaultEncoding, by);
			const command = {
				type: 'set-encoding', pane, encoding, isUntold: true,
			} as const;
			return executed(withPane(state, pane, {notice: undefined}), command, pane);
		},
	},
	{
		name: 'ending',
		value: ({state, pane, words}) => words.settings.endings[paneState(state, pane).ending],
		step: ({state, pane}, by) =>
			update(withPane(state, pane, {ending: nextOf(lineEndings, paneState(state, pane).ending, by)})),
	},
];

const settings: readonly Setting[] = [
	...lineSettings,
	framingSetting,
	...optionSettings,
];

/** The rows that the pane has. A relay sends nothing of its own, and its sockets keep what they were made with. */
export function settingsOf(place: SettingPlace): readonly Setting[] {
	const isOfRelay = isRelayPane(place);
	return settings.filter(({name, isFor}) =>
		(!isOfRelay || name === 'encoding' || name === 'framing') && (isFor?.(place) ?? true));
}
