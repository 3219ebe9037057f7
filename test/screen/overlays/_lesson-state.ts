/* A screen with a lesson, the keys that are pressed there, and what it draws. */
import {stripVTControlCharacters} from 'node:util';
import type {Command} from '../../../source/engine/api/command.ts';
import type {LessonRunView} from '../../../source/engine/api/lesson.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import type {Update} from '../../../source/screen/input/update.ts';
import {type ScreenState, shownScene} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import type {Words} from '../../../source/screen/words/words.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {
	explanation, learningOf, lessonOf, lessonRun, numberQuestion,
} from '../../helpers/lesson-run.ts';
import {sceneView, screenState} from '../../helpers/terminal-scene.ts';

export const udp = sceneView();
export const lessons = [lessonOf('socket', 'What a socket is', 3), lessonOf('udp-ports', 'The client\'s port', 9)];
export const done = lessonRun({phase: 'explaining', explanation});
export const asking = lessonRun({phase: 'asking', prediction: numberQuestion});

export function stateWith(run: LessonRunView, changes: Partial<ScreenState> = {}): ScreenState {
	return screenState(udp, {
		columns: 80, rows: 24, learning: learningOf(run, {lessons}), ...changes,
	});
}

export function press(state: ScreenState, ...names: readonly string[]): Update {
	let result: Update = {state, effects: []};
	for (const name of names) {
		const scene = result.state.scenes[shownScene(result.state)]!;
		const {state: next, effects} = handleKey(result.state, scene, keyOf(name), en);
		result = {state: next, effects: [...result.effects, ...effects]};
	}

	return result;
}

export function commandsOf({effects}: Update): readonly Command[] {
	return effects.flatMap(effect => effect.type === 'execute' ? effect.command : []);
}

export function drawn(state: ScreenState, words: Words = en): readonly string[] {
	return stripVTControlCharacters(drawApp(state, words)).split('\n');
}

/** What is typed in client 1's line. */
export function lineOf({panes}: ScreenState): string {
	return textOfDraft(panes.get(2)?.draft ?? draftOf(''));
}
