import {setTimeout as pause} from 'node:timers/promises';
import type {Refusal, RelayOptions} from '../api/command.ts';
import type {
	Address, PaneId, Protocol, SocketOption,
} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import {PaneIndex} from '../../log/pane-index.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import type {Link} from '../../link/link.ts';
import type {LinkDirection} from '../../link/random.ts';
import {lookUp} from '../../sockets/host-names.ts';
import type {Limits} from '../../sockets/limits.ts';
import {defaultEncoding, type Encoding} from '../../text/encoding.ts';
import {isBoundTo} from '../../sockets/server-socket.ts';
import type {SocketOptions} from '../../sockets/socket-options.ts';
import {TcpRelay} from '../../sockets/tcp/tcp-relay.ts';
import {UdpRelay} from '../../sockets/udp/udp-relay.ts';
import {familyOf} from '../../text/address.ts';
import {LinkNews} from './link-news.ts';
import {initialOptions} from './pane-options.ts';

/** What a relay is made with: the address that it binds, and where it passes on to. */
type RelayPaneOptions = RelayOptions & {
	/** The numbers of its two panes: the clients' side, and the target's. The screen shows both as the first. */
	readonly pane: PaneId;
	readonly targetPane: PaneId;
	readonly protocol: Protocol;
	readonly log: EventLog;
	readonly limits: Limits;
	readonly link: Link;
	readonly configured: Address;
	/** What its sockets are made with, on both sides. */
	readonly options?: readonly SocketOption[] | undefined;
	/** The encoding of its text; UTF-8 where none is given. */
	readonly encoding?: Encoding | undefined;
	readonly onChange: () => void;
};

/** How long what is held or waits may take to be sent before the sockets are closed, in milliseconds. */
const closingTime = 400;

/** One side of a relay: its events are among all of the relay's, too. */
class SideIndex extends PaneIndex {
	readonly #all: PaneIndex;

	constructor(all: PaneIndex, rates = all.rates) {
		super(rates);
		this.#all = all;
	}

	override push(sequence: number, oldest: number): void {
		super.push(sequence, oldest);
		this.#all.push(sequence, oldest);
	}

	override changed(): void {
		super.changed();
		this.#all.changed();
	}
}

/**
A relay and its two sides, each with the events of its own sockets: what clients send to, and what sends to the target.
The socket that serves connection or peer n has the number n on the target's side.
*/
export class RelayPane {
	readonly pane: PaneId;
	readonly targetPane: PaneId;
	/** The events of both sides in their order. Its rates are those of the clients' side. */
	readonly index = new PaneIndex();
	readonly clientIndex = new SideIndex(this.index);
	readonly targetIndex = new SideIndex(this.index, new PaneIndex().rates);
	readonly relay: TcpRelay | UdpRelay;
	readonly target: Address;
	/** What changes of the link say in the pane, on the side that sends this way. */
	readonly linkNews: Readonly<Record<LinkDirection, LinkNews>>;
	/** What it binds when it is opened. */
	configured: Address;
	/** What its sockets are made with, on both sides. */
	readonly socketOptions: SocketOptions;
	readonly #onChange: () => void;
	#encoding: Encoding;

	constructor({
		pane, targetPane, protocol, log, limits, link, configured, target, silence, options = [],
		encoding = defaultEncoding, onChange,
	}: RelayPaneOptions) {
		this.#encoding = encoding;
		this.#onChange = onChange;
		this.pane = pane;
		this.targetPane = targetPane;
		this.configured = configured;
		this.target = target;
		this.socketOptions = initialOptions(options, protocol, 'server');
		const trackOf = (socket: number): SocketTrack => log.track(pane, this.clientIndex, socket);
		const targetTrackOf = (socket: number): SocketTrack => log.track(targetPane, this.targetIndex, socket);
		const shared = {
			targetTrackOf, limits, link, target, options: () => this.socketOptions, onChange,
		};
		this.linkNews = {'to-server': new LinkNews(targetTrackOf(0)), 'to-clients': new LinkNews(trackOf(0))};
		this.relay = protocol === 'tcp'
			? new TcpRelay({...shared, trackOf})
			: new UdpRelay({...shared, silence, newTrack: () => trackOf(0)});
	}

	/** The encoding of the text that its pane shows. */
	get encoding(): Encoding {
		return this.#encoding;
	}

	setEncoding(encoding: Encoding): void {
		this.#encoding = encoding;
		this.#onChange();
	}

	/** The socket that clients send to. */
	get server(): TcpRelay['server'] | UdpRelay['server'] {
		return this.relay.server;
	}

	/** Bind the configured address. Settles when that has worked, or failed. */
	async open(): Promise<void> {
		await this.relay.open(this.configured);
	}

	/** Bind another address. Where that is taken, the socket that is open stays. */
	async move(address: Address): Promise<Refusal | undefined> {
		if (await isItself(address, this.target)) {
			return {reason: 'relays-to-itself', target: this.target};
		}

		if (this.server.state.type !== 'open') {
			await this.relay.close();
			this.configured = address;
			await this.open();
		} else if (await this.relay.move(address)) {
			this.configured = address;
		}

		return undefined;
	}

	/** Let go of what is held, send what waits, as far as that is quickly done, and close every socket. */
	async close(): Promise<void> {
		const {relay} = this;
		const late = new AbortController();
		await Promise.race([
			relay.finish(late.signal),
			pause(closingTime, undefined, {signal: late.signal, ref: false}),
		]);
		late.abort();
		await relay.close();
	}
}

/** Whether a relay that is bound to an address would pass on to itself, where the names of hosts tell. */
export async function isItself(bound: Address, target: Address): Promise<boolean> {
	const [own, found] = await Promise.all([hostsOf(bound.host), hostsOf(target.host)]);
	return 'hosts' in own && 'hosts' in found
		&& found.hosts.some(host => isBoundTo({...bound, host: own.hosts[0]}, {...target, host}));
}

/** The addresses of a name, or of an address that one itself. */
export async function hostsOf(host: string): ReturnType<typeof lookUp> {
	return familyOf(host) === 0 ? lookUp(host) : {hosts: [host]};
}
