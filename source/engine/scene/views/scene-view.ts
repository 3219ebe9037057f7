/* How a scene stands now: its sockets, as plain data. */
import type {
	ClientView, LinkView, PeerView, RateSummary, SceneView, ServerView,
} from '../../api/scene-view.ts';
import type {Tally} from '../../../log/event.ts';
import type {PaneIndex} from '../../../log/storage/pane-index.ts';
import {defaultRule} from '../../../replies/reply-rule.ts';
import {isLoopback} from '../../../text/address.ts';
import {defaultEncoding} from '../../../text/encoding/encoding.ts';
import type {LinkDirection} from '../../../link/random.ts';
import {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {UdpPeer} from '../../../sockets/udp/udp-peers.ts';
import {RelayPane} from '../panes/relay-pane.ts';
import type {ServerPane} from '../panes/server-pane.ts';
import type {Scene} from '../scene.ts';
import type {ClientPane} from '../panes/client-pane.ts';
import {projectLeg, projectRelay} from './relay-view.ts';

/**
How a scene stands at this time (milliseconds, by the log's clock): its server, some of the server's peers, and its
clients.
*/
export function projectScene(scene: Scene, peers: number, clientLimit: number, now: number): SceneView {
	return {
		type: 'scene',
		name: scene.name,
		protocol: scene.protocol,
		link: projectLink(scene),
		...(scene.experiment && {experiment: scene.experiment}),
		server: scene.front && projectServer(scene.front, peers, now),
		connect: scene.connect,
		traffic: scene.traffic,
		clients: scene.clients.map(client => projectClient(client, now)),
		clientLimit,
	};
}

/** The simulated link, and what is on it now. */
function projectLink({link, server, relay, clients}: Scene): LinkView {
	const way = (
		direction: LinkDirection,
		senders: ReadonlyArray<{readonly onTheLink: Tally}>,
	): LinkView[LinkDirection] => {
		const {conditions, losesNext} = link.datagrams(direction);
		let datagrams = 0;
		let bytes = 0;
		for (const {onTheLink} of senders) {
			datagrams += onTheLink.count;
			bytes += onTheLink.bytes;
		}

		return {
			conditions,
			losesNext,
			datagrams,
			bytes,
		};
	};

	return {
		seed: link.seed,
		'to-server': way('to-server', relay ? [...relay.relay.clients.values()] : clients.map(({client}) => client)),
		'to-clients': way('to-clients', [server ?? relay ?? []].flat().map(front => front.server)),
	};
}

function projectServer(pane: ServerPane | RelayPane, rows: number, now: number): ServerView {
	const {server, index} = pane;
	const relay = pane instanceof RelayPane ? pane : undefined;
	const answering = pane instanceof RelayPane ? undefined : pane;
	const target = answering?.target;
	const {peers, state} = server;
	const chosen = typeof target === 'number' ? [...peers.keys()].indexOf(target) : 0;
	const before = Math.max(0, Math.min(chosen - Math.floor(rows / 2), peers.size - rows));
	return {
		pane: pane.pane,
		total: index.total,
		state,
		configured: pane.configured,
		isExposed: state.type === 'open' && !isLoopback(state.local.host),
		rule: answering?.rule ?? defaultRule,
		rulesFile: answering?.rulesFile,
		closeAfterReply: answering?.closeAfterReply ?? false,
		...(server.protocol === 'tcp' && pane.framing !== 'none' && {framing: pane.framing}),
		...(pane.encoding !== defaultEncoding && {encoding: pane.encoding}),
		peerCount: peers.size,
		peersEver: server.peersEver,
		target,
		files: answering?.files.view,
		sequence: answering?.messages.view,
		options: pane instanceof RelayPane
			? {
				...pane.socketOptions, granted: {}, failed: {}, addresses: {},
			}
			: pane.options.view,
		rateSummary: summarizeRates(index, now),
		...(relay && {relay: projectRelay(relay)}),
		peers: [...peers.values()].slice(before, before + rows).map(peer =>
			relay ? {...projectPeer(peer), leg: projectLeg(relay, peer.number)} : projectPeer(peer)),
		peersBefore: before,
	};
}

function projectPeer(peer: UdpPeer | TcpConnection): PeerView {
	if (peer instanceof TcpConnection) {
		const {
			number,
			peer: address,
			received,
			sent,
			local,
			state,
			waiting,
			onTheLink,
			isPaused,
			isReadingStopped,
			unfinished,
		} = peer;
		return {
			number, address, received: {...received}, sent: {...sent}, connection: {
				local, state, waiting, onTheLink, isPaused, isReadingStopped, ...(unfinished && {unfinished}),
			},
		};
	}

	const {number, address, received, sent} = peer;
	return {
		number, address, received: {...received}, sent: {...sent},
	};
}

function projectClient(
	{
		pane, number, index, destination, state, waiting, onTheLink, isReadingStopped, framing, unfinished,
		mayBroadcast, encoding, series, files, messages, options,
	}: ClientPane,
	now: number,
): ClientView {
	return {
		pane,
		number,
		total: index.total,
		destination,
		state,
		received: {...index.received},
		sent: {...index.sent},
		waiting,
		onTheLink,
		isReadingStopped,
		...(framing !== 'none' && {framing}),
		...(unfinished && {unfinished}),
		...(mayBroadcast && {mayBroadcast: true}),
		...(encoding !== defaultEncoding && {encoding}),
		series,
		files: files.view,
		sequence: messages.view,
		options: options.view,
		rateSummary: summarizeRates(index, now),
	};
}

/** How much goes through a pane at this time (milliseconds, by the log's clock), and how fast it is answered. */
export function summarizeRates({rates, roundTrips}: Pick<PaneIndex, 'rates' | 'roundTrips'>, now: number): RateSummary {
	const {counts, bytes} = rates.isQuiet(now) ? {counts: [], bytes: []} : rates.read(now);
	const {last} = roundTrips;
	return {
		messages: counts,
		bytes,
		...(last !== undefined && {
			roundTrip: {last, median: roundTrips.percentile(50) ?? last, p99: roundTrips.percentile(99) ?? last},
		}),
	};
}
