import type {LessonRunView, LessonView} from '../../engine/api/lesson.ts';
import {emptyDraft} from '../input/line/draft.ts';
import {isLessonMenu, isLessonQuestion, lessonQuestion} from '../overlays/modes.ts';
import {openRun} from './learning.ts';
import {backToTyping, isTyping, type ScreenState} from './screen-state.ts';

/** The state after the open lesson has been left, or could not be opened. */
export function withoutLesson(state: ScreenState): ScreenState {
	const {learning} = state;
	return {
		...state, learning: {...learning, isOpen: false, view: learning.view && {...learning.view, run: undefined}},
	};
}

/** The state with what the engine tells of the lessons. A question that is asked anew has the keys. */
export function applyLesson(state: ScreenState, view: LessonView): ScreenState {
	const before = openRun(state.learning);
	const {run} = view;
	const next: ScreenState = {...state, learning: {...state.learning, view}};
	if (!run || !next.learning.isOpen) {
		return next;
	}

	const isOther = before?.key !== run.key || before.step !== run.step || before.phase === 'finished';
	const isAsked = run.phase === 'asking' && (isOther || before.phase !== 'asking');
	const learning = {
		...next.learning,
		...(isOther || hasNews(before, run) ? {top: 0} : {}),
		...(isAsked ? {draft: emptyDraft, chosen: -1} : {}),
	};
	const shown = before?.key !== run.key || before.protocols.join(',') !== run.protocols.join(',')
		? showScenes({...next, learning}, run.protocols)
		: {...next, learning};
	if (isAsked && (isTyping(shown.mode) || isLessonMenu(shown.mode))) {
		return {...shown, mode: lessonQuestion()};
	}

	return run.phase !== 'asking' && isLessonQuestion(shown.mode) ? backToTyping(shown) : shown;
}

function hasNews(before: LessonRunView, run: LessonRunView): boolean {
	return before.phase !== run.phase
		|| before.hints.length !== run.hints.length
		|| before.reaction?.number !== run.reaction?.number;
}

/** Show the lesson's scenes: one, or both side by side. An experiment that is shown stays. */
export function showScenes(state: ScreenState, protocols: LessonRunView['protocols']): ScreenState {
	const [protocol = state.protocol] = protocols;
	return {...state, protocol, isBothWanted: protocols.length > 1};
}
