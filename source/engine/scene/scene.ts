import type {PlaygroundOptions, Refusal, SceneName} from '../api/command.ts';
import type {ExperimentView} from '../api/experiment.ts';
import type {Traffic} from '../api/scene-view.ts';
import type {
	Protocol, Address, PaneId, Tally,
} from '../../log/event.ts';
import type {EventLog} from '../../log/event-log.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {reachableAddress} from '../../text/address.ts';
import {conditionsFor, type LinkConditions, perfect} from '../../link/conditions.ts';
import {Link} from '../../link/link.ts';
import {formatConditions} from '../../link/conditions-text.ts';
import {type LinkDirection, linkDirections} from '../../link/random.ts';
import type {Limits} from '../../sockets/limits.ts';
import type {RulesFile} from './rules-file.ts';
import {ServerPane} from './panes/server-pane.ts';
import {RelayPane} from './panes/relay-pane.ts';
import {ClientPane} from './panes/client-pane.ts';
import type {PaneSetup} from './panes/pane.ts';

export type ScenePane = ServerPane | RelayPane | ClientPane;

/** What of a scene is open at first: with `all`, TCP's clients are connected as well. */
export type Opens = 'nothing' | 'server' | 'all';

/** What a scene is made with: its protocol, and the options, limits and log that it shares with the other scenes. */
type SceneOptions = {
	readonly name: SceneName;
	readonly protocol: Protocol;
	readonly playground: PlaygroundOptions;
	readonly limits: Limits;
	readonly log: EventLog;
	readonly rulesFile?: RulesFile | undefined;
	readonly newPane: () => PaneId;
	readonly onChange: () => void;
};

/** One protocol's server and clients. UDP, TCP and the laboratory have a scene each, and all live. */
export class Scene {
	readonly name: SceneName;
	readonly protocol: Protocol;
	readonly link: Link;
	/** Undefined where the clients send to another program's server. */
	readonly server: ServerPane | undefined;
	/** What stands in the server's place, where that is a relay. */
	readonly relay: RelayPane | undefined;
	/** The link of the clients: to a relay nothing is simulated, since that applies the link to what it passes on. */
	readonly #clientLink: Link;
	/** Where the clients send to, without a server of the playground. */
	connect: Address | undefined;
	/** The laboratory's scene only: how the experiment stands that it was made for. */
	experiment: ExperimentView | undefined;
	readonly #options: SceneOptions;
	readonly #clients: ClientPane[] = [];
	/** Ways in which the link was changed since the panes said so last: with what they then said, or undefined. */
	readonly #untold = new Map<LinkDirection, string | undefined>();
	#lastClient = 0;
	#opening: Promise<void> | undefined;
	#isClosed = false;
	#removed: Traffic = total([]);

	constructor(options: SceneOptions) {
		const {name, protocol, playground, rulesFile, newPane} = options;
		this.#options = options;
		this.name = name;
		this.protocol = protocol;
		this.connect = playground.connect;
		this.link = new Link({conditions: playground.link, seed: playground.seed});
		if (playground.linkToClients) {
			this.link.change('to-clients', playground.linkToClients);
		}

		this.#clientLink = playground.relay
			? new Link({conditions: perfect, seed: playground.seed, beyond: this.link})
			: this.link;
		const configured = {host: playground.host, port: playground.port};
		this.relay = playground.relay && new RelayPane({
			...this.#paneSetup(this.link),
			...playground.relay,
			targetPane: newPane(),
			configured,
		});
		this.server = playground.connect ?? playground.relay
			? undefined
			: new ServerPane({
				...this.#paneSetup(this.link),
				configured,
				rule: playground.reply,
				closeAfterReply: playground.closeAfterReply,
				rulesFile,
			});
	}

