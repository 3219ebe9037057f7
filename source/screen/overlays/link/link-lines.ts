import type {LinkView, SceneView} from '../../../engine/api/scene-view.ts';
import {conditionKinds} from '../../../link/conditions-problem.ts';
import {conditionsFor, perfect} from '../../../link/conditions.ts';
import {formatConditions} from '../../../link/conditions-text.ts';
import {presets} from '../../../link/presets.ts';
import type {LinkDirection} from '../../../link/random.ts';
import {
	padLines, keepEnd, moreText, padColumns, paint, paintApart, type Span, type Tone, widthOf, wrap,
} from '../../frame/paint.ts';
import {formatBytes, formatCount} from '../../../text/numbers.ts';
import type {Words} from '../../words/words.ts';
import {
	isPrompt, isSeedPrompt, type LinkMode, type LinkPromptMode,
} from '../modes.ts';
import {firstAround} from '../../../views/window.ts';
import {
	conditionText, directionsOf, type LinkPlace, type LinkRow, linkRows,
} from './link-rows.ts';
import {areEqual, columnNames, wayName} from './link-summary.ts';

/** Columns of the rows' names, of the values at most, and those before the names. */
const nameColumns = 21;
const maxValueColumns = 26;
const margin = 2;

/** Lines that are always there: the title, the directions, and what is on the link. */
const fixedRows = 3;

/** How many lines the panel takes to show all that it has, with an empty one before the explanation. */
export function linkHeight(scene: SceneView, columns: number, words: Words): number {
	const below = explanationHeight(scene, columns, words) + noteLines(scene, columns, words).length;
	return fixedRows + linkRows(scene.protocol).length + 1 + below;
}

/**
The link panel in exactly `rows` rows: a table of what the simulated link does each way, what the chosen row does, and
why the others do not apply. Where there are too few rows, the table scrolls.
*/
export function linkLines(
	scene: SceneView,
	mode: LinkMode | LinkPromptMode,
	columns: number,
	rows: number,
	words: Words,
): string[] {
	const {link, name, protocol} = scene;
	const {panel} = words.link;
	const all = linkRows(protocol);
	const explained = wrap(aboutText(scene, mode, words), columns - margin - 1);
	const missing = Math.max(0, explanationHeight(scene, columns, words) - explained.length);
	const below = [...explained, ...Array.from({length: missing}, () => ''), ...noteLines(scene, columns, words)];
	const spare = rows - fixedRows - all.length - below.length;
	const shown = Math.max(1, Math.min(all.length, all.length + spare));
	const chosen = Math.max(0, all.indexOf(mode.place.row));
	const from = firstAround(chosen, all.length, shown);
	const hidden = moreText(from, all.length - from - shown);
	const blank = padColumns('', columns);
	const problemTone: Tone = isPrompt(mode) ? 'error' : 'warning';
	const toneOfAbout = (isPrompt(mode) ? mode.problem : mode.notice) === undefined ? 'plain' : problemTone;
	const title: Span[] = [
		{text: ` ${panel.title} `, tone: 'chosen'},
		{text: `  ${panel.about(protocol, name === 'laboratory', scene.server?.relay !== undefined)}`, tone: 'dim'},
	];
	return padLines([
		paintApart(title, [{text: ` ${panel.seed(link.seed)} `, tone: 'strong'}], columns),
		...(spare > 1 ? [blank] : []),
		headLine(hidden, scene, mode.place, columns, words),
		...all.slice(from, from + shown).map(row => rowLine(row, scene, mode.place, columns, words)),
		...(spare > 2 ? [blank] : []),
		paint([
			{text: `${' '.repeat(margin)}${padColumns(panel.onTheLink, nameColumns)}`, tone: 'dim'},
			...cells(scene, columns, direction => onTheLink(link[direction], scene)),
		], columns),
		...(spare > 0 ? [blank] : []),
		...below.map((text, index) => paint([
			{text: `${' '.repeat(margin)}${text}`, tone: index < explained.length ? toneOfAbout : 'warning'},
		], columns)),
	], rows, columns);
}

/** The two directions; those that are chosen stand out. Beside them, how many rows are not shown. */
function headLine(hidden: string, scene: SceneView, place: LinkPlace, columns: number, words: Words): string {
	const names = columnNames(scene, words);
	const chosen = directionsOf(place.column);
	return paint([
		{text: `${' '.repeat(margin)}${padColumns(hidden, nameColumns)}`, tone: 'dim'},
		...directionsOf('both').map((direction): Span => ({
			text: padColumns(` ${names[direction]}`, valueColumns(columns)),
			tone: chosen.includes(direction) ? 'strong' : 'dim',
		})),
	], columns);
}

