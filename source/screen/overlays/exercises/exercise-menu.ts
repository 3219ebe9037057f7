import {visibleTyped} from '../../../text/width/visible.ts';
import {type Hint, noticedHints} from '../../frame/hints.ts';
import {moveFocus} from '../../input/focus.ts';
import {letterOf} from '../../input/keys.ts';
import {update, type Update} from '../../input/update.ts';
import type {OpenExercise} from '../../state/learning.ts';
import type {ScreenState} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import {panelKey} from '../lessons/lessons.ts';
import {type ExerciseMode, exerciseRun} from '../modes.ts';
import type {Overlay} from '../overlay.ts';
import {
	askForProgram, blockedBy, endExercise, startExercise,
} from './start-exercise.ts';

type Letter = {
	readonly letter: string;
	readonly label: (words: Words['exercises']['keys']) => string;
	readonly press: (state: ScreenState, run: OpenExercise) => Update | undefined;
};

const letters: readonly Letter[] = [
	{letter: 'a', label: keys => keys.again, press: (state, {name, subject}) => startExercise(state, name, subject)},
	{
		letter: 'o',
		label: keys => keys.freePort,
		press(state, run) {
			const protocol = blockedBy(state, run);
			const {state: next, effects} = startExercise(state, run.name, run.subject);
			return protocol && update(
				next,
				{type: 'execute', command: {type: 'stop-server', protocol, scene: protocol}},
				...effects,
			);
		},
	},
	{letter: 'p', label: keys => keys.other, press: (state, {name}) => askForProgram(state, name)},
	{letter: 'w', label: keys => keys.save, press: state => update(state, {type: 'save-exercise'})},
	{letter: 'x', label: keys => keys.leave, press: state => endExercise(state)},
];

/** The letters of the exercise that is carried out, while its panel stays where it is. */
export const exerciseMenu = {
	paste: 'line',
	handleKey({state, scene, words}, key) {
		const {run} = state.exercising;
		const moved = panelKey(state, key, run !== undefined);
		if (moved || !run) {
			return moved;
		}

		if (key.name === 'tab') {
			return update(moveFocus(state, scene, key.shift ? -1 : 1));
		}

		const pressed = letterOf(key);
		const letter = letters.find(({letter}) => letter === pressed);
		return letter?.press({...state, mode: exerciseRun()}, run)
			?? update(key.text === '' || key.name === 'return'
				? state
				: {...state, mode: exerciseRun(words.notice.unknownCommand(visibleTyped(key.text)))});
	},
	tell: (_mode, notice) => exerciseRun(notice),
	footer({state, mode: {notice}, words: {exercises: {keys}, footer}}) {
		const {run} = state.exercising;
		return noticedHints([
			...letters
				.filter(({letter, press}) => letter !== 'o' || (run && press(state, run)))
				.map(({letter, label}): Hint => ({key: letter, label: label(keys), isVital: letter === 'x'})),
			{key: '↑ ↓', label: keys.scroll},
			{key: 'Tab', label: keys.panes, isRare: true},
			{key: 'Esc', label: footer.close, isRare: true},
		], notice, state.columns);
	},
} satisfies Overlay<ExerciseMode>;
