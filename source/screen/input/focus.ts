import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {
	drawnSceneOf, drawnScenes, focusedPane, focusRing, type ScreenState, withoutNotice,
} from '../state/screen-state.ts';

/** Give a pane the focus. The client that had it last stays whole while the server has it. */
export function focusPane(state: ScreenState, scene: SceneView, pane: PaneId): ScreenState {
	const focus = {...state.focus, [scene.name]: pane};
	return pane === scene.server?.pane
		? {...state, focus}
		: {...state, focus, lastClient: {...state.lastClient, [scene.name]: pane}};
}

/** Give the focus to the same role in another scene: the server, or the client of that number, where there is one. */
export function focusSameRole(state: ScreenState, from: SceneView, to: SceneView): ScreenState {
	const pane = focusedPane(state, from);
	const client = from.clients.find(candidate => candidate.pane === pane);
	const same = client
		? to.clients.find(({number}) => number === client.number)?.pane
		: (pane === undefined ? undefined : to.server?.pane);
	return same === undefined ? state : focusPane(state, to, same);
}

/** Give a pane the focus that may be the other scene's, where both are drawn. */
export function focusDrawn(state: ScreenState, shown: SceneView, pane: PaneId): ScreenState {
	const scene = drawnSceneOf(state, shown, pane);
	const focused = focusPane(state, scene, pane);
	return scene.name === 'laboratory' ? focused : {...focused, protocol: scene.protocol};
}

/** Move the focus around the ring: the server, then the clients; and the other scene's, where both are drawn. */
export function moveFocus(state: ScreenState, scene: SceneView, direction: 1 | -1): ScreenState {
	const ring = drawnRing(state, scene);
	const pane = focusedPane(state, scene);
	const next = pane === undefined ? undefined : ring[(ring.indexOf(pane) + direction + ring.length) % ring.length];
	return next === undefined || pane === undefined ? state : focusDrawn(withoutNotice(state, pane), scene, next);
}

/** Whether the next pane in this direction is beyond the end of the ring. */
export function isEndOfRing(state: ScreenState, scene: SceneView, direction: 1 | -1): boolean {
	return focusedPane(state, scene) === drawnRing(state, scene).at(direction === 1 ? -1 : 0);
}

function drawnRing(state: ScreenState, scene: SceneView): PaneId[] {
	return drawnScenes(state, scene).flatMap(drawn => focusRing(drawn));
}

/**
Where the focus goes when the pane that had it has been taken away: to its neighbour; in a scene that has taken the
place of another one, to its first client, which may come later than its server.
*/
export function keepFocus(state: ScreenState, before: SceneView | undefined, scene: SceneView): ScreenState {
	const focused = state.focus[scene.name];
	const ring = focusRing(scene);
	if (!before || focused === undefined || ring.includes(focused)) {
		return state;
	}

	if (scene.server && before.server?.pane !== scene.server.pane) {
		return {
			...state,
			focus: {...state.focus, [scene.name]: undefined},
			lastClient: {...state.lastClient, [scene.name]: undefined},
		};
	}

	const neighbour = ring[Math.min(focusRing(before).indexOf(focused), ring.length - 1)];
	return neighbour === undefined ? state : focusPane(state, scene, neighbour);
}
