import {noticedHints} from '../../frame/hints.ts';
import {rowsBeneath} from '../../frame/layout.ts';
import {moveFocus} from '../../input/focus.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {
	backToTyping, focusedPane, paneState, withPane,
} from '../../state/screen-state.ts';
import {
	settingPrompt, type SettingsMode, settingsPanel, type SettingValueMode,
} from '../modes.ts';
import {stepOf, upTo} from '../moving.ts';
import type {
	Body, KeyInput, Overlay, PressedKey,
} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {type Setting, type SettingPlace, settingPlace} from './setting.ts';
import {
	chosenSetting, isLineOf, settingsHeight, settingsLines,
} from './settings-lines.ts';
import {settingsOf} from './settings.ts';

/** Lines of the footer while there is no prompt: the panes stay where they are when one is opened. */
const footerLines = 1;

const body: Body<SettingsMode | SettingValueMode> = {
	rows(input, otherRows) {
		const {state: {columns, rows}} = input;
		const place = settingPlace(input);
		return place ? rowsBeneath(rows, settingsHeight(place, columns) + footerLines, otherRows) : 0;
	},
	draw(input) {
		const place = settingPlace(input);
		return place ? settingsLines(place, input.mode, input.state.columns, input.rows) : [];
	},
};

/** The settings of the focused pane: a key chooses a row, or changes its value, at once. */
export const settingsOverlay = {
	paste: 'line',
	handleKey,
	body,
	entryAt(input, {text}) {
		const place = settingPlace(input);
		const row = place && settingsOf(place).find(setting => isLineOf(setting, text, input.words));
		return row && settingsPanel(row.name);
	},
	tell: (mode, notice) => ({...mode, notice}),
	footer({state, scene, mode, words: {settings: {keys}, footer}}) {
		const pane = focusedPane(state, scene);
		const notice = mode.notice ?? (pane === undefined ? undefined : paneState(state, pane).notice);
		return noticedHints([
			{key: '↑ ↓', label: keys.row},
			{key: '← →', label: keys.change, isVital: true},
			{key: 'Enter', label: keys.set, isVital: true},
			{key: 'Tab', label: keys.pane},
			{key: 'Esc', label: footer.close, isVital: true},
		], notice, state.columns);
	},
} satisfies Overlay<SettingsMode>;

export const settingValue = {
	...promptOverlay<SettingValueMode>({
		escape: (state, {chosen}) => ({...state, mode: settingsPanel(chosen)}),
		texts(input) {
			const {mode, words: {settings}} = input;
			const place = settingPlace(input);
			const setting = place && chosenSetting(place, mode);
			const value = place && setting ? setting.value(place) : '';
			const hint = place && setting?.prompt ? setting.prompt.hint(place) : '';
			return {
				label: settings.changing(settings.rows[mode.chosen].name, value),
				hint: mode.problem === undefined ? `${hint} · ${settings.cancels}` : `✗ ${mode.problem}`,
			};
		},
		submit(input, value) {
			const {state, mode} = input;
			const place = settingPlace({...input, state: {...state, mode: settingsPanel(mode.chosen)}});
			const typed = value.trim();
			if (!place || typed === '') {
				return update({...state, mode: settingsPanel(mode.chosen)});
			}

			const done = chosenSetting(place, mode)?.prompt?.submit(told(place), typed) ?? update(state);
			return typeof done === 'string' ? update({...state, mode: {...mode, problem: done}}) : done;
		},
	}),
	body,
};

function handleKey(input: KeyInput<SettingsMode>, key: PressedKey): Update {
	const {state, scene, mode} = input;
	const place = settingPlace(input);
	const setting = place && chosenSetting(place, mode);
	if (!place || !setting || letterOf(key) === 'j') {
		return update(backToTyping(state));
	}

	const all = settingsOf(place);
	const step = stepOf(key, all.length);
	if (step !== undefined) {
		const index = upTo(all.length - 1, all.indexOf(setting) + step);
		return update({...state, mode: settingsPanel(all[index]?.name)});
	}

	switch (key.name) {
		case 'left':
		case 'right': {
			return changed(place, setting, key.name === 'left' ? -1 : 1);
		}

		case 'return': {
			return setting.prompt
				? update({...told(place).state, mode: settingPrompt(setting.name)})
				: changed(place, setting, 1);
		}

		case 'tab': {
			return update({...moveFocus(state, scene, key.shift ? -1 : 1), mode: settingsPanel(setting.name)});
		}

		default: {
			return update(state);
		}
	}
}

function changed(place: SettingPlace, setting: Setting, by: 1 | -1): Update {
	return setting.step?.({...told(place), state: {...told(place).state, mode: settingsPanel(setting.name)}}, by)
		?? update(place.state);
}

/** The place without what was said of the last key. */
function told(place: SettingPlace): SettingPlace {
	return {...place, state: withPane(place.state, place.pane, {notice: undefined})};
}
