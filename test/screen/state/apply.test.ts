/* What the screen remembers when the engine tells something new. */
import test from 'ava';
import type {CheckView, ExerciseView} from '../../../source/engine/api/exercise.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import type {FlowView} from '../../../source/engine/api/view.ts';
import {applyRefusal} from '../../../source/screen/effects.ts';
import {focusDrawn, isEndOfRing} from '../../../source/screen/input/focus.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {applyLesson} from '../../../source/screen/state/apply-lesson.ts';
import {applyScene, forgetScene} from '../../../source/screen/state/apply-scene.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {noExercise} from '../../../source/screen/state/learning.ts';
import {
	focusedPane, newPaneState, paneState, type ScreenState, withPane,
} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import type {RowsView} from '../../../source/views/rows.ts';
import {draftOf} from '../../helpers/draft-of.ts';
import {
	choiceOf, learningOf, lessonRun, lessonView, shown,
} from '../../helpers/lesson-run.ts';
import {
	clientView, sceneView, screenState, serverView,
} from '../../helpers/terminal-scene.ts';

const [one, two] = [clientView(1, {type: 'unbound'}), clientView(2, {type: 'unbound'})];
const scene = sceneView({clients: [one, two]});
const tcp = sceneView({
	protocol: 'tcp', server: serverView({pane: 11}), clients: [clientView(11, {type: 'closed'})],
});

test('of several new clients the last one has the focus, once, where one was asked for', t => {
	const before = screenState(sceneView({clients: []}), {focus: {udp: 1}});
	t.is(applyScene(before, scene, false).focus.udp, 1);
	const after = applyScene(before, scene, true);
	t.is(after.focus.udp, two.pane);
	const third = clientView(3, {type: 'unbound'});
	t.is(applyScene(after, sceneView({clients: [one, two, third]}), false).focus.udp, two.pane);
});

test('of a removed pane, and of a removed scene, nothing is remembered', t => {
	const flow: FlowView = {
		type: 'flow',
		scene: 'udp',
		protocol: 'udp',
		focus: undefined,
		lanes: [],
		steps: [],
		oldest: undefined,
		isWhole: true,
		dropped: 0,
	};
	const rows: RowsView = {
		type: 'rows', pane: one.pane, kind: 'messages', rows: [], end: 0, total: 0, first: 0,
	};
	const state = screenState(scene, {
		focus: {udp: one.pane, tcp: 12},
		lastClient: {udp: one.pane, tcp: 12},
		views: new Map([[one.pane, rows], [two.pane, {...rows, pane: two.pane}]]),
		panes: new Map([[one.pane, newPaneState], [two.pane, newPaneState]]),
		failures: new Map([[one.pane, 'failed'], [two.pane, 'failed']]),
		flow,
	});
	const without = applyScene(state, sceneView({clients: [two]}), false);
	const left = ({views, panes, failures}: ScreenState): unknown =>
		[views, panes, failures].map(each => [...each.keys()]);
	t.deepEqual(left(without), [[two.pane], [two.pane], [two.pane]]);
	t.is(without.flow, flow);
	const front = {...rows, pane: 1};
	const served = {
		...state,
		views: new Map([[1, front], [two.pane, front]]),
		panes: new Map([[1, newPaneState], [two.pane, newPaneState]]),
	};
	t.deepEqual(left(applyScene(served, sceneView({server: serverView({pane: 7}), clients: [two]}), false)), [
		[two.pane], [two.pane], [two.pane],
	]);
	const gone = forgetScene(state, 'udp');
	t.deepEqual(left(gone), [[], [], []]);
	t.deepEqual([gone.focus, gone.lastClient], [{udp: undefined, tcp: 12}, {udp: undefined, tcp: 12}]);
	t.is(gone.flow, undefined);
	t.is(forgetScene(state, 'tcp').flow, flow);
});

test('a notice goes with its reason: the socket\'s state, or the number of peers', t => {
	const panes = new Map([1, one.pane].map(pane => [pane, {...newPaneState, notice: 'why not'}]));
	const state = screenState(scene, {panes});
	const noticed = (changes: Partial<SceneView>): readonly boolean[] => {
		const after = applyScene(state, sceneView(changes), false);
		return [1, one.pane].map(pane => paneState(after, pane).notice !== undefined);
	};

	t.deepEqual(noticed({}), [true, true]);
	t.deepEqual(noticed({server: serverView({total: 5, peersEver: 1})}), [true, true]);
	t.deepEqual(noticed({server: serverView({peerCount: 1})}), [false, true]);
	t.deepEqual(noticed({server: serverView({state: {type: 'closed'}})}), [false, true]);
	t.deepEqual(noticed({clients: [clientView(1, {type: 'closed'}), two]}), [true, false]);
});

test('what the engine could not answer is told where that is still shown', t => {
	const failed = (changes: Partial<ScreenState>, place: 'laboratory' | 'udp' | number): boolean =>
		applyView(screenState(scene, changes), {type: 'failed', place, message: 'no'}).failures.has(place);
	t.deepEqual([failed({}, one.pane), failed({}, 99), failed({}, 'udp')], [true, false, true]);
	t.deepEqual([failed({}, 'laboratory'), failed({isExperimenting: true}, 'laboratory')], [false, true]);
});

