import test from 'ava';
import {textOfDraft} from '../../../source/screen/input/line/draft.ts';
import {editLine} from '../../../source/screen/input/line/edit-line.ts';
import {sendLine} from '../../../source/screen/input/line/send-line.ts';
import {
	type PaneState, paneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {keyOf} from '../../helpers/key-of.ts';
import {sceneView, screenState} from '../../helpers/terminal-scene.ts';

const scene = sceneView();
const pane = 2;

/** The state after lines were sent. */
function sent(state: ScreenState, ...lines: readonly string[]): ScreenState {
	let next = state;
	for (const line of lines) {
		next = sendLine(withPane(next, pane, {draft: draftOf(line)}), scene, pane, en).state;
	}

	return next;
}

function pressed(state: ScreenState, name: string): ScreenState {
	return withPane(state, pane, editLine(paneState(state, pane), keyOf(name)) ?? {});
}

const line = (state: ScreenState): string => textOfDraft(paneState(state, pane).draft);

test('a line that was sent again is the newest one: the history is walked from its end', t => {
	const before = sent(screenState(scene), 'one', 'two', 'three');
	const recalled = pressed(pressed(pressed(before, 'up'), 'up'), 'up');
	t.is(line(recalled), 'one');
	const again = sendLine(recalled, scene, pane, en).state;
	t.is(line(again), '');
	t.is(line(pressed(again, 'up')), 'one');
	t.is(line(pressed(pressed(again, 'up'), 'up')), 'three');
	t.is(line(pressed(again, 'down')), '', 'nothing is below the newest');
});

test('after sending, a pane that was scrolled back follows, and says where a filter hides what was sent', t => {
	const after = (changes: Partial<PaneState>): Partial<PaneState> => {
		const {end, notice} = paneState(sent(withPane(screenState(scene), pane, changes), 'x'), pane);
		return {end, notice};
	};

	t.deepEqual(after({end: 4, notice: 'before'}), {end: undefined, notice: undefined});
	t.deepEqual(after({end: 4, filter: 'y'}), {end: undefined, notice: en.views.filter.hides});
});

test('the history has 200 lines, and none that was empty', t => {
	const lines = Array.from({length: 201}, (_, index) => `line ${index}`);
	const {history} = paneState(sent(screenState(scene), ...lines, ''), pane);
	t.deepEqual([history.length, textOfDraft(history[0]!), textOfDraft(history.at(-1)!)], [200, 'line 1', 'line 200']);
});
