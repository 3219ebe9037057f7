import type {Socket} from 'node:net';
import type {
	Address, SocketFailure, SocketOption, Tally,
} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {packFramed} from '../../log/delivery/stream-place.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {Link} from '../../link/link.ts';
import {familyOf} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import type {Limits} from '../limits.ts';
import type {RoundTrips} from '../round-trips.ts';
import {frameMessage, type Framing, type UnfinishedFrame} from '../../text/framing.ts';
import {isGoneFromKernel, unreadInKernel} from '../kernel/unread.ts';
import type {OptionOutcome, SocketOptions} from '../socket-options.ts';
import {largerThanFrame, type PeerNumber, type SendRefusal} from '../states.ts';
import {MessageReader} from './message-reader.ts';
import type {ReadBuffer} from './read-buffer.ts';
import {ReadControl} from './read-control.ts';
import {StreamWriter} from './stream-writer.ts';

/**
The state of a connection as seen from this end (RFC 9293 section 3.3.2), as far as the program itself can know it:
FIN_WAIT is FIN_WAIT_1 or 2, TIME_WAIT may still be CLOSING, and after CLOSED the system may still hold it in TIME_WAIT.
*/
export type ConnectionState = 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSED';

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
	readonly onChunk?: (connection: TcpConnection, bytes: Uint8Array) => void;
	/** With a framing: a message is whole, after the chunk that has completed it. */
	readonly onMessage?: (connection: TcpConnection, message: Uint8Array) => void;
	/** The peer has sent its FIN: there is nothing more to read. */
	readonly onFinished?: (connection: TcpConnection) => void;
	/** Whether `onFinished` closes the connection from this end, too. */
	readonly closesToo?: () => boolean;
	/** The system, or the simulated link, has taken the queued bytes. */
	readonly onDrained?: () => void;
	/** The connection has ended, for any reason. Called once, before the event is recorded. */
	readonly onClosed: (connection: TcpConnection) => void;
};

/** One end of a connection that is established: a client's socket, or the connection socket that accept() returned. */
export class TcpConnection {
	readonly number: PeerNumber;
	readonly local: Address;
	readonly peer: Address;
	/** Settles when the system has closed the socket. */
	readonly whenClosed: Promise<void>;
	readonly #options: TcpConnectionOptions;
	readonly #socket: Socket;
	readonly #writer: StreamWriter;
	readonly #reading: ReadControl;
	#framing: Framing = 'none';
	/** Undefined without a framing. */
	#messages: MessageReader | undefined;
	/** Messages that were sent in frames. */
	#messagesSent = 0;
	/** When the peer's FIN was read, as performance.now() has it. */
	#finReceivedAt = Number.POSITIVE_INFINITY;
	#isFinishing = false;
	#isClosingSoon = false;
	/** A reset that follows the FIN. */
	#isResetPending = false;
	#hasSentFin = false;
	/** Whether this end was the first to finish, as far as it has read. */
	#isActiveCloser = false;
	#isClosed = false;
	#failure: SocketFailure | undefined;
	/** Bytes still queued in this program when the connection ended: they were never sent. */
	#discarded: number | undefined;
	/** Whether close() leaves received bytes unread, so that the system sends a RST. */
	#hasUnread = false;
	#hasReset = false;
	#noDelay: number;
	/** Seconds without data after which the system asks whether the peer is there; 0 where it does not. */
	#keepAlive = 0;
	/** Who waits until nothing is queued. */
	#awaitsDrain: ReadonlyArray<() => void> = [];

