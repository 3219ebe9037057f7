import type {Refusal, Series} from '../../api/command.ts';
import type {SeriesView} from '../../api/scene-view.ts';
import type {Address, PaneId} from '../../../log/event.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import {type ReplyRule, replyTo} from '../../../replies/reply-rule.ts';
import {largerThanFrame} from '../../../sockets/states.ts';
import type {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import type {UdpClient} from '../../../sockets/udp/udp-client.ts';
import {codecOf} from '../../../text/encoding/codec.ts';
import type {Encoding} from '../../../text/encoding/encoding.ts';
import {frameMessage} from '../../../text/framing.ts';
import {NumberedMessages} from './numbered-messages.ts';
import {type Messenger, type MessengerListener, SeriesRun} from './series-run.ts';

type ClientSeriesOptions = {
	/** What sends the messages of a new series: those with this content. */
	readonly newMessenger: (
		series: Series,
		content: Uint8Array | NumberedMessages,
		listener: MessengerListener,
	) => Messenger;
	readonly encoding?: () => Encoding;
	/** A series has begun, before its first message is sent; or is over. To be recorded. */
	readonly onStarted: (series: Series) => void;
	readonly onEnded: (report: SeriesReport) => void;
};

/** The series of messages of one client: the one that is being sent, and the report of the last one. */
export class ClientSeries {
	readonly #options: ClientSeriesOptions;
	#run: SeriesRun | undefined;
	#last: SeriesView | undefined;

	constructor(options: ClientSeriesOptions) {
		this.#options = options;
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/** How the series that is being sent stands, or how the last one ended; undefined where there was none. */
	get view(): SeriesView | undefined {
		const run = this.#run;
		return run && this.#last ? {...this.#last, report: run.report} : this.#last;
	}

	/** Begin to send a series. The client can send. */
	start(series: Series): Refusal | undefined {
		if (this.#run) {
			return {reason: 'series-under-way'};
		}

		const {newMessenger, encoding, onStarted, onEnded} = this.#options;
		const {rate, count, bytes} = series;
		const content = bytes ?? new NumberedMessages(count, codecOf(encoding?.()));
		onStarted(series);
		const run = new SeriesRun({
			series,
			newMessenger: listener => newMessenger(series, content, listener),
			onEnded: report => {
				this.#run = undefined;
				this.#last = {isRunning: false, rate, report};
				onEnded(report);
			},
		});
		this.#run = run;
		this.#last = {isRunning: true, rate, report: run.report};
		run.start();
		return undefined;
	}

	stop(): Refusal | undefined {
		if (!this.#run) {
			return {reason: 'no-series'};
		}

		this.#run.end('stopped');
		return undefined;
	}

	/** The client's socket is closed. */
	closed(): void {
		this.#run?.end('client-closed');
	}
}

/** Why the first message of a series could not be sent now; undefined where it could. */
export function refusalOf(
	{bytes}: Series,
	client: UdpClient | TcpClient,
	destination: Address | undefined,
): Refusal | undefined {
	if (client.protocol === 'udp') {
		return client.state.type === 'closed'
			? {reason: 'not-open'}
			: (destination
				? undefined
				: {reason: 'no-destination'});
	}

	if (client.state.type !== 'connected') {
		return {reason: 'not-open'};
	}

	if (client.state.isFinishing) {
		return {reason: 'sending-finished'};
	}

	const {framing} = client;
	if (bytes && !frameMessage(bytes, framing)) {
		return largerThanFrame(bytes, framing);
	}

	return bytes?.length === 0 && framing === 'none' ? {reason: 'empty-write'} : undefined;
}

/** The playground's server: its pane, and how it answers now, in which encoding. */
export type OwnServer = {readonly pane: PaneId; readonly rule: ReplyRule; readonly encoding?: Encoding};

const something = new Uint8Array(1);

/**
What counts as done with a message: its answer, or that it was read where nothing answers it automatically.

@param reader - the pane whose socket receives the messages, where it is known to be the playground's
@param server - the playground's server, where there is one
@param isForeign - whether messages to an unknown socket go to another program's server, which may answer
*/
export function countsFor(
	reader: PaneId | undefined,
	server: OwnServer | undefined,
	isForeign: boolean,
): SeriesReport['counts'] {
	const isAnswering = server !== undefined && replyTo(server.rule, something) !== undefined;
	if (reader !== undefined) {
		return isAnswering && reader === server.pane ? 'answers' : 'arrivals';
	}

	return isForeign || isAnswering ? 'answers' : 'arrivals';
}

/**
How many bytes answer this message: by the rule of the playground's server; from another program, the same number is
assumed.
*/
export function answerLength(message: Uint8Array, server: OwnServer | undefined): number {
	return (server && replyTo(server.rule, message, codecOf(server.encoding))?.length) ?? message.length;
}
