import type {SeriesReport} from '../../../log/reports.ts';
import type {SocketTrack} from '../../../log/socket-track.ts';
import type {Subscription} from '../../../log/subscriptions.ts';
import type {TcpClient} from '../../../sockets/tcp/tcp-client.ts';
import {frameMessage} from '../../../text/framing.ts';
import {MessageStates} from './message-states.ts';
import type {Attempt, Messenger, MessengerOptions} from './series-run.ts';
import {SeriesTally} from './series-tally.ts';

/** Milliseconds of silence after all that was sent has been read: longer than a program takes to answer. */
const longestSilence = 10_000;

/** While more bytes than this wait in this program, the next message does, too. */
const maxWaiting = 256 * 1024;

type StreamMessengerOptions = MessengerOptions & {
	readonly client: TcpClient;
	readonly counts: SeriesReport['counts'];
	readonly answerLength: (message: Uint8Array) => number;
	/** How many bytes waiting make the client refuse to send. */
	readonly limit: number;
};

/**
Sends a series over TCP. The n-th message is answered when the bytes of n answers have come back, or with a framing n
messages; where nothing answers, when the other end has read the bytes of n messages.
*/
export class StreamMessenger implements Messenger {
	readonly tally: SeriesTally;
	readonly #options: StreamMessengerOptions;
	readonly #states = new MessageStates();
	readonly #track: SocketTrack;
	readonly #following: Subscription;
	/** Bytes of the stream that come before those which answer the first message. */
	readonly #base: number;
	readonly #length: number;
	#answered = 0;
	/** How many messages have come back, and how many answer one. */
	#came = 0;
	readonly #frames: number;
	/** The other end, where its reads count as done. */
	#far: SocketTrack | undefined;
	#followingFar: Subscription | undefined;

	constructor(options: StreamMessengerOptions) {
		const {client, count, content, counts, answerLength, listener} = options;
		const message = content instanceof Uint8Array ? content : content.at(0);
		const {track, framing} = client;
		const isAnswered = counts === 'answers';
		this.#options = options;
		this.#track = track;
		this.tally = new SeriesTally(count);
		this.tally.counts = counts;
		const framed = frameMessage(message, framing);
		this.#length = isAnswered ? answerLength(message) : framed?.bytes.length ?? message.length;
		this.#frames = framed?.messages ?? 1;
		this.#base = isAnswered ? answersBefore(track) : track.sent.bytes;
		this.#following = track.subscribe({
			onOver(isClosed) {
				if (isClosed || isAnswered) {
					listener.onOver();
				}
			},
			...(isAnswered && (framing === 'none'
				? {
					onRead: () => {
						this.#read(track.received.bytes);
					},
				}
				: {
					onMessage: (length: number, offset: number) => {
						if (offset >= this.#base) {
							this.#answer(Math.floor(++this.#came / this.#frames), length);
						}
					},
				})),
		});
	}

	get isSettled(): boolean {
		return this.tally.waiting === 0;
	}

	/** A stream loses nothing: what was written and not read is still to come, and so is its answer. */
	get silence(): number {
		const {received, sent, far} = this.#track;
		const isUnread = far !== undefined && (sent.bytes > far.received.bytes || far.sent.bytes > received.bytes);
		return isUnread || this.#options.client.waiting > 0 ? Number.POSITIVE_INFINITY : longestSilence;
	}

	send(): Attempt {
		this.#findFar();
		const {client, content, limit, now} = this.#options;
		if (client.waiting > Math.min(limit, maxWaiting)) {
			return 'wait';
		}

		const bytes = content instanceof Uint8Array ? content : content.at(this.#states.total);
		const time = now();
		const before = this.#track.sent.count;
		const refusal = client.sendMessage(bytes);
		if (refusal) {
			return refusal.reason === 'too-much-waiting' ? 'wait' : 'over';
		}

		this.tally.send(bytes.length, time);
		if (this.#track.sent.count === before) {
			this.tally.lose('failed');
			return 'over';
		}

		this.#states.add(time);
		return 'sent';
	}

	look(): void {
		this.#findFar();
	}

	close(): void {
		this.#following.close();
		this.#followingFar?.close();
	}

	/** The server may accept the connection only after the client has sent. */
	#findFar(): void {
		if (this.tally.counts === 'arrivals' && !this.#far) {
			const {far} = this.#track;
			this.#far = far;
			if (far) {
				this.#followingFar = far.subscribe({
					onRead: () => {
						this.#read(far.received.bytes);
					},
				});
				this.#read(far.received.bytes);
			}
		}
	}

	#read(bytes: number): void {
		this.#answer(Math.floor((bytes - this.#base) / this.#length), this.#length);
	}

	/** @param count - how many messages are answered by now */
	#answer(count: number, length: number): void {
		const time = this.#options.now();
		const answered = Math.min(this.#states.total, count);
		for (let place = this.#answered; place < answered; place++) {
			this.tally.answer({
				time,
				elapsed: this.#states.has(place) ? time - this.#states.sentAt(place) : Number.NaN,
				isRoundTrip: this.tally.counts === 'answers',
				length,
				isOutOfOrder: false,
			});
		}

		this.#answered = Math.max(this.#answered, answered);
		this.#options.listener.onProgress();
	}
}

/** How many bytes will have come back for all that was sent so far, unanswered ones with their own length. */
function answersBefore({far, received, sent}: SocketTrack): number {
	return far ? far.sent.bytes + sent.bytes - far.received.bytes : received.bytes;
}
