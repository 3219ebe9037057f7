import {setTimeout as pause} from 'node:timers/promises';
import type {Refusal, RelayOptions} from '../../api/command.ts';
import type {Address, PaneId} from '../../../log/event.ts';
import {PaneIndex} from '../../../log/storage/pane-index.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {Link} from '../../../link/link.ts';
import {type LinkDirection, linkDirections} from '../../../link/random.ts';
import {lookUp} from '../../../sockets/host-names.ts';
import type {Framing} from '../../../text/framing.ts';
import {isBoundTo} from '../../../sockets/server-socket.ts';
import type {SocketOptions} from '../../../sockets/socket-options.ts';
import {TcpRelay} from '../../../sockets/tcp/tcp-relay.ts';
import {UdpRelay} from '../../../sockets/udp/udp-relay.ts';
import {familyOf} from '../../../text/address.ts';
import {Pane, type PaneSetup} from './pane.ts';
import {initialOptions} from './pane-options.ts';

/** What a relay is made with: the address that it binds, and where it passes on to. Both its sides have the options. */
type RelayPaneOptions = PaneSetup & RelayOptions & {
	/** The number of the target's side, `pane` is the clients'. The screen shows both as that one. */
	readonly targetPane: PaneId;
	readonly configured: Address;
};

/** How long what waits may take to be sent before the sockets are closed, in milliseconds. */
const closingTime = 400;

/** Before that: how long the target may take to answer, and its silence after the answers, in milliseconds. */
const answerTime = 300;
const answerSilence = 50;

/** In steps of how many milliseconds these times go by. */
const timeStep = 30;

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

	override precede(time: number): void {
		super.precede(time);
		this.#all.precede(time);
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
export class RelayPane extends Pane {
	readonly targetPane: PaneId;
	readonly clientIndex: SideIndex;
	readonly targetIndex: SideIndex;
	readonly relay: TcpRelay | UdpRelay;
	readonly target: Address;
	configured: Address;
	/** What its sockets are made with, on both sides. */
	readonly socketOptions: SocketOptions;
	readonly #targetTrack: SocketTrack;
	readonly #link: Link;
	#holding: readonly LinkDirection[] = [];
	#closing: Promise<void> | undefined;

	constructor(setup: RelayPaneOptions) {
		const {
			pane, targetPane, protocol, log, limits, link, configured, target, silence, options = [], onChange,
		} = setup;
		// The events of both sides in their order. Its rates are those of the clients' side.
		const index = new PaneIndex();
		const clientIndex = new SideIndex(index);
		super(setup, index, clientIndex);
		this.clientIndex = clientIndex;
		this.targetIndex = new SideIndex(index, new PaneIndex().rates);
		this.targetPane = targetPane;
		this.configured = configured;
		this.target = target;
		this.socketOptions = initialOptions(options, protocol, 'server');
		const trackOf = (socket: number): SocketTrack => log.track(pane, clientIndex, socket);
		const targetTrackOf = (socket: number): SocketTrack => log.track(targetPane, this.targetIndex, socket);
		const shared = {
			targetTrackOf, limits, link, target, options: () => this.socketOptions, onChange,
		};
		this.#link = link;
		this.#targetTrack = targetTrackOf(0);
		this.relay = protocol === 'tcp'
			? new TcpRelay({...shared, trackOf, framing: () => this.framing})
			: new UdpRelay({...shared, silence, newTrack: () => trackOf(0)});
	}

	override linkTrack(direction: LinkDirection): SocketTrack {
		return direction === 'to-server' ? this.#targetTrack : this.track;
	}

	/** What is held stays what it is. */
	protected override reframe(framing: Framing): void {
		super.reframe(framing);
		if (this.relay.protocol === 'tcp') {
			this.relay.reframe();
		}
	}

	/** In which directions it is to hold messages: it does not while it is being closed. */
	get holding(): readonly LinkDirection[] {
		return this.#holding;
	}

	hold(directions: readonly LinkDirection[]): void {
		this.#holding = linkDirections.filter(direction => directions.includes(direction));
		if (directions.length > 0) {
			this.#link.slowStreams();
		}

		if (this.#closing) {
			this.onChange();
		} else {
			this.relay.held.hold(directions);
		}
	}

	/** The socket that clients send to. */
	get server(): TcpRelay['server'] | UdpRelay['server'] {
		return this.relay.server;
	}

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
		this.#closing ??= this.#close().finally(() => {
			this.#closing = undefined;
		});
		await this.#closing;
	}

	async #close(): Promise<void> {
		const {relay, relay: {held}} = this;
		if (held.size > 0) {
			await this.#letGo();
		}

		// What comes from now on is not to be held.
		held.hold([]);
		const late = new AbortController();
		await Promise.race([
			relay.finish(late.signal),
			pauseInSteps(closingTime, late.signal),
		]);
		late.abort();
		await relay.close();
		held.hold(this.#holding);
	}

	/** What is held goes on. Settles when the target has answered what goes there, and is silent, or is late. */
	async #letGo(): Promise<void> {
		const {relay: {held, clients: before}} = this;
		const asked = [...held.legsOf('to-server')].map(leg => ({leg, count: before.get(leg)?.track.received.count ?? 0}));
		held.hold([]);
		if (asked.length === 0) {
			return;
		}

		const {promise: answered, resolve} = Promise.withResolvers<void>();
		let seen = -1;
		let silence: NodeJS.Timeout | undefined;
		const look = (): void => {
			const {clients: now} = this.relay;
			const counts = asked.map(({leg, count}) => {
				const client = now.get(leg);
				return client && client.state.type !== 'closed' ? client.track.received.count - count : Number.NaN;
			});
			const total = counts.reduce((sum, count) => sum + (count || 0), 0);
			if (total !== seen) {
				seen = total;
				clearTimeout(silence);
				silence = undefined;
			}

			silence ??= counts.includes(0) ? undefined : setTimeout(resolve, answerSilence);
		};

		const watch = this.log.watch(look);
		look();
		const over = new AbortController();
		await Promise.race([answered, pauseInSteps(answerTime, over.signal)]);
		over.abort();
		watch.close();
		clearTimeout(silence);
	}
}

/**
Wait at least this many milliseconds, or until it is aborted. Where this process is kept waiting itself, that counts as
one step: sockets have their turn in each.
*/
async function pauseInSteps(milliseconds: number, signal: AbortSignal): Promise<void> {
	for (let waited = 0; waited < milliseconds && !signal.aborted; waited += timeStep) {
		await pause(timeStep, undefined, {ref: false}); // eslint-disable-line no-await-in-loop -- Step by step.
	}
}

/** Whether a relay that is bound to an address would pass on to itself, where the names of hosts tell. */
export async function isItself(bound: Address, target: Address): Promise<boolean> {
	const [own, found] = await Promise.all([hostsOf(bound.host), hostsOf(target.host)]);
	return 'hosts' in own && 'hosts' in found
		&& found.hosts.some(host => isBoundTo({...bound, host: own.hosts[0]}, {...target, host}));
}

export async function hostsOf(host: string): ReturnType<typeof lookUp> {
	return familyOf(host) === 0 ? lookUp(host) : {hosts: [host]};
}
