import type {LessonRunView} from '../../engine/api/lesson.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {firstSteps} from '../input/typing.ts';
import {dockInput} from '../overlays/flow/dock.ts';
import {besidePanel} from '../overlays/lessons/panel.ts';
import {isLessonQuestion, lettersIn, selectedIn} from '../overlays/modes.ts';
import type {DrawInput} from '../overlays/overlay.ts';
import {bodyRows} from '../overlays/registry.ts';
import {openRun} from '../state/learning.ts';
import {
	focusedPane, paneState, type ScreenState, shownScene,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import type {Box, PaneBox, SceneLayout} from './layout.ts';
import {
	draw, drawBody, drawExperiment, drawFooter,
} from './renderers.ts';
import {sceneLayouts, screenLayout} from './screen-layout.ts';

/** A part of the screen where it stands in the window, as lines of its width. */
export type Part = Box & {
	readonly name: 'header' | 'pane' | 'tabs' | 'dock' | 'body' | 'experiment' | 'panel' | 'footer';
	readonly lines: readonly string[];
	/** Whose it is. The tabs have the client whose pane is whole. */
	readonly scene: SceneView;
	readonly pane?: PaneId | undefined;
};

/** Gives the lines of a part: those of the last frame, where the facts that they are made from are the same. */
export type Reuse
	= (key: PaneId | 'dock', facts: readonly unknown[], make: () => readonly string[]) => readonly string[];

/** All that is drawn in the window, which the panel of a lesson may have a part of. */
export function screenParts(
	whole: ScreenState,
	scene: SceneView,
	words: Words,
	reuse: Reuse = (_key, _facts, make) => make(),
): readonly Part[] {
	const state = besidePanel(whole, words);
	const {columns, rows, failures, learning: {panel}} = state;
	const input = {state, scene, words};
	const layout = screenLayout(state, scene, words);
	const {dock} = layout;
	const footer = drawFooter(input);
	const experiment = drawExperiment(input, footer.length);
	const end = rows - footer.length - experiment.length;
	const taken = bodyRows(input, rows - end);
	const top = taken === 'all' ? 1 : end - taken;
	const across = (name: Part['name'], y: number, lines: readonly string[]): Part => ({
		name, scene, x: 0, y, width: columns, height: lines.length, lines,
	});
	const dockParts = (box: Box): Part => {
		const shown = dockInput(input, box.width, box.height);
		const failure = failures.get('flow');
		return {
			...box,
			name: 'dock',
			scene,
			lines: reuse('dock', [...Object.values(shown), failure], () =>
				draw('dock', shown, {columns: box.width, rows: box.height}, failure)),
		};
	};

	return [
		across('header', 0, draw('header', input, {columns, rows: 1}, failures.get(shownScene(state)))),
		...(taken === 'all'
			? []
			: [
				...sceneLayouts(state, scene, layout).flatMap(drawn => paneParts(input, drawn, reuse)),
				...(dock ? [dockParts(dock)] : []),
			]),
		...(top < end ? [across('body', top, drawBody(input, end - top))] : []),
		across('experiment', end, experiment),
		across('footer', whole.rows - footer.length, footer),
		...(panel
			? [{
				...across('panel', panel.isColumn ? 0 : rows - footer.length, draw(
					'lesson',
					{state: whole, scene, words},
					{columns: panel.width, rows: panel.height},
				)),
				x: panel.isColumn ? columns : 0,
				width: panel.width,
			}]
			: []),
	];
}

const noMarks: LessonRunView['marks'] = [];

/** The events that the explanation of a lesson's step speaks of, as long as that is shown. */
function marksOf({learning}: ScreenState): LessonRunView['marks'] {
	const run = openRun(learning);
	return run?.phase === 'explaining' ? run.marks : noMarks;
}

/** The panes of a scene, and the tabs of its clients. */
function paneParts(
	input: DrawInput,
	{scene, layout}: {readonly scene: SceneView; readonly layout: SceneLayout},
	reuse: Reuse,
): Part[] {
	const {state, words} = input;
	const {mode} = state;
	const {server, clients, folded, tabs, panes} = layout;
	// While a guess is typed, keys go to no pane.
	const hasKeys = scene.name === input.scene.name && !isLessonQuestion(mode);
	const focused = hasKeys ? focusedPane(state, scene) : undefined;
	const marks = marksOf(state);
	const paneOf = (box: PaneBox): Part => {
		const {pane, width, height} = box;
		const own = {
			scene,
			pane: paneState(state, pane),
			view: state.views.get(pane),
			selected: selectedIn(mode, pane),
			marks,
			failure: state.failures.get(pane),
			isFocused: pane === focused,
			letters: pane === focused && !state.isQuitAsked ? lettersIn(mode) : undefined,
			words,
		};
		const client = scene.clients.find(each => each.pane === pane);
		const steps = own.isFocused ? firstSteps(scene, client, own.pane, words) : [];
		// Where a box stands changes nothing in it, and its first steps follow from the rest.
		const lines = reuse(pane, [...Object.values(own), width, height], () =>
			draw('pane', {...own, box, firstSteps: steps}, {columns: width, rows: height}));
		return {
			...box, name: 'pane', scene, lines,
		};
	};

	const parts = [...(server ? [server] : []), ...clients, ...folded].map(box => paneOf(box));
	if (tabs === undefined) {
		return parts;
	}

	const {x, width: columns} = panes;
	const shown = clients[0]?.pane;
	const lines = draw('tabs', {
		...input, scene, shown, columns,
	}, {columns, rows: 1});
	return [...parts, {
		name: 'tabs', scene, pane: shown, x, y: tabs, width: columns, height: 1, lines,
	}];
}
