import type {
	ClientView, PeerView, RelayView, SceneView, ServerView,
} from '../../engine/api/scene-view.ts';
import type {Protocol, Address, PaneId} from '../../log/event.ts';
import {reachableAddress, formatAddress, isSameAddress} from '../../text/address.ts';
import {byType} from '../../text/by-type.ts';
import {
	paint, paintApart, type Span, type Tone, widthOf, optional, wrapInto,
} from '../frame/paint.ts';
import {formatCount} from '../../text/numbers.ts';
import {holdingOf} from '../words/panes/relay-words.ts';
import type {Words} from '../words/words.ts';
import {fileStatus, sequenceStatus, seriesStatus} from './progress-status.ts';

/** Before a state or a figure that follows from what the program did and read, and was not read from the kernel. */
export const derivedSign = '~';

/** Least rows of a pane whose status may take two. */
const twoRows = 7;

/** The most peers of a server that a pane of this height shows: one line each in TCP, one line together in UDP. */
export function peersShown(protocol: Protocol, height: number): number {
	return protocol === 'udp' ? 8 : Math.max(1, Math.floor((height - 3) / 3));
}

/** The status of a pane's socket, and a server's peers, as painted lines. */
export function paneStatus(
	scene: SceneView,
	{pane, height}: {readonly pane: PaneId; readonly height: number},
	columns: number,
	words: Words,
): string[] {
	const {server, protocol, clients} = scene;
	const rows = height < twoRows ? 1 : 2;
	if (server?.relay && server.pane === pane && server.state.type === 'open') {
		return relayStatus(server, server.relay, protocol, Math.max(1, Math.floor((height - 2) / 3)), columns, words);
	}

	const client = clients.find(candidate => candidate.pane === pane);
	const own = server?.pane === pane ? server : client;
	const sending = [...fileStatus(own?.files, columns, words), ...sequenceStatus(own?.sequence, columns, words)];
	if (server?.pane === pane) {
		const most = {rows, peers: peersShown(protocol, height)};
		return [...sending, ...serverStatus(server, protocol, most, columns, words)];
	}

	if (sending.length > 0) {
		return sending.slice(0, rows);
	}

	if (client?.series?.isRunning) {
		return seriesStatus(client.series, Math.max(1, Math.min(2, height - 4)), columns, words);
	}

	return client ? clientStatus(client, scene, rows, columns, words) : [];
}

function sentence(text: string, tone: Tone, rows: number, columns: number): string[] {
	return wrapInto(rows, text, columns).map(line => paint([{text: line, tone}], columns));
}

/** A relay's lines above its log: what it holds, and a line for each of its legs that fits. */
export function relayStatus(
	{peers, peerCount, peersEver, state}: ServerView,
	relay: RelayView,
	protocol: Protocol,
	rows: number,
	columns: number,
	words: Words,
): string[] {
	const {relay: say} = words;
	const {holding, held} = relay;
	const holds = holdingOf(holding);
	const waits: Span[] = held.count > 0
		? [
			{text: `║ ${say.held(held.count, held.bytes)}`, tone: 'strong'},
			...(held.ofClosed > 0 ? [{text: ` · ${say.heldOfClosed(held.ofClosed)}`}] : []),
			{text: ` · ${say.openList} · `, tone: 'dim'},
		]
		: [];
	const first = paint([...waits, {text: say.holding[holds], tone: holds === 'none' ? 'dim' : 'warning'}], columns);
	if (rows === 1 && (held.count > 0 || holds !== 'none')) {
		return [first];
	}

	const room = Math.max(1, rows - 1);
	const none = protocol === 'udp' ? say.noPeers : (peersEver === 0 ? say.noConnections : say.noConnectionsNow);
	const home = state.type === 'open' ? state.local.host : undefined;
	const shown = peers.slice(0, room);
	const legs = peerCount === 0
		? sentence(none, 'plain', room, columns)
		: shown.map((peer, index) => legLine(
			peer,
			home,
			index === shown.length - 1 && peerCount > shown.length ? ` ↓ ${formatCount(peerCount - shown.length)}` : '',
			columns,
			words,
		));
	return rows === 1 ? legs.slice(0, 1) : [first, ...legs];
}

