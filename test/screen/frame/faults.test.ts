import test from 'ava';
import type {View} from '../../../source/engine/api/view.ts';
import type {SceneView} from '../../../source/engine/api/scene-view.ts';
import {forgetPanes} from '../../../source/screen/state/apply-scene.ts';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import {renderers, type RendererInputs} from '../../../source/screen/frame/renderers.ts';
import {newScreenState, type ScreenState, shownScene} from '../../../source/screen/state/screen-state.ts';
import {applyView} from '../../../source/screen/state/apply-view.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {
	everyMode, fullScene, fullState, laboratoryScene, paneViewOf,
} from '../../helpers/every-screen.ts';
import {learningOf, lessonRun} from '../../helpers/lesson-run.ts';
import {sceneView} from '../../helpers/terminal-scene.ts';

const size = {columns: 80, rows: 24};
const keys = ['up', 'pageup', 'pagedown', 'tab', 'return', 'x'].map((name): Key => ({
	type: 'key', name, ctrl: false, alt: false, shift: false, text: name === 'x' ? 'x' : '', sequence: '',
}));

/** A screen on which each renderer has something to draw. */
const screens: {readonly [Name in keyof RendererInputs]: ScreenState} = {
	header: fullState(fullScene(), size),
	footer: fullState(fullScene(), size),
	experiment: fullState(laboratoryScene(), size),
	pane: fullState(fullScene(), size),
	dock: fullState(fullScene(), {columns: 120, rows: 24, isFlowDocked: true}),
	lesson: fullState(fullScene(), {...size, learning: learningOf(lessonRun())}),
	tabs: fullState(fullScene(), size),
	'help-page': fullState(fullScene(), {...size, mode: everyMode['help-page'][0]}),
	'flow-diagram': fullState(fullScene(), {...size, mode: everyMode['flow-diagram'][0]}),
	'experiment-list': fullState(fullScene(), {...size, mode: everyMode['experiment-list'][0]}),
	'whole-payload': fullState(fullScene(), {...size, mode: everyMode['whole-payload'][0]}),
	'acts-menu': fullState(fullScene(), {columns: 80, rows: 18, mode: everyMode['acts-menu'][0]}),
	'link-panel': fullState(fullScene(), {...size, mode: everyMode['link-panel'][0]}),
	'link-value': fullState(fullScene(), {...size, mode: everyMode['link-value'][0]}),
	'link-seed': fullState(fullScene(), {...size, mode: everyMode['link-seed'][0]}),
	'settings-panel': fullState(fullScene(), {...size, mode: everyMode['settings-panel'][0]}),
	'setting-value': fullState(fullScene(), {...size, mode: everyMode['setting-value'][0]}),
	'exercise-prompt': fullState(fullScene(), {...size, mode: everyMode['exercise-prompt'][0]}),
	'held-list': fullState(fullScene(), {...size, mode: everyMode['held-list'][0]}),
	'lesson-list': fullState(fullScene(), {...size, mode: everyMode['lesson-list'][0]}),
};

/** Flows together what was wrapped. */
function told(drawn: string): string {
	return drawn.replaceAll(/[│┃\s]+/g, ' ');
}

for (const name of Object.keys(renderers) as Array<keyof RendererInputs>) {
	test.serial(
		`a fault while the ${name} is drawn shows in its place, and nowhere else, until it is drawn again`,
		t => {
			const state = screens[name];
			const scene = state.scenes[shownScene(state)]!;
			const before = drawApp(state);
			t.false(before.includes('failed:'));
			const whole = renderers[name];
			renderers[name] = () => {
				throw new Error(`no ${name} today`);
			};

			try {
				for (const words of [en, ko]) {
					const drawn = drawApp(state, words);
					t.is(drawn.split('\n').length, state.rows);
					t.true(told(drawn).includes(words.fault.view(`Error: no ${name} today`)), `drawn as ${drawn}`);
					t.true(told(drawn).includes(words.fault.report.slice(0, 6)));
					t.is(drawn.includes(words.header.rule('uppercase')), name !== 'header');
				}

				t.true(queriesFor(state, en).length > 0);
				for (const key of keys) {
					t.notThrows(() => handleKey(state, scene, key, en));
				}
			} finally {
				Object.assign(renderers, {[name]: whole});
			}

			t.is(drawApp(state), before);
		},
	);
}

