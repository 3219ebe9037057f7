import type {LessonRunView} from '../../../engine/api/lesson.ts';
import {visibleTyped} from '../../../text/width/visible.ts';
import {type Hint, hintLines} from '../../frame/hints.ts';
import type {Span} from '../../frame/paint.ts';
import {isHangul, letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import {openRun} from '../../state/learning.ts';
import {backToTyping, type ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {isLessonMenu, type LessonMenuMode, lessonMenuMode} from '../modes.ts';
import type {Overlay} from '../overlay.ts';
import {
	goOn, isAsking, leaveLesson, openLessons, panelKey, reasonAgainstHint, tellLesson, toQuestion,
} from './lessons.ts';
import {nextLabel} from './panel-text.ts';

/** A letter of the menu: what it does, or why it does nothing now. */
type Letter = {
	readonly letter: string;
	readonly label: (keys: Words['lessons']['keys'], run: LessonRunView | undefined) => string;
	readonly press: (state: ScreenState, run: LessonRunView, words: Words) => Update | string;
	readonly closes?: (run: LessonRunView) => boolean;
};

const letters: readonly Letter[] = [
	{
		letter: 'n',
		label: (keys, run) => run ? nextLabel(run, keys) : keys.next,
		// As Enter does on an empty line: first the rest of what is said.
		press(state, _run, {lessons}) {
			const done = goOn(state);
			const isNext = done !== undefined && done.effects.length > 0 && isLessonMenu(done.state.mode);
			return isNext ? {...done, state: backToTyping(done.state)} : (done ?? lessons.notDone);
		},
	},
	{
		letter: 'h',
		label: keys => keys.nextHint,
		press: (state, run, words) => reasonAgainstHint(run, words) ?? tellLesson(state, {type: 'lesson-hint'}),
	},
	{
		letter: 'p',
		label: keys => keys.toQuestion,
		press: (state, _run, {lessons}) => isAsking(state) ? update(toQuestion(state)) : lessons.noQuestion,
	},
	{
		letter: 'b',
		label: (keys, run) => run?.isBackAnew ? keys.backScene : keys.back,
		press: state => tellLesson(backToTyping(state), {type: 'lesson-back'}),
		closes: ({isBackAnew}) => isBackAnew,
	},
	{letter: 'a', label: keys => keys.again, press: state => tellLesson(backToTyping(state), {type: 'lesson-again'})},
	{
		letter: 'r',
		label: keys => keys.reset,
		press: state => tellLesson(backToTyping(state), {type: 'reset-lesson-scene'}),
		closes: () => true,
	},
	{
		letter: 's',
		label: (keys, run) => run?.isNextAnew ? keys.skipScene : keys.skip,
		press: (state, {phase}, {lessons}) => phase === 'finished'
			? lessons.noStep
			: tellLesson(backToTyping(state), {type: 'lesson-next', skips: true}),
		closes: ({isNextAnew}) => isNextAnew,
	},
	{letter: 'w', label: keys => keys.report, press: state => update(state, {type: 'save-lesson'})},
	{letter: 'l', label: keys => keys.list, press: state => openLessons(state)},
	{letter: 'x', label: keys => keys.leave, press: (state, _run, words) => leaveLesson(backToTyping(state), words)},
];

/** The letters of the open lesson, while its panel stays where it is. */
export const lessonMenu = {
	paste: 'line',
	handleKey({state, mode: {asked}, words}, key) {
		const run = openRun(state.learning);
		const moved = panelKey(state, key, run !== undefined);
		if (moved || !run) {
			return moved;
		}

		const pressed = letterOf(key);
		const letter = letters.find(({letter}) => letter === pressed);
		if (!letter) {
			return key.text === ''
				? undefined
				: update(withNotice(state, words.notice.unknownCommand(visibleTyped(key.text))));
		}

		const done = letter.press(state, run, words);
		if (typeof done === 'string') {
			return update(withNotice(state, done));
		}

		if (letter.closes?.(run) && (asked !== pressed || isHangul(key.text))) {
			const notice = words.notice.pressAgain(pressed, letter.label(words.lessons.keys, run));
			return update({...state, mode: {...lessonMenuMode(notice), asked: pressed}});
		}

		return withoutNotice(done);
	},
	tell: (mode, notice) => ({...mode, notice}),
	footer({state, mode: {notice}, words}) {
		const run = openRun(state.learning);
		const hints = letters.map(({letter, label, press}): Hint => {
			const isReady = run && typeof press(state, run, words) !== 'string';
			const text = label(words.lessons.keys, run);
			return {key: letter, label: isReady ? text : `(${text})`};
		});
		const told: Span[] = notice === undefined ? [] : [{text: ` ${notice}`, tone: 'warning'}];
		return hintLines([
			...hints, {key: '↑ ↓', label: words.lessons.keys.scroll}, {key: 'Esc', label: words.lessons.keys.close},
		], state.columns, told);
	},
} satisfies Overlay<LessonMenuMode>;

function withNotice(state: ScreenState, notice: string): ScreenState {
	return {...state, mode: lessonMenuMode(notice)};
}

function withoutNotice({state, effects}: Update): Update {
	return {state: isLessonMenu(state.mode) ? {...state, mode: lessonMenuMode()} : state, effects};
}
