import type {Socket} from 'node:net';
import type {SocketOption, Tally} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {packFramed} from '../../log/delivery/stream-place.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {Link} from '../../link/link.ts';
import {versionOf} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import type {Limits} from '../limits.ts';
import type {RoundTrips} from '../round-trips.ts';
import {
	type Cut, frameMessage, type Framer, type Framing, type UnfinishedFrame,
} from '../../text/framing.ts';
import type {OptionOutcome, SocketOptions} from '../socket-options.ts';
import {largerThanFrame, type PeerNumber, type SendRefusal} from '../states.ts';
import {ConnectionLifetime} from './connection-lifetime.ts';
import {MessageReader, type UnfinishedFrames} from './message-reader.ts';
import {freeChunk, type ReadBuffer} from './read-buffer.ts';

/** What one end of a connection is made with. A chunk is what one read returned; it is not a message. */
export type TcpConnectionOptions = {
	/** The number of a server's connection; 0 for a client's. */
	readonly number: PeerNumber;
	readonly track: SocketTrack;
	readonly limits: Limits;
	/** The simulated link that its bytes go over, and which way. */
	readonly link: Link;
	readonly direction: LinkDirection;
	/** What its socket reads into, where that is the same for every read. */
	readonly readBuffer?: ReadBuffer | undefined;
	/** What the socket was made with: TCP_NODELAY is set unless they say otherwise. */
	readonly options?: SocketOptions | undefined;
	/** Times the answers, where any are awaited: byte by byte, with a framing message by message. */
	readonly roundTrips?: RoundTrips;
	/** How what it reads is cut into messages, and what is sent as a message is framed; not at all unless given. */
	readonly framing?: Framing;
	/** Bounds its frames that are not whole, with those of other connections. */
	readonly unfinished?: UnfinishedFrames | undefined;
	/**
	What one read has returned; with a framing, and what was found in it. Without both, its memory is freed when it has
	been recorded (`freeChunk()`).
	*/
	readonly onChunk?: (connection: TcpConnection, bytes: Uint8Array, cuts: readonly Cut[]) => void;
	/** With a framing: a message is whole, after the chunk that has completed it. */
	readonly onMessage?: (connection: TcpConnection, message: Uint8Array) => void;
	/** The frame that is not whole is kept no longer, as those of all connections are too many: these bytes of it. */
	readonly onGivenUp?: (connection: TcpConnection, bytes: Uint8Array) => void;
	/** The peer has sent its FIN: there is nothing more to read. */
	readonly onFinished?: (connection: TcpConnection) => void;
	/** Whether `onFinished` closes the connection from this end, too. */
	readonly closesToo?: () => boolean;
	/** The system, or the simulated link, has taken the queued bytes. */
	readonly onDrained?: () => void;
	/** The connection has ended, for any reason. Called once, before the event is recorded. */
	readonly onClosed: (connection: TcpConnection) => void;
};

const noCuts: readonly Cut[] = [];

/** One end of a connection that is established: a client's socket, or the connection socket that accept() returned. */
export class TcpConnection extends ConnectionLifetime {
	readonly number: PeerNumber;
	readonly #options: TcpConnectionOptions;
	#framing: Framing = 'none';
	/** Undefined without a framing. */
	#messages: MessageReader | undefined;
	#messagesSent = 0;
	#noDelay: number;
	/** Seconds without data after which the system asks whether the peer is there; 0 where it does not. */
	#keepAlive = 0;

	constructor(socket: Socket, options: TcpConnectionOptions) {
		super(socket, options);
		this.number = options.number;
		this.#options = options;
		this.#noDelay = options.options?.numbers.nodelay ?? 1;
		this.setFraming(options.framing ?? 'none');
		this.#listen();
	}

