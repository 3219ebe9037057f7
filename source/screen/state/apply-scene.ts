import type {SceneView, ServerView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import type {SceneName} from '../../engine/api/command.ts';
import {focusPane, focusSameRole, keepFocus} from '../input/focus.ts';
import {keptDraft} from '../input/line/draft.ts';
import {withoutFailure} from './apply-view.ts';
import {openRun} from './learning.ts';
import {
	focusRing, paneState, type ScreenState, withoutNotice, withPane,
} from './screen-state.ts';

/**
The state with a scene as it is now.

@param isClientAwaited - whether this view is the first that can have a client that was asked for: it gets the focus
*/
export function applyScene(state: ScreenState, scene: SceneView, isClientAwaited: boolean): ScreenState {
	const {name} = scene;
	const before = state.scenes[name];
	const other = state.scenes[name === 'udp' ? 'tcp' : 'udp'];
	const added = scene.clients.findLast(({pane}) => !before?.clients.some(known => known.pane === pane));
	const seen = forgetPanes({...state, scenes: {...state.scenes, [name]: scene}}, before, scene);
	if (added && isClientAwaited) {
		return focusPane(seen, scene, added.pane);
	}

	return before || !other || name === 'laboratory' || isOfLesson(state, scene)
		? keepFocus(seen, before, scene)
		: focusSameRole(seen, other, scene);
}

/** Whether a lesson has opened this scene: its first client has the focus. */
function isOfLesson({learning}: ScreenState, {protocol, server}: SceneView): boolean {
	return server !== undefined && openRun(learning)?.servers[protocol] === server.pane;
}

/**
The state without what a new view of a scene makes stale: the states of removed panes, notices whose reason has passed,
and the failure of the scene's view.
*/
export function forgetPanes(state: ScreenState, before: SceneView | undefined, scene: SceneView): ScreenState {
	let next = withoutFailure(state, scene.name);
	if (!before) {
		return next;
	}

	const panes = new Set(focusRing(scene));
	if (!focusRing(before).some(pane => panes.has(pane))) {
		next = withTyped(next, before, scene);
	}

	for (const client of before.clients) {
		const now = scene.clients.find(({pane}) => pane === client.pane);
		if (!now) {
			next = withoutPane(next, client.pane);
		} else if (now.state.type !== client.state.type) {
			next = withoutNotice(next, now.pane);
		}
	}

	if (before.server && before.server.pane !== scene.server?.pane) {
		next = withoutPane(next, before.server.pane);
	}

	return scene.server && before.server && hasChanged(before.server, scene.server)
		? withoutNotice(next, scene.server.pane)
		: next;
}

/**
The state with what was typed in the panes of a scene in those that take their place: lines that were not sent, and what
Up recalls. Of a client that has no successor, both are for the last one to recall.
*/
function withTyped(state: ScreenState, before: SceneView, scene: SceneView): ScreenState {
	let next = state;
	for (const pane of focusRing(before)) {
		const {draft, history, recalled, isHex} = paneState(state, pane);
		const number = before.clients.find(client => client.pane === pane)?.number;
		const successor = number === undefined
			? scene.server?.pane
			: scene.clients.find(client => client.number === number)?.pane;
		const last = focusRing(scene).at(-1);
		if (successor !== undefined && draft.cells.length + history.length > 0) {
			const {history: other} = paneState(next, successor);
			next = withPane(next, successor, {
				draft,
				isHex,
				history: [...other, ...history],
				recalled: recalled && {...recalled, index: recalled.index + other.length},
			});
		} else if (last !== undefined && draft.cells.length + history.length > 0) {
			const unsent = [...(recalled ? [recalled.draft] : []), keptDraft({draft, isHex})]
				.filter(({cells}) => cells.length > 0);
			next = withPane(next, last, {history: [...paneState(next, last).history, ...history, ...unsent]});
		}
	}

	return next;
}

/** The state without all that is remembered of a removed scene. */
export function forgetScene(state: ScreenState, name: SceneName): ScreenState {
	const scene = state.scenes[name];
	const known: ScreenState = {
		...withoutFailure(state, name),
		scenes: {...state.scenes, [name]: undefined},
		focus: {...state.focus, [name]: undefined},
		lastClient: {...state.lastClient, [name]: undefined},
		flow: state.flow?.scene === name ? undefined : state.flow,
	};
	let next = known;
	for (const pane of scene ? focusRing(scene) : []) {
		next = withoutPane(next, pane);
	}

	return next;
}

function hasChanged(before: ServerView, after: ServerView): boolean {
	return before.state.type !== after.state.type || before.peerCount !== after.peerCount;
}

function withoutPane(state: ScreenState, pane: PaneId): ScreenState {
	const views = new Map(state.views);
	const panes = new Map(state.panes);
	views.delete(pane);
	panes.delete(pane);
	return {...withoutFailure(state, pane), views, panes};
}
