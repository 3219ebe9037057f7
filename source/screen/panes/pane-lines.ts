import type {PaneView} from '../../engine/api/view.ts';
import type {ClientView, SceneView, ServerView} from '../../engine/api/scene-view.ts';
import type {PaneId, Protocol} from '../../log/event.ts';
import {fileRule} from '../../replies/reply-rule.ts';
import {formatAddress} from '../../text/address.ts';
import {encodingName} from '../../text/encoding/encoding.ts';
import {visibleTyped} from '../../text/width/visible.ts';
import textWidth from '../../text/width/width.ts';
import {
	faultLines, optional, padLines, paint, paintApart, type Span, type Tone, widthOf, wrapInto,
} from '../frame/paint.ts';
import {commandLine, messageLine} from '../input/line/line-text.ts';
import {
	codecOfPane, encodingOfPane, type PaneState, type ScreenState,
} from '../state/screen-state.ts';
import type {Words} from '../words/words.ts';
import {measurePane, type PaneGeometry, type PaneInput} from './geometry.ts';
import {rateText} from './rate-text.ts';
import {socketLines, socketsStatus} from './sockets-lines.ts';
import {paneStatus} from './status-lines.ts';
import {hiddenLines, kindOf, viewNameOf} from './views.ts';
import {pageOf} from './rows/pane-rows.ts';

/** A pane as lines that fill its box; in one row a client is folded to its title, with what is unread. */
export function paneLines(input: PaneInput): string[] {
	// Until the engine has answered for another view, the one that was there before still shows, under its own name.
	const {box, scene, pane, view, isFocused, words} = input;
	const {protocol, server} = scene;
	const isServer = server?.pane === box.pane;
	const client = scene.clients.find(candidate => candidate.pane === box.pane);
	if (client && box.height === 1) {
		const unread = client.total - pane.seen;
		const lefts = clientTitles(client, protocol, words)
			.map((title): Span[] => [{text: '── ', tone: 'dim'}, ...title, {text: ' '}]);
		return [border(lefts, unread > 0 ? `+${unread}` : '', ['─', '─'], 'dim', box.width)];
	}

	const geometry = measurePane(box, scene, words);
	const {inner} = geometry;
	const status = statusLines(input, view, geometry);
	// One row stays beside a notice. While the footer is long there may be no room for either.
	const room = Math.max(0, box.height - 3 - status.length);
	const notice
		= pane.notice === undefined || room === 0
			? []
			: wrapInto(Math.max(1, room - 1), pane.notice, inner)
				.map(text => paint([{text, tone: 'warning'}], inner));
	const height = room - notice.length;
	const rows = view?.type === 'rows' ? view : undefined;
	const rateSummary = isServer ? server.rateSummary : client?.rateSummary;
	const gone = rows && !rows.filtered && rows.first > 0 ? [words.log.gone(rows.first)] : [];
	const right = footRight(input, geometry, height);
	const rateColumns = box.width - 8 - textWidth(right) - gone.reduce((sum, text) => sum + textWidth(text) + 3, 0);
	return frameLines({
		width: box.width,
		isFocused,
		titles: isServer
			? serverTitles(server, protocol, words)
			: (client ? clientTitles(client, protocol, words) : [[]]),
		badge: badgeText(input, isServer ? server : undefined, client),
		lines: [
			...status,
			...(input.failure === undefined
				? padLines(view && height > 0 ? kindOf(view).lines(input, view, geometry, height) : [], height, inner)
				: faultLines(input.failure, inner, height, words)),
			...notice,
			input.letters
				? commandLine(input.letters, pane, codecOfPane(scene, box.pane), inner, words)
				: messageLine(pane, box.pane, scene, inner, words).text,
		],
		footLeft: [...gone, rateText(rateSummary, rateColumns, words)].filter(text => text !== '').join(' · '),
		footRight: right,
	});
}

/** What a pane's sockets are now, above its log; above their table, what is to be seen there. */
function statusLines(
	{
		box, scene, isFocused, words,
	}: PaneInput,
	view: PaneView | undefined,
	{inner}: PaneGeometry,
): string[] {
	if (view?.type !== 'sockets') {
		return paneStatus(scene, box, inner, words);
	}

	const {server, clients} = scene;
	const {pane, height} = box;
	const client = clients.find(candidate => candidate.pane === pane);
	const isServerOpen = server?.pane === pane && server.state.type === 'open';
	const status = isServerOpen ? [] : paneStatus(scene, {pane, height: Math.min(height, 5)}, inner, words).slice(0, 1);
	const free = height - 3 - status.length - (view.rows.length * socketLines(inner)) - 1;
	const isUnbound = client?.state.type === 'unbound';
	return [...status, ...socketsStatus(view, {isUnbound, isFocused}, inner, free, words)];
}

