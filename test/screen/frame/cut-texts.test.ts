/* What does not fit in 80x24 says how much there is besides, in each language: overlays, views, lessons, exercises. */
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {exerciseNames} from '../../../source/engine/api/exercise.ts';
import type {FilledText} from '../../../source/lessons/fill-template.ts';
import {loadLessons} from '../../../source/lessons/chapter.ts';
import type {LessonText} from '../../../source/lessons/lesson.ts';
import {helpLines} from '../../../source/screen/overlays/help.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {lessonVocabulary} from '../../../source/screen/input/vocabulary.ts';
import {lessonPanel} from '../../../source/screen/overlays/lessons/panel.ts';
import {type ExercisePromptMode, lessonQuestion, type Mode} from '../../../source/screen/overlays/modes.ts';
import {type BodyInputs, overlayOf, overlays} from '../../../source/screen/overlays/registry.ts';
import {noLearning} from '../../../source/screen/state/learning.ts';
import {type ScreenState, withPane} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {exerciseWordsOf} from '../../../source/screen/words/exercises/say-exercise.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {emptyDraft} from '../../../source/screen/input/line/draft.ts';
import {
	everyMode, fullScene, fullState, paneViewOf,
} from '../../helpers/every-screen.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {learningOf, lessonRun, numberQuestion} from '../../helpers/lesson-run.ts';

const size = {columns: 80, rows: 24};
const scene = fullScene();
const lessons = await loadLessons(lessonVocabulary);
const sayings = {en: await exerciseWordsOf('en'), ko: await exerciseWordsOf('ko')};
const mark = /[↑↓] ?\d|… \+\d|\d+(?:–|~)\d+/;
const exercises = exerciseNames.map((exercise): Mode => ({type: 'exercise-prompt', exercise, draft: emptyDraft}));
const modes: readonly Mode[] = [...Object.values(everyMode).flat(), ...exercises];

function stateIn(mode: Mode, language: 'en' | 'ko', changes: Partial<ScreenState> = {}): ScreenState {
	const state = fullState(scene, {
		...size, mode, learning: {...noLearning, lessons}, ...changes,
	});
	return {...state, exercising: {...state.exercising, words: sayings[language]}};
}

function drawn(state: ScreenState, words: typeof en): string {
	return stripVTControlCharacters(drawApp(state, words));
}

for (const words of [en, ko]) {
	const language = words.comments;

	test(`in ${language} every overlay that has more lines than fit says how many there are`, t => {
		for (const mode of modes) {
			if (!('body' in overlays[mode.type])) {
				continue;
			}

			const {draw} = (overlays as unknown as Record<string, {readonly body: {
				readonly draw: (input: BodyInputs[keyof BodyInputs]) => readonly string[];
			};}>)[mode.type]!.body;
			const countIn = (rows: number): number => draw({
				state: stateIn(mode, language), scene, words, mode, rows,
			} as BodyInputs[keyof BodyInputs]).filter(line => stripVTControlCharacters(line).trim() !== '').length;
			if (countIn(400) > countIn(22)) {
				const text = drawn(stateIn(mode, language), words);
				t.regex(text, mark, `${mode.type}\n${text}`);
			}
		}
	});

	test(`in ${language} what an exercise asks for can be read to its end`, t => {
		for (const exercise of exerciseNames) {
			let mode: ExercisePromptMode = {type: 'exercise-prompt', exercise, draft: emptyDraft};
			let text = '';
			for (let page = 0; page < 4; page++) {
				const state = stateIn(mode, language);
				const {body} = overlays['exercise-prompt'];
				const rows = 23 - overlayOf(mode).footer({
					state, scene, words, mode,
				}).length;
				const lines = body.draw({
					state, scene, words, mode, rows,
				}).map(line => stripVTControlCharacters(line));
				text += lines.join('');
				t.is(lines[0]!.includes('↓'), page === 0 && (lines[0]!.includes('PgDn')), 'one page down is the end');
				mode = handleKey(state, scene, keyOf('pagedown'), words).state.mode as ExercisePromptMode;
			}

			const {about, rules} = sayings[language];
			const ways = words.exercises.ways[exercise.endsWith('-client') ? 'client' : 'server'];
			for (const word of [about[exercise], ...rules[exercise] ?? [], ...ways].join(' ').split(' ')) {
				t.true(text.includes(word), word);
			}
		}
	});

	test(`in ${language} a program that is longer than its pane says how many lines are above and below`, t => {
		const program = {...paneViewOf(2, 'program-view'), lines: Array.from({length: 60}, (_, line) => `line ${line}`)};
		const state = withPane({
			...stateIn({type: 'typing'}, language), views: new Map([[2, program]]),
		}, 2, {view: 'program-view'});
		t.regex(drawn(state, words), /↓ \d+ · PgUp PgDn/);
		t.regex(drawn(withPane(state, 2, {top: 7}), words), /↑ 7 ↓ \d+ · PgUp PgDn/);
		t.regex(drawn(withPane(state, 2, {top: 60}), words), /↑ \d+ · PgUp PgDn/);
		t.regex(drawn({...state, focus: {tcp: 1}}, words), /↓ \d+ ─┘/, 'the keys are for the focused pane');
	});

	test(`in ${language} every step of every lesson says how much of its text is not shown`, t => {
		const shownOf = (text: LessonText): FilledText => (text[language] ?? []).map(part =>
			part.type === 'value' ? {type: 'value', text: '127.0.0.1:40000'} : part);
		for (const {steps} of lessons) {
			for (const {text, explanation, prediction} of steps) {
				const step = {text: shownOf(text), language};
				const asked = prediction && {
					...numberQuestion,
					kind: prediction.kind,
					ask: shownOf(prediction.ask),
					choices: prediction.choices.map(choice => ({id: choice.id, text: shownOf(choice.text)})),
				};
				for (const run of [
					lessonRun(step),
					lessonRun({...step, phase: 'explaining', explanation: shownOf(explanation)}),
					...(asked ? [lessonRun({...step, phase: 'asking', prediction: asked})] : []),
				]) {
					const mode: Mode = run.phase === 'asking' ? lessonQuestion() : {type: 'typing'};
					const {lines, size: {page, total}} = lessonPanel(fullState(scene, {
						...size, mode, learning: learningOf(run),
					}), words)!;
					const head = stripVTControlCharacters(lines[0]!);
					t.true(total <= page || (mark.test(head) && /PgDn|Esc g ↓|Enter/.test(head)), lines.join('\n'));
				}
			}
		}
	});

	test(`in ${language} the help says how many lines are above and below, down to its end`, t => {
		const help = (top: number): string => drawn(stateIn({type: 'help-page', top}, language), words).split('\n').at(-1)!;
		const below = helpLines(80, words).length - 22;
		t.regex(help(0), new RegExp(`↓ ${below} ${words.footer.lines}`));
		t.regex(help(3), new RegExp(`↑ 3 ↓ ${below - 3} `));
		t.regex(help(below), new RegExp(`↑ ${below} ${words.footer.lines}`));
	});
}

test('a notice that is longer than its pane ends with an ellipsis', t => {
	const state = withPane(stateIn({type: 'typing'}, 'en'), 2, {notice: 'word '.repeat(300)});
	const lines = drawn(state, en).split('\n').filter(line => line.includes('word'));
	t.true(lines.length > 1);
	t.deepEqual(lines.map(line => line.includes('…')), lines.map((_, index) => index === lines.length - 1));
});
