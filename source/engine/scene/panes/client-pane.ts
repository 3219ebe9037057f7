import {formatAddress} from '../../../text/address.ts';
import type {Refusal, Series} from '../../api/command.ts';
import type {ClientState, SeriesView} from '../../api/scene-view.ts';
import type {Address, PaneId} from '../../../log/event.ts';
import {kindOfRule} from '../../../replies/reply-rule.ts';
import type {Framing} from '../../../text/framing.ts';
import type {Sequence} from '../../../messages/message.ts';
import {largestDatagramTo} from '../../../sockets/limits.ts';
import type {SendRefusal} from '../../../sockets/states.ts';
import {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import {UdpClient} from '../../../sockets/udp/udp-client.ts';
import {
	answerLength, countsFor, type OwnServer, refusalOf,
} from '../series/client-series.ts';
import {DatagramMessenger} from '../series/datagram-messenger.ts';
import {NumberedMessages} from '../series/numbered-messages.ts';
import {type Messenger, type MessengerListener, SeriesRun} from '../series/series-run.ts';
import {StreamMessenger} from '../series/stream-messenger.ts';
import {type PaneSetup, SocketPane} from './pane.ts';

/** What a client's pane is made with. `number` is the client's name. */
type ClientPaneOptions = PaneSetup & {
	readonly number: number;
	/** UDP: whether it connects its socket to its destination (udp(7)). */
	readonly isConnected?: boolean;
	/** Where it talks to until it is told another address: the server, or what the command line names. */
	readonly defaultDestination: () => Address | undefined;
	/** The playground's server; undefined where there is none. */
	readonly ownServer: () => OwnServer | undefined;
};

/** A client and the address that it talks to. */
export class ClientPane extends SocketPane {
	readonly number: number;
	readonly client: UdpClient | TcpClient;
	readonly #options: ClientPaneOptions;
	/** The series of messages that is being sent, and how the last one has ended. */
	#series: SeriesRun | undefined;
	#lastSeries: SeriesView | undefined;
	#ownDestination: Address | undefined;

	constructor(options: ClientPaneOptions) {
		super(options, 'client', () => this.client);
		const {pane, number, protocol, log, limits, link, isConnected, framing, ownServer, onChange} = options;
		this.#options = options;
		this.number = number;
		const clientOptions = {
			newTrack: () => log.track(pane, this.index, 0),
			limits,
			link,
			options: () => this.options.values,
			onChange,
			awaitsAnswers: () => this.#ownDestination !== undefined || isAnswering(ownServer()),
		};
		this.client
			= protocol === 'udp'
				? new UdpClient({...clientOptions, isConnected})
				: new TcpClient({...clientOptions, framing});
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

	override setFraming(framing: Framing, isUntold?: boolean): Refusal | undefined {
		return this.protocol === 'tcp' && this.#series
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
	TCP: connect, and settle once that has worked or failed, at the latest after `timeout` milliseconds. UDP: open a new
	socket, which sends nothing, and connect it where it is to have a peer.
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

	get series(): SeriesView | undefined {
		return this.#series?.view ?? this.#lastSeries;
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

	/** Begin to send a series: while TCP is connecting, as soon as that has worked. */
	async startSeries(series: Series): Promise<Refusal | undefined> {
		const {client, messages, track} = this;
		if (client.protocol === 'tcp' && client.state.type === 'connecting') {
			await client.whenConnected();
		}

		if (messages.isRunning) {
			return {reason: 'messages-under-way'};
		}

		const refusal = this.#whyBusy() ?? refusalOf(series, client, this.destination);
		if (refusal) {
			return refusal;
		}

		const {count, rate, bytes} = series;
		const content = bytes ?? new NumberedMessages(count, this.codec);
		track.happened({type: 'series-started', count, rate});
		this.#series = new SeriesRun({
			series,
			newMessenger: listener => this.#newMessenger(series, content, listener),
			onEnded: report => {
				// What it remembers of each message is freed.
				this.#lastSeries = this.#series?.view;
				this.#series = undefined;
				track.happened({type: 'series-ended', report});
			},
		});
		this.#series.start();
		return undefined;
	}

	stopSeries(): Refusal | undefined {
		if (!this.#series) {
			return {reason: 'no-series'};
		}

		this.#series.end('stopped');
		return undefined;
	}

	/** Send a message in its frame, once TCP is connected; with `messages`, frames in which so many are whole. */
	send(bytes: Uint8Array, messages?: number): Refusal | undefined | Promise<Refusal | undefined> {
		const {client} = this;
		const refusal = this.#whyBusy();
		if (refusal) {
			return refusal;
		}

		if (client.protocol === 'tcp' && client.state.type === 'connecting') {
			return client.whenConnected().then(async () => this.send(bytes, messages));
		}

		if (client.protocol === 'tcp') {
			return messages === undefined ? client.sendMessage(bytes) : client.send(bytes, messages);
		}

		const {destination} = this;
		return destination ? client.send(destination, bytes) : {reason: 'no-destination'};
	}

	/** Send a saved message or begin a sequence. Settles when the first message has been sent, or refused. */
	async sendMessages(sequence: Sequence, counters: Map<string, number>): Promise<Refusal | undefined> {
		const {client, destination} = this;
		const isTcp = client.protocol === 'tcp';
		return this.#whyBusy() ?? this.messages.start(sequence, counters, {
			get ready() {
				return isTcp && client.state.type === 'connecting' ? client.whenConnected() : undefined;
			},
			send: async bytes => this.send(bytes),
			generation: () => isTcp ? client.connection : client.generation,
			connections: () => isTcp && client.connection ? [client.connection] : [],
			limit: isTcp || !destination ? undefined : largestDatagramTo(destination.host),
		});
	}

	/** Why nothing else can be sent now: a series is counted, or a file would have it in its middle. */
	#whyBusy(): Refusal | undefined {
		if (this.#series) {
			return {reason: 'series-under-way'};
		}

		const isSendingFile = this.client.protocol === 'tcp' && this.files.isSending(this.client.connection);
		return isSendingFile ? {reason: 'file-under-way'} : undefined;
	}

	async close(): Promise<void> {
		this.files.close();
		this.messages.close();
		const closed = this.client.close();
		this.#series?.end('client-closed');
		await closed;
	}

	#newMessenger(
		{count, rate}: Series,
		content: Uint8Array | NumberedMessages,
		listener: MessengerListener,
	): Messenger {
		const {client} = this;
		const {link, limits, ownServer} = this.#options;
		const isForeign = this.#ownDestination !== undefined || ownServer() === undefined;
		const shared = {
			count, content, now: link.time.now, listener,
		};
		if (client.protocol === 'udp') {
			return new DatagramMessenger({
				...shared,
				client,
				isUnpaced: rate === undefined,
				limits,
				destination: () => this.destination,
				countsFor: far => countsFor(far?.pane, ownServer(), isForeign),
				timeout: () => link.timeout,
			});
		}

		const {far} = client.track;
		return new StreamMessenger({
			...shared,
			client,
			counts: countsFor(far?.pane, ownServer(), isForeign),
			limit: limits.waitingBytes,
			answerLength: message => answerLength(message, far || !isForeign ? ownServer() : undefined),
		});
	}
}

/** Whether the playground's server answers what it gets; without one, what answers is another program. */
function isAnswering(server: OwnServer | undefined): boolean {
	return server === undefined || ['sender', 'person', 'file'].includes(kindOfRule(server.rule).answers);
}