/**
How many rows are newer than those shown, or else how many are older; with the sign of those that are marked, where one
is among them. Of a program, how many lines are above and below.
*/
function footRight(input: PaneInput, geometry: PaneGeometry, height: number): string {
	const {view, pane, marks = [], box, words} = input;
	if (view?.type === 'source') {
		return hiddenLines(input, view, geometry, height);
	}

	if (view?.type !== 'rows') {
		return '';
	}

	const {newer, older, sequences: [first, last]} = pageOf(view, input, height);
	const marked = marks.filter(mark => mark.pane === box.pane);
	const isAbove = marked.some(({sequence}) => sequence < first);
	if (newer > 0 && pane.end !== undefined) {
		const isBelow = marked.some(({sequence}) => sequence > last);
		return `${isAbove ? '◆ ↑ · ' : ''}${isBelow ? '◆ ' : ''}${words.log.newer(newer)}`;
	}

	return older > 0 ? `${isAbove ? '◆ ' : ''}${words.log.older(older)}` : '';
}

/** Whether a client's messages end otherwise than its program's: in full, TCP's sends lines as they are typed. */
function lacksEnding({ending, form}: PaneState, {framing}: ClientView, protocol: SceneView['protocol']): boolean {
	return ending !== 'none' && (protocol === 'udp' || form === 'short' || framing !== undefined || ending !== 'lf');
}

/**
The rest of the title: the view, with what the pane has and its program does without; the payload format, the encoding
where that is not UTF-8, the filter, and what a relay holds.
*/
function badgeText(
	{
		box, scene, pane, view, words,
	}: PaneInput,
	server: ServerView | undefined,
	client: ClientView | undefined,
): string {
	const {views, relay} = words;
	const {filter} = pane;
	const name = view ? viewNameOf(view) : pane.view;
	const source = view?.type === 'source' ? view : undefined;
	const found = filter !== '' && view?.type === 'rows' ? view.filtered : undefined;
	const framing = (server ?? client)?.framing;
	const encoding = encodingOfPane(scene, box.pane);
	const held = server?.relay?.held.count ?? 0;
	return [
		view?.type === 'rows' && found
		&& `/${visibleTyped(filter)} ${views.filter.count(view.total - view.first, found.of, found.isComplete)}`,
		source && `${source.fileName} · ${views.languages[source.language]}`,
		source && server?.rule === fileRule && views.lacksRules,
		source && client && lacksEnding(pane, client, scene.protocol) && views.lacks.ending,
		...(source?.lacks.map(lack => views.lacks[lack]) ?? []),
		!source && name !== 'message-view' && views.names[name],
		!source && framing && views.framing(framing),
		pane.payload === 'hex' && name === 'message-view' && views.hex,
		encoding && encodingName(encoding),
		held > 0 && `║ ${relay.heldShort(held)}`,
	].filter(Boolean).join(' · ');
}

/** What the tabs are made from, with the client whose pane is whole. */
type TabsInput = Pick<PaneInput, 'scene' | 'words'> & {
	readonly state: Pick<ScreenState, 'panes'>;
	readonly shown: PaneId | undefined;
};

/** The clients of a narrow window in one line: the whole one marked, the others with what is unread. */
export function tabsLine(input: TabsInput, columns: number): string {
	return paint(tabs(input).map(({text, pane}) => ({text, tone: pane === input.shown ? 'chosen' : 'plain'})), columns);
}

export function tabAt(input: TabsInput, x: number): PaneId | undefined {
	let end = 0;
	return tabs(input).find(({text}) => {
		end += widthOf([{text}]);
		return x < end;
	})?.pane;
}

