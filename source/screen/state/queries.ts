import type {Query} from '../../engine/api/query.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {attempt} from '../frame/fault.ts';
import {isTooSmall} from '../frame/layout.ts';
import {dockQuery} from '../overlays/flow/dock.ts';
import {bodyRows, overlayOf} from '../overlays/registry.ts';
import {peersShown} from '../panes/status-lines.ts';
import {viewKind} from '../panes/views.ts';
import {drawFooter} from '../frame/renderers.ts';
import {screenLayout} from '../frame/screen-layout.ts';
import type {Words} from '../words/words.ts';
import {paneState, type ScreenState, shownScene} from './screen-state.ts';

/**
What is to be seen on a screen, as queries to the engine: the scene first, then its panes or what is drawn over them.
Where nothing of it can be drawn, it is the scene alone.
*/
export function queriesFor(state: ScreenState, words: Words): readonly Query[] {
	const {scenes, columns, rows, protocol} = state;
	const name = shownScene(state);
	const scene = scenes[name];
	const alone: Query = {type: 'scene', scene: name, peers: peersShown(protocol, rows)};
	return scene && !isTooSmall(columns, rows) ? attempt(() => queriesOf(state, scene, words), () => [alone]) : [alone];
}

function queriesOf(state: ScreenState, scene: SceneView, words: Words): readonly Query[] {
	const layout = screenLayout(state, scene, words);
	const query: Query = {
		type: 'scene',
		scene: scene.name,
		peers: peersShown(scene.protocol, layout.server?.height ?? state.rows),
	};
	const input = {state, scene, words};
	const {mode} = state;
	// What is covered by an answer of the engine is not asked for.
	const overlay = overlayOf(mode).query?.({...input, mode});
	if (overlay && bodyRows(input, drawFooter(input).length) === 'all') {
		return [query, overlay];
	}

	const boxes = layout.server ? [layout.server, ...layout.clients] : layout.clients;
	const panes = boxes.map(box => {
		const pane = paneState(state, box.pane);
		return viewKind(pane.view).query({
			box, scene, pane, words,
		});
	});
	return [query, ...panes, ...(layout.dock ? [dockQuery(input, layout.dock.height)] : [])];
}