test('the screen is drawn and a key does not end it, whichever part of a scene cannot be read', t => {
	for (const scene of [fullScene(), laboratoryScene()]) {
		for (const key of Object.keys(scene) as Array<keyof SceneView>) {
			const poisoned = Object.defineProperty({...scene}, key, {
				get() {
					throw new Error('no such thing');
				},
			});
			for (const modes of Object.values(everyMode)) {
				const state: ScreenState = {
					...fullState(scene, {...size, mode: modes[0]}),
					scenes: {[scene.name]: poisoned},
				};
				t.notThrows(() => drawApp(state), `${key} in ${state.mode.type}`);
				t.notThrows(() => queriesFor(state, en), `${key} in ${state.mode.type}`);
				t.notThrows(
					() => keys.map(each => handleKey(state, poisoned, each, en)),
					`${key} in ${state.mode.type}`,
				);
			}
		}
	}
});

test('a key that fails says so in the focused pane', t => {
	const scene = Object.defineProperty(fullScene(), 'link', {
		get() {
			throw new Error('no link');
		},
	});
	const {state} = handleKey(fullState(scene, {...size, mode: everyMode['link-panel'][0]}), scene, {
		type: 'key', name: '+', ctrl: false, alt: false, shift: false, text: '+', sequence: '+',
	}, en);
	t.is(state.panes.get(2)?.notice, `this key failed: Error: no link · ${en.fault.report}`);
});

const failed = (place: Extract<View, {type: 'failed'}>['place']): Extract<View, {type: 'failed'}> => ({
	type: 'failed',
	place,
	message: 'TypeError: \u{1B}[2J no',
});

test('a pane that the engine cannot answer for says so within its frame, and recovers with the next answer', t => {
	const before = fullState(fullScene(), size);
	const state = applyView(before, failed(2));
	const drawn = drawApp(state);
	t.regex(told(drawn), /CLIENT 1.* this view failed: TypeError: \\x1b\[2J no .*please report it/);
	t.regex(drawn, /┃ > +┃/);
	t.is(drawApp(applyView(state, paneViewOf(2, 'message-view'))), drawApp(applyView(before, paneViewOf(2, 'message-view'))));
	t.is(applyView(before, failed(99)), before);
});

for (const [mode, name] of [['flow-diagram', 'flow'], ['whole-payload', 'payload']] as const) {
	test(`a ${name} that the engine cannot answer says so in its place, and recovers with the next answer`, t => {
		const before = screens[mode];
		const state = applyView(before, failed(name));
		t.regex(told(drawApp(state)), /this view failed: TypeError: \\x1b\[2J no .*please report it/);
		t.is(drawApp(applyView(state, before[name]!)), drawApp(before));
	});
}

test('a scene that the engine cannot answer says so in the header, or everywhere before there is one, and recovers', t => {
	const scene = fullScene();
	const before = fullState(scene, size);
	const state = applyView(before, failed('tcp'));
	t.regex(drawApp(state), /^ ✗ this view failed: TypeError/);
	t.true(drawApp(state).includes('CLIENT 1'));
	t.is(drawApp(forgetPanes(state, scene, scene)), drawApp(before));
	const first = applyView(newScreenState({...size, protocol: 'tcp'}), failed('tcp'));
	t.regex(drawApp(first), /this view failed: TypeError/);
	t.is(applyView(before, failed('laboratory')), before);
});

test('a view that comes after its pane or its scene was removed is not kept', t => {
	const state = fullState(sceneView(), size);
	for (const view of ['message-view', 'socket-view', 'program-view'] as const) {
		t.is(applyView(state, paneViewOf(77, view)), state);
		t.not(applyView(state, paneViewOf(2, view)), state);
	}

	t.is(applyView(state, {...screens['flow-diagram'].flow!, scene: 'laboratory'}), state);
});
