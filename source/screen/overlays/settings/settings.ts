import {lineSettings} from './line-settings.ts';
import {optionSettings} from './option-settings.ts';
import type {Setting, SettingPlace} from './setting.ts';

/** Every row of the settings, in the order in which they stand. */
const settings: readonly Setting[] = [
	...lineSettings,
	...optionSettings,
];

/** The rows that the pane has. */
export function settingsOf(place: SettingPlace): readonly Setting[] {
	return settings.filter(({isFor}) => isFor?.(place) ?? true);
}
