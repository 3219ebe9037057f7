import type {PredictionView} from '../../../engine/api/lesson.ts';
import {noticedHints} from '../../frame/hints.ts';
import {contextOf, isRelayPane} from '../../input/key-context.ts';
import type {Key} from '../../input/decode/key-decoder.ts';
import {emptyDraft, insertText, textOfDraft} from '../../input/line/draft.ts';
import {editDraft} from '../../input/line/edit-line.ts';
import {typing} from '../../input/typing.ts';
import {update, type Update} from '../../input/update.ts';
import {openRun} from '../../state/learning.ts';
import {
	backToTyping, focusedPane, paneState, type ScreenState, toCommands, withPane,
} from '../../state/screen-state.ts';
import {lessonQuestion as lessonQuestionMode, type LessonQuestionMode, typingMode} from '../modes.ts';
import type {KeyInput, Overlay, PressedKey} from '../overlay.ts';
import {upTo} from '../../../views/window.ts';
import {scrollPanel, tellLesson, toQuestion} from './lessons.ts';

/** What a number may be typed with, thousands apart too. */
const numberKeys = /^[\d+\-.,_ ]+$/;

/**
The answer to a step's question, in the lesson's panel: typed, or chosen. What cannot be an answer is typed into the
message line, as always. Tab leads there, too, to do the step without an answer.
*/
export const lessonQuestion = {
	escape: state => toCommands(state),
	paste(input, paste) {
		const {state} = input;
		const text = paste.text.trim();
		return canBeAnswer(predictionOf(state), text) && !/[\r\n]/.test(text)
			? update(withDraft(state, insertText(state.learning.draft, text)))
			: toLine(input, paste);
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

		const isTyped = key.text !== '' && !key.ctrl && !key.alt;
		const done = prediction.kind === 'choice' ? chosen(input, key, prediction) : typed(input, key, prediction);
		return done ?? (isTyped ? toLine(input, key) : update(state));
	},
	footer({state, mode: {problem}, words: {lessons: {keys}, footer}}) {
		const {kind = 'text', choices = []} = predictionOf(state) ?? {};
		const own = {
			choice: {key: `↑ ↓ 1–${choices.length}`, label: keys.chooseAnswer},
			number: {key: '0–9', label: keys.number},
			text: {key: 'a–z', label: keys.text},
		}[kind];
		return noticedHints([
			{...own, isVital: true},
			{key: 'Enter', label: keys.answer, isVital: true},
			{key: 'Tab', label: keys.panes, isVital: true},
			...(kind === 'text' ? [] : [{key: 'a–z', label: keys.toLine}]),
			{key: 'Esc', label: footer.commands},
		], problem, state.columns);
	},
} satisfies Overlay<LessonQuestionMode>;

function predictionOf({learning}: ScreenState): PredictionView | undefined {
	return openRun(learning)?.prediction;
}

/** Whether a text that is typed or pasted can be a part of the answer. Of a choice only a digit is, when typed. */
function canBeAnswer(prediction: PredictionView | undefined, text: string): boolean {
	return prediction?.kind === 'text' || (prediction?.kind === 'number' && numberKeys.test(text.normalize('NFKC')));
}

function withDraft(state: ScreenState, draft: ScreenState['learning']['draft']): ScreenState {
	return {...toQuestion(state), learning: {...state.learning, draft}};
}

/** Type into the message line, behind what was typed before as a number, and say how to come back. */
function toLine(input: KeyInput<LessonQuestionMode>, key: Key): Update {
	const {state, scene, words} = input;
	const {learning} = state;
	const back = backToTyping(state);
	const pane = focusedPane(state, scene);
	const before = textOfDraft(learning.draft);
	const moved: ScreenState = before === '' || pane === undefined || isRelayPane(contextOf(state, scene))
		? back
		: {
			...withPane(back, pane, {draft: insertText(paneState(back, pane).draft, before)}),
			learning: {...learning, draft: emptyDraft},
		};
	const inLine = {...input, state: moved, mode: typingMode};
	const done = key.type === 'paste' ? typing.paste(inLine, key) : typing.handleKey(inLine, key);
	if (pane === undefined) {
		return done;
	}

	const {notice = words.lessons.inLine} = paneState(done.state, pane);
	return {...done, state: withPane(done.state, pane, {notice})};
}

/** What a key does with an answer that is typed; undefined where it can be no part of one. */
function typed(
	{state, words: {lessons}}: KeyInput<LessonQuestionMode>,
	key: PressedKey,
	prediction: PredictionView,
): Update | undefined {
	const {draft} = state.learning;
	if (key.name !== 'return') {
		if (key.text !== '' && !canBeAnswer(prediction, key.text)) {
			return undefined;
		}

		const edited = editDraft(draft, key);
		return update(edited ? withDraft(state, edited) : state);
	}

	const isNumber = prediction.kind === 'number';
	const text = textOfDraft(draft).trim();
	const answer = isNumber ? numberOf(text) : (text || undefined);
	return answer === undefined
		? update({...state, mode: lessonQuestionMode(isNumber ? lessons.noNumber : lessons.noText)})
		: tellLesson(backToTyping(state), {type: 'lesson-predict', answer});
}

/** A number as it is given to the engine: a comma stands between thousands, or else before decimals. */
function numberOf(typed: string): string | undefined {
	const text = typed.normalize('NFKC');
	const plain = /^[+-]?\d{1,3}(?:[,_ ]\d{3})+$/.test(text) ? text.replaceAll(/[,_ ]/g, '') : text.replace(',', '.');
	return /^[+-]?\d+(?:\.\d+)?$/.test(plain) ? plain : undefined;
}

/** What a key does with choices, of which none is chosen at first; undefined where it chooses none. */
function chosen(
	{state, words}: KeyInput<LessonQuestionMode>,
	key: PressedKey,
	{choices}: PredictionView,
): Update | undefined {
	const {learning} = state;
	if (key.name === 'return') {
		const choice = choices[learning.chosen];
		return choice
			? tellLesson(backToTyping(state), {type: 'lesson-predict', answer: choice.id})
			: update({...state, mode: lessonQuestionMode(words.lessons.noChoice(choices.length))});
	}

	const digit = Number(key.text.normalize('NFKC'));
	const step = {
		up: -1, left: -1, down: 1, right: 1,
	}[key.name ?? ''];
	const isDigit = digit >= 1 && digit <= choices.length;
	return isDigit || step !== undefined
		? update({
			...toQuestion(state),
			learning: {
				...learning,
				chosen: isDigit ? digit - 1 : upTo(choices.length - 1, learning.chosen + (step ?? 0)),
			},
		})
		: undefined;
}
