import type {PaneView} from '../../engine/api/view.ts';
import type {ClientView, SceneView, ServerView} from '../../engine/api/scene-view.ts';
import {formatAddress} from '../../text/address.ts';
import {visibleTyped} from '../../text/visible.ts';
import {faultLines} from '../frame/fault.ts';
import {padLines} from '../frame/pad-lines.ts';
import type {PaneBox} from '../frame/layout.ts';
import {messageLine} from '../input/line/line-text.ts';
import {
	paint, type Span, widthOf, wrap,
} from '../frame/paint.ts';
import type {PaneState} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {foldedLine, frameLines} from './frame.ts';
import {measurePane, type PaneGeometry, type PaneInput} from './geometry.ts';
import {rateText} from './rate-text.ts';
import {seriesStatus} from './series-status.ts';
import {socketsStatus} from './sockets-lines.ts';
import {clientStatus, serverStatus} from './status-lines.ts';
import {kindOf, viewNameOf, wholeRows} from './views.ts';

/** A pane as lines that fill its box; in one row a client is folded to its title. */
export function paneLines(input: PaneInput): string[] {
	// Until the engine has answered for another view, the one that was there before still shows, under its own name.
	const {box, scene, pane, view, isFocused, words} = input;
	const {protocol, server} = scene;
	const isServer = server?.pane === box.pane;
	const client = scene.clients.find(candidate => candidate.pane === box.pane);
	if (client && box.height === 1) {
		return [foldedClientLine(client, pane, protocol, box.width, words)];
	}

	const geometry = measurePane(box, scene, words);
	const {inner} = geometry;
	const status = statusLines(input, view, geometry);
	// One row stays beside a notice. While the footer is long there may be no room for either.
	const room = Math.max(0, box.height - 3 - status.length);
	const notice
		= pane.notice === undefined
			? []
			: wrap(pane.notice, inner)
				.slice(0, Math.max(Math.min(1, room), room - 1))
				.map(text => paint([{text, tone: 'warning'}], inner));
	const height = room - notice.length;
	const rows = view?.type === 'rows' ? view : undefined;
	const newer = rows && pane.end !== undefined ? rows.total - rows.end : 0;
	const rateSummary = isServer ? server.rateSummary : client?.rateSummary;
	const gone = rows && !rows.filtered && rows.first > 0 ? [words.log.gone(rows.first)] : [];
	const rateColumns = box.width - 8 - gone.reduce((sum, text) => sum + text.length + 3, 0);
	return frameLines({
		width: box.width,
		isFocused,
		title: isServer ? serverTitle(server, protocol, words) : clientTitle(client, protocol, words),
		badge: badgeText(pane, view, words),
		lines: [
			...status,
			...(input.failure === undefined
				? padLines(view && height > 0 ? kindOf(view).lines(input, view, geometry, height) : [], height, inner)
				: faultLines(input.failure, inner, height, words)),
			...notice,
			messageLine(pane, box.pane, scene, inner, words).text,
		],
		footLeft: [...gone, rateText(rateSummary, rateColumns, words)].filter(text => text !== '').join(' · '),
		footRight: footRight(input, newer),
	});
}

/** What a pane's sockets are now, above its log; above their table, what is to be seen there. */
function statusLines(
	{box, scene, words}: PaneInput,
	view: PaneView | undefined,
	{inner, statusRows}: PaneGeometry,
): string[] {
	const {server, clients} = scene;
	const client = clients.find(candidate => candidate.pane === box.pane);
	if (view?.type === 'sockets') {
		const lesson = socketsStatus(view, client?.state.type === 'unbound', inner, words);
		const isServerOpen = server?.pane === box.pane && server.state.type === 'open';
		return isServerOpen ? [lesson] : [...statusLinesOf(client, box, scene, 1, inner, words), lesson];
	}

	return statusLinesOf(client, box, scene, statusRows, inner, words);
}

function statusLinesOf(
	client: ClientView | undefined,
	box: PaneBox,
	scene: SceneView,
	rows: number,
	columns: number,
	words: Words,
): string[] {
	const {protocol, server} = scene;
	if (server?.pane === box.pane) {
		return serverStatus(server, protocol, rows, columns, words);
	}

	if (client?.series?.isRunning) {
		return seriesStatus(client.series, rows, columns, words);
	}

	return client ? [clientStatus(client, scene, columns, words)] : [];
}

