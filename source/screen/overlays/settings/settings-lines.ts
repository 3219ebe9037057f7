import {callText} from '../../../views/calls.ts';
import {
	padLines, padColumns, paint, paintApart, type Span, widthOf, wrap, optional,
} from '../../frame/paint.ts';
import type {Words} from '../../words/words.ts';
import type {SettingsMode, SettingValueMode} from '../modes.ts';
import {firstAround, moreText} from '../moving.ts';
import type {Setting, SettingPlace} from './setting.ts';
import {settingsOf} from './settings.ts';

/** Columns of the rows' names and values, and from how many on a row has its calls beside them. */
const nameColumns = 20;
const valueColumns = 22;
const callsBeside = 100;

/** Columns before the names. */
const margin = 2;

/** How many lines the panel takes: a title, the rows, and what is said of one of them, with an empty line between. */
export function settingsHeight(place: SettingPlace, columns: number): number {
	return settingsOf(place).length + 2 + aboutHeight(place, columns);
}

/** The row that is chosen, or else the first. */
export function chosenSetting(place: SettingPlace, {chosen}: SettingsMode | SettingValueMode): Setting | undefined {
	const all = settingsOf(place);
	return all.find(({name}) => name === chosen) ?? all[0];
}

/** The settings of a pane in exactly `rows` rows. Where these are too few, the rows scroll. */
export function settingsLines(
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
export function isLineOf({name}: Setting, text: string, {settings: {rows}}: Words): boolean {
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
