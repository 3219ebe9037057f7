import {Socket} from 'node:net';
import type {Address, SocketFailure, Tally} from '../events/event.ts';
import type {Recorder} from '../events/recorder.ts';
import {beginConnect} from './begin-connect.ts';
import {EndedConnections} from './ended-connections.ts';
import {toFailure} from './failure.ts';
import type {Link} from './link/link.ts';
import type {Limits} from './limits.ts';
import {Reading} from './reading.ts';
import {RoundTrips} from './round-trips.ts';
import type {SendRefusal} from './server-state.ts';
import {StreamWriter} from './stream-writer.ts';
import type {TcpClientState} from './tcp-client-state.ts';

/** What a TCP client is made with: where its events are recorded, its limits, and whom it tells of other changes. */
export type TcpClientOptions = {
	/** A new recorder, for each connection that it tries. */
	readonly newRecorder: () => Recorder;
	readonly limits: Limits;
	/** The simulated link that its bytes go over. */
	readonly link: Link;
	/** Whether what it sends now will be answered, so that the answer is worth timing. */
	readonly awaitsAnswers: () => boolean;
	readonly onChange: () => void;
};

/** A TCP client: one connection at a time, over which it writes a byte stream and reads chunks. */
export class TcpClient {
	readonly protocol = 'tcp';
	/** Its connections that ended last. */
	readonly ended = new EndedConnections();
	readonly #options: TcpClientOptions;
	readonly #roundTrips = new RoundTrips();
	#socket: Socket | undefined;
	#state: TcpClientState = {type: 'closed'};
	/** Whether the system has been asked to connect since connect() was called. */
	#hasAttempted = false;
	#connecting: Promise<void> | undefined;
	#recorder: Recorder;
	/** While it is connected. */
	#writer: StreamWriter | undefined;
	#reading: Reading | undefined;
	/** When the peer's FIN was read, as performance.now() has it. */
	#finReceivedAt = Number.POSITIVE_INFINITY;

	constructor(options: TcpClientOptions) {
		this.#options = options;
		this.#recorder = options.newRecorder();
	}

	get state(): TcpClientState {
		return this.#state;
	}

	/** Bytes that have been written and not been taken by the system: they are on the simulated link, or the peer does not read. */
	get waiting(): number {
		return this.#writer?.waiting ?? 0;
	}

