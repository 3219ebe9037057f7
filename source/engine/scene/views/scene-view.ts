/* How a scene stands now: its sockets, as plain data. */
import type {
	ClientView, LinkView, PaneFacts, PeerView, RateSummary, SceneView, ServerView, SocketPaneFacts,
	WayView,
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
import {
	type Scene, type ScenePane, sumOf, trafficOf,
} from '../scene.ts';
import type {ClientPane} from '../panes/client-pane.ts';
import {projectLeg, projectRelay} from './relay-view.ts';

/** How a scene stands at this time by the log's clock, with some of the server's peers. */
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
	const way = (direction: LinkDirection, senders: ReadonlyArray<{readonly onTheLink: Tally}>): WayView => {
		const {conditions, losesNext} = link.datagrams(direction);
		const {count: datagrams, bytes} = sumOf(senders.map(({onTheLink}) => onTheLink));
		return {
			conditions, losesNext, datagrams, bytes,
		};
	};

	return {
		seed: link.seed,
		'to-server': way('to-server', relay ? [...relay.relay.clients.values()] : clients.map(({client}) => client)),
		'to-clients': way('to-clients', [server ?? relay ?? []].flat().map(front => front.server)),
	};
}

function projectPane({pane, index, framing, encoding}: ScenePane, now: number): PaneFacts {
	return {
		pane,
		total: index.total,
		...(framing !== 'none' && {framing}),
		...(encoding !== defaultEncoding && {encoding}),
		rateSummary: summarizeRates(index, now),
	};
}

/** What those have in common that have a socket of their own. */
function projectSocketPane({files, messages, options}: ServerPane | ClientPane): SocketPaneFacts {
	return {files: files.view, sequence: messages.view, options: options.view};
}

function projectServer(pane: ServerPane | RelayPane, rows: number, now: number): ServerView {
	const {server} = pane;
	const relay = pane instanceof RelayPane ? pane : undefined;
	const answering = pane instanceof RelayPane ? undefined : pane;
	const target = answering?.target;
	const {peers, state} = server;
	const chosen = typeof target === 'number' ? [...peers.keys()].indexOf(target) : 0;
	const before = Math.max(0, Math.min(chosen - Math.floor(rows / 2), peers.size - rows));
	return {
		...projectPane(pane, now),
		...(pane instanceof RelayPane
			? {
				options: {
					...pane.socketOptions, granted: {}, failed: {}, addresses: {},
				},
				relay: projectRelay(pane),
			}
			: projectSocketPane(pane)),
		state,
		configured: pane.configured,
		isExposed: state.type === 'open' && !isLoopback(state.local.host),
		rule: answering?.rule ?? defaultRule,
		rulesFile: answering?.rulesFile,
		closeAfterReply: answering?.closeAfterReply ?? false,
		peerCount: peers.size,
		peersEver: server.peersEver,
		target,
		peers: [...peers.values()].slice(before, before + rows).map(peer => ({
			...projectPeer(peer),
			...(relay && {leg: projectLeg(relay, peer.number)}),
		})),
		peersBefore: before,
	};
}

function projectPeer(peer: UdpPeer | TcpConnection): PeerView {
	const {number} = peer;
	if (!(peer instanceof TcpConnection)) {
		return {number, address: peer.address, ...trafficOf(peer)};
	}

	const {local, state, waiting, onTheLink, isPaused, isReadingStopped, unfinished} = peer;
	return {
		number, address: peer.peer, ...trafficOf(peer), connection: {
			local, state, waiting, onTheLink, isPaused, isReadingStopped, ...(unfinished && {unfinished}),
		},
	};
}

function projectClient(pane: ClientPane, now: number): ClientView {
	const {number, client, destination, waiting, series, index} = pane;
	const {state} = client;
	const tcp = client.protocol === 'tcp' ? client : undefined;
	const unfinished = tcp?.connection?.unfinished;
	const mayBroadcast = state.type === 'bound' && pane.options.values.numbers.broadcast === 1;
	return {
		...projectPane(pane, now),
		...projectSocketPane(pane),
		number,
		destination,
		state,
		...trafficOf(index),
		waiting,
		onTheLink: tcp?.onTheLink.bytes ?? 0,
		isReadingStopped: tcp?.isReadingStopped ?? false,
		...(unfinished && {unfinished}),
		...(mayBroadcast && {mayBroadcast}),
		series,
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
			roundTrip: {
				last,
				median: roundTrips.percentile(50) ?? last,
				p99: roundTrips.percentile(99) ?? last,
				...(!roundTrips.isExact && {isNear: true}),
			},
		}),
	};
}
