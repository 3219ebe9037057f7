import type {ClientView, FilesView, SceneView} from '../../engine/api/scene-view.ts';
import {type ListingForm, type SourceLanguage, sourceLanguages} from '../../programs/languages.ts';
import {dockColumns} from '../frame/layout.ts';
import {viewKind, viewKinds} from '../panes/views.ts';
import {openRun} from '../state/learning.ts';
import {
	focusedPane, type PaneState, paneState, type PaneViewName, type ScreenState,
} from '../state/screen-state.ts';

/** What the keys' meaning depends on. */
export type KeyContext = ReturnType<typeof contextOf>;

export function contextOf(state: ScreenState, scene: SceneView) {
	const focused = focusedPane(state, scene);
	const pane = focused === undefined ? undefined : paneState(state, focused);
	return {
		state,
		scene,
		protocol: scene.protocol,
		focused,
		/** What the focused pane shows; undefined where there is no pane. */
		pane,
		/** The focused client; undefined while the server has the focus. */
		client: scene.clients.find(client => client.pane === focused),
		isFlowDocked: dockColumns(state) > 0,
		lesson: openRun(state.learning),
	};
}

/** Whether a pane shows its program, which has the whole screen. */
export function showsProgram(pane: PaneState | undefined): boolean {
	return pane !== undefined && viewKind(pane.view).isProgram;
}

/** Every way to show a pane, in the order of their numbers. */
export const viewNames = Object.keys(viewKinds) as PaneViewName[];

/** Whether a relay's pane has the focus: it sends nothing of its own, and no program is written for it. */
export function isRelayPane({scene, client}: Pick<KeyContext, 'scene' | 'client'>): boolean {
	return !client && scene.server?.relay !== undefined;
}

export function filesOf({client, scene}: Pick<KeyContext, 'client' | 'scene'>): FilesView | undefined {
	return client ? client.files : scene.server?.files;
}

/** The view after the pane's own (1), or before it (-1); after a program come the messages, either way. */
export function nextView({view}: PaneState, step: 1 | -1 = 1): PaneViewName {
	const walk = viewNames.filter(name => !viewKind(name).isProgram);
	const at = walk.indexOf(view);
	return (at === -1 ? walk[0] : walk[(at + step + walk.length) % walk.length]) ?? view;
}

export function viewOfDigit(digit: string): PaneViewName | undefined {
	return viewNames[Number(digit) - 1];
}

/** The language that the key for the program would show: the next one, or, where none is shown, the last. */
export function nextLanguage({view, language}: PaneState): SourceLanguage {
	return viewKind(view).isProgram
		? (sourceLanguages[(sourceLanguages.indexOf(language) + 1) % sourceLanguages.length] ?? 'python')
		: language;
}

export function nextForm({form}: PaneState): ListingForm {
	return form === 'short' ? 'full' : 'short';
}

/** Whether `o` in this client's pane opens its socket again. */
export function canReopen({state}: ClientView): boolean {
	return state.type === 'closed' || (state.type === 'connected' && (state.hasReceivedFin || state.isFinishing));
}

/** Whether a client's socket is open, and takes what is to be sent: after its FIN nothing can be. */
export function canSend({state}: ClientView): boolean {
	return state.type !== 'closed' && !(state.type === 'connected' && state.isFinishing);
}

/** Whether the server's own socket is open or being opened, so that `o` stops it. */
export function isServerOpen({server}: SceneView): boolean {
	return server?.state.type === 'open' || server?.state.type === 'opening';
}