/** The tab that is shown stands in brackets. */
function tabs({state: {panes}, scene, shown, words}: TabsInput): Array<{readonly pane: PaneId; readonly text: string}> {
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

/** What a pane is called and where its socket is: the ways to say it, from the longest to the shortest. */
function titlesOf(title: string, texts: readonly string[], sign: string): ReadonlyArray<readonly Span[]> {
	const name: Span = {text: title, tone: 'strong'};
	return [...texts.map(text => [name, {text: ` · ${text} ${sign}`}]), [name, {text: ` ${sign}`}]];
}

function serverTitles(view: ServerView, protocol: Protocol, words: Words): ReadonlyArray<readonly Span[]> {
	const {server} = words;
	const {state, relay} = view;
	if (relay) {
		const target = formatAddress(relay.target);
		const from = state.type === 'open' ? formatAddress(state.local) : formatAddress(view.configured);
		const short = `:${state.type === 'open' ? state.local.port : view.configured.port} → ${target}`;
		return titlesOf(
			words.relay.title,
			[`${protocol.toUpperCase()} · ${from} → ${target}`, `${from} → ${target}`, short],
			state.type === 'open' ? '●' : '○',
		);
	}

	if (state.type !== 'open') {
		return titlesOf(server.title, [server.noSocket], '○');
	}

	const {local} = state;
	const texts = protocol === 'udp' ? server.udpSocket : server.tcpSocket;
	return titlesOf(server.title, [...texts(formatAddress(local)), texts(`:${local.port}`).at(-1)!], '●');
}

function clientTitles(client: ClientView, protocol: Protocol, words: Words): ReadonlyArray<readonly Span[]> {
	const {title, udpSocket, tcpSocket} = words.client;
	const {state, number} = client;
	const where = state.type === 'bound' || state.type === 'connected'
		? [formatAddress(state.local), `:${state.local.port}`]
		: [words.client[state.type]];
	const kind = protocol === 'udp' ? udpSocket : tcpSocket;
	const [whole = ''] = where;
	return titlesOf(title(number), [`${kind} · ${whole}`, `${protocol.toUpperCase()} · ${whole}`, ...where], stateSign(client));
}

function stateSign({state}: ClientView): string {
	return state.type === 'bound' || state.type === 'connected' ? '●' : '○';
}

/** The lines of a pane's frame; the focused one is heavier, so that it needs no colour. */
const light = ['┌', '┐', '└', '┘', '─', '│'] as const;
const heavy = ['┏', '┓', '┗', '┛', '━', '┃'] as const;

/** A pane's frame and what stands in it. Its width is in terminal columns, the borders included. */
type Frame = {
	readonly width: number;
	readonly isFocused: boolean;
	/** The ways to write it, from the longest to the shortest: the first that fits. */
	readonly titles: ReadonlyArray<readonly Span[]>;
	/** At the right end of the upper border. */
	readonly badge: string;
	/** Lines between the borders, each of exactly `width - 4` columns. */
	readonly lines: readonly string[];
	/** At the two ends of the lower border. */
	readonly footLeft: string;
	readonly footRight: string;
};

/** A badge leaves the title this many columns, in which it says whose the pane is. */
const titleColumns = 14;

function frameLines({width, isFocused, titles, badge, lines, footLeft, footRight}: Frame): string[] {
	const [topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical] = isFocused ? heavy : light;
	const tone: Tone = isFocused ? 'focus' : 'dim';
	const side = paint([{text: vertical, tone}], 1);
	const foot: Span[] = [{text: bottomLeft, tone}, ...optional(footLeft !== '' && `${horizontal} ${footLeft} `, tone)];
	const heads = titles.map(title => [{text: `${topLeft}${horizontal} `, tone}, ...title, {text: ' ', tone}]);
	// Beside the badge stand a space at either end, a piece of the border and the corner.
	const room = Math.max(0, width - titleColumns - 4);
	const right = textWidth(badge) > room ? paint([{text: badge}], room) : badge;
	return [
		border(heads, right, [horizontal, topRight], tone, width),
		...lines.map(line => `${side} ${line} ${side}`),
		border([foot], footRight, [horizontal, bottomRight], tone, width),
	];
}

function border(
	lefts: ReadonlyArray<readonly Span[]>,
	right: string,
	[horizontal, corner]: readonly [horizontal: string, corner: string],
	tone: Tone,
	width: number,
): string {
	const end: Span[] = [
		...optional(right !== '' && ` ${right} `, tone),
		{text: right === '' ? corner : `${horizontal}${corner}`, tone},
	];
	const left = lefts.find(spans => widthOf(spans) + widthOf(end) <= width) ?? lefts.at(-1) ?? [];
	const used = Math.min(widthOf(left), width - widthOf(end));
	const filling = width - used - widthOf(end);
	return paintApart([...left, {text: horizontal.repeat(filling), tone}], end, width);
}