	/** Whether so much waits that the source of it has to pause: `onDrained` says when that has been taken. */
	get isFull(): boolean {
		// A stream says that it has drained only after more has waited than its own high-water mark.
		return this.waiting > Math.max(this.#options.limits.waitingBytes, this.socket.writableHighWaterMark);
	}

	/** How many of them are on the simulated link. */
	get onTheLink(): number {
		return this.writer.onTheLink;
	}

	/** It is established, and recorded as such: what is not set with every connection is set now. */
	established(): void {
		const {keepalive} = this.#options.options?.numbers ?? {};
		if (keepalive !== undefined) {
			this.setOption({name: 'keepalive', value: keepalive});
		}
	}

	/** Set an option of the socket. Node tells no failure of these, and calls the system only for a change. */
	setOption(option: SocketOption): OptionOutcome {
		if (this.state === 'CLOSED' || !('value' in option) || option.value === undefined) {
			return 'no-socket';
		}

		const {name, value} = option;
		const before = name === 'nodelay' ? this.#noDelay : this.#keepAlive;
		if (value === before) {
			return 'set';
		}

		if (name === 'nodelay') {
			this.#noDelay = value;
			this.socket.setNoDelay(value === 1);
		} else {
			this.#keepAlive = value;
			this.socket.setKeepAlive(value > 0, value * 1000);
		}

		const family = versionOf(this.local.host);
		this.#options.track.happened({type: 'option-set', option, family});
		return 'set';
	}

	/** Whether it has been told not to read. */
	get isReadingStopped(): boolean {
		return this.reading.is('stopped');
	}

	/** Whether it does not read because too much waits for the peer. */
	get isPaused(): boolean {
		return this.reading.is('paused');
	}

	/** Whether nothing is read, since there is no room for it. */
	get isReadingHeld(): boolean {
		return this.reading.is('held');
	}

	/** Bytes that Node has read ahead before it was told not to read. */
	get readAhead(): number {
		return this.reading.ahead;
	}

	/** The bytes that were just read are needed for longer than they are handed over. */
	keepRead(): void {
		this.#options.readBuffer?.keep();
	}

	get framing(): Framing {
		return this.#framing;
	}

	/** With a framing: the frame that more is awaited of. */
	get unfinished(): UnfinishedFrame | undefined {
		return this.framer?.unfinished;
	}

	/** Undefined without a framing. */
	get framer(): Framer | undefined {
		return this.#messages?.framer;
	}

	/** Cut what is read from now on into messages in another way. A frame that is not whole will never be. */
	setFraming(framing: Framing): void {
		if (framing !== this.#framing) {
			this.#framing = framing;
			// Answers to what was sent before are not known: what was counted in bytes is counted in messages now.
			this.#options.roundTrips?.reset();
			this.#messages?.end();
			const {peer, track} = this;
			const {unfinished, onGivenUp} = this.#options;
			this.#messages = framing === 'none'
				? undefined
				: new MessageReader({
					framing, track, peer, unfinished, onGivenUp: bytes => onGivenUp?.(this, bytes),
				});
		}
	}

	/** What was read from it, and written to it. */
	get received(): Tally {
		return this.#options.track.received;
	}

	get sent(): Tally {
		return this.#options.track.sent;
	}

	/**
	A server writes; no address is needed. Nothing is written once this end has sent its FIN.

	@param isReply - a reply is always taken, and the peer is paused when too much waits; other writes are refused then
	@param messages - as `put()` has it
	*/
	write(bytes: Uint8Array, isReply: boolean, messages?: number): SendRefusal | undefined {
		if (this.socket.destroyed) {
			return {reason: 'peer-gone'};
		}

		if (this.isFinishing) {
			return {reason: 'sending-finished'};
		}

		const {track, limits} = this.#options;
		const waiting = isReply ? 0 : this.waiting;
		if (waiting > limits.waitingBytes) {
			track.happened({
				type: 'send-refused', peer: this.peer, length: bytes.length, waiting,
			});
			return {reason: 'too-much-waiting', waiting};
		}

		if (this.put(bytes, undefined, messages) && this.isFull) {
			this.reading.pause(this.waiting);
		}

		return undefined;
	}

	/** Write a message in its frame; without a framing, as it is. An answer that no frame can hold is an event. */
	writeMessage(message: Uint8Array, isReply: boolean): SendRefusal | undefined {
		const framing = this.#framing;
		if (framing === 'none') {
			return this.write(message, isReply);
		}

		const framed = frameMessage(message, framing);
		if (framed) {
			return this.write(framed.bytes, isReply, framed.messages);
		}

		const refusal = largerThanFrame(message, framing);
		if (isReply) {
			const {length, limit} = refusal;
			this.#options.track.happened({
				type: 'framing-failed', peer: this.peer, framing, cause: 'unsendable', limit, length,
			});
		}

