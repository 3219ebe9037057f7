import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {LinkConditions} from '../../../link/conditions.ts';
import {type ConditionName, conditionKinds} from '../../../link/conditions-problem.ts';
import {parseConditions, type ParsedConditions} from '../../../link/parse-conditions.ts';
import {largestSeed} from '../../../link/random.ts';
import {visibleLine} from '../../../text/visible.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {update, type Update} from '../../input/update.ts';
import type {LinkPromptMode} from './link-mode.ts';
import {linkCommands} from './link-commands.ts';

/**
Enter in one of the link panel's prompts: take over what was typed, or say what is allowed. An empty line leaves all as
it is.
*/
export function submitLink(
	state: ScreenState,
	scene: SceneView,
	mode: LinkPromptMode,
	value: string,
	words: Words,
): Update {
	const {place} = mode;
	const {panel} = words.link;
	const shown: ScreenState = {...state, mode: {type: 'link', place}};
	const typed = value.trim();
	if (typed === '') {
		return update(shown);
	}

	const wrong = (problem: string): Update => update({...state, mode: {...mode, value, problem}});
	if (mode.type === 'link-seed') {
		const seed = /^\d+$/.test(typed) ? Number(typed) : Number.NaN;
		return seed <= largestSeed
			? update(shown, {type: 'execute', command: {type: 'set-seed', seed}})
			: wrong(panel.wrongSeed);
	}

	const {row, column} = place;
	const read = row === 'preset' || row === 'next' ? parseConditions(typed) : readValue(row, typed);
	if ('problem' in read) {
		return wrong(visibleLine(panel.problem(read.problem)));
	}

	const change = (before: LinkConditions): LinkConditions =>
		row === 'preset' || row === 'next' ? read.conditions : {...before, [row]: read.conditions[row]};
	return update(shown, ...linkCommands(scene, column, change).map(command => ({type: 'execute', command}) as const));
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
