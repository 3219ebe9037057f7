/** The sockets of a pane, as plain data: those open in this program, with the kernel's data on them. */
import type {SocketRow, SocketsView} from '../../api/view.ts';
import type {SocketsQuery} from '../../api/query.ts';
import type {Traffic} from '../../api/scene-view.ts';
import type {Address, Protocol} from '../../../log/event.ts';
import {familyOf, plainAddress} from '../../../text/address.ts';
import type {EndedConnection} from '../../../sockets/tcp/ended-connections.ts';
import type {KernelSocket} from '../../../sockets/kernel/kernel-socket.ts';
import type {WatchedSockets} from '../../../sockets/kernel/kernel-tables.ts';
import type {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../../sockets/tcp/tcp-connection.ts';
import type {TcpServer} from '../../../sockets/tcp/tcp-server.ts';
import type {UdpClient} from '../../../sockets/udp/udp-client.ts';
import type {UdpServer} from '../../../sockets/udp/udp-server.ts';
import {RelayPane} from '../panes/relay-pane.ts';
import {type ScenePane, trafficOf} from '../scene.ts';
import {ClientPane} from '../panes/client-pane.ts';
import {upTo} from '../../../views/window.ts';

/** The newest reading of the kernel's tables, by the addresses of both ends; undefined without tables. */
type Snapshot = {readonly sockets: ReadonlyMap<string, KernelSocket>; readonly readAt: number} | undefined;

/** The kernel's sockets by their addresses, as long as nothing new has been read. */
const byAddresses = new WeakMap<readonly KernelSocket[], ReadonlyMap<string, KernelSocket>>();

/** A socket of a pane. What changes with it is read when its row is made, and only rows that are wanted are. */
type Known = Pick<SocketRow, 'role' | 'local' | 'peer' | 'state'> & {
	readonly number?: number;
	readonly tallies?: Traffic;
	readonly connection?: TcpConnection;
	readonly isClosed?: true;
};

/** `readAt`: when the reading of the kernel's `sockets` began. What has happened since may not be in it. */
export function projectSockets(
	pane: ScenePane,
	query: SocketsQuery,
	sockets: readonly KernelSocket[] | undefined,
	readAt = Number.POSITIVE_INFINITY,
): SocketsView {
	const snapshot = sockets && {sockets: mapOf(sockets), readAt};
	const {protocol} = pane;
	const all
		= pane instanceof ClientPane ? clientSockets(pane.client, snapshot) : serverSockets(pane.server, snapshot);
	if (pane instanceof RelayPane) {
		all.push(...targetSockets(pane.relay, snapshot));
	}

	const from = upTo(all.length - query.rows, query.from);
	return {
		type: 'sockets',
		pane: query.pane,
		from,
		total: all.length,
		rows: all.slice(from, from + query.rows).map(known => rowOf(known, protocol, snapshot)),
		isFromKernel: snapshot !== undefined,
	};
}

/** What to look for in the kernel's tables to find a pane's sockets, those among them that this program has closed. */
export function watchedSockets(pane: ScenePane): WatchedSockets {
	const socket = pane instanceof ClientPane ? pane.client : pane.server;
	const others = pane instanceof RelayPane ? pane.relay : undefined;
	const ended = [socket, ...(others ? [others] : [])]
		.flatMap(each => 'ended' in each ? [...each.ended].map(({local}) => local) : []);
	const open = [socket, ...(others?.clients.values() ?? [])]
		.flatMap(({state}) => 'local' in state ? [state.local] : []);
	const locals = [...open, ...ended];
	return {
		protocol: socket.protocol,
		ports: [...new Set(locals.map(({port}) => port))],
		families: locals.every(({host}) => familyOf(host) === 4) ? [4] : [4, 6],
	};
}

function mapOf(sockets: readonly KernelSocket[]): ReadonlyMap<string, KernelSocket> {
	const known
		= byAddresses.get(sockets) ?? new Map(sockets.map(socket => [keyOf(socket.local, socket.remote), socket]));
	byAddresses.set(sockets, known);
	return known;
}

function serverSockets(server: UdpServer | TcpServer, snapshot: Snapshot): Known[] {
	const {state} = server;
	const own = state.type === 'open' ? [state.local] : [];
	if (server.protocol === 'udp') {
		return own.flatMap(local => [
			{role: 'udp', local, tallies: server.track},
			...Array.from(server.peers.values(), (peer): Known =>
				({
					role: 'peer', number: peer.number, peer: peer.address, tallies: peer,
				})),
		]);
	}

	const connections = [...server.peers.values()];
	return [
		...own.map((local): Known => ({role: 'welcoming', local, state: 'LISTEN'})),
		...connections.map(connection => openConnection(connection, 'connection', connection.number)),
		...endedConnections(server.ended, connections, 'connection', snapshot),
	];
}

function clientSockets(client: UdpClient | TcpClient, snapshot: Snapshot): Known[] {
	const open = clientSocket(client, 'client');
	return client.protocol === 'udp'
		? open
		: [...open, ...endedConnections(client.ended, client.connection ? [client.connection] : [], 'client', snapshot)];
}

/** A relay's sockets to the target, by the numbers of the connections or peers that they serve. */
function targetSockets(relay: RelayPane['relay'], snapshot: Snapshot): Known[] {
	const clients: ReadonlyArray<readonly [number, UdpClient | TcpClient]> = [...relay.clients];
	const open = clients.flatMap(([number, client]) => clientSocket(client, 'target', number));
	if (relay.protocol === 'udp') {
		return open;
	}

	const connections = [...relay.clients.values()].flatMap(({connection}) => connection ?? []);
	return [...open, ...endedConnections(relay.ended, connections, 'target', snapshot)];
}

function clientSocket(client: UdpClient | TcpClient, role: 'client' | 'target', number = 0): Known[] {
	if (client.protocol === 'udp') {
		const {state} = client;
		return state.type === 'bound'
			? [{
				role, number, local: state.local, peer: state.peer, tallies: client.track,
			}]
			: [];
	}

	const {connection, state} = client;
	if (connection) {
		return [openConnection(connection, role, number)];
	}

	return state.type === 'connecting'
		? [{
			role, number, peer: state.destination, state: 'SYN_SENT',
		}]
		: [];
}

function openConnection(connection: TcpConnection, role: SocketRow['role'], number: number): Known {
	const {local, peer} = connection;
	return {
		role, number, local, peer, tallies: connection, connection,
	};
}

/**
Connections that this program has closed, as long as the kernel still has them; the newest first. What the kernel has of
a four-tuple that is in use again belongs to the connection that has it now.
*/
function endedConnections(
	ended: Iterable<EndedConnection>,
	open: readonly TcpConnection[],
	role: SocketRow['role'],
	snapshot: Snapshot,
): Known[] {
	if (!snapshot) {
		return [];
	}

	const shown = new Set(open.map(({local, peer}) => keyOf(local, peer)));
	return [...ended].toReversed().flatMap((tallies): Known[] => {
		const {number, local, peer, endedAt} = tallies;
		const key = keyOf(local, peer);
		if (shown.has(key) || endedAt > snapshot.readAt || !snapshot.sockets.has(key)) {
			return [];
		}

		shown.add(key);
		return [{
			role, number, local, peer, tallies, isClosed: true,
		}];
	});
}

function rowOf(known: Known, protocol: Protocol, snapshot: Snapshot): SocketRow {
	const {role, number = 0, local, peer, tallies, connection, isClosed = false} = known;
	const {waiting = 0, readAhead = 0} = connection ?? {};
	return {
		role, number, isClosed, waiting,
		...(local && {local}),
		...(peer && {peer}),
		...(tallies && trafficOf(tallies)),
		...(readAhead > 0 && {readAhead}),
		...stateOf(known, protocol, snapshot),
	};
}

/** What the kernel has of a socket, or else the state that is derived from what has happened. */
function stateOf(
	{local, peer, connection, state = connection?.state}: Known,
	protocol: Protocol,
	snapshot: Snapshot,
): Partial<SocketRow> {
	const found = local && snapshot?.sockets.get(keyOf(local, peer));
	if (found) {
		const {receiveQueue, sendQueue, drops} = found;
		return protocol === 'udp' ? {receiveQueue, sendQueue, drops} : {receiveQueue, sendQueue, state: found.state};
	}

	// Out of CLOSE_WAIT, without this program's doing, only a reset leads; Node hears of that only when it writes
	// again.
	const {finReceivedAt = Number.POSITIVE_INFINITY} = connection ?? {};
	if (snapshot && state === 'CLOSE_WAIT' && finReceivedAt < snapshot.readAt) {
		return {isVanished: true};
	}

	return state === undefined ? {} : {state, isDerived: true};
}

/** A socket without a peer has remote port 0 in the kernel's tables. */
function keyOf(local: Address, peer: Address | undefined): string {
	const {host, port} = plainAddress(local);
	return peer && peer.port > 0 ? `${host} ${port} ${plainAddress(peer).host} ${peer.port}` : `${host} ${port}`;
}
