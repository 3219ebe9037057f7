import {formatAddress} from '../../../text/address.ts';
import type {Refusal, Series} from '../../api/command.ts';
import type {ClientState, SeriesView} from '../../api/scene-view.ts';
import type {Address, PaneId} from '../../../log/event.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {Framing, UnfinishedFrame} from '../../../text/framing.ts';
import type {SendRefusal} from '../../../sockets/states.ts';
import {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import {UdpClient} from '../../../sockets/udp/udp-client.ts';
import {
	answerLength, ClientSeries, countsFor, type OwnServer, refusalOf,
} from '../series/client-series.ts';
import {DatagramMessenger} from '../series/datagram-messenger.ts';
import type {NumberedMessages} from '../series/numbered-messages.ts';
import type {Messenger, MessengerListener} from '../series/series-run.ts';
import {StreamMessenger} from '../series/stream-messenger.ts';
import {type PaneSetup, SocketPane} from './pane.ts';

/** What a client's pane is made with. `number` is the client's name. */
type ClientPaneOptions = PaneSetup & {
	readonly number: number;
	/** UDP: whether it connects its socket to its destination (udp(7)). */
	readonly isConnected?: boolean;
	/** Where it talks to until it is told another address: the server, or what the command line names. */
	readonly defaultDestination: () => Address | undefined;
	/** Whether the playground's server, where this client sends to it, answers what it gets. */
	readonly isAnswered: () => boolean;
	/** The playground's server; undefined where there is none. */
	readonly ownServer: () => OwnServer | undefined;
};

/** A client and the address that it talks to. */
export class ClientPane extends SocketPane {
	readonly number: number;
	readonly client: UdpClient | TcpClient;
	readonly #options: ClientPaneOptions;
	readonly #series: ClientSeries;
	#ownDestination: Address | undefined;

	constructor(options: ClientPaneOptions) {
		super(options, 'client', () => this.client);
		const {pane, number, protocol, log, limits, link, isConnected, framing, isAnswered, onChange} = options;
		this.#options = options;
		this.number = number;
		const clientOptions = {
			newTrack: () => log.track(pane, this.index, 0),
			limits,
			link,
			options: () => this.options.values,
			onChange,
			awaitsAnswers: () => this.#ownDestination !== undefined || isAnswered(),
		};
		this.client
			= protocol === 'udp'
				? new UdpClient({...clientOptions, isConnected})
				: new TcpClient({...clientOptions, framing});
		this.#series = new ClientSeries({
			newMessenger: (...series) => this.#newMessenger(...series),
			encoding: () => this.encoding,
			onStarted: ({count, rate}) => {
				this.track.happened({type: 'series-started', count, rate});
			},
			onEnded: report => {
				this.track.happened({type: 'series-ended', report});
			},
		});
	}

	get destination(): Address | undefined {
		return this.#ownDestination ?? this.#options.defaultDestination();
	}

	get state(): ClientState {
		return this.client.state;
	}

	/** TCP: bytes that the peer has not taken yet. */
	get waiting(): number {
		return this.client.protocol === 'tcp' ? this.client.waiting : 0;
	}

	/** TCP: how many of them are on the simulated link. */
	get onTheLink(): number {
		return this.client.protocol === 'tcp' ? this.client.onTheLink.bytes : 0;
	}

	/** TCP: whether the user has stopped reading. */
	get isReadingStopped(): boolean {
		return this.client.protocol === 'tcp' && this.client.isReadingStopped;
	}

	/** UDP: whether it may send to broadcast addresses. */
	get mayBroadcast(): boolean {
		return this.client.state.type === 'bound' && this.options.values.numbers.broadcast === 1;
	}

	/** TCP, with a framing: the frame that more is awaited of. */
	get unfinished(): UnfinishedFrame | undefined {
		return this.client.protocol === 'tcp' ? this.client.connection?.unfinished : undefined;
	}

	override setFraming(framing: Framing, isUntold?: boolean): Refusal | undefined {
		return this.protocol === 'tcp' && this.#series.isRunning
			? {reason: 'series-under-way'}
			: super.setFraming(framing, isUntold);
	}

	protected override reframe(framing: Framing): void {
		if (this.client.protocol === 'tcp') {
			this.client.setFraming(framing);
		}

		super.reframe(framing);
	}

	setDestination(destination: Address): void {
		this.#ownDestination = destination;
		const hasConnection = this.client.protocol === 'tcp' && this.client.state.type !== 'closed';
		this.track.happened({
			type: 'destination-changed',
			destination: formatAddress(destination),
			...(hasConnection && {hasConnection}),
		});
	}

	/**
	TCP: connect, and settle once that has worked or failed. UDP: open a new socket, which sends nothing, and connect it
	where it is to have a peer.

	@param timeout - TCP: give up after this many milliseconds without an answer; without it the system does, after
	minutes
	*/
	async open(timeout?: number): Promise<SendRefusal | undefined> {
		const {client, destination} = this;
		if (client.protocol === 'udp' && !this.#options.isConnected) {
			client.reopen();
			return undefined;
		}

		if (!destination) {
			return {reason: 'no-destination'};
		}

		await client.connect(destination, timeout);
		return undefined;
	}

	/** The series of messages that is being sent, or was sent last. */
	get series(): SeriesView | undefined {
		return this.#series.view;
	}

	/** TCP: whether it counts how the sockets of this pane answer the series that it sends. */
	countsAnswersOf(server: PaneId): boolean {
		const {client, series} = this;
		if (client.protocol === 'udp' || !series?.isRunning || series.report.counts !== 'answers') {
			return false;
		}

		const {far} = client.track;
		return far ? far.pane === server : this.#ownDestination === undefined;
	}

	/**
	Begin to send a series of messages; while TCP is still connecting, as soon as that has worked. Refused where a
	single message would be, too.
	*/
	async startSeries(series: Series): Promise<Refusal | undefined> {
		const {client} = this;
		if (client.protocol === 'tcp' && client.state.type === 'connecting') {
			await client.whenConnected();
		}

		if (this.messages.isRunning) {
			return {reason: 'messages-under-way'};
		}

		if (this.#isSendingFile) {
			return {reason: 'file-under-way'};
		}

		const refusal = this.#series.isRunning ? undefined : refusalOf(series, client, this.destination);
		return refusal ?? this.#series.start(series);
	}

	stopSeries(): Refusal | undefined {
		return this.#series.stop();
	}

	/**
	Send a message at once, in its frame; while TCP is still connecting, as soon as that has worked. Refused while a
	series is sent: this would be counted with it.

	@param messages - TCP: these are bytes of frames already, and this is how many messages are whole with them
	*/
	send(bytes: Uint8Array, messages?: number): Refusal | undefined | Promise<Refusal | undefined> {
		const {client} = this;
		const refusal = this.whyBusy();
		if (refusal) {
			return refusal;
		}

		if (client.protocol === 'tcp' && client.state.type === 'connecting') {
			const {begun} = this.messages;
			const connected = client.whenConnected();
			// Behind a saved message that was sent before, and before one that is sent after it.
			return (begun ? connected.then(async () => begun) : connected).then(async () => this.send(bytes, messages));
		}

		if (client.protocol === 'tcp') {
			return messages === undefined ? client.sendMessage(bytes) : client.send(bytes, messages);
		}

		const {destination} = this;
		return destination ? client.send(destination, bytes) : {reason: 'no-destination'};
	}

	/** Why nothing else can be sent now: a series is counted, or a file would have it in its middle. */
	whyBusy(): Refusal | undefined {
		return this.#series.isRunning
			? {reason: 'series-under-way'}
			: (this.#isSendingFile ? {reason: 'file-under-way'} : undefined);
	}

	async close(): Promise<void> {
		this.files.close();
		this.messages.close();
		const closed = this.client.close();
		this.#series.closed();
		await closed;
	}

	get #isSendingFile(): boolean {
		return this.client.protocol === 'tcp' && this.files.isSending(this.client.connection);
	}

	#newMessenger(
		{count, rate}: Series,
		content: Uint8Array | NumberedMessages,
		listener: MessengerListener,
	): Messenger {
		const {client} = this;
		const {link, limits, ownServer} = this.#options;
		const isForeign = this.#ownDestination !== undefined || ownServer() === undefined;
		const counts = (far: SocketTrack | undefined): SeriesReport['counts'] =>
			countsFor(far?.pane, ownServer(), isForeign);
		const {now} = link.time;
		if (client.protocol === 'udp') {
			return new DatagramMessenger({
				client,
				count,
				isUnpaced: rate === undefined,
				limits,
				content,
				destination: () => this.destination,
				countsFor: counts,
				timeout: () => link.timeout,
				now,
				listener,
			});
		}

		const {far} = client.track;
		return new StreamMessenger({
			client,
			count,
			content,
			counts: counts(far),
			limit: limits.waitingBytes,
			now,
			listener,
			answerLength: message => answerLength(message, far || !isForeign ? ownServer() : undefined),
		});
	}
}
