import type {ExerciseName} from '../../../engine/api/exercise.ts';
import {
	moreText, optional, padLines, paint, paintApart, paragraph,
} from '../../frame/paint.ts';
import {emptyDraft, insertText} from '../../input/line/draft.ts';
import {update, type Update} from '../../input/update.ts';
import type {Exercising} from '../../state/learning.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import {exerciseRun, type ExercisePromptMode} from '../modes.ts';
import {
	type BodyInput, type KeyInput, type ModeInput, type Overlay, type PressedKey, stepOf,
} from '../overlay.ts';
import {promptOverlay} from '../prompt.ts';
import {upTo} from '../../../views/window.ts';
import {
	isForClient, listAt, startExercise, subjectOf,
} from './start-exercise.ts';

const prompt = promptOverlay<ExercisePromptMode>({
	escape: (state, {exercise}) => ({...state, mode: state.exercising.run ? exerciseRun() : listAt(state, exercise)}),
	texts: ({mode: {problem}, words: {exercises}}) =>
		({label: exercises.prompt, hint: problem ?? exercises.promptHint}),
	submit,
});

/** The prompt for the program that is to be checked, beneath what the exercise asks for. */
export const exercisePrompt = {
	...prompt,
	handleKey(input: KeyInput<ExercisePromptMode>, key: PressedKey): Update {
		const {state, mode} = input;
		if (key.name === 'pageup' || key.name === 'pagedown') {
			const room = state.rows - 2 - prompt.footer(input).length;
			const last = askedLines(input).length - room;
			const top = upTo(last, mode.top ?? 0) + (stepOf(key, room - 1) ?? 0);
			return update({...state, mode: {...mode, top: upTo(last, top)}});
		}

		const step = key.name === 'up' ? 1 : (key.name === 'down' ? -1 : 0);
		return step === 0
			? prompt.handleKey(input, key) ?? update(state)
			: update(recall(input, step));
	},
	body: {draw: (input: BodyInput<ExercisePromptMode>): readonly string[] => promptBody(input)},
} satisfies Overlay<ExercisePromptMode>;

/** What was typed before, in the line: with Up the one before it. */
function recall({state, mode}: KeyInput<ExercisePromptMode>, step: number): ScreenState {
	const typed = state.exercising.typed[mode.exercise] ?? [];
	// The line begins with the newest one.
	const recalled = Math.max(-1, Math.min(typed.length - 1, (mode.recalled ?? (typed.length > 0 ? 0 : -1)) + step));
	const {problem, ...rest} = mode;
	return {
		...state, mode: {...rest, recalled, draft: insertText(emptyDraft, typed.at(-1 - recalled) ?? '')},
	};
}

function submit({state, mode, words}: ModeInput<ExercisePromptMode>, value: string): Update {
	const {exercise} = mode;
	const subject = subjectOf(exercise, value, words);
	if ('problem' in subject) {
		return update({...state, mode: {...mode, problem: subject.problem}});
	}

	const exercising = {...state.exercising, typed: typedWith(state.exercising, exercise, value.trim())};
	return startExercise({...state, exercising}, exercise, subject);
}

function typedWith({typed}: Exercising, exercise: ExerciseName, value: string): Exercising['typed'] {
	const before = (typed[exercise] ?? []).filter(line => line !== value);
	return value === '' ? typed : {...typed, [exercise]: [...before, value]};
}

/** What the exercise asks for, and what is typed. */
function askedLines({state: {columns, exercising}, mode, words}: ModeInput<ExercisePromptMode>): string[] {
	const {exercises} = words;
	const {exercise} = mode;
	const blank = paint([], columns);
	const paragraphs = [
		exercising.words?.about[exercise] ?? exercises.loading,
		...exercising.words?.rules[exercise] ?? [],
		...exercises.ways[isForClient(exercise) ? 'client' : 'server'],
	];
	return paragraphs.flatMap(text => [blank, ...paragraph(text, columns)]);
}

/** As much of it as fits beneath the exercise's name, and how many lines are above and below. */
function promptBody(input: BodyInput<ExercisePromptMode>): string[] {
	const {state: {columns}, mode: {exercise, top = 0}, rows, words} = input;
	const lines = askedLines(input);
	const from = upTo(lines.length - rows + 1, top);
	const hidden = moreText(from, lines.length - from - rows + 1);
	return padLines([
		paintApart(
			[{text: ` ${words.exercises.badge} `, tone: 'chosen'}, {text: `  ${exercise}`, tone: 'strong'}],
			optional(hidden !== '' && ` ${hidden} · PgUp PgDn `, 'strong'),
			columns,
		),
		...lines.slice(from),
	], rows, columns);
}
