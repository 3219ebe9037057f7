import type {Socket} from 'node:net';
import type {Address, SocketFailure} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import type {LinkDirection} from '../../link/random.ts';
import type {Link} from '../../link/link.ts';
import {toFailure} from '../failure.ts';
import {unreadInKernel} from '../kernel/unread.ts';
import {ReadControl} from './read-control.ts';
import {StreamWriter} from './stream-writer.ts';

/**
The state of a connection as seen from this end (RFC 9293 section 3.3.2), as far as the program itself can know it:
FIN_WAIT is FIN_WAIT_1 or 2, TIME_WAIT may still be CLOSING, and after CLOSED the system may still hold it in TIME_WAIT.
*/
export type ConnectionState = 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSED';

/** Where the events of a connection are recorded, and the simulated link that its bytes go over, and which way. */
type LifetimeOptions = {readonly track: SocketTrack; readonly link: Link; readonly direction: LinkDirection};

/** How one end of a connection comes to its end: by FINs, a RST or close(2), of either side or of the system. */
export abstract class ConnectionLifetime {
	readonly local: Address;
	readonly peer: Address;
	readonly track: SocketTrack;
	/** Settles when the system has closed the socket. */
	readonly whenClosed: Promise<void>;
	protected readonly socket: Socket;
	protected readonly writer: StreamWriter;
	protected readonly reading: ReadControl;
	/** The error of a write that has failed at once, which is an event: the socket tells it again. */
	protected writeError: Error | undefined;
	/** When the peer's FIN was read, as performance.now() has it. */
	#finReceivedAt = Number.POSITIVE_INFINITY;
	#isFinishing = false;
	#isClosingSoon = false;
	/** A reset that follows the FIN. */
	#isResetPending = false;
	#hasSentFin = false;
	/** Whether a RST had come before this end's FIN was to be sent. */
	#wasReset = false;
	/** Whether this end was the first to finish, as far as it has read. */
	#isActiveCloser = false;
	#isClosed = false;
	#failure: SocketFailure | undefined;
	/** Bytes still queued in this program when the connection ended: they were never sent. */
	#discarded: number | undefined;
	/** Whether close() leaves received bytes unread, so that the system sends a RST. */
	#hasUnread = false;
	#hasReset = false;
	/** Who waits until nothing is queued. */
	#awaitsDrain: ReadonlyArray<() => void> = [];

