import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import type {Link} from '../../source/link/link.ts';
import {defaultLimits, type Limits} from '../../source/sockets/limits.ts';
import {TcpClient} from '../../source/sockets/tcp/tcp-client.ts';
import type {TcpConnection} from '../../source/sockets/tcp/tcp-connection.ts';
import {TcpServer, type TcpServerOptions} from '../../source/sockets/tcp/tcp-server.ts';
import {UdpClient} from '../../source/sockets/udp/udp-client.ts';
import type {UdpPeer} from '../../source/sockets/udp/udp-peers.ts';
import {UdpServer} from '../../source/sockets/udp/udp-server.ts';
import {EventRoom} from './event-room.ts';
import {connectRaw, type RawConnection} from './raw-tcp.ts';

/** A TCP client that has not connected yet, and is closed with the test. */
export function makeTcpClient(t: ExecutionContext): {room: EventRoom; client: TcpClient} {
	const room = new EventRoom();
	const client = new TcpClient({...room.socketOptions, awaitsAnswers: () => true});
	t.teardown(async () => client.close());
	return {room, client};
}

/** A UDP client that has not sent yet, and is closed with the test. One that is connected gives its socket a peer. */
export function makeUdpClient(t: ExecutionContext, isConnected = false): {room: EventRoom; client: UdpClient} {
	const room = new EventRoom();
	const client = new UdpClient({...room.socketOptions, isConnected, awaitsAnswers: () => true});
	t.teardown(async () => client.close());
	return {room, client};
}

/** What an open server has: a host that is not the usual one, or a whole address; else the system picks the port. */
type WithAddress<Options> = Options & {readonly host?: string; readonly at?: Address};

type UdpOptions = {
	readonly limits?: Partial<Limits>;
	readonly onDatagram?: (server: UdpServer, peer: UdpPeer, bytes: Uint8Array) => void;
};

type UdpServerRoom = {readonly room: EventRoom; readonly server: UdpServer};

/** A UDP server that is not open yet, and is closed with the test. It answers nothing, unless told to. */
export function makeUdpServer(
	t: ExecutionContext,
	{limits, onDatagram = () => undefined}: UdpOptions = {},
): UdpServerRoom {
	const room = new EventRoom();
	const server: UdpServer = new UdpServer({
		...room.socketOptions,
		limits: {...defaultLimits, ...limits},
		onDatagram(peer, bytes) {
			onDatagram(server, peer, bytes);
		},
	});
	t.teardown(async () => server.close());
	return {room, server};
}

/** A UDP server that is open. */
export async function openUdpServer(
	t: ExecutionContext,
	{host = '127.0.0.1', at = {host, port: 0}, ...options}: WithAddress<UdpOptions> = {},
): Promise<UdpServerRoom & {readonly address: Address}> {
	const made = makeUdpServer(t, options);
	await made.server.open(at);
	const {local} = await made.room.happened('socket-bound');
	return {...made, address: local};
}

/** Answers each datagram with its own bytes. */
export function echo(server: UdpServer, peer: UdpPeer, bytes: Uint8Array): void {
	server.send(peer.number, bytes);
}

type TcpOptions = Partial<Pick<TcpServerOptions, 'framing' | 'onChunk' | 'onFinished' | 'closesToo' | 'onClosed' | 'onChange'>> & {
	readonly limits?: Partial<Limits>;
	readonly link?: Link;
};

type TcpServerRoom = {readonly room: EventRoom; readonly server: TcpServer};

/** A TCP server that is not open yet, and is closed with the test. It does nothing with what it receives. */
export function makeTcpServer(t: ExecutionContext, {limits, ...options}: TcpOptions = {}): TcpServerRoom {
	const room = new EventRoom();
	const server = new TcpServer({
		...room.socketOptions,
		limits: {...defaultLimits, ...limits},
		onChunk: () => undefined,
		onFinished: () => undefined,
		closesToo: () => false,
		onClosed: () => undefined,
		...options,
	});
	t.teardown(async () => server.close());
	return {room, server};
}

/** A TCP server that is open. */
export async function openTcpServer(
	t: ExecutionContext,
	{host = '127.0.0.1', at = {host, port: 0}, ...options}: WithAddress<TcpOptions> = {},
): Promise<TcpServerRoom & {readonly address: Address}> {
	const made = makeTcpServer(t, options);
	await made.server.open(at);
	const {local} = await made.room.happened('listening-started');
	return {...made, address: local};
}

/** A connection socket of an open server and the bare client at its other end. */
export async function openConnection(
	t: ExecutionContext,
	options: WithAddress<TcpOptions> = {},
): Promise<TcpServerRoom & {readonly connection: TcpConnection; readonly raw: RawConnection}> {
	const {room, server, address} = await openTcpServer(t, options);
	const raw = await connectRaw(t, address);
	const {socket} = await room.happened('connection-accepted');
	return {
		room, server, raw, connection: server.peers.get(socket)!,
	};
}
