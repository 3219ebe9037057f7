import type {SceneView} from '../../../engine/api/scene-view.ts';
import type {PaneId} from '../../../log/event.ts';
import {formatAddress} from '../../../text/address.ts';
import {
	paint, paintApart, type Span, widthOf,
} from '../../frame/paint.ts';
import type {PaneState} from '../../state/screen-state.ts';
import {formatBytes} from '../../words/numbers.ts';
import type {Words} from '../../words/words.ts';
import {escapedCells, lengthOfMessage} from './draft.ts';
import {viewDraft} from './draft-view.ts';

/** A pane's message line, and the column in it where the next character goes. */
type MessageLine = {readonly text: string; readonly caret: number};

/** Draw a pane's message line: whom it goes to, what is typed so far, and how many bytes that is. */
export function messageLine(
	{draft, ending}: PaneState,
	pane: PaneId,
	scene: SceneView,
	columns: number,
	words: Words,
): MessageLine {
	const to = scene.server?.pane === pane ? `${targetText(scene, words)} ` : '';
	const lead: Span[] = [{text: '> ', tone: 'strong'}, ...(to === '' ? [] : [{text: to, tone: 'dim' as const}])];
	const escapes = escapedCells(draft);
	const isEmpty = draft.cells.length === 0;
	const facts = [
		...(escapes.count > 0 ? [words.line.escapes(escapes.count)] : []),
		...(isEmpty ? [] : [formatBytes(lengthOfMessage(draft, ending))]),
	].join(' · ');
	const mark = words.line.ending[ending];
	const right: Span[] = facts + mark === '' ? [] : [{text: ` ${[facts, mark].filter(Boolean).join(' ')}`, tone: 'dim'}];
	const leadColumns = widthOf(lead);
	const room = Math.max(8, columns - leadColumns - widthOf(right));
	const view = viewDraft(
		draft,
		room,
		({lines, bytes, isBinary}) => words.line.pasted(lines, bytes, isBinary),
		escapes.cells,
	);
	const spans = [...lead, ...view.spans];
	return {
		text: right.length > 0 ? paintApart(spans, right, columns) : paint(spans, columns),
		caret: leadColumns + view.caret,
	};
}

function targetText({protocol, server}: SceneView, words: Words): string {
	if (server?.state.type !== 'open') {
		return words.server.toStopped;
	}

	if (server.target === undefined) {
		return server.peersEver === 0 ? words.server.toNobody : words.server.toNobodyNow;
	}

	if (server.target === 'all') {
		return words.server.toAll(server.peerCount);
	}

	const {target} = server;
	const peer = server.peers.find(({number}) => number === target);
	if (!peer) {
		return words.server.toGone;
	}

	return words.server.to(protocol === 'tcp' ? words.server.connection(target) : formatAddress(peer.address));
}
