import type {Protocol} from '../../../log/event.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import {type LinkConditions, perfect} from '../../../link/conditions.ts';
import {oneWayPresets, presets} from '../../../link/presets.ts';
import {largestSeed, type LinkDirection, newSeed} from '../../../link/random.ts';
import {type Hint, hintLines} from '../../frame/hints.ts';
import {rowsBeneath} from '../../frame/layout.ts';
import {letterOf} from '../../input/keys.ts';
import {emptyDraft, insertText} from '../../input/line/draft.ts';
import {update, type Update} from '../../input/update.ts';
import {backToTyping, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {
	type LinkMode, linkPanel, type LinkPromptMode, type LinkSeedMode, type LinkValueMode,
} from '../modes.ts';
import {
	type Body, type KeyInput, type ModeInput, nextOf, type Overlay, type PressedKey, stepOf,
} from '../overlay.ts';
import type {Command} from '../../../engine/api/command.ts';
import {conditionKinds, type ConditionName, conditionNames} from '../../../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../../../link/conditions-text.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {promptOverlay} from '../prompt.ts';
import {upTo} from '../../../views/window.ts';
import {
	columnAt, isLineOf, linkHeight, linkLines,
} from './link-lines.ts';
import {
	directionsOf, type LinkColumn, linkColumns, linkRows, stepCondition,
} from './link-rows.ts';
import {
	areEqual, columnNames, presetsFor, wayName,
} from './link-summary.ts';

/** Lines of the footer while the panel has no prompt: the panes stay where they are when one is opened. */
const footerLines = 2;

/** The panel beneath the panes, in a window that has room for both, and over them in any other. Its prompts keep it. */
const linkBody: Body<LinkMode | LinkPromptMode> = {
	rows: ({state: {columns, rows}, scene, words}, otherRows) =>
		rowsBeneath(rows, linkHeight(scene, columns, words) + footerLines, otherRows),
	draw: ({state: {columns}, scene, mode, rows, words}) => linkLines(scene, mode, columns, rows, words),
};

/** The link panel: a key chooses a value, or changes what is chosen, at once. */
export const link = {
	paste: 'line',
	closedBy: 'link-conditions',
	handleKey,
	body: linkBody,
	entryAt({state: {columns}, scene, mode: {place}, words}, {column, text}) {
		const row = linkRows(scene.protocol).find(name => isLineOf(name, text, words));
		return row && linkPanel({row, column: columnAt(column, columns) ?? place.column});
	},
	tell: (mode, notice) => ({...mode, notice}),
	look: () => 'link',
	footer: ({state: {columns}, scene, words}) => hintLines(hintsFor(scene.protocol, words), columns),
} satisfies Overlay<LinkMode>;

/** Show the link panel, for both directions where these are the same; without a server, for the clients' sends. */
export function openLink(state: ScreenState, {link: directions, protocol, server}: SceneView): ScreenState {
	const isSame = areEqual([directions['to-server'].conditions, directions['to-clients'].conditions], protocol);
	return {...state, mode: linkPanel({row: 'preset', column: server && isSame ? 'both' : 'to-server'})};
}

function hintsFor(protocol: Protocol, {link: {panel: {keys}}, footer}: Words): Hint[] {
	return [
		{key: '↑ ↓', label: keys.row},
		{key: '← →', label: keys.column},
		{key: 'Enter', label: keys.change},
		{key: '+ -', label: keys.step},
		{key: 'p', label: keys.preset},
		{key: '0', label: keys.perfect},
		...(protocol === 'udp' ? [{key: 'n', label: keys.loseNext}] : []),
		{key: 's', label: keys.seed},
		{key: 'r', label: keys.randomSeed},
		{key: 'Esc', label: footer.close},
	];
}

function handleKey(input: KeyInput<LinkMode>, key: PressedKey): Update {
	const {state, scene, mode: {place}} = input;
	const rows = linkRows(scene.protocol);
	const step = stepOf(key, rows.length);
	if (step !== undefined) {
		const row = rows[upTo(rows.length - 1, Math.max(0, rows.indexOf(place.row)) + step)] ?? 'preset';
		return update({...state, mode: linkPanel({...place, row})});
	}

	if (key.name === 'left' || key.name === 'right' || key.name === 'tab') {
		const by = key.name === 'left' || (key.name === 'tab' && key.shift) ? -1 : 1;
		return update({...state, mode: linkPanel({...place, column: nextOf(linkColumns, place.column, by)})});
	}

	return key.name === 'return' ? pressEnter(input) : pressLetter(input, letterOf(key));
}

/** Enter: what can only be switched or ordered is; for anything else the prompt is opened. */
function pressEnter(input: KeyInput<LinkMode>): Update {
	const {scene, mode: {place: {row, column}}} = input;
	if (row === 'next') {
		return loseNext(input);
	}

	if (row === 'stall') {
		const stall = !directionsOf(column).every(direction => scene.link[direction].conditions.stall);
		return changed(input, conditions => ({...conditions, stall}));
	}

	return prompt(input, 'link-value');
}

function pressLetter(input: KeyInput<LinkMode>, letter: string): Update {
	const letters: Readonly<Partial<Record<string, () => Update>>> = {
		'+': () => pressStep(input, 1),
		'=': () => pressStep(input, 1),
		'-': () => pressStep(input, -1),
		_: () => pressStep(input, -1),
		p: () => toPreset(input, 1),
		0: () => changed(input, () => perfect),
		n: () => loseNext(input),
		s: () => prompt(input, 'link-seed'),
		r: () => done(input, [{type: 'set-seed', seed: newSeed()}]),
		l: () => update(backToTyping(input.state)),
	};
	return letters[letter]?.() ?? (/^[1-9]$/.test(letter) ? typeValue(input, letter) : update(input.state));
}

/** Lose exactly the next datagram of the chosen directions, or say why there is none. */
function loseNext(input: KeyInput<LinkMode>): Update {
	const {state, scene, mode, words} = input;
	const {column} = mode.place;
	if (losableDirections(scene, column).length > 0) {
		return done(input, lossCommands(scene, column));
	}

	const notice = scene.protocol === 'tcp' ? words.link.panel.noDatagrams : words.refusal({reason: 'nothing-to-lose'});
	return update({...state, mode: {...mode, notice}});
}

/** The next value of what is chosen, greater or smaller; among presets, worse or better. */
function pressStep(input: KeyInput<LinkMode>, direction: 1 | -1): Update {
	const {row} = input.mode.place;
	if (row === 'preset') {
		return toPreset(input, direction);
	}

	if (row === 'next') {
		return direction === 1 ? loseNext(input) : done(input, []);
	}

	return changed(input, conditions => stepCondition(conditions, row, direction));
}

/**
The preset after, or before, the one of the direction that is chosen, of the first where both are. After conditions that
are no preset comes the first, and before them the last.
*/
function toPreset(input: KeyInput<LinkMode>, by: 1 | -1): Update {
	const {scene: {link: ways, protocol}, mode: {place: {column}}} = input;
	const [first = 'to-server'] = directionsOf(column);
	const isWhole = column === 'both'
		|| (column === 'to-server' && wayName(ways, 'to-clients', protocol) === 'perfect');
	const names = presetsFor(protocol).filter(preset => isWhole || !oneWayPresets.has(preset));
	const name = wayName(ways, first, protocol);
	const index = name === undefined ? Math.min(0, -by) : names.indexOf(name);
	const next = names[(index + by + names.length) % names.length] ?? 'perfect';
	const wanted = {conditions: presets[next], isOneWay: oneWayPresets.has(next)};
	return changed(input, (_, direction) => conditionsAt(wanted, column, direction));
}

type Change = (conditions: LinkConditions, direction: LinkDirection) => LinkConditions;

function changed(input: KeyInput<LinkMode>, change: Change): Update {
	return done(input, linkCommands(input.scene, input.mode.place.column, change));
}

function done({state, mode}: KeyInput<LinkMode>, commands: readonly Command[]): Update {
	return update(
		{...state, mode: {...mode, notice: undefined}},
		...commands.map(command => ({type: 'execute', command}) as const),
	);
}

function prompt({state, mode: {place}}: KeyInput<LinkMode>, type: LinkPromptMode['type'], typed = ''): Update {
	return update({...state, mode: {type, place, draft: insertText(emptyDraft, typed)}});
}

/** A digit begins the value of what is chosen; only 0 is a key of its own. */
function typeValue(input: KeyInput<LinkMode>, digit: string): Update {
	return ['preset', 'stall', 'next'].includes(input.mode.place.row)
		? update(input.state)
		: prompt(input, 'link-value', digit);
}

/** What is wrong with what was typed stands in the panel, where there is room for it. */
export const linkValue = {
	...promptOverlay<LinkValueMode>({
		escape: toPanel,
		look: () => 'link',
		texts: ({scene, mode: {place}, words, words: {link: {panel}}}) => ({
			label: panel.changing(place.row, columnNames(scene, words)[place.column]),
			hint: panel.hint,
		}),
		submit(input, value) {
			const {scene, mode: {place: {row, column}}, words} = input;
			return submitted(input, value, typed => {
				const read = row === 'preset' || row === 'next' ? parseConditions(typed, scene.protocol) : readValue(row, typed);
				if ('problem' in read) {
					return visibleLine(words.link.panel.problem(read.problem));
				}

				const change: Change = (before, direction) =>
					row === 'preset' || row === 'next'
						? conditionsAt(read, column, direction)
						: {...before, [row]: read.conditions[row]};
				return linkCommands(scene, column, change);
			});
		},
	}),
	body: linkBody,
};

export const linkSeed = {
	...promptOverlay<LinkSeedMode>({
		escape: toPanel,
		look: () => 'link',
		texts: ({words: {link: {panel}}}) => ({label: panel.newSeed, hint: panel.hint}),
		submit: (input, value) => submitted(input, value, typed => {
			const seed = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
			return seed <= largestSeed ? [{type: 'set-seed', seed}] : input.words.link.panel.wrongSeed;
		}),
	}),
	body: linkBody,
};

function toPanel(state: ScreenState, {place}: LinkPromptMode): ScreenState {
	return {...state, mode: linkPanel(place)};
}

/**
Enter in one of the prompts: take over what was typed, or say what is allowed. An empty line leaves all as it is.

@param read - the commands that what was typed asks for, or what is wrong with it
*/
function submitted(
	{state, mode}: ModeInput<LinkPromptMode>,
	value: string,
	read: (typed: string) => readonly Command[] | string,
): Update {
	const typed = value.trim();
	const result = typed === '' ? [] : read(typed);
	return typeof result === 'string'
		? update({...state, mode: {...mode, problem: result}})
		: update(toPanel(state, mode), ...result.map(command => ({type: 'execute', command}) as const));
}

/** One condition's value, in the words that `--link` takes, and no other condition behind it. */
function readValue(name: ConditionName, value: string): ParsedConditions {
	return /[,·=±]|\+\/?-/.test(value)
		? {
			problem: {
				type: 'wrong-value', name, value, kind: conditionKinds[name],
			},
		}
		: parseConditions(`${name}=${value}`);
}

/**
What sets other conditions in these directions: one command where both get the same, none where nothing changes. The
panes tell of it when the panel is closed.
*/
function linkCommands({name, link}: SceneView, column: LinkColumn, change: Change): Command[] {
	const ways = directionsOf(column).map(direction => ({
		direction,
		before: link[direction].conditions,
		conditions: change(link[direction].conditions, direction),
	}));
	const [first, second] = ways;
	if (!ways.some(({before, conditions}) => areDifferent(before, conditions))) {
		return [];
	}

	const isSame = first && second && !areDifferent(first.conditions, second.conditions);
	return (isSame ? [{...first, direction: 'both' as const}] : ways)
		.filter(({before, conditions}) => isSame || areDifferent(before, conditions))
		.map(({direction, conditions}) => ({
			type: 'set-link', scene: name, direction, conditions, isUntold: true,
		}));
}

/** What orders the loss of the next datagram in these directions, where there is one and it was not ordered. */
function lossCommands(scene: SceneView, column: LinkColumn): Command[] {
	const {name, link} = scene;
	return losableDirections(scene, column)
		.filter(direction => !link[direction].losesNext)
		.map(direction => ({type: 'lose-next', scene: name, direction}));
}

/** Those of these directions in which UDP sockets of the playground send. */
function losableDirections({protocol, server, clients}: SceneView, column: LinkColumn): LinkDirection[] {
	return protocol === 'udp'
		? directionsOf(column).filter(direction =>
			direction === 'to-server' ? clients.length > 0 || server?.relay !== undefined : server !== undefined)
		: [];
}

/** What a preset, or conditions that begin with one, are this way, asked for in these directions. */
function conditionsAt(
	{conditions, isOneWay = false}: {readonly conditions: LinkConditions; readonly isOneWay?: boolean},
	column: LinkColumn,
	direction: LinkDirection,
): LinkConditions {
	return isOneWay && column === 'both' && direction === 'to-clients' ? perfect : conditions;
}

function areDifferent(one: LinkConditions, other: LinkConditions): boolean {
	return conditionNames.some(name => one[name] !== other[name]);
}
