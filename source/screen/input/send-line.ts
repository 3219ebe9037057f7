import type {Command} from '../../engine/api/command.ts';
import type {SceneView} from '../../engine/api/scene-view.ts';
import type {PaneId} from '../../log/event.ts';
import {paneState, type ScreenState, withPane} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {emptyDraft, messageOf} from './line/draft.ts';
import {update, type Update} from './update.ts';

/** More entries than this a pane's history forgets. */
const longestHistory = 200;

/** Enter: send a pane's line. It stays in the history, and comes back into the line if it could not be sent. */
export function sendLine(state: ScreenState, scene: SceneView, pane: PaneId, words: Words): Update {
	const {draft, ending} = paneState(state, pane);
	const bytes = messageOf(draft, ending);
	const command: Command = pane === scene.server?.pane
		? {
			type: 'send-from-server', protocol: scene.protocol, target: scene.server.target, bytes,
		}
		: {type: 'send', pane, bytes};
	return update(takeLine(state, pane, words), {
		type: 'execute', command, pane, draft,
	});
}

/** The state after what is typed in a pane's line has been sent: the line is empty, and its text in the history. */
export function takeLine(state: ScreenState, pane: PaneId, words: Words): ScreenState {
	const {draft, history, filter} = paneState(state, pane);
	return withPane(state, pane, {
		draft: emptyDraft,
		recalled: undefined,
		end: undefined,
		notice: filter === '' ? undefined : words.views.filter.hides,
		history: draft.cells.length > 0 ? [...history, draft].slice(-longestHistory) : history,
	});
}