		return refusal;
	}

	/**
	Write without any limit. A failure is an event. @returns whether the bytes were taken

	@param messages - how many messages are whole with these bytes of frames; undefined for what is in none
	*/
	put(bytes: Uint8Array, time?: number, messages?: number): boolean {
		const framed = messages === undefined
			? Number.NaN
			: packFramed(this.#framing, this.#messagesSent + 1, messages);
		const errored = this.writer.write(bytes, time, framed);
		if (errored) {
			this.writeError = errored;
			this.#options.track.sendFailed(this.peer, bytes, toFailure(errored));
		} else {
			this.#messagesSent += messages ?? 0;
		}

		return errored === undefined;
	}

	/** Stop reading, or read again. Unread data waits in the kernel, and then at the peer. */
	setReading(isReading: boolean): undefined {
		if (this.state !== 'CLOSED') {
			this.reading.set(isReading);
		}
	}

	/** Read only while there is room for what is read; nothing is recorded. */
	holdReading(isHeld: boolean): void {
		if (this.state !== 'CLOSED') {
			this.reading.keep('held', isHeld);
		}
	}

	/** Do not read until others have had their turn; nothing is recorded. */
	restReading(isResting: boolean): void {
		if (this.state !== 'CLOSED') {
			this.reading.keep('resting', isResting);
		}
	}

	protected override get closesToo(): boolean {
		return this.#options.closesToo?.() ?? false;
	}

	protected override finished(): void {
		this.#messages?.end();
		this.#options.onFinished?.(this);
		// A relay has taken what it kept back. The connection may stay for long.
		this.framer?.drop();
	}

	protected override drained(): void {
		this.#options.onDrained?.();
	}

	protected override ended(): void {
		this.#messages?.end();
		this.#options.onClosed(this);
		// The pane may know the connection as long as it stays.
		this.framer?.drop();
	}

	#listen(): void {
		const {
			track, roundTrips, readBuffer, onChunk, onMessage,
		} = this.#options;
		const cutMessages = (messages: MessageReader, bytes: Uint8Array, time: number): readonly Cut[] => {
			track.chunkReceived(bytes, Number.NaN, time);
			return messages.read(
				bytes,
				() => roundTrips?.chunkAnswered(time, 1) ?? Number.NaN,
				onMessage && (message => {
					onMessage(this, message);
				}),
			);
		};

		const read = (bytes: Uint8Array): void => {
			const time = track.now();
			const messages = this.#messages;
			if (messages) {
				const cuts = cutMessages(messages, bytes, time);
				onChunk?.(this, bytes, cuts);
				messages.settle();
			} else {
				track.chunkReceived(bytes, roundTrips?.chunkAnswered(time, bytes.length), time);
				onChunk?.(this, bytes, noCuts);
			}
		};

		this.on('data', (bytes: Uint8Array) => {
			read(bytes);
			if (!onChunk && !this.#messages) {
				freeChunk(bytes);
			}
		});
		if (readBuffer) {
			readBuffer.onBytes = bytes => {
				if (this.state !== 'CLOSED') {
					read(bytes);
				}
			};
		}
	}
}
