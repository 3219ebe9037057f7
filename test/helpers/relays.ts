import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {PaneIndex} from '../../source/log/pane-index.ts';
import type {SocketTrack} from '../../source/log/socket-track.ts';
import type {Link} from '../../source/link/link.ts';
import {defaultLimits, type Limits} from '../../source/sockets/limits.ts';
import {TcpRelay} from '../../source/sockets/tcp/tcp-relay.ts';
import {UdpRelay} from '../../source/sockets/udp/udp-relay.ts';
import type {Framing} from '../../source/text/framing.ts';
import {EventRoom} from './event-room.ts';
import {perfectLink} from './perfect-link.ts';

type Options = {
	readonly limits?: Partial<Limits>;
	readonly link?: Link;
	readonly silence?: number;
	readonly framing?: () => Framing;
};

/** The pane of a relay's sockets to its target. */
export const targetPane = 2;

function optionsOf(target: Address, {limits, link = perfectLink()}: Options) {
	const room = new EventRoom();
	const index = new PaneIndex();
	return {
		room,
		options: {
			targetTrackOf: (socket: number): SocketTrack => room.log.track(targetPane, index, socket),
			limits: {...defaultLimits, ...limits},
			link,
			target,
			onChange() {
				room.look();
			},
		},
	};
}

/** A TCP relay that is open on a port that the system picked, and closed with the test. */
export async function openTcpRelay(t: ExecutionContext, target: Address, given: Options = {}): Promise<{
	readonly room: EventRoom; readonly relay: TcpRelay; readonly address: Address;
}> {
	const {room, options} = optionsOf(target, given);
	const relay = new TcpRelay({
		...options, trackOf: socket => room.track(socket), ...(given.framing && {framing: given.framing}),
	});
	t.teardown(async () => relay.close());
	await relay.open({host: '127.0.0.1', port: 0});
	const {local} = await room.happened('listening-started');
	return {room, relay, address: local};
}

/** The same for UDP. */
export async function openUdpRelay(t: ExecutionContext, target: Address, given: Options = {}): Promise<{
	readonly room: EventRoom; readonly relay: UdpRelay; readonly address: Address;
}> {
	const {room, options} = optionsOf(target, given);
	const relay = new UdpRelay({...options, silence: given.silence ?? 60_000, newTrack: () => room.track()});
	t.teardown(async () => relay.close());
	await relay.open({host: '127.0.0.1', port: 0});
	const {local} = await room.happened('socket-bound');
	return {room, relay, address: local};
}
