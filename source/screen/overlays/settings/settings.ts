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

/** The rows that the pane has. */
export function settingsOf(place: SettingPlace): readonly Setting[] {
	return settings.filter(({isFor}) => isFor?.(place) ?? true);
}