	/** What is on the simulated link: a stream has no datagrams, only bytes. */
	get onTheLink(): Tally {
		return {count: 0, bytes: this.#writer?.onTheLink ?? 0};
	}

	/** Whether it has been told not to read. */
	get isReadingStopped(): boolean {
		return this.#reading?.isStopped ?? false;
	}

	/** Bytes that Node has read ahead before it was told not to read. */
	get readAhead(): number {
		return this.#reading?.ahead ?? 0;
	}

	/** Counts what is sent and received over the connection. */
	get recorder(): Recorder {
		return this.#recorder;
	}

	/** When the peer's FIN was read, as performance.now() has it; Infinity where it has not been. */
	get finReceivedAt(): number {
		return this.#finReceivedAt;
	}

	/** What was read from the connection, and written to it. */
	get received(): Tally {
		return this.#recorder.received;
	}

	get sent(): Tally {
		return this.#recorder.sent;
	}

	/** Settles when the attempt to connect that is under way has worked, or failed; at once where there is none. */
	async whenConnected(): Promise<void> {
		await this.#connecting;
	}

	/**
	Connect, and settle once it has worked or failed; a failure is an event. A connection that is open is closed first.

	@param patience - after so many milliseconds it gives up, with ETIMEDOUT; without it the system does, after minutes
	*/
	async connect(destination: Address, patience?: number): Promise<void> {
		void this.close();
		const {newRecorder, onChange} = this.#options;
		this.#recorder = newRecorder();
		this.#finReceivedAt = Number.POSITIVE_INFINITY;
		this.#state = {type: 'connecting', destination};
		this.#hasAttempted = false;
		onChange();
		const socket = new Socket({allowHalfOpen: true});
		this.#socket = socket;
		this.#listen(socket, destination);
		this.#connecting = beginConnect(socket, destination, patience);
		await this.#connecting;
	}

	/** Write to the stream; no address is needed after the handshake. */
	send(bytes: Uint8Array): SendRefusal | undefined {
		const state = this.#state;
		if (state.type !== 'connected' || !this.#socket || this.#socket.destroyed) {
			return {reason: 'not-open'};
		}

		if (state.isFinishing) {
			return {reason: 'sending-finished'};
		}

		if (bytes.length === 0) {
			return {reason: 'empty-write'};
		}

		const {waiting} = this;
		if (waiting > this.#options.limits.waitingBytes) {
			return {reason: 'too-much-waiting', waiting};
		}

		const {awaitsAnswers, link} = this.#options;
		const recorder = this.#recorder;
		const time = recorder.now();
		if (awaitsAnswers()) {
			this.#roundTrips.sent(time, bytes.length, link.streamTimeout);
		}

		const errored = this.#writer?.write(bytes, time);
		if (errored) {
			recorder.happened({
				type: 'send-failed', peer: state.peer, length: bytes.length, bytes, failure: toFailure(errored),
			});
		}

		return undefined;
	}

	/** Send a FIN and keep receiving (shutdown(2) with SHUT_WR). */
	halfClose(): SendRefusal | undefined {
		if (this.#state.type !== 'connected') {
			return {reason: 'not-open'};
		}

		if (this.#state.isFinishing) {
			return {reason: 'sending-finished'};
		}

		this.#state = {...this.#state, isFinishing: true};
		this.#writer?.end();
		return undefined;
	}

	/** End the connection with a reset (RST): what waits is never sent, and the peer's read fails with ECONNRESET. */
	reset(): SendRefusal | undefined {
		if (this.#state.type !== 'connected' || !this.#socket) {
			return {reason: 'not-open'};
		}

		const socket = this.#socket;
		this.#recorder.happened({type: 'reset-sent', peer: this.#state.peer});
		this.#closed(this.waiting);
		socket.resetAndDestroy();
		return undefined;
	}

	/** Read no more, or read again. What comes meanwhile waits in the kernel, and then at the peer. */
	setReading(isReading: boolean): SendRefusal | undefined {
		if (this.#state.type !== 'connected') {
			return {reason: 'not-open'};
		}

		this.#reading?.set(isReading);
		return undefined;
	}

	/** Close the connection, or give up connecting. May be called twice. */
	async close(): Promise<void> {
		const socket = this.#socket;
		if (!socket) {
			return;
		}

		this.#closed(this.waiting);
		await new Promise<void>(resolve => {
			socket.once('close', () => {
				resolve();
			});
			socket.destroy();
		});
	}

	#listen(socket: Socket, destination: Address): void {
		const {onChange} = this.#options;
		const recorder = this.#recorder;
		let peer = destination;
		let failure: SocketFailure | undefined;
		let discarded = 0;
		/** What comes of a socket that has been closed, or replaced, concerns nobody any more. */
		const on = <Arguments extends unknown[]>(name: string, listener: (...values: Arguments) => void): void => {
			socket.on(name, (...values: unknown[]) => {
				if (this.#socket === socket) {
					listener(...values as Arguments);
				}
			});
		};

		on('error', (error: unknown) => {
			failure = toFailure(error);
			discarded = this.waiting;
			const isConnecting = this.#state.type === 'connecting';
			const type = isConnecting ? 'connect-failed' : (failure.code === 'ECONNRESET' ? 'reset' : 'socket-failed');
			recorder.happened({type, peer, failure});
		});
		on('connectionAttempt', (host: string, port: number) => {
			peer = {host, port};
			this.#hasAttempted = true;
			recorder.happened({type: 'connecting', peer});
		});
		on('connect', () => {
			peer = {host: socket.remoteAddress ?? peer.host, port: socket.remotePort ?? peer.port};
			const local = {host: socket.localAddress ?? '', port: socket.localPort ?? 0};
			this.#state = {
				type: 'connected', local, peer, isFinishing: false, hasSentFin: false, hasReceivedFin: false,
			};
			const {link} = this.#options;
			this.#writer = new StreamWriter({
				socket, recorder, link, direction: 'to-server', onLinkEmpty: onChange,
			});
			this.#reading = new Reading(socket, recorder, () => peer);
			recorder.happened({type: 'connected', peer, local});
		});
		on('data', (bytes: Uint8Array) => {
			const time = recorder.now();
			recorder.chunkReceived(bytes, this.#roundTrips.chunkAnswered(time, bytes.length), time);
		});
		on('end', () => {
			if (this.#state.type === 'connected') {
				this.#finReceivedAt = performance.now();
				this.#state = {...this.#state, hasReceivedFin: true};
			}

			recorder.happened({type: 'fin-received', peer});
		});
		on('finish', () => {
			if (!socket.errored && this.#state.type === 'connected') {
				this.#state = {...this.#state, isFinishing: true, hasSentFin: true};
				recorder.happened({type: 'fin-sent', peer});
			}
		});
		on('drain', onChange);
		on('close', () => {
			this.#closed(discarded, failure);
		});
	}

	/** The connection, or the attempt, is over. What waited in this program was never sent. */
	#closed(discarded: number, failure?: SocketFailure): void {
		const before = this.#state;
		this.#writer?.close();
		this.#writer = undefined;
		this.#reading = undefined;
		this.#socket = undefined;
		this.#state = {type: 'closed', failure};
		this.#roundTrips.reset();
		if (before.type === 'connected') {
			const {peer, local} = before;
			const {received, sent} = this.#recorder;
			this.ended.add({
				number: 0, local, peer, received, sent, endedAt: performance.now(),
			});
			this.#recorder.happened({
				type: 'closed', peer, local, discarded,
			});
		} else if (before.type === 'connecting' && !failure && this.#hasAttempted) {
			this.#recorder.happened({type: 'closed', peer: before.destination, discarded: 0});
		} else {
			// A connect() that failed has been recorded, and one that was never tried never happened.
			this.#options.onChange();
		}
	}
}
