import type {SceneView} from '../../engine/api/scene-view.ts';
import {bodyRows} from '../overlays/registry.ts';
import {
	focusedPane, paneState, sceneBeside, type ScreenState,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {showsProgram} from '../input/key-context.ts';
import {drawExperiment, drawFooter} from './renderers.ts';
import {
	dockColumns, isSideBySide, type Layout, layOut, type SceneLayout, type ScenePanes, smallestPane,
} from './layout.ts';

export function screenLayout(state: ScreenState, scene: SceneView, words: Words): Layout {
	const {columns, rows} = state;
	const focused = focusedPane(state, scene);
	const beside = sceneBeside(state, scene);
	// A program needs room: its pane has the whole screen.
	const isZoomed
		= state.isZoomed
			|| (focused !== undefined && showsProgram(paneState(state, focused)))
			|| isCrowded(state, scene, words);
	const footerRows = drawFooter({state, scene, words}).length;
	const body = bodyRows({state, scene, words}, footerRows);
	const otherRows
		= drawExperiment({state, scene, words}, footerRows).length + (body === 'all' ? 0 : body);
	return layOut({
		columns,
		rows,
		footerRows: footerRows + otherRows,
		...panesOf(state, scene),
		...(beside && {beside: {...panesOf(state, beside), isLeft: beside.name === 'udp'}}),
		zoomed: isZoomed ? focused : undefined,
		dockColumns: dockColumns(state),
	});
}

/** The scenes that are drawn, from left to right, and where the panes of each stand. */
export function sceneLayouts(
	state: ScreenState,
	scene: SceneView,
	layout: Layout,
): ReadonlyArray<{readonly scene: SceneView; readonly layout: SceneLayout}> {
	const beside = sceneBeside(state, scene);
	const both = layout.beside && beside
		? [{scene, layout}, {scene: beside, layout: layout.beside}]
		: [{scene, layout}];
	return both.toSorted((a, b) => a.layout.panes.x - b.layout.panes.x);
}

function panesOf(state: ScreenState, scene: SceneView): ScenePanes {
	const clients = scene.clients.map(({pane}) => pane);
	const candidates = [focusedPane(state, scene), state.lastClient[scene.name], clients[0]];
	const client = candidates.find(pane => pane !== undefined && clients.includes(pane));
	return {server: scene.server?.pane, clients, client};
}

/**
Whether an explanation, or the panel of a lesson, leaves too few rows for two panes, one above the other: then the
focused one has them all.
*/
function isCrowded(state: ScreenState, scene: SceneView, words: Words): boolean {
	const explanation = drawExperiment({state, scene, words}, 1).length;
	const dock = dockColumns(state);
	return (explanation > 0 || state.learning.panel?.isColumn === false)
		&& !isSideBySide(state.columns - dock, dock)
		&& state.rows - 2 - explanation < (2 * smallestPane) + 1;
}
