import {type Framing, framings} from '../../../text/framing.ts';
import {update, type Update} from '../../input/update.ts';
import {nextOf, type Setting, type SettingPlace} from './setting.ts';

/** How a pane's sockets cut what they read into messages, and frame what they send. */
export const framingSetting: Setting = {
	name: 'framing',
	isFor: ({scene}) => scene.protocol === 'tcp',
	value: framingOf,
	aside: place => place.words.views.framings[framingOf(place)],
	step: (place, by) => withFraming(place, nextOf(framings, framingOf(place), by)),
	prompt: {
		hint: () => framings.join(', '),
		submit(place, typed) {
			const framing = framings.find(known => known === typed.toLowerCase());
			return framing ? withFraming(place, framing) : place.words.settings.noFraming(framings.join(', '));
		},
	},
};

function framingOf({client, scene}: SettingPlace): Framing {
	return (client ?? scene.server)?.framing ?? 'none';
}

function withFraming({state, pane}: SettingPlace, framing: Framing): Update {
	return update(state, {type: 'execute', command: {type: 'set-framing', pane, framing}, pane});
}
