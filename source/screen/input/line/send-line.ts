import type {Command} from '../../../engine/api/command.ts';
import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {MessageEncoding} from '../../../messages/messages-file.ts';
import type {PaneId} from '../../../log/event.ts';
import {type Codec, Unwritable, utf8Codec} from '../../../text/encoding/codec.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleLine} from '../../../text/width/visible.ts';
import {
	codecOfPane, type PaneState, paneState, type ScreenState, withPane,
} from '../../state/screen-state.ts';
import type {Words} from '../../words/words.ts';
import type {HexProblem} from '../../../text/hex.ts';
import {update, type Update} from '../update.ts';
import {
	type Draft, emptyDraft, hexOf, keptDraft, messageEncoding, messageOf, placeOf,
} from './draft.ts';

/** More entries than this a pane's history forgets. */
const longestHistory = 200;

/** Enter: send a pane's line. It stays in the history, and comes back into the line if it could not be sent. */
export function sendLine(state: ScreenState, scene: SceneView, pane: PaneId, words: Words): Update {
	const {draft, bytes, wrong} = lineOf(paneState(state, pane), codecOfPane(scene, pane), words);
	if (wrong) {
		return update(withPane(state, pane, wrong));
	}

	const command: Command = pane === scene.server?.pane
		? {
			type: 'send-from-server', protocol: scene.protocol, target: scene.server.target, bytes,
		}
		: {type: 'send', pane, bytes};
	return update(takeLine(state, pane, draft, words), {
		type: 'execute', command, pane, draft,
	});
}

/** What is in a pane's line, to be sent. */
type Line = {
	/** As it stays in the history. */
	readonly draft: Draft;
	readonly bytes: Uint8Array;
	/** It cannot be sent: how the pane says why, with the caret where that is. */
	readonly wrong?: Partial<PaneState>;
};

/** The bytes that a pane's line is: a text of its encoding with the ending of messages, or bytes in hexadecimal. */
export function lineOf(
	{draft: typed, ending, isHex}: PaneState,
	codec: Codec | undefined,
	words: Words,
): Line {
	const draft = keptDraft({draft: typed, isHex});
	const message = isHex ? hexOf(typed) : messageOf(typed, ending, codec ?? utf8Codec);
	if (message instanceof Uint8Array || 'bytes' in message) {
		return {draft, bytes: message instanceof Uint8Array ? message : message.bytes};
	}

	return {draft, bytes: new Uint8Array(), wrong: wrongIn(typed, message, words)};
}

/** What is wrong with a draft in a sentence, and the draft with the caret where that is. */
export function wrongIn(
	draft: Draft,
	wrong: HexProblem | Unwritable,
	{line: say}: Words,
): {readonly draft: Draft; readonly notice: string} {
	const {cell, line, column} = placeOf(draft, wrong);
	const notice = wrong instanceof Unwritable
		? say.encoding.notSent(visibleLine(wrong.character), encodingName(wrong.encoding), column, line)
		: say.hex.notSent(wrong.problem, wrong.at, column, line);
	return {draft: {...draft, caret: cell}, notice};
}

/** How a pane writes saved messages: as what is typed in its line. */
export function encodingOf({ending}: PaneState, codec: Codec = utf8Codec): MessageEncoding {
	return messageEncoding(codec, ending);
}

/** The state after a pane's line has been sent: it is empty, and the draft in the history. */
export function takeLine(state: ScreenState, pane: PaneId, draft: Draft, words: Words): ScreenState {
	const {history, filter} = paneState(state, pane);
	return withPane(state, pane, {
		draft: emptyDraft,
		recalled: undefined,
		end: undefined,
		notice: filter === '' ? undefined : words.views.filter.hides,
		history: draft.cells.length > 0 ? [...history, draft].slice(-longestHistory) : history,
	});
}
