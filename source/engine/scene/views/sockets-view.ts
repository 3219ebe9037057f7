/** The sockets of a pane, as plain data: those open in this program, with the kernel's data on them. */
import type {SocketRow, SocketsView} from '../../api/view.ts';
import type {SocketsQuery} from '../../api/query.ts';
import type {Address, Tally} from '../../../log/event.ts';
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
import type {ServerPane} from '../panes/server-pane.ts';
import {ClientPane} from '../panes/client-pane.ts';

/** The newest reading of the kernel's tables, by the addresses of both ends; undefined without tables. */
type Snapshot = {readonly sockets: ReadonlyMap<string, KernelSocket>; readonly readAt: number} | undefined;

/** The kernel's sockets by their addresses, as long as nothing new has been read. */
const byAddresses = new WeakMap<readonly KernelSocket[], ReadonlyMap<string, KernelSocket>>();

/** Makes one row: only those that are wanted are made. */
type MakeRow = () => SocketRow;

/**
The sockets of a pane that a query asks for.

@param sockets - the kernel's, where they have been read
@param readAt - when that reading began, as performance.now() has it: what has happened since may not be in it
*/
export function projectSockets(
	pane: ServerPane | RelayPane | ClientPane,
	query: SocketsQuery,
	sockets: readonly KernelSocket[] | undefined,
	readAt = Number.POSITIVE_INFINITY,
): SocketsView {
	const snapshot = sockets && {sockets: mapOf(sockets), readAt};
	const all = rowsOf(pane, snapshot);
	const from = Math.max(0, Math.min(query.from, all.length - query.rows));
	return {
		type: 'sockets',
		pane: query.pane,
		from,
		total: all.length,
		rows: all.slice(from, from + query.rows).map(makeRow => makeRow()),
		isFromKernel: snapshot !== undefined,
	};
}