	constructor(socket: Socket, {track, link, direction}: LifetimeOptions) {
		this.socket = socket;
		this.track = track;
		this.peer = {host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0};
		this.local = {host: socket.localAddress ?? '', port: socket.localPort ?? 0};
		this.reading = new ReadControl(socket, track, this.peer);
		this.writer = new StreamWriter({
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
		track.held = () => this.unsent;
		// Node calls this when all is written, and then shutdown(2), whose failure it does not tell.
		const final = socket._final.bind(socket);
		socket._final = callback => {
			this.#wasReset = this.#isReset || isDisconnected(socket);
			final(callback);
		};

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

	/** Written bytes that the system has not taken: they are on the simulated link, or the peer does not read. */
	get waiting(): number {
		return this.writer.waiting;
	}

	/** What of the write under way the system has not taken, in bytes: all of it is `waiting` until it is over. */
	get untaken(): number {
		return handleOf(this.socket)?.writeQueueSize ?? 0;
	}

	/** As `waiting`; of a connection that is over, what was dropped. */
	get unsent(): number {
		return this.#discarded ?? this.waiting;
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

	/** Send a FIN after the queued bytes, and keep receiving (shutdown(2) with SHUT_WR). */
	halfClose(): void {
		if (!this.#isFinishing && !this.#isClosed) {
			this.#isFinishing = true;
			this.writer.end();
		}
	}

	/** Close(2): queued bytes are still sent, then both directions end. */
	closeGracefully(): void {
		this.#isFinishing = true;
		if (!this.#isClosingSoon) {
			this.#isClosingSoon = true;
			this.#lookForUnread();
			this.writer.endAndClose();
		}
	}

	/** Close now. Bytes still queued in this program are dropped, and the event says how many. */
	close(): void {
		if (!this.#isClosed) {
			this.#lookForUnread();
			this.#discard();
			this.socket.destroy();
			this.#over();
		}
	}

	/**
	End the connection with a reset (RST): unsent data is dropped, and the peer's read fails with ECONNRESET. While a
	FIN is being sent libuv resets no socket (uv_tcp_close_reset(): EINVAL), so the RST follows the FIN.
	*/
	reset(): undefined {
		const {writableEnded, writableFinished, writableLength} = this.socket;
		if (writableEnded && !writableFinished && writableLength === 0) {
			this.#isResetPending = true;
		} else {
			this.#sendReset();
		}
	}

	/** Whether the peer's FIN closes the connection from this end, too. */
	protected abstract get closesToo(): boolean;

	/** The peer's FIN was read: nothing more comes. */
	protected abstract finished(): void;

	/** The system, or the simulated link, has taken the queued bytes. */
	protected abstract drained(): void;

	/** The connection has ended, for any reason: called once, before the event is recorded. */
	protected abstract ended(): void;

	/** Hear an event of the socket; not once the connection is over. */
	protected on<Value>(name: string, listener: (value: Value) => void): void {
		this.socket.on(name, (value: Value) => {
			if (!this.#isClosed) {
				listener(value);
			}
		});
	}

	#listen(): void {
		const {peer, track} = this;
		this.on('error', error => {
			const failure = toFailure(error);
			this.#failure = failure;
			this.#discard();
			const isTold = error === this.writeError;
			if (failure.code === 'ECONNRESET') {
				const cause = track.far?.resetCause;
				track.happened({
					type: 'reset-received', peer, failure, ...(cause && {cause}), ...(isTold && {isTold}),
				});
			} else if (!isTold) {
				track.failed(failure, peer);
			}
		});
		this.on('end', () => {
			if (isEndedByReset(this.socket)) {
				this.socket.destroy(Object.assign(new Error('read ECONNRESET'), {code: 'ECONNRESET', syscall: 'read'}));
				return;
			}

			this.#finReceivedAt = performance.now();
			const isAnswered = !this.#isClosingSoon && this.closesToo;
			track.happened({type: 'fin-received', peer, ...(isAnswered && {closesToo: true})});
			this.finished();
		});
		this.on('finish', () => {
			this.#drained();
			// Behind a RST, shutdown(2) fails with ENOTCONN, which Node passes over. No read tells of it behind a FIN.
			const isUnheard = this.#wasReset && (this.hasReceivedFin || this.reading.is('stopped'));
			if (!this.socket.errored && !this.#wasReset) {
				this.#hasSentFin = true;
				this.#isActiveCloser = !this.hasReceivedFin;
				track.happened({type: 'fin-sent', peer});
			}

			// Here Node closes what was to be closed after its FIN.
			if (this.#isClosingSoon) {
				this.#lookForUnread();
			}

			if (isUnheard && !this.socket.errored) {
				this.#shutdownFailed();
			} else if (this.#isResetPending) {
				this.#sendReset();
			}
		});
		this.on('drain', () => {
			this.#drained();
		});
		this.on('close', () => {
			this.#over();
		});
	}

	/** No read is going to tell of the RST: there is nothing to wait for. */
	#shutdownFailed(): void {
		const failure = {code: 'ENOTCONN', syscall: 'shutdown', message: 'the peer had reset the connection'};
		this.#failure = failure;
		this.track.failed(failure, this.peer);
		this.#discard();
		this.socket.destroy();
		this.#over();
	}

	#sendReset(): void {
		if (!this.#isClosed && !this.socket.destroyed && !(this.#hasSentFin && this.hasReceivedFin)) {
			this.#discard();
			// Behind a RST from the other end, and behind both FINs, the kernel has no connection to reset.
			this.#hasReset = !this.#isReset && !isDisconnected(this.socket);
			if (this.#hasReset) {
				this.track.happened({type: 'reset-sent', peer: this.peer});
				this.socket.resetAndDestroy();
			} else {
				this.socket.destroy();
			}

			this.#over();
		}
	}

	/**
	Note whether the kernel holds unread bytes: known from the other end's sends where that is a socket of the
	playground, else looked up where reading was stopped.
	*/
	#lookForUnread(): void {
		const {received, far} = this.track;
		const {isReading, ahead} = this.reading;
		const unread = far
			? far.sent.bytes - far.held() - received.bytes - ahead
			: (isReading ? 0 : unreadInKernel(this.local, this.peer));
		this.#hasUnread = !this.#isClosed && unread > 0;
	}

	/** The connection ends: unsent data is dropped. */
	#discard(): void {
		this.#discarded = this.unsent;
		this.writer.close();
	}

	#drained(): void {
		if (this.writer.onTheLink === 0) {
			this.reading.resume();
			this.drained();
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
		const {far} = this.track;
		return far !== undefined && (far.resetCause !== undefined || far.hasRefused);
	}

	#over(): void {
		if (this.#isClosed) {
			return;
		}

		const {peer, local, track} = this;
		// What is recorded next may make somebody close it again.
		this.#isClosed = true;
		this.#tellDrained();
		// Close(2) sends a FIN where neither that nor a RST has been sent, nor bytes are unread.
		if (!this.#hasSentFin && !this.#failure && !this.#hasReset && !this.#hasUnread && !this.#isReset) {
			track.happened({type: 'fin-sent', peer, isByClose: true});
		}

		this.writer.close();
		this.ended();
		// The log keeps the track: that must not keep the connection and its socket.
		const discarded = this.#discarded ?? 0;
		track.held = () => discarded;
		track.closed(discarded, {
			local,
			peer,
			...(this.#hasReset ? {isReset: true as const} : this.#hasUnread && {hasUnread: true as const}),
		});
	}
}

/** Before this version libuv takes a RST that is there with the last bytes for the end of the stream (EPOLLHUP). */
const readsResets = process.versions.uv.localeCompare('1.52', 'en', {numeric: true}) >= 0;

/** Whether the end of the stream was a RST; it may have come behind a FIN. */
export function isEndedByReset(socket: Socket): boolean {
	return !readsResets && !socket.writableEnded && isDisconnected(socket);
}

/** Whether the system says that a socket which was connected is not (getpeername(2), ENOTCONN), as behind a RST. */
function isDisconnected(socket: Socket): boolean {
	return (handleOf(socket)?.getpeername?.({}) ?? 0) < 0;
}

/** What Node calls libuv with: it has no other way to these. */
function handleOf(socket: Socket): undefined | {
	readonly getpeername?: (name: Record<string, unknown>) => number;
	readonly writeQueueSize?: number;
} {
	return (socket as Socket & {readonly _handle?: ReturnType<typeof handleOf>})._handle;
}
