import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import type {Link} from '../../source/link/link.ts';
import {defaultLimits, type Limits} from '../../source/sockets/limits.ts';
import type {TcpConnection} from '../../source/sockets/tcp/tcp-connection.ts';
import {TcpServer, type TcpServerOptions} from '../../source/sockets/tcp/tcp-server.ts';
import {EventRoom} from './event-room.ts';
import {perfectLink} from './perfect-link.ts';
import {connectRaw, type RawConnection} from './raw-tcp.ts';

type Options = Partial<Pick<TcpServerOptions, 'onChunk' | 'onFinished' | 'closesToo' | 'onClosed' | 'onChange'>> & {
	readonly limits?: Partial<Limits>;
	readonly link?: Link;
};

type TcpServerRoom = {readonly room: EventRoom; readonly server: TcpServer};

/** A TCP server that is not open yet, and is closed with the test. It does nothing with what it receives. */
export function makeTcpServer(
	t: ExecutionContext,
	{limits, link = perfectLink(), ...handlers}: Options = {},
): TcpServerRoom {
	const room = new EventRoom();
	const server = new TcpServer({
		trackOf: socket => room.track(socket),
		limits: {...defaultLimits, ...limits},
		link,
		onChunk: () => undefined,
		onFinished: () => undefined,
		closesToo: () => false,
		onClosed: () => undefined,
		onChange: () => undefined,
		...handlers,
	});
	t.teardown(async () => server.close());
	return {room, server};
}

/** A TCP server that is open on a port that the system picked. */
export async function openTcpServer(
	t: ExecutionContext,
	options: Options & {readonly host?: string} = {},
): Promise<TcpServerRoom & {readonly address: Address}> {
	const {host = '127.0.0.1', ...rest} = options;
	const made = makeTcpServer(t, rest);
	await made.server.open({host, port: 0});
	const {local} = await made.room.happened('listening-started');
	return {...made, address: local};
}

/** A connection socket of an open server and the bare client at its other end. */
export async function openConnection(
	t: ExecutionContext,
	options: Options = {},
): Promise<TcpServerRoom & {readonly connection: TcpConnection; readonly raw: RawConnection}> {
	const {room, server, address} = await openTcpServer(t, options);
	const raw = await connectRaw(t, address);
	const {socket} = await room.happened('connection-accepted');
	return {
		room,
		server,
		raw,
		connection: server.peers.get(socket)!,
	};
}
