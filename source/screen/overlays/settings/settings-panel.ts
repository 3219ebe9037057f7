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
import {
	type Body, firstAround, type KeyInput, type Overlay, type PressedKey, stepOf, upTo,
} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {callText} from '../../../views/calls.ts';
import {
	moreText, optional, padColumns, padLines, paint, paintApart, type Span, widthOf, wrap,
} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import {type Setting, type SettingPlace, settingPlace} from './setting.ts';
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
	footer(input) {
		const {state, scene, mode, words: {settings: {keys}, footer}} = input;
		const pane = focusedPane(state, scene);
		const place = settingPlace(input);
		const {step, prompt} = (place && chosenSetting(place, mode)) ?? {};
		const notice = mode.notice ?? (pane === undefined ? undefined : paneState(state, pane).notice);
		return noticedHints([
			{key: '↑ ↓', label: keys.row},
			...(step ? [{key: '← →', label: keys.change, isVital: true}] : []),
			...(step ?? prompt ? [{key: 'Enter', label: keys.set, isVital: true}] : []),
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

/** Columns of the rows' names and values, and from how many on a row has its calls beside them. */
const nameColumns = 20;
const valueColumns = 22;
const callsBeside = 100;

/** Columns before the names. */
const margin = 2;

/** How many lines the panel takes: a title, the rows, and what is said of one of them, with an empty line between. */
function settingsHeight(place: SettingPlace, columns: number): number {
	return settingsOf(place).length + 2 + aboutHeight(place, columns);
}

/** The row that is chosen, or else the first. */
export function chosenSetting(place: SettingPlace, {chosen}: SettingsMode | SettingValueMode): Setting | undefined {
	const all = settingsOf(place);
	return all.find(({name}) => name === chosen) ?? all[0];
}

/** The settings of a pane in exactly `rows` rows. Where these are too few, the rows scroll. */
function settingsLines(
	place: SettingPlace,
	mode: SettingsMode | SettingValueMode,
	columns: number,
	rows: number,
): string[] {
	const {client, scene, words} = place;
	const {settings, acts, relay} = words;
	const front = scene.server?.relay ? relay.title : acts.ofServer;
	const all = settingsOf(place);
	const setting = chosenSetting(place, mode);
	const about = setting ? aboutLines(place, setting, columns) : [];
	const spare = rows - 1 - all.length - about.length;
	const shown = Math.max(1, Math.min(all.length, all.length + spare));
	const at = setting ? all.indexOf(setting) : 0;
	const from = firstAround(at, all.length, shown);
	const hidden = moreText(from, all.length - from - shown);
	const title: Span[] = [
		{text: ` ${settings.title} `, tone: 'chosen'},
		{text: `  ${client ? words.client.tab(client.number) : front}`, tone: 'strong'},
		{text: `  ${settings.about}`, tone: 'dim'},
	];
	return padLines([
		paintApart(title, optional(hidden !== '' && ` ${hidden} `, 'strong'), columns),
		...all.slice(from, from + shown).map(row => rowLine(place, row, row === setting, columns)),
		...(spare > 0 ? [padColumns('', columns)] : []),
		...about,
	], rows, columns);
}

/** Whether a line without styles is the one of this row. */
function isLineOf({name}: Setting, text: string, {settings: {rows}}: Words): boolean {
	return text.slice(margin).startsWith(padColumns(rows[name].name, nameColumns));
}

function rowLine(place: SettingPlace, setting: Setting, isChosen: boolean, columns: number): string {
	const {name} = place.words.settings.rows[setting.name];
	const value = ` ${setting.value(place)} `;
	const calls = columns >= callsBeside ? callsOf(setting, place) : '';
	return paint([
		{text: `${isChosen ? '▸' : ' '} ${padColumns(name, nameColumns)}`, tone: isChosen ? 'strong' : 'plain'},
		{text: ' '},
		{text: value, tone: isChosen ? 'chosen' : 'plain'},
		{text: `${' '.repeat(Math.max(0, valueColumns - widthOf([{text: value}])))} ${calls}`, tone: 'dim'},
	], columns);
}

function callsOf({calls}: Setting, place: SettingPlace): string {
	return (calls?.(place) ?? []).map(call => callText(call)).join('; ');
}

/** What a row does, its calls, and what else is to be known of it. */
function aboutLines(place: SettingPlace, setting: Setting, columns: number): string[] {
	return explanation(place, setting).flatMap(({text, tone}) => wrap(text, columns - margin - 1).map(line =>
		paint([{text: ' '.repeat(margin)}, {text: line, tone}], columns)));
}

function explanation(place: SettingPlace, setting: Setting): Span[] {
	const {about} = place.words.settings.rows[setting.name];
	const calls = callsOf(setting, place);
	const aside = setting.aside?.(place);
	return [
		{text: about, tone: 'plain'},
		...optional(calls, 'dim'),
		...optional(aside, 'warning'),
	];
}

/** As many lines for each row, so that nothing moves when another is chosen. */
function aboutHeight(place: SettingPlace, columns: number): number {
	return Math.max(0, ...settingsOf(place).map(setting => explanation(place, setting)
		.reduce((lines, {text}) => lines + wrap(text, columns - margin - 1).length, 0)));
}
