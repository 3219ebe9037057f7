import type {Refusal} from '../../engine/api/command.ts';
import {leaveExperiment} from '../overlays/laboratory/experiments.ts';
import type {Effect} from '../input/update.ts';
import type {Words} from '../words/words.ts';
import {withoutLesson} from './apply-lesson.ts';
import {paneState, type ScreenState, withPane} from './screen-state.ts';

/** The state with a command's refusal told: in the pane that it was given in, or in the laboratory's list. */
export function applyRefusal(
	state: ScreenState,
	{command, pane, draft}: Extract<Effect, {type: 'execute'}>,
	refusal: Refusal,
	words: Words,
): ScreenState {
	const isServers = command.type === 'send-from-server' || (command.type === 'act' && command.on.type === 'connection');
	const notice = words.refusal(refusal, isServers);
	if (command.type === 'start-experiment') {
		return state.isExperimenting ? leaveExperiment(state, command.experiment, notice) : state;
	}

	if (command.type === 'start-lesson') {
		return withoutLesson(state);
	}

	if (pane === undefined) {
		return state;
	}

	// What could not be sent is put back, unless something else has been typed by now: then it is in the history.
	const {draft: typed, history} = paneState(state, pane);
	const isPutBack = draft && typed.cells.length === 0;
	return withPane(
		state,
		pane,
		isPutBack
			? {
				notice, draft, isHex: draft.isHex ?? false, history: history.filter(entry => entry !== draft),
			}
			: {notice},
	);
}
