import type {SceneView, ServerView} from '../engine/door/scene-view.ts';
import type {PaneId} from '../engine/events/event.ts';
import {paneState, type ScreenState, withPane} from './screen-state.ts';

/** What a new view of a scene makes untrue: all that is remembered of panes that are no more, and notices whose reason has gone. */
export function forgetPanes(state: ScreenState, before: SceneView | undefined, scene: SceneView): ScreenState {
	if (!before) {
		return state;
	}

	let next = state;
	for (const client of before.clients) {
		const now = scene.clients.find(({pane}) => pane === client.pane);
		if (!now) {
			next = withoutPane(next, client.pane);
		} else if (now.state.type !== client.state.type) {
			next = withoutNotice(next, now.pane);
		}
	}

	return scene.server && before.server && hasChanged(before.server, scene.server) ? withoutNotice(next, scene.server.pane) : next;
}

function hasChanged(before: ServerView, after: ServerView): boolean {
	return before.state.type !== after.state.type || before.peerCount !== after.peerCount;
}

function withoutNotice(state: ScreenState, pane: PaneId): ScreenState {
	return paneState(state, pane).notice === undefined ? state : withPane(state, pane, {notice: undefined});
}

function withoutPane(state: ScreenState, pane: PaneId): ScreenState {
	const views = new Map(state.views);
	const panes = new Map(state.panes);
	views.delete(pane);
	panes.delete(pane);
	return {...state, views, panes};
}
