import type {SceneView} from '../engine/door/scene-view.ts';
import {footerLines} from './footer-lines.ts';
import {type Layout, layOut} from './layout.ts';
import {focusedPane, paneState, type ScreenState} from './screen-state.ts';
import type {Words} from './words/words.ts';

/** Where everything stands on the screen as it is now. */
export function screenLayout(state: ScreenState, scene: SceneView, words: Words): Layout {
	const {columns, rows, protocol} = state;
	const focused = focusedPane(state, scene);
	const clients = scene.clients.map(({pane}) => pane);
	const client = [focused, state.lastClient[protocol], clients[0]].find(pane => pane !== undefined && clients.includes(pane));
	// A program needs room: its pane has the whole screen.
	const isZoomed = state.isZoomed || (focused !== undefined && paneState(state, focused).view === 'source');
	return layOut({
		columns, rows, footerRows: footerLines(state, scene, words).length, server: scene.server?.pane, clients, client, zoomed: isZoomed ? focused : undefined,
	});
}
