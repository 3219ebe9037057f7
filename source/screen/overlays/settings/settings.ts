import {isRelayPane} from '../../input/key-context.ts';
import {framingSetting} from './framing-setting.ts';
import {lineSettings} from './line-settings.ts';
import {optionSettings} from './option-settings.ts';
import type {Setting, SettingPlace} from './setting.ts';

/** Every row of the settings, in the order in which they stand. */
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
