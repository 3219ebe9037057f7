import type {Command} from '../../../engine/api/command.ts';
import type {LinkConditions} from '../../../link/conditions.ts';
import {type ConditionName, conditionKinds} from '../../../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../../../link/parse-conditions.ts';
import {largestSeed, type LinkDirection} from '../../../link/random.ts';
import {visibleLine} from '../../../text/visible.ts';
import {update, type Update} from '../../input/update.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {
	linkPanel, type LinkPromptMode, type LinkSeedMode, type LinkValueMode,
} from '../modes.ts';
import type {ModeInput} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {conditionsAt, linkCommands} from './link-commands.ts';
import {columnNames} from './link-rows.ts';
import {linkBody} from './link-panel.ts';

/** The prompt for another value of what is chosen in the link panel, which stays. */
export const linkValue = {
	...promptOverlay<LinkValueMode>({
		escape: toPanel,
		look: () => 'link',
		texts: ({scene, mode: {place, problem}, words, words: {link: {panel}}}) =>
			({label: panel.changing(place.row, columnNames(scene, words)[place.column]), hint: hintOf(problem, panel.hint)}),
		submit(input, value) {
			const {scene, mode: {place: {row, column}}, words} = input;
			return submitted(input, value, typed => {
				const read = row === 'preset' || row === 'next' ? parseConditions(typed) : readValue(row, typed);
				if ('problem' in read) {
					return visibleLine(words.link.panel.problem(read.problem));
				}

				const change = (before: LinkConditions, direction: LinkDirection): LinkConditions =>
					row === 'preset' || row === 'next'
						? conditionsAt(read, column, direction)
						: {...before, [row]: read.conditions[row]};
				return linkCommands(scene, column, change);
			});
		},
	}),
	body: linkBody,
};

/** The prompt for another seed. */
export const linkSeed = {
	...promptOverlay<LinkSeedMode>({
		escape: toPanel,
		look: () => 'link',
		texts: ({mode: {problem}, words: {link: {panel}}}) =>
			({label: panel.newSeed, hint: hintOf(problem, panel.hint)}),
		submit: (input, value) => submitted(input, value, typed => {
			const seed = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
			return seed <= largestSeed ? [{type: 'set-seed', seed}] : input.words.link.panel.wrongSeed;
		}),
	}),
	body: linkBody,
};

/** After a prompt the panel has the keys again. */
function toPanel(state: ScreenState, {place}: LinkPromptMode): ScreenState {
	return {...state, mode: linkPanel(place)};
}

function hintOf(problem: string | undefined, hint: string): string {
	return problem === undefined ? hint : `✗ ${problem}`;
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
		: update(
			toPanel(state, mode),
			...result.map(command => ({type: 'execute', command}) as const),
		);
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