	#paneSetup(link: Link): PaneSetup {
		const {protocol, playground: {options, framing, encoding}, log, limits, newPane, onChange} = this.#options;
		return {
			pane: newPane(), protocol, log, limits, link, options, framing, encoding, onChange,
		};
	}

	get clients(): readonly ClientPane[] {
		return this.#clients;
	}

	get front(): ServerPane | RelayPane | undefined {
		return this.server ?? this.relay;
	}

	/** Every pane that there is: the server's or the relay's first. */
	get panes(): readonly ScenePane[] {
		return this.front ? [this.front, ...this.#clients] : this.#clients;
	}

	/** What the server has received and sent; without one, what all clients have, removed ones included. */
	get traffic(): Traffic {
		const {server, relay} = this;
		if (server) {
			return trafficOf(server.index);
		}

		return total(relay
			? [relay.clientIndex, relay.targetIndex]
			: [this.#removed, ...this.#clients.map(({index}) => index)]);
	}

	/** Open what is to be open at first, once `ready`. Settles when all of it is, or has failed. */
	async open(opens: Opens = 'all', ready?: Promise<unknown>): Promise<void> {
		if (!this.#isClosed) {
			this.#opening ??= this.#openAll(opens, ready);
		}

		await this.#opening;
	}

	/** Add a client pane, and settle once its socket is open or has failed. */
	async openClient(): Promise<Refusal | undefined> {
		const {limits} = this.#options;
		if (this.#clients.length >= limits.clients) {
			return {reason: 'client-limit', limit: limits.clients};
		}

		await this.#connectAtFirst(this.addClient());
		return undefined;
	}

	/** Add a client pane. TCP's socket connects when it is told to, UDP's is made when it first sends. */
	addClient(isConnected = false): ClientPane {
		// It has known no other link.
		this.#tellLink();
		const {playground, onChange} = this.#options;
		const client = new ClientPane({
			...this.#paneSetup(this.#clientLink),
			number: ++this.#lastClient,
			isConnected,
			options: playground.options?.filter(({name}) => name !== 'join' || playground.connect !== undefined),
			defaultDestination: () => this.#serverAddress(),
			ownServer: () => this.server,
		});
		this.#clients.push(client);
		onChange();
		return client;
	}

	/** TCP: why the server must answer as it does: a client of this scene counts its answers. */
	whyAnswersStay(): Refusal | undefined {
		const {server} = this;
		const counting = server && this.#clients.find(client => client.countsAnswersOf(server.pane));
		return counting && {reason: 'answers-are-counted', client: counting.number};
	}

	async removeClient(client: ClientPane): Promise<void> {
		this.#removed = total([this.#removed, client.index]);
		this.#clients.splice(this.#clients.indexOf(client), 1);
		client.tell();
		await client.close();
		this.#options.onChange();
	}

	/**
	Other conditions of the simulated link, one way or both. The panes that send this way say so: at once, or when they
	are told to, or before the next event in one of them.
	*/
	setLink(direction: LinkDirection | 'both', conditions: LinkConditions, isUntold = false): void {
		for (const way of direction === 'both' ? linkDirections : [direction]) {
			const before = this.#conditionsText(way);
			this.link.change(way, conditions);
			this.#untold.set(way, isUntold ? (this.#untold.has(way) ? this.#untold.get(way) : before) : undefined);
		}

		if (isUntold) {
			for (const {index} of linkDirections.flatMap(way => this.#untold.has(way) ? this.#senders(way) : [])) {
				index.beforeNext(this.#tellLink);
			}
		} else {
			this.#tellLink();
		}
	}

	/** The panes say what was changed, where they have not. */
	tell(): void {
		this.#tellLink();
		for (const pane of this.panes) {
			pane.tell();
		}
	}

	/** The panes say what the link does, for each way in which that is not what they last said. */
	readonly #tellLink = (time?: number): void => {
		const untold = [...this.#untold];
		this.#untold.clear();
		for (const [way, before] of untold) {
			const conditions = this.#conditionsText(way);
			const senders = before === conditions ? [] : this.#senders(way);
			for (const sender of senders) {
				sender.happened({type: 'link-changed', conditions, seed: this.link.seed}, time);
			}
		}
	};

	/** What the link does to what is sent this way by sockets of the scene's protocol. */
	#conditionsText(way: LinkDirection): string {
		return formatConditions(conditionsFor(this.link.datagrams(way).conditions, this.protocol));
	}

	/** Restart the random choices with this seed. Every pane says so: the order of its sends counts from here. */
	reseed(seed: number): void {
		this.link.reseed(seed);
		for (const way of linkDirections) {
			this.#untold.set(way, undefined);
		}

		this.#tellLink();
	}

	/** Lose exactly the next datagram this way. Refused where no UDP socket would carry that out. */
	loseNext(direction: LinkDirection): Refusal | undefined {
		const senders = this.#senders(direction);
		if (this.protocol === 'tcp' || senders.length === 0) {
			return {reason: 'nothing-to-lose'};
		}

		this.link.datagrams(direction).loseNext();
		for (const sender of senders) {
			sender.happened({type: 'loss-ordered'});
		}

		return undefined;
	}

	/** Close every socket: clients first, so that the server sees them leave. May be called twice. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.tell();
		await Promise.all(this.#clients.map(async client => client.close()));
		await this.relay?.close();
		this.server?.files.close();
		this.server?.messages.close();
		await this.server?.close();
		await this.#opening;
	}

	/** Where the panes whose sockets send this way say so. */
	#senders(direction: LinkDirection): readonly SocketTrack[] {
		const panes = direction === 'to-server' && !this.relay ? this.#clients : (this.front ? [this.front] : []);
		return panes.map(pane => pane.linkTrack(direction));
	}

	async #openAll(opens: Opens, ready: Promise<unknown> | undefined): Promise<void> {
		const {playground, limits, rulesFile} = this.#options;
		// All panes are there at once: what is done while the scene opens is done to the pane that it is meant for.
		const clients = Array.from({length: Math.min(playground.clients, limits.clients)}, () => this.addClient());
		await Promise.all([rulesFile?.open(), ready]);
		if (opens !== 'nothing' && !this.#isClosed) {
			await this.front?.open();
		}

		if (opens === 'all' && !this.#isClosed) {
			await Promise.all(clients
				.filter(client => this.#clients.includes(client))
				.map(async client => this.#connectAtFirst(client)));
		}
	}

	/**
	TCP: connect a client that has not been told to meanwhile. While the playground's server is closed, any program may
	have the port: it is connected to only on request.
	*/
	async #connectAtFirst(client: ClientPane): Promise<void> {
		const isServerOpen = this.front === undefined || this.front.server.state.type === 'open';
		if (isServerOpen && client.client.protocol === 'tcp' && client.state.type === 'closed') {
			await client.open();
		}
	}

	/** The address that this scene's clients talk to: undefined while the system has yet to pick the server's port. */
	#serverAddress(): Address | undefined {
		if (!this.front) {
			return this.connect?.port === 0 ? undefined : this.connect;
		}

		const {configured, server} = this.front;
		const wasGivenPort = configured.port === 0 ? server.lastLocal : undefined;
		const address = server.state.type === 'open' ? server.state.local : wasGivenPort ?? configured;
		return address.port === 0 ? undefined : reachableAddress(address);
	}
}

/** What went each way by now: the log counts on. */
export function trafficOf({received, sent}: Traffic): Traffic {
	return {received: {...received}, sent: {...sent}};
}

function total(all: readonly Traffic[]): Traffic {
	return {received: sumOf(all.map(({received}) => received)), sent: sumOf(all.map(({sent}) => sent))};
}

export function sumOf(tallies: readonly Tally[]): Tally {
	let count = 0;
	let bytes = 0;
	for (const tally of tallies) {
		count += tally.count;
		bytes += tally.bytes;
	}

	return {count, bytes};
}