	constructor(socket: Socket, options: TcpConnectionOptions) {
		const {number, track, link, direction} = options;
		this.number = number;
		this.#options = options;
		this.#socket = socket;
		this.#noDelay = options.options?.numbers.nodelay ?? 1;
		this.peer = {host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0};
		this.local = {host: socket.localAddress ?? '', port: socket.localPort ?? 0};
		this.#reading = new ReadControl(socket, track, () => this.peer);
		this.#writer = new StreamWriter({
			socket, track, link, direction, onLinkEmpty: () => {
				if (!socket.writableNeedDrain) {
					this.#drained();
				}
			},
		});
		this.whenClosed = new Promise(resolve => {
			socket.once('close', () => {
				resolve();
			});
		});
		track.held = () => this.waiting;
		this.setFraming(options.framing ?? 'none');
		this.#listen();
	}

	get state(): ConnectionState {
		if (this.#isClosed) {
			return 'CLOSED';
		}

		if (this.#hasSentFin) {
			return this.hasReceivedFin ? (this.#isActiveCloser ? 'TIME_WAIT' : 'LAST_ACK') : 'FIN_WAIT';
		}

		return this.hasReceivedFin ? 'CLOSE_WAIT' : 'ESTABLISHED';
	}

	/** Nothing more can be written: the FIN has been sent, or follows what still waits. */
	get isFinishing(): boolean {
		return this.#isFinishing;
	}

	get hasSentFin(): boolean {
		return this.#hasSentFin;
	}

	get hasReceivedFin(): boolean {
		return this.#finReceivedAt !== Number.POSITIVE_INFINITY;
	}

	/** When the peer's FIN was read, as performance.now() has it; Infinity where it has not been. */
	get finReceivedAt(): number {
		return this.#finReceivedAt;
	}

	/** The system's error that has ended it. */
	get failure(): SocketFailure | undefined {
		return this.#failure;
	}

	/**
	Bytes that have been written and not been taken by the system: they are on the simulated link, or the peer does not
	read.
	*/
	get waiting(): number {
		return this.#writer.waiting;
	}

	/** The same; of a connection that is over, what was dropped. */
	get unsent(): number {
		return this.#discarded ?? this.waiting;
	}

	/** Whether so much waits that the source of it has to pause: `onDrained` says when that has been taken. */
	get isFull(): boolean {
		// A stream says that it has drained only after more has waited than its own high-water mark.
		return this.waiting > Math.max(this.#options.limits.waitingBytes, this.#socket.writableHighWaterMark);
	}

	/** How many of them are on the simulated link. */
	get onTheLink(): number {
		return this.#writer.onTheLink;
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
		if (this.#isClosed || !('value' in option) || option.value === undefined) {
			return 'no-socket';
		}

		const {name, value} = option;
		const before = name === 'nodelay' ? this.#noDelay : this.#keepAlive;
		if (value === before) {
			return 'set';
		}

		if (name === 'nodelay') {
			this.#noDelay = value;
			this.#socket.setNoDelay(value === 1);
		} else {
			this.#keepAlive = value;
			this.#socket.setKeepAlive(value > 0, value * 1000);
		}

		const family = familyOf(this.local.host) === 6 ? 6 : 4;
		this.#options.track.happened({type: 'option-set', option, family});
		return 'set';
	}

	/** Whether it has been told not to read. */
	get isReadingStopped(): boolean {
		return this.#reading.isStopped;
	}

	/** Whether it does not read because too much waits for the peer. */
	get isPaused(): boolean {
		return this.#reading.isPaused;
	}

	/** Whether nothing is read, since there is no room for it. */
	get isReadingHeld(): boolean {
		return this.#reading.isHeld;
	}

	/** Bytes that Node has read ahead before it was told not to read. */
	get readAhead(): number {
		return this.#reading.ahead;
	}

	/**
	Settles when the queue of what is to be sent has become empty, or the connection is over. Only a queue of more than
	Node's high-water mark tells.
	*/
	async whenDrained(): Promise<void> {
		if (!this.#isClosed && this.waiting > 0) {
			await new Promise<void>(resolve => {
				this.#awaitsDrain = [...this.#awaitsDrain, resolve];
			});
		}
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
		return this.#messages?.unfinished;
	}

	/** Cut what is read from now on into messages in another way. A frame that is not whole will never be. */
	setFraming(framing: Framing): void {
		if (framing !== this.#framing) {
			this.#framing = framing;
			// Answers to what was sent before are not known: what was counted in bytes is counted in messages now.
			this.#options.roundTrips?.reset();
			this.#messages?.end();
			this.#messages = framing === 'none' ? undefined : new MessageReader(framing, this.#options.track, this.peer);
		}
	}

	/** Where its events are recorded. */
	get track(): SocketTrack {
		return this.#options.track;
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
		if (this.#isClosed || this.#socket.destroyed) {
			return {reason: 'peer-gone'};
		}

		if (this.#isFinishing) {
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
			this.#reading.pause(this.waiting);
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
		const errored = this.#writer.write(bytes, time, framed);
		if (errored) {
			this.#options.track.sendFailed(this.peer, bytes, toFailure(errored));
		} else {
			this.#messagesSent += messages ?? 0;
		}

		return errored === undefined;
	}

	/** Send a FIN after the queued bytes, and keep receiving (shutdown(2) with SHUT_WR). */
	halfClose(): void {
		if (!this.#isFinishing && !this.#isClosed) {
			this.#isFinishing = true;
			this.#writer.end();
		}
	}

	/** Stop reading, or read again. Unread data waits in the kernel, and then at the peer. */
	setReading(isReading: boolean): undefined {
		if (!this.#isClosed) {
			this.#reading.set(isReading);
		}
	}

	/** Read only while there is room for what is read; nothing is recorded. */
	holdReading(isHeld: boolean): void {
		if (!this.#isClosed) {
			this.#reading.hold(isHeld);
		}
	}

	/** Close(2): queued bytes are still sent, then both directions end. */
	closeGracefully(): void {
		this.#isFinishing = true;
		if (!this.#isClosingSoon) {
			this.#isClosingSoon = true;
			this.#lookForUnread();
			this.#writer.endAndClose();
		}
	}

	/** Close now. Bytes still queued in this program are dropped, and the event says how many. */
	close(): void {
		if (this.#isClosed) {
			return;
		}

		this.#lookForUnread();
		this.#discard();
		this.#socket.destroy();
		this.#over();
	}

	/**
	End the connection with a reset (RST): unsent data is dropped, and the peer's read fails with ECONNRESET. While a
	FIN is being sent libuv resets no socket (uv_tcp_close_reset(): EINVAL), so the RST follows the FIN.
	*/
	reset(): undefined {
		const {writableEnded, writableFinished, writableLength} = this.#socket;
		if (writableEnded && !writableFinished && writableLength === 0) {
			this.#isResetPending = true;
		} else {
			this.#sendReset();
		}
	}

	#listen(): void {
		const {peer} = this;
		const {
			track, roundTrips, readBuffer, onChunk, onMessage, onFinished, closesToo,
		} = this.#options;
		const cutMessages = (messages: MessageReader, bytes: Uint8Array, time: number): void => {
			track.chunkReceived(bytes, Number.NaN, time);
			messages.read(
				bytes,
				() => roundTrips?.chunkAnswered(time, 1) ?? Number.NaN,
				onMessage && (message => {
					onMessage(this, message);
				}),
			);
		};

		/** Events of a closed connection are ignored. */
		const on = <Value>(name: string, listener: (value: Value) => void): void => {
			this.#socket.on(name, (value: Value) => {
				if (!this.#isClosed) {
					listener(value);
				}
			});
		};

		on('error', error => {
			const failure = toFailure(error);
			this.#failure = failure;
			this.#discard();
			if (failure.code === 'ECONNRESET') {
				const cause = track.far?.resetCause;
				track.happened({
					type: 'reset-received', peer, failure, ...(cause && {cause}),
				});
			} else {
				track.failed(failure, peer);
			}
		});
		const read = (bytes: Uint8Array): void => {
			const time = track.now();
			if (this.#messages) {
				cutMessages(this.#messages, bytes, time);
			} else {
				track.chunkReceived(bytes, roundTrips?.chunkAnswered(time, bytes.length), time);
			}

			onChunk?.(this, bytes);
		};

		on('data', read);
		if (readBuffer) {
			readBuffer.onBytes = bytes => {
				if (!this.#isClosed) {
					read(bytes);
				}
			};
		}

		on('end', () => {
			this.#finReceivedAt = performance.now();
			const isAnswered = !this.#isClosingSoon && closesToo?.();
			track.happened({type: 'fin-received', peer, ...(isAnswered && {closesToo: true})});
			this.#messages?.end();
			onFinished?.(this);
		});
		on('finish', () => {
			this.#drained();
			// Behind a RST, shutdown(2) fails with ENOTCONN, which Node passes over.
			const {isStopped, isPaused} = this.#reading;
			const isUnheard = (isStopped || isPaused) && (this.#isReset || isGoneFromKernel(this.local, peer));
			if (!this.#socket.errored && !isUnheard && !this.#isReset) {
				this.#hasSentFin = true;
				this.#isActiveCloser = !this.hasReceivedFin;
				track.happened({type: 'fin-sent', peer});
			}

			// Here Node closes what was to be closed after its FIN.
			if (this.#isClosingSoon) {
				this.#lookForUnread();
			}

			if (isUnheard && !this.#socket.errored) {
				this.#shutdownFailed();
			} else if (this.#isResetPending) {
				this.#sendReset();
			}
		});
		on('drain', () => {
			this.#drained();
		});
		on('close', () => {
			this.#over();
		});
	}

	/** No read is going to tell of the RST: there is nothing to wait for. */
	#shutdownFailed(): void {
		const failure = {code: 'ENOTCONN', syscall: 'shutdown', message: 'the peer had reset the connection'};
		this.#failure = failure;
		this.#options.track.failed(failure, this.peer);
		this.#discard();
		this.#socket.destroy();
		this.#over();
	}

	#sendReset(): void {
		if (!this.#isClosed && !this.#socket.destroyed && !(this.#hasSentFin && this.hasReceivedFin)) {
			this.#discard();
			// Behind a RST from the other end, the kernel has no connection to reset.
			this.#hasReset = !this.#isReset;
			if (this.#hasReset) {
				this.#options.track.happened({type: 'reset-sent', peer: this.peer});
			}

			this.#socket.resetAndDestroy();
			this.#over();
		}
	}

	/**
	Note whether the kernel holds unread bytes: known from the other end's sends where that is a socket of the
	playground, else looked up where reading was stopped.
	*/
	#lookForUnread(): void {
		const {received, far} = this.#options.track;
		const {isStopped, isPaused, isHeld, ahead} = this.#reading;
		const unread = far
			? far.sent.bytes - far.held() - received.bytes - ahead
			: (isStopped || isPaused || isHeld ? unreadInKernel(this.local, this.peer) : 0);
		this.#hasUnread = !this.#isClosed && unread > 0;
	}

	/** The connection ends: unsent data is dropped. */
	#discard(): void {
		const discarded = this.unsent;
		this.#discarded = discarded;
		this.#options.track.held = () => discarded;
		this.#writer.close();
	}

	#drained(): void {
		if (this.#writer.onTheLink === 0) {
			this.#reading.resume();
			this.#options.onDrained?.();
			this.#tellDrained();
		}
	}

	#tellDrained(): void {
		const waiting = this.#awaitsDrain;
		this.#awaitsDrain = [];
		for (const resolve of waiting) {
			resolve();
		}
	}

	/** Whether the kernel of a socket of the playground's at the other end has sent a RST, read or not. */
	get #isReset(): boolean {
		const {far} = this.#options.track;
		return far !== undefined && (far.resetCause !== undefined || far.hasRefused);
	}

	#over(): void {
		if (this.#isClosed) {
			return;
		}

		const {peer, local} = this;
		// What is recorded next may make somebody close it again.
		this.#isClosed = true;
		this.#tellDrained();
		// Close(2) sends a FIN where neither that nor a RST has been sent, nor bytes are unread.
		if (!this.#hasSentFin && !this.#failure && !this.#hasReset && !this.#hasUnread && !this.#isReset) {
			this.#options.track.happened({type: 'fin-sent', peer, isByClose: true});
		}

		this.#writer.close();
		this.#messages?.end();
		this.#options.onClosed(this);
		// The log keeps the track: that must not keep the connection and its socket.
		const discarded = this.#discarded ?? 0;
		this.#options.track.held = () => discarded;
		this.#options.track.closed(discarded, {
			local,
			peer,
			...(this.#hasReset ? {isReset: true as const} : this.#hasUnread && {hasUnread: true as const}),
		});
	}
}
