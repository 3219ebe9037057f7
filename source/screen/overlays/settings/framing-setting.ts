import {canFrame, type Framing, framings} from '../../../text/framing.ts';
import {update, type Update} from '../../input/update.ts';
import {encodingOfPane} from '../../state/screen-state.ts';
import {nextOf, type Setting, type SettingPlace} from './setting.ts';

/** How a pane's sockets cut what they read into messages, and frame what they send. */
export const framingSetting: Setting = {
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

export function framingOf({client, scene}: Pick<SettingPlace, 'client' | 'scene'>): Framing {
	return (client ?? scene.server)?.framing ?? 'none';
}

function withFraming({state, pane}: SettingPlace, framing: Framing): Update {
	return update(state, {type: 'execute', command: {type: 'set-framing', pane, framing}, pane});
}
