import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {defaultLimits, type Limits} from '../../source/sockets/limits.ts';
import type {UdpPeer} from '../../source/sockets/udp/udp-peers.ts';
import {UdpServer} from '../../source/sockets/udp/udp-server.ts';
import {EventRoom} from './event-room.ts';
import {perfectLink} from './perfect-link.ts';

type Options = {
	readonly limits?: Partial<Limits>;
	readonly onDatagram?: (server: UdpServer, peer: UdpPeer, bytes: Uint8Array) => void;
};

type UdpServerRoom = {readonly room: EventRoom; readonly server: UdpServer};

/** A UDP server that is not open yet, and is closed with the test. It answers nothing, unless told to. */
export function makeUdpServer(
	t: ExecutionContext,
	{limits, onDatagram = () => undefined}: Options = {},
): UdpServerRoom {
	const room = new EventRoom();
	const server: UdpServer = new UdpServer({
		newTrack: () => room.track(),
		limits: {...defaultLimits, ...limits},
		link: perfectLink(),
		onDatagram(peer, bytes) {
			onDatagram(server, peer, bytes);
		},
		onChange() {
			room.look();
		},
	});
	t.teardown(async () => server.close());
	return {room, server};
}

/** A UDP server that is bound to a port that the system picked. */
export async function openUdpServer(
	t: ExecutionContext,
	options: Options & {readonly host?: string} = {},
): Promise<UdpServerRoom & {readonly address: Address}> {
	const {host = '127.0.0.1', ...rest} = options;
	const made = makeUdpServer(t, rest);
	await made.server.open({host, port: 0});
	const {local} = await made.room.happened('socket-bound');
	return {...made, address: local};
}

/** Queries each datagram with its own bytes. */
export function echo(server: UdpServer, peer: UdpPeer, bytes: Uint8Array): void {
	server.send(peer.number, bytes);
}