/** What to look for in the kernel's tables to find a pane's sockets, those among them that this program has closed. */
export function watchedSockets(pane: ServerPane | RelayPane | ClientPane): WatchedSockets {
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

function rowsOf(pane: ServerPane | RelayPane | ClientPane, snapshot: Snapshot): MakeRow[] {
	if (pane instanceof ClientPane) {
		const {client} = pane;
		return client.protocol === 'udp' ? udpClientRows(client, snapshot) : tcpClientRows(client, snapshot);
	}

	const {server} = pane;
	const rows = server.protocol === 'udp' ? udpServerRows(server, snapshot) : tcpServerRows(server, snapshot);
	return pane instanceof RelayPane ? [...rows, ...targetRows(pane.relay, snapshot)] : rows;
}

/** A relay's sockets to the target, by the numbers of the connections or peers that they serve. */
function targetRows(relay: RelayPane['relay'], snapshot: Snapshot): MakeRow[] {
	const clients = [...relay.clients].flatMap(([number, client]) => {
		const rows = client.protocol === 'udp'
			? udpClientRows(client, snapshot)
			: tcpClientRows({state: client.state, connection: client.connection, ended: []}, snapshot);
		return rows.map((makeRow): MakeRow => () => ({...makeRow(), role: 'target', number}));
	});
	const open = [...relay.clients.values()].flatMap(({state}) =>
		state.type === 'connected' ? [state] : []);
	return relay.protocol === 'udp' ? clients : [...clients, ...endedRows(relay.ended, open, 'target', snapshot)];
}

function udpServerRows(server: UdpServer, snapshot: Snapshot): MakeRow[] {
	const {state} = server;
	if (state.type !== 'open') {
		return [];
	}

	const {local} = state;
	return [
		() => ({
			...openRow('udp', 0), local, ...talliesOf(server), ...udpKernel(snapshot, local),
		}),
		...[...server.peers.values()].map(peer => (): SocketRow =>
			({...openRow('peer', peer.number), peer: peer.address, ...talliesOf(peer)})),
	];
}

/** What the rows of open sockets have in common. */
function openRow(role: SocketRow['role'], number: number): Pick<SocketRow, 'role' | 'number' | 'isClosed' | 'waiting'> {
	return {
		role, number, isClosed: false, waiting: 0,
	};
}

/** What a socket has received and sent, as it is now. */
function talliesOf({received, sent}: {readonly received: Tally; readonly sent: Tally}): Pick<SocketRow, 'received' | 'sent'> {
	return {received: {...received}, sent: {...sent}};
}

function udpClientRows(client: UdpClient, snapshot: Snapshot): MakeRow[] {
	const {state} = client;
	if (state.type !== 'bound') {
		return [];
	}

	const {local, peer} = state;
	return [() => ({
		...openRow('client', 0), local, ...talliesOf(client), ...udpKernel(snapshot, local, peer),
	})];
}

function tcpServerRows(server: TcpServer, snapshot: Snapshot): MakeRow[] {
	const {state, peers, ended} = server;
	const welcoming = state.type === 'open' ? [state.local] : [];
	return [
		...welcoming.map(local => (): SocketRow =>
			({...openRow('welcoming', 0), local, ...tcpKernel(snapshot, local, undefined, 'LISTEN')})),
		...[...peers.values()].map(connection => () => connectionRow(connection, 'connection', snapshot)),
		...endedRows(ended, [...peers.values()], 'connection', snapshot),
	];
}

function connectionRow(connection: TcpConnection, role: 'connection' | 'client', snapshot: Snapshot): SocketRow {
	const {number, local, peer, waiting, readAhead, state, finReceivedAt} = connection;
	return {
		...openRow(role, number), local, peer, ...talliesOf(connection), waiting,
		...(readAhead > 0 && {readAhead}),
		...tcpKernel(snapshot, local, peer, state, finReceivedAt),
	};
}

function tcpClientRows(
	{state, connection, ended}: Pick<TcpClient, 'state' | 'connection'> & {readonly ended: Iterable<EndedConnection>},
	snapshot: Snapshot,
): MakeRow[] {
	const own: MakeRow[] = [];
	if (connection) {
		own.push(() => connectionRow(connection, 'client', snapshot));
	} else if (state.type === 'connecting') {
		own.push(() => ({
			...openRow('client', 0), peer: state.destination, state: 'SYN_SENT', isDerived: true,
		}));
	}

	return [...own, ...endedRows(ended, connection ? [connection] : [], 'client', snapshot)];
}

/**
Connections that this program has closed, as long as the kernel still has them; the newest first. What the kernel has of
a four-tuple that is in use again belongs to the connection that has it now.
*/
function endedRows(
	ended: Iterable<EndedConnection>,
	open: ReadonlyArray<{readonly local: Address; readonly peer: Address}>,
	role: 'connection' | 'client' | 'target',
	snapshot: Snapshot,
): MakeRow[] {
	if (!snapshot) {
		return [];
	}

	const shown = new Set(open.map(({local, peer}) => keyOf(local, peer)));
	return [...ended].toReversed().flatMap(connection => {
		const {number, local, peer, endedAt} = connection;
		const key = keyOf(local, peer);
		if (shown.has(key) || endedAt > snapshot.readAt || !snapshot.sockets.has(key)) {
			return [];
		}

		shown.add(key);
		return (): SocketRow => ({
			...openRow(role, number),
			local,
			peer,
			isClosed: true,
			...talliesOf(connection),
			...tcpKernel(snapshot, local, peer, undefined),
		});
	});
}

/** What the kernel has of a UDP socket; `peer` is what connect() has given it. */
function udpKernel(
	snapshot: Snapshot,
	local: Address,
	peer?: Address,
): Pick<SocketRow, 'receiveQueue' | 'sendQueue' | 'drops'> {
	const found = snapshot?.sockets.get(keyOf(local, peer));
	return found ? {receiveQueue: found.receiveQueue, sendQueue: found.sendQueue, drops: found.drops} : {};
}

/**
What the kernel has, or else the state that is derived from what has happened; `finReceivedAt` is when the peer's FIN
was read.
*/
function tcpKernel(
	snapshot: Snapshot,
	local: Address,
	peer: Address | undefined,
	derived: string | undefined,
	finReceivedAt = Number.POSITIVE_INFINITY,
): Pick<SocketRow, 'state' | 'isDerived' | 'receiveQueue' | 'sendQueue' | 'isVanished'> {
	const found = snapshot?.sockets.get(keyOf(local, peer));
	if (found) {
		return {state: found.state, receiveQueue: found.receiveQueue, sendQueue: found.sendQueue};
	}

	// Out of CLOSE_WAIT, without this program's doing, only a reset leads; Node hears of that only when it writes
	// again.
	return snapshot && derived === 'CLOSE_WAIT' && finReceivedAt < snapshot.readAt
		? {isVanished: true}
		: {state: derived, ...(derived !== undefined && {isDerived: true})};
}

/** A socket without a peer has remote port 0 in the kernel's tables. */
function keyOf(local: Address, peer: Address | undefined): string {
	const {host, port} = plainAddress(local);
	return peer && peer.port > 0 ? `${host} ${port} ${plainAddress(peer).host} ${peer.port}` : `${host} ${port}`;
}
