import type {RelayOptions} from '../api/command.ts';
import type {
	Address, PaneId, Protocol, SocketOption,
} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import {PaneIndex} from '../../log/pane-index.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import type {Link} from '../../link/link.ts';
import type {Limits} from '../../sockets/limits.ts';
import {TcpRelay} from '../../sockets/tcp/tcp-relay.ts';
import {UdpRelay} from '../../sockets/udp/udp-relay.ts';
import {initialOptions} from './pane-options.ts';

/** What a relay is made with: the address that it binds, and where it passes on to. */
type RelayPaneOptions = RelayOptions & {
	/** The numbers of its two panes: the clients' side, and the target's. */
	readonly pane: PaneId;
	readonly targetPane: PaneId;
	readonly protocol: Protocol;
	readonly log: EventLog;
	readonly limits: Limits;
	readonly link: Link;
	readonly configured: Address;
	/** What its sockets are made with, on both sides. */
	readonly options?: readonly SocketOption[] | undefined;
	readonly onChange: () => void;
};

/**
A relay and its two sides, each with the events of its own sockets: what clients send to, and what sends to the target.
The socket that serves connection or peer n has the number n on the target's side.
*/
export class RelayPane {
	readonly pane: PaneId;
	readonly targetPane: PaneId;
	readonly index = new PaneIndex();
	readonly targetIndex = new PaneIndex();
	readonly relay: TcpRelay | UdpRelay;
	readonly target: Address;
	readonly configured: Address;

	constructor({
		pane, targetPane, protocol, log, limits, link, configured, target, silence, options = [], onChange,
	}: RelayPaneOptions) {
		this.pane = pane;
		this.targetPane = targetPane;
		this.configured = configured;
		this.target = target;
		const values = initialOptions(options, protocol, 'server');
		const trackOf = (socket: number): SocketTrack => log.track(pane, this.index, socket);
		const targetTrackOf = (socket: number): SocketTrack => log.track(targetPane, this.targetIndex, socket);
		const shared = {
			targetTrackOf, limits, link, target, options: () => values, onChange,
		};
		this.relay = protocol === 'tcp'
			? new TcpRelay({...shared, trackOf})
			: new UdpRelay({...shared, silence, newTrack: () => trackOf(0)});
	}
}
