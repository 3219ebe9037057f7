import type {Socket} from 'node:net';
import type {Address, Tally} from '../events/event.ts';
import type {Recorder} from '../events/recorder.ts';
import {toFailure} from './failure.ts';
import type {Link} from './link/link.ts';
import type {Limits} from './limits.ts';
import {Reading} from './reading.ts';
import type {PeerNumber, SendRefusal} from './server-state.ts';
import {StreamWriter} from './stream-writer.ts';

/**
The state of a connection as seen from this end (RFC 9293 section 3.3.2), as far as the program itself can know it:
FIN_WAIT is FIN_WAIT_1 or 2, and after CLOSED the system may still hold it in TIME_WAIT.
*/
export type ConnectionState = 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT' | 'LAST_ACK' | 'CLOSED';

/**
What a connection socket is made with: its number, its own recorder, and who hears of chunks, of the FIN and of the end.
A chunk is what one read returned; it is not a message.
*/
export type TcpConnectionOptions = {
	readonly number: PeerNumber;
	readonly recorder: Recorder;
	readonly limits: Limits;
	/** The simulated link that its bytes go over. */
	readonly link: Link;
	readonly onChunk: (connection: TcpConnection, bytes: Uint8Array) => void;
	/** The peer has sent its FIN: there is nothing more to read. */
	readonly onFinished: (connection: TcpConnection) => void;
	/** The socket is closed, for whatever reason. Called once. */
	readonly onClosed: (connection: TcpConnection) => void;
};

/**
A connection socket: what accept() returned for one client. It has the welcoming socket's local port, and the
four-tuple tells it from its siblings.
*/
export class TcpConnection {
	readonly number: PeerNumber;
	/** The client's end. */
	readonly peer: Address;
	/** This end: the welcoming socket's port. */
	readonly local: Address;
	readonly #options: TcpConnectionOptions;
	readonly #socket: Socket;
	readonly #writer: StreamWriter;
	#hasReceivedFin = false;
	#finReceivedAt = Number.POSITIVE_INFINITY;
	/** Nothing more can be written: the FIN has been sent, or follows what still waits. */
	#isFinishing = false;
	#isClosingSoon = false;
	#hasSentFin = false;
	#isClosed = false;
	readonly #reading: Reading;
	/** What waited in this program when the connection ended: it was never sent. */
	#discarded = 0;