/** One row of the table. What is chosen stands in brackets and in reverse. */
function rowLine(
	row: LinkRow,
	scene: SceneView,
	{row: chosenRow, column}: LinkPlace,
	columns: number,
	words: Words,
): string {
	const isChosen = row === chosenRow;
	const chosen = directionsOf(column);
	const name = padColumns(words.link.panel.rows[row], nameColumns);
	return paint([
		{text: `${isChosen ? '▸' : ' '} ${name}`, tone: isChosen ? 'strong' : 'plain'},
		...cells(scene, columns, direction => {
			const {text, tone} = valueOf(row, scene, direction, words);
			return isChosen && chosen.includes(direction)
				? {text: `[${text}]`, tone: 'chosen'}
				: {text: ` ${text} `, tone};
		}),
	], columns);
}

/** Whether a line as it was drawn, without styles, is that of a row. */
export function isLineOf(row: LinkRow, line: string, {link: {panel}}: Words): boolean {
	return line.slice(margin).startsWith(padColumns(panel.rows[row], nameColumns));
}

/** The direction whose values stand at a column; undefined for what stands before them. */
export function columnAt(x: number, columns: number): LinkDirection | undefined {
	const cell = Math.floor((x - margin - nameColumns) / valueColumns(columns));
	return cell < 0 ? undefined : (cell === 0 ? 'to-server' : 'to-clients');
}

function cells(scene: SceneView, columns: number, cell: (direction: LinkDirection) => Span): Span[] {
	const width = valueColumns(columns);
	return directionsOf('both').flatMap(direction => {
		const {text, tone} = cell(direction);
		const short = keepEnd(text, width - 1);
		return [
			{text: short, tone: !scene.server && direction === 'to-clients' && tone !== 'chosen' ? 'dim' : tone},
			{text: padColumns('', width - widthOf([{text: short}]))},
		];
	});
}

function valueColumns(columns: number): number {
	return Math.min(maxValueColumns, Math.floor((columns - nameColumns - margin) / 2));
}

/** What a row has for a direction. What does something stands out. */
function valueOf(row: LinkRow, {link, protocol}: SceneView, direction: LinkDirection, {link: {panel}}: Words): Span {
	const {conditions, losesNext} = link[direction];
	if (row === 'next') {
		return losesNext ? {text: panel.nextOrdered, tone: 'warning'} : {text: panel.nothing, tone: 'dim'};
	}

	if (row === 'preset') {
		const name = wayName(link, direction, protocol);
		return {text: name ?? panel.custom, tone: name === 'perfect' ? 'plain' : 'warning'};
	}

	return {text: conditionText(conditions, row), tone: conditions[row] === perfect[row] ? 'plain' : 'warning'};
}

function onTheLink({datagrams, bytes}: LinkView[LinkDirection], {protocol}: SceneView): Span {
	const text = protocol === 'udp' ? `${formatCount(datagrams)} · ${formatBytes(bytes)}` : formatBytes(bytes);
	return datagrams === 0 && bytes === 0 ? {text: ' 0', tone: 'dim'} : {text: ` ${text}`, tone: 'warning'};
}

/** What is said of the chosen row: what it does, what its prompt takes, what is wrong, or why a key did nothing. */
function aboutText(scene: SceneView, mode: LinkMode | LinkPromptMode, words: Words): string {
	const {panel} = words.link;
	const {row} = mode.place;
	if (!isPrompt(mode)) {
		return mode.notice ?? explanation(row, scene, mode.place, words);
	}

	if (mode.problem !== undefined) {
		return `✗ ${mode.problem}`;
	}

	if (isSeedPrompt(mode)) {
		return panel.allowedSeed;
	}

	return row === 'preset' || row === 'next'
		? explanation(row, scene, mode.place, words)
		: panel.allowed(row, conditionKinds[row]);
}

function explanation(row: LinkRow, {link, protocol}: SceneView, {column}: LinkPlace, words: Words): string {
	const {panel} = words.link;
	if (row !== 'preset') {
		return panel.explained(protocol, row);
	}

	const names = new Set(directionsOf(column).map(direction => {
		const {conditions} = link[direction];
		// Over TCP a preset can do less than its name says, or nothing.
		const whole = wayName(link, direction, 'udp');
		const name = whole && areEqual([presets[whole], conditions], protocol)
			? whole
			: wayName(link, direction, protocol);
		const own = conditionsFor(conditions, protocol);
		return panel.presetIs(
			name ?? panel.custom,
			name === undefined
				? formatConditions(own)
				: `${panel.presets[name]}${areEqual([conditions, own], 'udp') ? '' : `; ${panel.overTcp(formatConditions(own))}`}`,
		);
	}));
	return [...names, panel.presetHow].join(' ');
}

/** As many lines as the longest explanation takes, so that the table stays where it is. */
function explanationHeight({protocol}: SceneView, columns: number, {link: {panel}}: Words): number {
	return Math.max(
		2,
		...linkRows(protocol).map(row =>
			row === 'preset' ? 0 : wrap(panel.explained(protocol, row), columns - margin - 1).length),
	);
}

function noteLines({protocol, server}: SceneView, columns: number, {link: {panel}}: Words): string[] {
	return [...(protocol === 'tcp' ? [panel.whyNoLoss, panel.notSimulated] : []), ...(server ? [] : [panel.notOurs])].flatMap(note =>
		wrap(note, columns - margin - 1));
}