/** How many rows are newer than those shown, or else how many are older. */
function footRight({view, box, scene, pane, words}: PaneInput, newer: number): string {
	if (newer > 0 || view?.type !== 'rows') {
		return newer > 0 ? words.log.newer(newer) : '';
	}

	const older = view.end - wholeRows(view, box, scene, pane, words) - view.first;
	return older > 0 ? words.log.older(older) : '';
}

/** The rest of the title: the view, the payload format, and the filter. */
function badgeText({view: wanted, payload, filter}: PaneState, view: PaneView | undefined, words: Words): string {
	const {views} = words;
	const name = view ? viewNameOf(view) : wanted;
	const parts = [
		...(filter !== '' && view?.type === 'rows' && view.filtered
			? [
				`/${visibleTyped(filter)} ${views.filter.count(view.total - view.first, view.filtered.of, view.filtered.isComplete)}`,
			]
			: []),
		...(view?.type === 'source'
			? [`${view.fileName} · ${views.languages[view.language]}`]
			: (name === 'message-view'
				? []
				: [views.names[name]])),
		...(payload === 'hex' && name === 'message-view' ? ['hex'] : []),
	];
	return parts.join(' · ');
}

/** A client that is folded to its title: what it is called, where it is, and what has come since it was last seen. */
function foldedClientLine(
	client: ClientView,
	{seen}: PaneState,
	protocol: SceneView['protocol'],
	width: number,
	words: Words,
): string {
	const unread = client.total - seen;
	return foldedLine(clientTitle(client, protocol, words), unread > 0 ? `+${unread}` : '', width);
}

/**
The clients of a narrow window in one line: the whole one marked, the others with what has come since they were last
seen.
*/
export function tabsLine(
	scene: SceneView,
	panes: ReadonlyMap<number, PaneState>,
	shown: number | undefined,
	columns: number,
	words: Words,
): string {
	return paint(tabs(scene, panes, shown, words).map(({text, pane}) => ({
		text, tone: pane === shown ? 'chosen' : 'plain',
	})), columns);
}

/** The pane of the tab at a column. */
export function tabAt(
	scene: SceneView,
	panes: ReadonlyMap<number, PaneState>,
	shown: number | undefined,
	x: number,
	words: Words,
): number | undefined {
	let end = 0;
	return tabs(scene, panes, shown, words).find(({text}) => {
		end += widthOf([{text}]);
		return x < end;
	})?.pane;
}

/** The tab that is shown stands in brackets. */
function tabs(
	scene: SceneView,
	panes: ReadonlyMap<number, PaneState>,
	shown: number | undefined,
	words: Words,
): ReadonlyArray<{readonly pane: number; readonly text: string}> {
	const isTight = scene.clients.length > 5;
	return scene.clients.map(client => {
		const unread = client.total - (panes.get(client.pane)?.seen ?? 0);
		const name = isTight ? String(client.number) : words.client.tab(client.number);
		const text = `${client.series?.isRunning ? '▶' : ''}${stateSign(client)} ${name}`;
		return {
			pane: client.pane,
			text: client.pane === shown ? ` [${text}] ` : ` ${text}${unread > 0 ? ` +${unread}` : ''} `,
		};
	});
}

function serverTitle({state}: ServerView, protocol: SceneView['protocol'], words: Words): Span[] {
	const {server} = words;
	const what
		= state.type === 'open'
			? (protocol === 'udp'
				? server.udpSocket(formatAddress(state.local))
				: server.tcpSocket(formatAddress(state.local)))
			: server.noSocket;
	return [{text: server.title, tone: 'strong'}, {text: ` · ${what} ${state.type === 'open' ? '●' : '○'}`}];
}

function clientTitle(client: ClientView | undefined, protocol: SceneView['protocol'], words: Words): Span[] {
	if (!client) {
		return [];
	}

	const {state} = client;
	const where
		= state.type === 'bound' || state.type === 'connected'
			? formatAddress(state.local)
			: words.client[state.type];
	const kind = protocol === 'udp' ? words.client.udpSocket : words.client.tcpSocket;
	return [
		{text: words.client.title(client.number), tone: 'strong'},
		{text: ` · ${kind} · ${where} ${stateSign(client)}`},
	];
}

function stateSign({state}: ClientView): string {
	return state.type === 'bound' || state.type === 'connected' ? '●' : '○';
}
