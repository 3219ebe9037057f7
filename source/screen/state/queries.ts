import type {Query} from '../../engine/api/query.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import {attempt} from '../frame/paint.ts';
import {isTooSmall} from '../frame/layout.ts';
import {dockQuery} from '../overlays/flow/dock.ts';
import {besidePanel} from '../overlays/lessons/panel.ts';
import {bodyRows, overlayOf} from '../overlays/registry.ts';
import {peersShown} from '../panes/status-lines.ts';
import {viewKind} from '../panes/views.ts';
import {drawFooter} from '../frame/renderers.ts';
import {sceneLayouts, screenLayout} from '../frame/screen-layout.ts';
import type {Words} from '../words/words.ts';
import {
	canDrawBoth, paneState, type ScreenState, shownScene,
} from './screen-state.ts';

/**
What is to be seen on a screen, as queries to the engine: the scene first, then its panes or what is drawn over them.
Where nothing of it can be drawn, it is the scene alone.
*/
export function queriesFor(state: ScreenState, words: Words): readonly Query[] {
	const {scenes, columns, rows, protocol} = state;
	const name = shownScene(state);
	const scene = scenes[name];
	const alone: Query = {type: 'scene', scene: name, peers: peersShown(protocol, rows)};
	const queries = scene && !isTooSmall(columns, rows)
		? attempt(() => queriesOf(besidePanel(state, words), scene, words), () => [alone])
		: [alone];
	const isAsked = queries.some(({type}) => type === 'lesson');
	return [
		...queries,
		...(state.learning.isOpen && !isAsked ? [{type: 'lesson', language: words.comments} as const] : []),
		...(state.exercising.run ? [{type: 'exercise'} as const] : []),
	];
}

function queriesOf(state: ScreenState, scene: SceneView, words: Words): readonly Query[] {
	const layout = screenLayout(state, scene, words);
	const query = sceneQuery(scene, layout.server?.height ?? state.rows);
	// It may not have been seen yet.
	const other = state.protocol === 'udp' ? 'tcp' : 'udp';
	const beside = canDrawBoth(state) ? {name: other, protocol: other} as const : undefined;
	const scenes = [query, ...(beside ? [sceneQuery(beside, layout.beside?.server?.height ?? state.rows)] : [])];
	const input = {state, scene, words};
	const {mode} = state;
	// What is covered by an answer of the engine is not asked for.
	const overlay = overlayOf(mode).query?.({...input, mode});
	if (overlay && bodyRows(input, drawFooter(input).length) === 'all') {
		return [...scenes, overlay];
	}

	const panes = sceneLayouts(state, scene, layout).flatMap(({scene: drawn, layout: {server, clients}}) =>
		(server ? [server, ...clients] : clients).map(box => {
			const pane = paneState(state, box.pane);
			return viewKind(pane.view).query({
				box, scene: drawn, pane, words,
			});
		}));
	return [
		...scenes,
		...panes,
		...(overlay ? [overlay] : []),
		...(layout.dock ? [dockQuery(input, layout.dock.height)] : []),
	];
}

function sceneQuery({name, protocol}: Pick<SceneView, 'name' | 'protocol'>, serverRows: number): Query {
	return {type: 'scene', scene: name, peers: peersShown(protocol, serverRows)};
}