/** One peer of a relay, and the relay's socket to the target for it: `1  :51234 ⇄ relay :40001 ⇄ target`. */
function legLine(
	{number, address, received, connection, leg}: PeerView,
	home: string | undefined,
	more: string,
	columns: number,
	{relay: say, server, client}: Words,
): string {
	const peer = address.host === home ? `:${address.port}` : formatAddress(address);
	const own = leg?.local ? `:${leg.local.port}` : (leg?.state === 'connecting' ? client.connecting : say.noSocket);
	const held = leg ? say.heldOfLeg(leg.held['to-server'], leg.held['to-clients']) : '';
	const state: Span = connection ? stateSpan(connection.state) : {text: `  (${formatCount(received.count)})`, tone: 'dim'};
	const notes: Span[] = [
		...optional(held !== '' && `  ${held}`, 'strong'),
		...optional(leg !== undefined && leg.kept > 0 && `  ${say.kept(leg.kept)}`, 'dim'),
		...optional(leg?.isFull && `  ${say.notRead}`, 'warning'),
		...optional(
			connection && connection.waiting > 0 && `  ${server.waiting(connection.waiting, connection.onTheLink)}`,
			'warning',
		),
	];
	const ends = (target: string): Span[] => [
		{text: `${connection ? '●' : ' '} ${number}  `, tone: 'strong'}, {text: `${peer} ⇄ ${say.header} ${own}${target}`},
	];
	const ways = [
		[...ends(` ⇄ ${say.target}`), state, ...notes],
		[...ends(''), state, ...notes],
		[...ends(''), ...notes],
	];
	return firstFitting(ways, more, columns);
}

/** A state that follows from what the program did and read. */
function stateSpan(state: string): Span {
	return {text: `  ${derivedSign}${state}`, tone: state === 'ESTABLISHED' ? 'received' : 'warning'};
}

/** The first of these ways to say it, or else the last, with how many more there are at the end of the line. */
function firstFitting(ways: ReadonlyArray<readonly Span[]>, more: string, columns: number): string {
	const end = optional(more, 'dim');
	const spans = ways.find(way => widthOf(way) + widthOf(end) <= columns) ?? ways.at(-1) ?? [];
	return paintApart(spans, end, columns);
}

/** A server's lines above its log: why it has no socket, or its peers. */
export function serverStatus(
	server: ServerView,
	protocol: Protocol,
	{rows, peers}: {readonly rows: number; readonly peers: number},
	columns: number,
	words: Words,
): string[] {
	const {peerCount, peersEver} = server;
	const {server: say, relay} = words;
	const line = (text: string, tone: Tone): string[] => sentence(text, tone, rows, columns);
	return byType(server.state, {
		failed: ({failure, wanted}) => line(`✗ ${words.failure(failure, wanted, true)}`, 'error'),
		opening: ({wanted}) => line(say.opening(formatAddress(wanted)), 'warning'),
		closed: () => line(server.relay ? relay.stopped : say.stopped, 'warning'),
		open() {
			if (peerCount > 0) {
				return protocol === 'udp' ? [udpPeers(server, columns, words)] : tcpConnections(server, peers, columns, words);
			}

			const none = peersEver === 0 ? say.noConnections : say.noConnectionsNow;
			return line(protocol === 'udp' ? say.noPeers : none, 'plain');
		},
	});
}

export function clientStatus(
	{
		state, destination, waiting, onTheLink, isReadingStopped, unfinished,
	}: ClientView,
	scene: SceneView,
	rows: number,
	columns: number,
	words: Words,
): string[] {
	const {client} = words;
	const to = destination ? formatAddress(destination) : '';
	const line = (text: string, tone: Tone): string[] => sentence(text, tone, rows, columns);
	if (!destination && state.type !== 'connected') {
		return line(client.noDestination, 'warning');
	}

	if ((state.type === 'unbound' || (state.type === 'bound' && !state.peer)) && isStopped(scene, destination)) {
		return line(client.serverStopped, 'warning');
	}

	return byType(state, {
		unbound: () => line(client.noPortYet(to), 'plain'),
		bound: ({peer}) => line(peer ? client.peerSet(formatAddress(peer)) : client.addressedTo(to), 'plain'),
		connecting: ({destination: peer}) => line(client.connectingTo(formatAddress(peer)), 'warning'),
		closed(own) {
			const code = 'failure' in own ? (own.failure?.code ?? '') : '';
			return line(scene.protocol === 'tcp' ? client.closedTcp(to, code) : client.closedUdp, 'warning');
		},
		connected({peer: at, local, hasReceivedFin, hasSentFin, isFinishing}) {
			const peer = formatAddress(at);
			// The first of these that holds.
			const warning = [
				isReadingStopped && notReading(waiting, onTheLink, columns, words),
				waiting > 0 && client.waiting(waiting, onTheLink),
				hasReceivedFin && (hasSentFin ? client.bothFinished : client.finReceived(peer)),
				isFinishing && (hasSentFin ? client.finSent : client.finishing),
				unfinished && client.unfinished(unfinished),
				isSameAddress(local, at) && client.connectedToItself(peer),
			].find(text => typeof text === 'string');
			return warning === undefined ? line(client.connectedTo(peer), 'plain') : line(warning, 'warning');
		},
	});
}

/** That a client was told to stop reading, how it reads again, and which bytes are queued to be sent. */
function notReading(waiting: number, onTheLink: number, columns: number, {acts: {status}, server}: Words): string {
	const own = waiting > 0 ? ` · ${server.waiting(waiting, onTheLink)}` : '';
	const whole = status.notReading + own;
	return widthOf([{text: whole}]) <= columns ? whole : status.notReadingTight + own;
}

