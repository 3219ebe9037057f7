/* How a scene stands now: its sockets, as plain data. */
import type {ClientPane} from './client-pane.ts';
import type {
	ClientView, PeerView, SceneView, ServerView,
} from './door/scene-view.ts';
import {projectPulse} from './projections/pulse.ts';
import type {Scene} from './scene.ts';
import type {ServerPane} from './server-pane.ts';
import {isLoopback} from './sockets/addresses.ts';
import {TcpConnection} from './sockets/tcp-connection.ts';
import type {UdpPeer} from './sockets/udp-server.ts';

/** How a scene stands at this time (milliseconds, by the log's clock): its server, some of the server's peers, and its clients. */
export function projectScene(scene: Scene, peers: number, clientLimit: number, now: number): SceneView {
	return {
		type: 'scene',
		protocol: scene.protocol,
		server: scene.server && projectServer(scene.server, peers, now),
		connect: scene.connect,
		traffic: scene.traffic,
		clients: scene.clients.map(client => projectClient(client, now)),
		clientLimit,
	};
}

function projectServer(pane: ServerPane, rows: number, now: number): ServerView {
	const {server, index, target} = pane;
	const {peers, state} = server;
	const chosen = typeof target === 'number' ? [...peers.keys()].indexOf(target) : 0;
	const before = Math.max(0, Math.min(chosen - Math.floor(rows / 2), peers.size - rows));
	return {
		pane: pane.pane,
		total: index.total,
		state,
		configured: pane.configured,
		isExposed: state.type === 'open' && !isLoopback(state.local.host),
		rule: pane.rule,
		closeAfterReply: pane.closeAfterReply,
		peerCount: peers.size,
		peersEver: server.peersEver,
		target,
		pulse: projectPulse(index, now),
		peers: [...peers.values()].slice(before, before + rows).map(peer => projectPeer(peer)),
		peersBefore: before,
	};
}

function projectPeer(peer: UdpPeer | TcpConnection): PeerView {
	if (peer instanceof TcpConnection) {
		const {number, peer: address, received, sent, local, state, waiting, isPaused} = peer;
		return {
			number, address, received: {...received}, sent: {...sent}, connection: {
				local, state, waiting, isPaused,
			},
		};
	}

	const {number, address, received, sent} = peer;
	return {
		number, address, received: {...received}, sent: {...sent},
	};
}

function projectClient({pane, number, index, destination, state, waiting}: ClientPane, now: number): ClientView {
	return {
		pane, number, total: index.total, destination, state, received: {...index.received}, sent: {...index.sent}, waiting, pulse: projectPulse(index, now),
	};
}
