import type {ExecutionContext} from 'ava';
import type {Address} from '../../source/log/event.ts';
import {PaneIndex} from '../../source/log/storage/pane-index.ts';
import type {SocketTrack} from '../../source/log/socket-track.ts';
import type {Link} from '../../source/link/link.ts';
import {defaultLimits, type Limits} from '../../source/sockets/limits.ts';
import {TcpRelay} from '../../source/sockets/tcp/tcp-relay.ts';
import {UdpRelay} from '../../source/sockets/udp/udp-relay.ts';
import type {Framing} from '../../source/text/framing.ts';
import {EventRoom} from './event-room.ts';

type Options = {
	readonly limits?: Partial<Limits>;
	readonly link?: Link;
	readonly silence?: number;
	readonly framing?: () => Framing;
	/** Where it listens: at a port of 127.0.0.1 that the system picks, unless it is given. */
	readonly at?: Address;
};

/** A relay that is open on a port that the system picked. */
type RelayRoom<Relay> = {readonly room: EventRoom; readonly relay: Relay; readonly address: Address};

/** The pane of a relay's sockets to its target. */
export const targetPane = 2;

async function openRelay<Relay extends TcpRelay | UdpRelay>(
	t: ExecutionContext,
	{limits, at = {host: '127.0.0.1', port: 0}}: Options,
	make: (options: EventRoom['socketOptions'] & {readonly targetTrackOf: (socket: number) => SocketTrack}) => Relay,
): Promise<RelayRoom<Relay>> {
	const room = new EventRoom();
	const index = new PaneIndex();
	const relay = make({
		...room.socketOptions,
		limits: {...defaultLimits, ...limits},
		targetTrackOf: socket => room.log.track(targetPane, index, socket),
	});
	t.teardown(async () => relay.close());
	await relay.open(at);
	const {local} = await room.happened(relay.protocol === 'tcp' ? 'listening-started' : 'socket-bound');
	return {room, relay, address: local};
}

/** A TCP relay that is open, and closed with the test. */
export async function openTcpRelay(
	t: ExecutionContext,
	target: Address,
	{link, framing, ...others}: Options = {},
): Promise<RelayRoom<TcpRelay>> {
	return openRelay(t, others, options => new TcpRelay({
		...options, target, ...(link && {link}), ...(framing && {framing}),
	}));
}

/** The same for UDP. */
export async function openUdpRelay(
	t: ExecutionContext,
	target: Address,
	{link, silence = 60_000, ...others}: Options = {},
): Promise<RelayRoom<UdpRelay>> {
	return openRelay(t, others, options => new UdpRelay({
		...options, target, silence, ...(link && {link}),
	}));
}