/** Whether the playground's server, which would be at this address, has no socket now. */
function isStopped({server}: SceneView, destination: Address | undefined): boolean {
	// Where another program has the port, the datagrams go to it.
	const isTaken = server?.state.type === 'failed' && server.state.failure.code === 'EADDRINUSE';
	if (!server || !destination || isTaken || server.state.type === 'open' || server.state.type === 'opening') {
		return false;
	}

	// Where the system picks the port, clients keep to the one that it had picked.
	const {host, port} = reachableAddress(server.configured);
	return host === destination.host && (port === 0 || port === destination.port);
}

/** As many peers as fit in one line, the target among them. */
function udpPeers({peers, peerCount, target}: ServerView, columns: number, words: Words): string {
	const title: Span = {text: `${words.server.peers} `, tone: 'dim'};
	const chosen = Math.max(0, peers.findIndex(({number}) => number === target));
	const entries = peers.map(peer => peerSpans(peer, target === 'all' || peer.number === target));
	const titleColumns = widthOf([title]);
	if (peerCount === 1 || (peers.length === peerCount && titleColumns + widthOf(entries.flat()) <= columns)) {
		return paint([title, ...entries.flat()], columns);
	}

	const most = columns - titleColumns - widthOf([{text: ` ${words.server.more(peerCount)}`}]);
	const widths = entries.map(entry => widthOf(entry));
	let [from, to, room] = [chosen, chosen + 1, most - (widths[chosen] ?? 0)];
	const take = (index: number): boolean => {
		const width = widths[index] ?? Number.POSITIVE_INFINITY;
		const fits = width <= room;
		room -= fits ? width : 0;
		return fits;
	};

	for (let isGrowing = true; isGrowing;) {
		const [after, before] = [take(to), take(from - 1)];
		to += after ? 1 : 0;
		from -= before ? 1 : 0;
		isGrowing = after || before;
	}

	return paintApart(
		[title, ...entries.slice(from, to).flat()],
		[{text: ` ${words.server.more(peerCount - (to - from))}`, tone: 'dim'}],
		columns,
	);
}

function peerSpans({address, received}: PeerView, isTarget: boolean): Span[] {
	return [
		{text: isTarget ? '▸' : ' '},
		{text: `${formatAddress(address)} (${formatCount(received.count)}) `, tone: isTarget ? 'strong' : 'plain'},
	];
}

/** A line for each connection that fits; the first and the last say how many more there are above and below. */
function tcpConnections(
	{peers, peersBefore, peerCount, target}: ServerView,
	rows: number,
	columns: number,
	words: Words,
): string[] {
	const shown = peers.slice(0, rows);
	const below = peerCount - peersBefore - shown.length;
	return shown.map((peer, index) => {
		const above = index === 0 && peersBefore > 0 ? ` ↑ ${formatCount(peersBefore)}` : '';
		const beneath = index === shown.length - 1 && below > 0 ? ` ↓ ${formatCount(below)}` : '';
		return connectionLine(peer, target === 'all' || peer.number === target, above + beneath, columns, words);
	});
}

function connectionLine(
	{number, address, connection}: PeerView,
	isTarget: boolean,
	more: string,
	columns: number,
	words: Words,
): string {
	if (!connection) {
		return paint([], columns);
	}

	const {
		local, state, waiting, onTheLink, isPaused, isReadingStopped, unfinished,
	} = connection;
	const {acts: {status}, server} = words;
	const peer = formatAddress(address);
	// The pane's title has the local address.
	const ends = [
		[server.connection(number), `:${local.port} ⇄ ${peer}`],
		[server.connection(number), peer],
		[server.shortConnection(number), peer],
		...(address.host === local.host ? [[server.shortConnection(number), `:${address.port}`]] : []),
	].map(([name, where]): Span[] => [
		{text: isTarget ? '▸' : ' '},
		{text: `● ${name}`, tone: isTarget ? 'strong' : 'plain'},
		{text: `  ${where}`},
	]);
	const notes = (text: string): Span[] => optional(text !== '' && `  ${text}`, 'warning');
	const waits
		= waiting > 0
			? [
				`${server.waiting(waiting, onTheLink)}${isPaused ? ` · ${server.paused}` : ''}`,
				server.waiting(waiting, onTheLink),
			]
			: [unfinished ? server.unfinished(unfinished) : ''];
	const [whole, hint, tight] = [
		[stateSpan(state), ...notes(status.connectionNotReading)],
		notes(status.connectionNotReading),
		notes(status.connectionNotReadingTight),
	];
	const wanted = (isReadingStopped ? [whole, hint, tight] : [[stateSpan(state)]]).flatMap(states =>
		waits.flatMap(text => ends.map(spans => [...spans, ...states, ...notes(text)])));
	return firstFitting(wanted, more, columns);
}
