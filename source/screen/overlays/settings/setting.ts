import type {ClientView, SceneView} from '../../../engine/api/scene-view.ts';
import type {Call} from '../../../log/calls/calls.ts';
import type {PaneId} from '../../../log/event.ts';
import type {Update} from '../../input/update.ts';
import {focusedPane, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import type {SettingName} from '../modes.ts';

/** The pane whose settings are shown, and all that their values are worked out from. */
export type SettingPlace = {
	readonly state: ScreenState;
	readonly scene: SceneView;
	readonly words: Words;
	readonly pane: PaneId;
	/** Undefined where it is the server's pane. */
	readonly client: ClientView | undefined;
};

/** One row of the settings. What it is called and what it does are the words of its name. */
export type Setting = {
	readonly name: SettingName;
	/** Whether a pane of this protocol and role has it; every pane unless given. */
	readonly isFor?: (place: SettingPlace) => boolean;
	/** Its present value, in a few columns. */
	readonly value: (place: SettingPlace) => string;
	/** The calls that the present value is, as the pane's socket makes them. */
	readonly calls?: (place: SettingPlace) => readonly Call[];
	/** What else is to be known of it now: when it takes effect, what the kernel has granted, why it has no value. */
	readonly aside?: (place: SettingPlace) => string | undefined;
	/** Left and Right: the value before, or the next one. Undefined where it can only be typed, or not be changed. */
	readonly step?: (place: SettingPlace, by: 1 | -1) => Update | undefined;
	/** Enter: a prompt for a value; without it, Enter is Right. */
	readonly prompt?: {
		/** What can be typed. */
		readonly hint: (place: SettingPlace) => string;
		/** Take over what was typed, which is not empty; or say what is wrong with it. */
		readonly submit: (place: SettingPlace, typed: string) => Update | string;
	};
};

export function settingPlace({state, scene, words}: Omit<SettingPlace, 'pane' | 'client'>): SettingPlace | undefined {
	const pane = focusedPane(state, scene);
	return pane === undefined
		? undefined
		: {
			state, scene, words, pane, client: scene.clients.find(client => client.pane === pane),
		};
}