	constructor(socket: Socket, options: TcpConnectionOptions) {
		this.number = options.number;
		this.#options = options;
		this.#socket = socket;
		this.peer = {host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0};
		this.local = {host: socket.localAddress ?? '', port: socket.localPort ?? 0};
		const {recorder, link} = options;
		this.#reading = new Reading(socket, recorder, () => this.peer);
		this.#writer = new StreamWriter({
			socket, recorder, link, direction: 'to-clients', onLinkEmpty: () => {
				if (!socket.writableNeedDrain) {
					this.#drained();
				}
			},
		});
		socket.on('error', error => {
			this.#failed(error);
		});
		socket.on('data', (bytes: Uint8Array) => {
			options.recorder.chunkReceived(bytes);
			options.onChunk(this, bytes);
		});
		socket.on('end', () => {
			this.#hasReceivedFin = true;
			this.#finReceivedAt = performance.now();
			options.recorder.happened({type: 'fin-received', peer: this.peer});
			options.onFinished(this);
		});
		socket.on('finish', () => {
			this.#drained();
			if (!socket.errored) {
				this.#hasSentFin = true;
				options.recorder.happened({type: 'fin-sent', peer: this.peer});
			}
		});
		socket.on('drain', () => {
			this.#drained();
		});
		socket.on('close', () => {
			this.#closed();
		});
	}

	get state(): ConnectionState {
		if (this.#isClosed) {
			return 'CLOSED';
		}

		if (this.#hasSentFin) {
			return this.#hasReceivedFin ? 'LAST_ACK' : 'FIN_WAIT';
		}

		return this.#hasReceivedFin ? 'CLOSE_WAIT' : 'ESTABLISHED';
	}

	/** Bytes that have been written and not been taken by the system: they are on the simulated link, or the peer does not read. */
	get waiting(): number {
		return this.#writer.waiting;
	}

	/** How many of them are on the simulated link. */
	get onTheLink(): number {
		return this.#writer.onTheLink;
	}

	/** Whether it has been told not to read. */
	get isReadingStopped(): boolean {
		return this.#reading.isStopped;
	}

	/** Bytes that Node has read ahead before it was told not to read. */
	get readAhead(): number {
		return this.#reading.ahead;
	}

	/** When the peer's FIN was read, as performance.now() has it; Infinity where it has not been. */
	get finReceivedAt(): number {
		return this.#finReceivedAt;
	}

	/** What was read from it, and written to it. */
	get received(): Tally {
		return this.#options.recorder.received;
	}

	get sent(): Tally {
		return this.#options.recorder.sent;
	}

	get isPaused(): boolean {
		return this.#reading.isPaused;
	}

	/**
	Write bytes to the stream; no address is needed. Nothing is written once this end has sent its FIN.

	@param isReply - a reply is always taken, and the peer is paused when too much waits; other writes are refused then
	*/
	write(bytes: Uint8Array, isReply: boolean): SendRefusal | undefined {
		if (this.#isClosed || this.#socket.destroyed) {
			return {reason: 'peer-gone'};
		}

		if (this.#isFinishing) {
			return {reason: 'sending-finished'};
		}

		const {recorder, limits} = this.#options;
		const {waiting} = this;
		if (!isReply && waiting > limits.waitingBytes) {
			recorder.happened({
				type: 'send-refused', peer: this.peer, length: bytes.length, waiting,
			});
			return {reason: 'too-much-waiting', waiting};
		}

		const errored = this.#writer.write(bytes);
		if (errored) {
			recorder.happened({
				type: 'send-failed', peer: this.peer, length: bytes.length, bytes, failure: toFailure(errored),
			});
			return undefined;
		}

		// A stream says that it has drained only after more has waited than its own high-water mark.
		if (this.waiting > Math.max(limits.waitingBytes, this.#socket.writableHighWaterMark)) {
			this.#reading.pause(this.waiting);
		}

		return undefined;
	}

	/** Send a FIN after what is still waiting, and keep receiving (shutdown(2) with SHUT_WR). */
	halfClose(): void {
		if (!this.#isFinishing && !this.#isClosed) {
			this.#isFinishing = true;
			this.#writer.end();
		}
	}

	/** Read no more, or read again. What comes meanwhile waits in the kernel, and then at the peer. */
	setReading(isReading: boolean): undefined {
		if (!this.#isClosed) {
			this.#reading.set(isReading);
		}
	}

	/** Close(2): what is waiting is still sent, then both directions end. */
	closeGracefully(): void {
		this.#isFinishing = true;
		if (!this.#isClosingSoon) {
			this.#isClosingSoon = true;
			this.#writer.endAndClose();
		}
	}

	/** Close now. What is still waiting in this program is dropped, and the event says how much that was. */
	close(): void {
		this.#discard();
		this.#socket.destroy();
	}

	/** End the connection with a reset (RST): what waits is never sent, and the peer's read fails with ECONNRESET. */
	reset(): undefined {
		if (!this.#isClosed && !this.#socket.destroyed) {
			this.#discard();
			this.#options.recorder.happened({type: 'reset-sent', peer: this.peer});
			this.#socket.resetAndDestroy();
		}
	}

	/** The connection ends: what waits is never sent. */
	#discard(): void {
		this.#discarded = this.waiting;
		this.#writer.close();
	}

	#drained(): void {
		if (!this.#isClosed && this.#writer.onTheLink === 0) {
			this.#reading.resume();
		}
	}

	#failed(error: Error): void {
		const failure = toFailure(error);
		this.#discard();
		this.#options.recorder.happened({type: failure.code === 'ECONNRESET' ? 'reset' : 'socket-failed', peer: this.peer, failure});
	}

	#closed(): void {
		this.#isClosed = true;
		this.#writer.close();
		this.#options.recorder.happened({
			type: 'closed', peer: this.peer, local: this.local, discarded: this.#discarded,
		});
		this.#options.onClosed(this);
	}
}
