import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Key} from '../../../source/screen/input/decode/key-decoder.ts';
import {actsPage} from '../../../source/screen/overlays/acts/acts-lines.ts';
import {handleKey} from '../../../source/screen/input/handle-key.ts';
import {queriesFor} from '../../../source/screen/state/queries.ts';
import {renderers, type RendererInputs} from '../../../source/screen/frame/renderers.ts';
import type {Mode} from '../../../source/screen/overlays/modes.ts';
import {viewKinds} from '../../../source/screen/panes/views.ts';
import {newPaneState, type PaneViewName} from '../../../source/screen/state/screen-state.ts';
import {en} from '../../../source/screen/words/en.ts';
import {ko} from '../../../source/screen/words/ko.ts';
import textWidth from '../../../source/text/width/width.ts';
import {drawApp} from '../../helpers/draw-app.ts';
import {everyRun, learningOf} from '../../helpers/lesson-run.ts';
import {
	everyMode, fullScene, fullState, laboratoryScene, paneViewOf,
} from '../../helpers/every-screen.ts';

const sizes = [
	[400, 100],
	[80, 24],
	[60, 16],
	[59, 15],
	[20, 5],
	[4, 2],
	[2, 1],
	[1, 1],
	[1, 0],
	[0, 1],
	[0, 0],
] as const;
const smallSizes = [[80, 24], [20, 5], [2, 1], [1, 1], [0, 0]] as const;
const views = Object.keys(viewKinds) as PaneViewName[];
const modes = Object.values(everyMode).flat();
const scenes = [fullScene(), fullScene({server: undefined, connect: undefined}), laboratoryScene()];

test('every mode and every view is drawn, or said to need more room, in a window of any size', t => {
	for (const [columns, rows] of [[400, 100], ...smallSizes] as const) {
		for (const mode of modes) {
			const text = drawApp(fullState(fullScene(), {columns, rows, mode}), columns === 80 ? ko : en);
			t.notRegex(text, /Error/, `${mode.type} at ${columns}x${rows}: ${text}`);
		}

		for (const view of views) {
			t.notRegex(
				drawApp(fullState(laboratoryScene(), {columns, rows}, view)),
				/Error/,
				`${view} at ${columns}x${rows}`,
			);
		}
	}
});

test('every mode asks the engine only for what fits, and takes every key, in a window of any size', t => {
	const keys = [
		'up',
		'down',
		'left',
		'right',
		'pageup',
		'pagedown',
		'home',
		'end',
		'return',
		'tab',
		'escape',
		'x',
		'9',
	].map((name): Key => ({
		type: 'key',
		name,
		ctrl: false,
		alt: false,
		shift: false,
		text: name.length === 1 ? name : '',
		sequence: name.length === 1 ? name : '',
	}));
	for (const scene of [fullScene(), laboratoryScene()]) {
		for (const [columns, rows] of smallSizes) {
			for (const state of [
				...modes.map(mode => fullState(scene, {columns, rows, mode})),
				...views.map(view => fullState(scene, {columns, rows}, view)),
			]) {
				const queries = queriesFor(state, en);
				t.true(queries.length > 0);
				t.true(columns >= 60 && rows >= 16
					? queries.every(query => !('rows' in query) || query.rows > 0)
					: queries.length === 1);
				for (const key of keys) {
					const {panes} = handleKey(state, scene, key, en).state;
					t.false(
						[...panes.values()].some(({notice}) => notice?.includes('Error')),
						`${key.type === 'key' ? key.name : ''} in ${state.mode.type} at ${columns}x${rows}`,
					);
				}
			}
		}
	}
});

/** What each renderer is called with, for every mode that it draws. */
function inputsOf(
	columns: number,
	rows: number,
): {readonly [Name in keyof RendererInputs]: () => ReadonlyArray<RendererInputs[Name]>} {
	const words = en;
	const inputs = (): Array<RendererInputs['header']> =>
		scenes.flatMap(scene => modes.map(mode => ({state: fullState(scene, {columns, rows, mode}), scene, words})));
	const overlay
		= <Type extends Mode['type']>(...types: readonly Type[]) =>
			() =>
				scenes.flatMap(scene =>
					types.flatMap(type =>
						everyMode[type].map(mode => ({
							state: fullState(scene, {columns, rows, mode}),
							scene,
							words,
							mode,
							rows,
						}))));
	return {
		header: inputs,
		footer: inputs,
		experiment: () => inputs().flatMap(input => [0, 1, 3].map(footerRows => ({...input, footerRows}))),
		tabs: () => inputs().map(input => ({...input, shown: 2, columns})),
		pane: () =>
			scenes.flatMap(scene =>
				views.flatMap(view =>
					(
						[
							[1, 'text'],
							[2, 'text'],
							[2, 'hex'],
						] as const
					).map(([pane, payload]) => ({
						box: {
							x: 0,
							y: 0,
							width: columns,
							height: rows,
							pane,
						},
						scene,
						pane: {
							...newPaneState,
							view,
							payload,
							notice: 'a notice',
						},
						view: paneViewOf(pane, view),
						selected: 1,
						isFocused: true,
						words,
					})))),
		dock: () => scenes.map(scene => ({
			view: {...fullState(scene).flow!, scene: scene.name}, around: 'client 1', isScrolled: false, columns, rows, words,
		})),
		// In a window that is large enough for anything to be drawn.
		lesson: () => [...everyMode.typing, ...everyMode['lesson-menu'], ...everyMode['lesson-question']].flatMap(mode =>
			everyRun.map(run => ({
				state: fullState(fullScene(), {
					columns: Math.max(60, columns), rows: Math.max(16, rows), mode, learning: learningOf(run),
				}),
				scene: fullScene(),
				words,
			}))),
		'help-page': overlay('help-page'),
		'exercise-prompt': overlay('exercise-prompt'),
		'held-list': overlay('held-list'),
		'lesson-list': overlay('lesson-list'),
		'flow-diagram': overlay('flow-diagram'),
		'experiment-list': overlay('experiment-list'),
		'whole-payload': overlay('whole-payload'),
		'acts-menu': overlay('acts-menu'),
		'link-panel': overlay('link-panel'),
		'link-value': overlay('link-value'),
		'link-seed': overlay('link-seed'),
		'settings-panel': overlay('settings-panel'),
		'setting-value': overlay('setting-value'),
	};
}

for (const name of Object.keys(renderers) as Array<keyof RendererInputs>) {
	test(`${name} can be drawn in any number of columns and rows, and takes exactly those columns`, t => {
		const render = renderers[name] as (input: unknown) => readonly string[];
		for (const [columns, rows] of [...sizes, [-1, -1], [-5, 3], [3, -5], [22, 8]] as const) {
			// A frame needs its corners.
			const width = Math.max(name === 'pane' ? 5 : (name === 'lesson' ? 60 : 0), columns);
			for (const input of inputsOf(columns, rows)[name]()) {
				const lines = render(input).filter(line => line !== '');
				t.true(lines.every(line => textWidth(stripVTControlCharacters(line)) <= width), `${columns}x${rows}`);
			}
		}
	});
}

test('a report is drawn in a window that became too narrow for its bar', t => {
	const scene = fullScene();
	const mode = {type: 'acts-menu', page: 'report', selected: 0} as const;
	for (let columns = 25; columns >= -3; columns--) {
		const {lines, type} = actsPage({
			state: fullState(scene, {columns, rows: 24, mode}), scene, mode, words: en,
		});
		t.is(type, 'report');
		t.true(lines.every(line => textWidth(stripVTControlCharacters(line)) === Math.max(0, columns)));
	}
});
