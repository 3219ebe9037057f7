import type {PredictionView} from '../../../engine/api/lesson.ts';
import {hintLine} from '../../frame/hints.ts';
import {type Draft, insertText, textOfDraft} from '../../input/line/draft.ts';
import {editDraft} from '../../input/line/edit-line.ts';
import {update, type Update} from '../../input/update.ts';
import {openRun} from '../../state/learning.ts';
import {backToTyping, type ScreenState, toCommands} from '../../state/screen-state.ts';
import {lessonQuestion as lessonQuestionMode, type LessonQuestionMode} from '../modes.ts';
import {
	type KeyInput, type Overlay, type PressedKey, upTo,
} from '../overlay.ts';
import {scrollPanel, tellLesson, toQuestion} from './lessons.ts';

/** The answer to a step's question, in the lesson's panel: typed, or chosen. Tab leads to the panes, to do it. */
export const lessonQuestion = {
	escape: state => toCommands(state),
	paste(input, {text}) {
		const {state} = input;
		const [first = ''] = text.trim().split(/[\r\n]/);
		return isTyped(predictionOf(state)) ? withDraft(state, insertText(state.learning.draft, first)) : update(state);
	},
	handleKey(input, key) {
		const {state} = input;
		const prediction = predictionOf(state);
		if (!prediction) {
			return undefined;
		}

		if (key.name === 'tab') {
			return update(backToTyping(state));
		}

		if (key.name === 'pageup' || key.name === 'pagedown') {
			return update(scrollPanel(state, key.name === 'pageup' ? -4 : 4));
		}

		return isTyped(prediction) ? typed(input, key, prediction) : chosen(state, key, prediction);
	},
	footer({state, words: {lessons: {keys}, footer}}) {
		const prediction = predictionOf(state);
		return [hintLine([
			...(isTyped(prediction) ? [] : [{key: `↑ ↓ 1–${prediction?.choices.length ?? 1}`, label: keys.chooseAnswer}]),
			{key: 'Enter', label: keys.answer, isVital: true},
			{key: 'Tab', label: keys.panes, isVital: true},
			{key: 'Esc', label: footer.commands},
		], state.columns)];
	},
} satisfies Overlay<LessonQuestionMode>;

function predictionOf({learning}: ScreenState): PredictionView | undefined {
	return openRun(learning)?.prediction;
}

function isTyped(prediction: PredictionView | undefined): boolean {
	return prediction !== undefined && prediction.kind !== 'choice';
}

function withDraft(state: ScreenState, draft: Draft): Update {
	return update({...toQuestion(state), learning: {...state.learning, draft}});
}

function typed({state, words}: KeyInput<LessonQuestionMode>, key: PressedKey, {kind}: PredictionView): Update {
	const {draft} = state.learning;
	if (key.name !== 'return') {
		const edited = editDraft(draft, key);
		return edited ? withDraft(state, edited) : update(state);
	}

	const answer = textOfDraft(draft).trim();
	const isRight = kind === 'number' ? /^[+-]?\d+(?:[.,]\d+)?$/.test(answer) : answer !== '';
	return isRight
		? tellLesson(backToTyping(state), {
			type: 'lesson-predict', answer: kind === 'number' ? answer.replace(',', '.') : answer,
		})
		: update({
			...state,
			mode: lessonQuestionMode(kind === 'number' ? words.lessons.noNumber : words.lessons.noText),
		});
}

function chosen(state: ScreenState, key: PressedKey, {choices}: PredictionView): Update {
	const {learning} = state;
	const choice = choices[learning.chosen];
	if (key.name === 'return' && choice) {
		return tellLesson(backToTyping(state), {type: 'lesson-predict', answer: choice.id});
	}

	const digit = Number(key.text.normalize('NFKC'));
	const step = {
		up: -1, left: -1, down: 1, right: 1,
	}[key.name ?? ''] ?? 0;
	const wanted = digit >= 1 && digit <= choices.length ? digit - 1 : learning.chosen + step;
	return update({...state, learning: {...learning, chosen: upTo(choices.length - 1, wanted)}});
}