test('a pane that was scrolled back follows at its end again, but not while a row is selected', t => {
	const view: RowsView = {
		type: 'rows', pane: 1, kind: 'messages', rows: [], end: 9, total: 10, first: 0,
	};
	const select: Mode = {type: 'select', pane: 1, ordinal: 5};
	const endAfter = (end: number, mode?: Mode, changes: Partial<RowsView> = {}): number | undefined => {
		const state = withPane(screenState(scene, mode && {mode}), 1, {end});
		return paneState(applyView(state, {...view, ...changes}), 1).end;
	};

	t.deepEqual([endAfter(9), endAfter(10), endAfter(11)], [9, undefined, undefined]);
	t.is(endAfter(10, select), 10);
	t.is(endAfter(10, {...select, pane: 2}), undefined);
	const anchored = withPane(screenState(scene), 1, {end: 10, anchor: {end: 10, row: 3}});
	t.is(paneState(applyView(anchored, view), 1).end, 10);
	const seen = (changes: Partial<RowsView> = {}): number => {
		const state = withPane(screenState(scene), 1, {seen: 4});
		return paneState(applyView(state, {...view, ...changes}), 1).seen;
	};

	t.deepEqual([seen(), seen({filtered: {isComplete: true, of: 10}})], [9, 4], 'filtered rows are not all that there are');
});

test('an exercise whose every check holds is noted once, and only the one that is shown', t => {
	const check = (type: 'holds' | 'pending'): CheckView => ({name: 'starts', state: {type}});
	const view = (changes: Partial<ExerciseView> = {}): ExerciseView => ({
		type: 'exercise',
		name: 'udp-echo-server',
		subject: {type: 'program', command: ['true']},
		checks: [check('holds')],
		address: undefined,
		program: undefined,
		isDone: true,
		...changes,
	});
	const {name, subject} = view();
	const state = screenState(scene, {exercising: {...noExercise, run: {name, subject, view: undefined}}});
	const held = (...views: readonly ExerciseView[]): readonly string[] => {
		let next = state;
		for (const each of views) {
			next = applyView(next, each);
		}

		return next.exercising.held;
	};

	t.deepEqual(held(view(), view()), [name]);
	t.deepEqual(held(view({isDone: false})), []);
	t.deepEqual(held(view({checks: [check('holds'), check('pending')]})), []);
	t.deepEqual(held(view({notRun: {reason: 'port-taken', port: 9}})), []);
	const other = view({name: 'tcp-chat-server'});
	t.is(applyView(state, other).exercising, state.exercising);
});

test('the focus goes to the other scene where both are drawn, and the ring ends with its last pane', t => {
	const both = screenState(scene, {
		scenes: {udp: scene, tcp}, columns: 220, rows: 50, isBothWanted: true, focus: {udp: 1, tcp: 12},
	});
	const other = focusDrawn(both, scene, 11);
	t.deepEqual([other.protocol, other.focus], ['tcp', {udp: 1, tcp: 11}]);
	t.deepEqual(([1, -1] as const).map(way => isEndOfRing(both, scene, way)), [false, true]);
	t.deepEqual(([1, -1] as const).map(way => isEndOfRing({...both, protocol: 'tcp'}, tcp, way)), [true, false]);
});

test('the lesson\'s text is at its top, and its answer empty, when there is something new, or a step again', t => {
	const asking = lessonRun({phase: 'asking', prediction: choiceOf('yes', 'no')});
	const after = (before: typeof asking, run: typeof asking): readonly unknown[] => {
		const learning = learningOf(before, {top: 3, draft: draftOf('40000'), chosen: 1});
		const {learning: {top, draft, chosen}} = applyLesson(screenState(scene, {learning}), lessonView(run));
		return [top, draft.cells.length, chosen];
	};

	const kept = [3, 5, 1];
	t.deepEqual(after(asking, {...asking}), kept);
	t.deepEqual(after(asking, {...asking, step: 3}), [0, 0, -1]);
	t.deepEqual(after(asking, {...asking, key: 'other'}), [0, 0, -1]);
	t.deepEqual(after(lessonRun(), asking), [0, 0, -1]);
	t.deepEqual(after(asking, lessonRun()), [0, 5, 1]);
	t.deepEqual(after(lessonRun({phase: 'finished'}), lessonRun({phase: 'finished'}))[0], 0, 'begun again');
	t.deepEqual(after(lessonRun(), lessonRun({hints: [shown('a hint')]})), [0, 5, 1]);
	const reacted = (number: number): typeof asking => lessonRun({reaction: {number, text: shown('so')}});
	t.deepEqual(after(lessonRun(), reacted(1)), [0, 5, 1]);
	t.deepEqual(after(reacted(1), reacted(2)), [0, 5, 1]);
	t.deepEqual(after(reacted(1), reacted(1)), kept);
});

test('a focus on a pane that is not there is none', t => {
	t.is(focusedPane(screenState(scene, {focus: {udp: 99}}), scene), one.pane);
	t.is(focusedPane(screenState(scene, {focus: {udp: 1}}), scene), 1);
});

test('an experiment that is refused late ends no exercise that is shown by then', t => {
	const state = screenState(scene, {
		isExperimenting: true,
		exercising: {
			...noExercise, run: {name: 'udp-echo-server', subject: {type: 'program', command: ['true']}, view: undefined},
		},
	});
	const effect = {type: 'execute', command: {type: 'start-experiment', experiment: 'tcp-refused'}} as const;
	t.is(applyRefusal(state, effect, {reason: 'fault', message: 'no'}, en), state);
});
