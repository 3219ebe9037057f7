import type {
	ClientView, PeerView, SceneView, ServerView,
} from '../../engine/api/scene-view.ts';
import type {Protocol, Address} from '../../log/event.ts';
import {reachableAddress, formatAddress, isSameAddress} from '../../text/address.ts';
import {
	paint, paintApart, type Span, widthOf,
} from '../frame/paint.ts';
import {formatCount} from '../words/numbers.ts';
import type {Words} from '../words/words.ts';

/** A server's lines above its log: why it has no socket, or its peers. */
export function serverStatus(
	server: ServerView,
	protocol: Protocol,
	rows: number,
	columns: number,
	words: Words,
): string[] {
	const {state, peerCount} = server;
	if (state.type === 'failed') {
		return [paint([{text: `✗ ${words.failure(state.failure, state.wanted, true)}`, tone: 'error'}], columns)];
	}

	if (state.type !== 'open') {
		return [
			paint(
				[
					{
						text:
							state.type === 'closed'
								? words.server.stopped
								: words.server.opening(formatAddress(state.wanted)),
						tone: 'warning',
					},
				],
				columns,
			),
		];
	}

	if (protocol === 'udp') {
		return [
			peerCount === 0
				? paint([{text: words.server.noPeers, tone: 'dim'}], columns)
				: udpPeers(server, columns, words),
		];
	}

	if (peerCount === 0) {
		return [
			paint(
				[
					{
						text: server.peersEver === 0 ? words.server.noConnections : words.server.noConnectionsNow,
						tone: 'dim',
					},
				],
				columns,
			),
		];
	}

	return tcpConnections(server, rows, columns, words);
}

/** What a client's socket is, in one line. */
export function clientStatus(
	{state, destination, waiting, onTheLink, isReadingStopped}: ClientView,
	scene: SceneView,
	columns: number,
	words: Words,
): string {
	const {client} = words;
	const to = destination ? formatAddress(destination) : '';
	const line = (text: string, tone: Span['tone']): string => paint([{text, tone}], columns);
	if (!destination && state.type !== 'connected') {
		return line(client.noDestination, 'warning');
	}

	if ((state.type === 'unbound' || (state.type === 'bound' && !state.peer)) && isStopped(scene, destination)) {
		return line(client.serverStopped, 'warning');
	}

	switch (state.type) {
		case 'unbound': {
			return line(client.noPortYet(to), 'dim');
		}

		case 'bound': {
			return line(state.peer ? client.peerSet(formatAddress(state.peer)) : client.addressedTo(to), 'dim');
		}

		case 'connecting': {
			return line(client.connectingTo(formatAddress(state.destination)), 'warning');
		}

		case 'connected': {
			const peer = formatAddress(state.peer);
			if (isReadingStopped) {
				return line(notReading(waiting, onTheLink, columns, words), 'warning');
			}

			if (waiting > 0) {
				return line(client.waiting(waiting, onTheLink), 'warning');
			}

			if (state.hasReceivedFin) {
				return line(state.hasSentFin ? client.bothFinished : client.finReceived(peer), 'warning');
			}

			return state.isFinishing
				? line(state.hasSentFin ? client.finSent : client.finishing, 'warning')
				: (isSameAddress(state.local, state.peer)
					? line(client.connectedToItself(peer), 'warning')
					: line(client.connectedTo(peer), 'dim'));
		}

		case 'closed': {
			return line(
				scene.protocol === 'tcp'
					? client.closedTcp(to, 'failure' in state ? (state.failure?.code ?? '') : '')
					: client.closedUdp,
				'warning',
			);
		}

		default: {
			return state satisfies never;
		}
	}
}

/** That a client was told to stop reading, how it reads again, and which bytes are queued to be sent. */
function notReading(waiting: number, onTheLink: number, columns: number, {acts: {status}, server}: Words): string {
	const own = waiting > 0 ? ` · ${server.waiting(waiting, onTheLink)}` : '';
	return (
		[status.notReading, status.notReadingTight]
			.map(text => text + own)
			.find(text => widthOf([{text}]) <= columns) ?? status.notReadingTight + own
	);
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
	if (peers.length === peerCount && titleColumns + widthOf(entries.flat()) <= columns) {
		return paint([title, ...entries.flat()], columns);
	}

	const most = columns - titleColumns - widthOf([{text: ` ${words.server.more(peerCount)}`}]);
	let from = chosen;
	let to = chosen + 1;
	let used = widthOf(entries[chosen] ?? []);
	for (let isGrowing = true; isGrowing;) {
		isGrowing = false;
		for (const index of [to, from - 1]) {
			const entry = entries[index];
			if (entry && used + widthOf(entry) <= most) {
				used += widthOf(entry);
				from = Math.min(from, index);
				to = Math.max(to, index + 1);
				isGrowing = true;
			}
		}
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

	const {local, state, waiting, onTheLink, isPaused, isReadingStopped} = connection;
	const {
		acts: {status},
		server,
	} = words;
	const name: Span[] = [
		{text: isTarget ? '▸' : ' '},
		{text: `● ${server.connection(number)}`, tone: isTarget ? 'strong' : 'plain'},
	];
	const peer = formatAddress(address);
	const ends: Span[] = [...name, {text: `  :${local.port} ⇄ ${peer}`}];
	const stateSpan: Span = {text: `  ${state}`, tone: state === 'ESTABLISHED' ? 'received' : 'warning'};
	const notes = (text: string): Span[] => (text === '' ? [] : [{text: `  ${text}`, tone: 'warning'}]);
	const waits
		= waiting > 0
			? [
				`${server.waiting(waiting, onTheLink)}${isPaused ? ` · ${server.paused}` : ''}`,
				server.waiting(waiting, onTheLink),
			]
			: [''];
	const [whole, hint, tight] = [
		[stateSpan, ...notes(status.connectionNotReading)],
		notes(status.connectionNotReading),
		notes(status.connectionNotReadingTight),
	];
	const wanted = (isReadingStopped ? [whole, hint, tight] : [[stateSpan]]).flatMap(states =>
		waits.map(text => [...ends, ...states, ...notes(text)]));
	if (isReadingStopped) {
		// The pane's title has the local port.
		wanted.push([...name, {text: `  ${peer}`}, ...tight]);
	}

	const spans = wanted.find(line => widthOf(line) + widthOf([{text: more}]) <= columns) ?? wanted.at(-1) ?? [];
	return more === '' ? paint(spans, columns) : paintApart(spans, [{text: more, tone: 'dim'}], columns);
}
