import type {RelayView, SceneView} from '../../../engine/api/scene-view.ts';
import type {PaneId} from '../../../log/event.ts';
import {formatAddress} from '../../../text/address.ts';
import {type Codec, readingOf, Unwritable} from '../../../text/encoding/codec.ts';
import {encodingName} from '../../../text/encoding/encoding.ts';
import {visibleBytes} from '../../../text/width/visible.ts';
import {
	paint, paintApart, type Span, type Tone, widthOf, optional,
} from '../../frame/paint.ts';
import type {CommandsMode} from '../../overlays/modes.ts';
import {codecOfPane, type PaneState} from '../../state/screen-state.ts';
import {formatBytes} from '../../../text/numbers.ts';
import type {Words} from '../../words/words.ts';
import {
	type Draft, escapedCells, lengthOfBlock, lengthOfMessage, type LineEnding, hexOf, placeOf,
} from './draft.ts';
import {viewDraft} from './draft-view.ts';

/**
A pane's message line: whom it goes to, what is typed so far, and how many bytes that is; and the column in it where the
next character goes.
*/
export function messageLine(
	{draft, ending, isHex}: PaneState,
	pane: PaneId,
	scene: SceneView,
	columns: number,
	words: Words,
): {readonly text: string; readonly caret: number} {
	if (scene.server?.relay && scene.server.pane === pane) {
		return {text: relayLine(scene.server.relay, columns, words), caret: 0};
	}

	const to = scene.server?.pane === pane ? `${targetText(scene, words)} ` : '';
	const lead: Span[] = [{text: isHex ? 'hex> ' : '> ', tone: 'strong'}, ...optional(to, 'dim')];
	const codec = codecOfPane(scene, pane);
	const {right, toned} = isHex ? hexFacts(draft, columns, codec, words) : textFacts(draft, ending, codec, words);
	const leadColumns = widthOf(lead);
	const room = Math.max(8, columns - leadColumns - widthOf(right));
	const view = viewDraft(draft, room, blockText(codec, words), toned);
	const spans = [...lead, ...view.spans];
	return {
		text: paintApart(spans, right, columns),
		caret: leadColumns + view.caret,
	};
}

/**
What stands in the line's place while letters are commands: that they are, or what the last one did; the beginning of
what is half typed; how to type.
*/
export function commandLine(
	{notice}: CommandsMode,
	{draft, isHex}: PaneState,
	codec: Codec,
	columns: number,
	words: Words,
): string {
	const {commands} = words.line;
	const left: Span[] = [
		{text: ` ${commands.badge} `, tone: 'chosen'},
		notice === undefined ? {text: ` ${commands.are}`} : {text: ` ✗ ${notice}`, tone: 'warning'},
	];
	const right: Span[] = [{text: `  ${commands.leave}`, tone: 'key'}];
	const lead: Span = {text: isHex ? '  hex> ' : '  > ', tone: 'dim'};
	const room = Math.max(8, columns - widthOf([...left, lead, ...right]));
	const {spans} = viewDraft({...draft, caret: 0}, room, blockText(codec, words));
	const typed = spans.map(({text}): Span => ({text, tone: 'dim'}));
	return paintApart([...left, ...(typed.length > 0 ? [lead, ...typed] : [])], right, columns);
}

function blockText(codec: Codec, {line}: Words): Parameters<typeof viewDraft>[2] {
	return block => line.pasted(block.lines, lengthOfBlock(block, codec), block.isBinary);
}

/** In a relay's pane nothing is typed: what is held stands there. */
function relayLine({held}: RelayView, columns: number, {relay}: Words): string {
	return held.count > 0
		? paint([
			{text: `║ ${relay.held(held.count, held.bytes)}`, tone: 'strong'}, {text: ` · ${relay.lineHeld}`, tone: 'dim'},
		], columns)
		: paint([{text: relay.line, tone: 'dim'}], columns);
}

/** What stands at the right of a line, and the cells that have a tone of their own. */
type Facts = {readonly right: readonly Span[]; readonly toned: ReadonlyMap<number, Tone>};

function textFacts(draft: Draft, ending: LineEnding, codec: Codec, words: Words): Facts {
	const length = lengthOfMessage(draft, ending, codec);
	if (length instanceof Unwritable) {
		return {
			right: [{text: ` ✗ ${words.line.encoding.wrong(encodingName(codec.encoding))}`, tone: 'error'}],
			toned: new Map([[placeOf(draft, length).cell, 'error']]),
		};
	}

	const escapes = escapedCells(draft);
	const facts = [
		...(escapes.count > 0 ? [words.line.escapes(escapes.count)] : []),
		...(draft.cells.length === 0 ? [] : [formatBytes(length)]),
	].join(' · ');
	const mark = words.line.ending[ending];
	return {
		right: facts + mark === '' ? [] : [{text: ` ${[facts, mark].filter(Boolean).join(' ')}`, tone: 'dim'}],
		toned: new Map([...escapes.cells].map(index => [index, 'escape'])),
	};
}

/** Of bytes in hexadecimal, their text and their count, or what is wrong. */
function hexFacts(draft: Draft, columns: number, codec: Codec, words: Words): Facts {
	const read = hexOf(draft);
	if ('problem' in read) {
		return {
			right: [{text: ` ✗ ${words.line.hex.wrong[read.problem]}`, tone: 'error'}],
			toned: new Map([[placeOf(draft, read).cell, 'error']]),
		};
	}

	const {bytes} = read;
	const {text} = visibleBytes(bytes, Math.floor(columns / 4), true, readingOf(codec));
	return {
		right: bytes.length === 0 ? [] : [{text: ` "${text}" · ${formatBytes(bytes.length)}`, tone: 'dim'}],
		toned: new Map(),
	};
}

function targetText({protocol, server}: SceneView, words: Words): string {
	if (server?.state.type !== 'open') {
		return words.server.toStopped;
	}

	const {target} = server;
	if (target === undefined) {
		return server.peersEver === 0 ? words.server.toNobody : words.server.toNobodyNow;
	}

	if (target === 'all') {
		return words.server.toAll(server.peerCount);
	}

	const peer = server.peers.find(({number}) => number === target);
	return peer
		? words.server.to(protocol === 'tcp' ? words.server.connection(target) : formatAddress(peer.address))
		: words.server.toGone;
}
