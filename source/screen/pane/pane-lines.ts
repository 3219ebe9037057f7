import type {
	ClientView, RowsView, SceneView, ServerView,
} from '../../engine/door.ts';
import {formatAddress} from '../../engine/sockets/addresses.ts';
import type {PaneBox} from '../layout.ts';
import {messageLine} from '../line/line-text.ts';
import {paint, type Span, wrap} from '../paint.ts';
import type {PaneState} from '../screen-state.ts';
import type {Words} from '../words/words.ts';
import {foldedLine, frameLines} from './frame.ts';
import {measurePane} from './geometry.ts';
import {rowLines} from './row-lines.ts';
import {clientStatus, serverStatus} from './status-lines.ts';

/** All that a pane's lines are made from. There are no rows until the engine has answered for them. */
export type PaneInput = {
	readonly box: PaneBox;
	readonly scene: SceneView;
	readonly pane: PaneState;
	readonly rows: RowsView | undefined;
	readonly isFocused: boolean;
	readonly words: Words;
};

/** A pane as lines that fill its box. */
export function paneLines(input: PaneInput): string[] {
	const {box, scene, pane, rows, isFocused, words} = input;
	const {protocol, server} = scene;
	const isServer = server?.pane === box.pane;
	const client = scene.clients.find(candidate => candidate.pane === box.pane);
	const geometry = measurePane(box, scene, words);
	const {inner} = geometry;
	const status = isServer ? serverStatus(server, protocol, geometry.statusRows, inner, words) : (client ? [clientStatus(client, protocol, inner, words)] : []);
	const notice = pane.notice === undefined
		? []
		: wrap(pane.notice, inner).slice(0, Math.max(1, geometry.logRows - 1)).map(text => paint([{text, tone: 'warning'}], inner));
	const logRows = box.height - 3 - status.length - notice.length;
	const context = {
		geometry, protocol, isServer, words,
	};
	const newer = rows && pane.end !== undefined ? rows.total - rows.end : 0;
	return frameLines({
		width: box.width,
		isFocused,
		title: isServer ? serverTitle(server, protocol, words) : clientTitle(client, protocol, words),
		badge: pane.payload === 'hex' ? 'hex' : '',
		lines: [
			...status,
			...logLines((rows?.rows ?? []).map(row => rowLines(row, context)), logRows, inner),
			...notice,
			messageLine(pane, box.pane, scene, inner, words).text,
		],
		footLeft: rows && rows.first > 0 ? words.log.gone(rows.first) : '',
		footRight: newer > 0 ? words.log.newer(newer) : '',
	});
}

/** A client that is folded to its title: what it is called, where it is, and what has come since it was last seen. */
export function foldedClientLine(client: ClientView, {seen}: PaneState, protocol: SceneView['protocol'], width: number, words: Words): string {
	const unread = client.total - seen;
	return foldedLine(clientTitle(client, protocol, words), unread > 0 ? `+${unread}` : '', width);
}

/** The clients of a narrow window in one line: the whole one marked, the others with what has come since they were last seen. */
export function tabsLine(scene: SceneView, panes: ReadonlyMap<number, PaneState>, shown: number | undefined, columns: number, words: Words): string {
	const isTight = scene.clients.length > 5;
	const spans = scene.clients.flatMap((client): Span[] => {
		const unread = client.total - (panes.get(client.pane)?.seen ?? 0);
		const name = isTight ? String(client.number) : words.client.tab(client.number);
		const text = ` ${stateSign(client)} ${name}${unread > 0 && client.pane !== shown ? ` +${unread}` : ''} `;
		return [{text, tone: client.pane === shown ? 'chosen' : 'plain'}];
	});
	return paint(spans, columns);
}

/** How many of a pane's rows show whole: some take several lines. */
export function wholeRows({rows}: RowsView, box: PaneBox, scene: SceneView, words: Words): number {
	const geometry = measurePane(box, scene, words);
	const context = {
		geometry, protocol: scene.protocol, isServer: scene.server?.pane === box.pane, words,
	};
	let left = geometry.logRows;
	let whole = 0;
	for (const row of rows.toReversed()) {
		left -= rowLines(row, context).length;
		if (left < 0) {
			break;
		}

		whole++;
	}

	return whole;
}

/** The last lines of the log that fit, with empty lines beneath while there are few. */
function logLines(rows: readonly string[][], height: number, columns: number): string[] {
	const lines = rows.flat().slice(-Math.max(0, height));
	return [...lines, ...Array.from({length: Math.max(0, height - lines.length)}, () => ' '.repeat(columns))];
}

function serverTitle({state}: ServerView, protocol: SceneView['protocol'], words: Words): Span[] {
	const {server} = words;
	const what = state.type === 'open'
		? (protocol === 'udp' ? server.udpSocket(formatAddress(state.local)) : server.tcpSocket(formatAddress(state.local)))
		: server.noSocket;
	return [{text: server.title, tone: 'strong'}, {text: ` · ${what} ${state.type === 'open' ? '●' : '○'}`}];
}

function clientTitle(client: ClientView | undefined, protocol: SceneView['protocol'], words: Words): Span[] {
	if (!client) {
		return [];
	}

	const {state} = client;
	const where = state.type === 'bound' || state.type === 'connected' ? formatAddress(state.local) : (state.type === 'closed' ? words.client.closed : words.client.unbound);
	const kind = protocol === 'udp' ? words.client.udpSocket : words.client.tcpSocket;
	return [{text: words.client.title(client.number), tone: 'strong'}, {text: ` · ${kind} · ${where} ${stateSign(client)}`}];
}

function stateSign({state}: ClientView): string {
	return state.type === 'closed' || state.type === 'connecting' ? '○' : '●';
}
