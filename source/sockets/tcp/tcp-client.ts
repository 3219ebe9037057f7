import type {Socket} from 'node:net';
import type {Address, SocketOption, Tally} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {formatAddress} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import {frameMessage, type Framing} from '../../text/framing.ts';
import {RoundTrips} from '../round-trips.ts';
import {type CommonOptions, noOptions, type OptionOutcome} from '../socket-options.ts';
import {largerThanFrame, type SendRefusal, type TcpClientState} from '../states.ts';
import {
	type Attempt, beginConnect, newAttempt, progressOf, timeSpent,
} from './connect-attempt.ts';
import {EndedConnections} from './ended-connections.ts';
import {TcpConnection, type TcpConnectionOptions} from './tcp-connection.ts';

/** What a TCP client is made with. With a source among its options, that is bound before it connects. */
type TcpClientOptions = CommonOptions & {
	readonly newTrack: () => SocketTrack;
	/** How what it reads is cut into messages at first; not at all unless given. */
	readonly framing?: Framing | undefined;
	readonly unfinished?: TcpConnectionOptions['unfinished'];
	/** Whether what it sends now will be answered, so that the answer is worth timing. */
	readonly awaitsAnswers: () => boolean;
	/** Who hears of its connection's chunks, FIN and end, where others than the log do. */
	readonly handlers?: Pick<TcpConnectionOptions, 'onChunk' | 'onGivenUp' | 'onFinished' | 'onDrained'> & {
		readonly onClosed: (connection: TcpConnection) => void;
	};
};

/** A TCP client: one connection at a time. Nothing of a connection outlives it. */
export class TcpClient {
	readonly protocol = 'tcp';
	readonly ended = new EndedConnections();
	readonly #options: TcpClientOptions;
	#attempt: Attempt | undefined;
	#connecting: Promise<void> | undefined;
	#connection: TcpConnection | undefined;
	#roundTrips = new RoundTrips();
	#framing: Framing;
	/** How it stands while there is neither: with what the last of them has failed with. */
	#closed: Extract<TcpClientState, {type: 'closed'}> = {type: 'closed'};
	#track: SocketTrack;
	#hasOneBuffer = false;

	constructor(options: TcpClientOptions) {
		this.#options = options;
		this.#framing = options.framing ?? 'none';
		this.#track = options.newTrack();
	}

	get state(): TcpClientState {
		if (this.#attempt) {
			return {type: 'connecting', destination: this.#attempt.destination};
		}

		if (!this.#connection) {
			return this.#closed;
		}

		const {local, peer, isFinishing, hasSentFin, hasReceivedFin} = this.#connection;
		return {
			type: 'connected', local, peer, isFinishing, hasSentFin, hasReceivedFin,
		};
	}

	/** This end of the connection, while there is one. */
	get connection(): TcpConnection | undefined {
		return this.#connection;
	}

	/** Written bytes that the system has not taken: they are on the simulated link, or the peer does not read. */
	get waiting(): number {
		return this.#connection?.waiting ?? 0;
	}

	/** Bytes on the simulated link: a stream has no datagrams to count. */
	get onTheLink(): Tally {
		return {count: 0, bytes: this.#connection?.onTheLink ?? 0};
	}

	get isReadingStopped(): boolean {
		return this.#connection?.isReadingStopped ?? false;
	}

	/** Counts what is sent and received over the connection. */
	get track(): SocketTrack {
		return this.#track;
	}

	/**
	Read into one buffer from the next connection on: whoever gets its bytes is done with them at once, or else says
	so each time (`TcpConnection.keepRead()`).
	*/
	readIntoOneBuffer(): void {
		this.#hasOneBuffer = true;
	}

	/** Settles when the attempt to connect that is under way has worked, or failed; at once where there is none. */
	async whenConnected(): Promise<void> {
		await this.#connecting;
	}

	/**
	Connect, and settle once it has worked or failed; a failure is an event. A connection that is open is closed first.

	@param timeout - after this many milliseconds it gives up, with ETIMEDOUT; without it the system does, after minutes
	*/
	async connect(destination: Address, timeout?: number): Promise<void> {
		void this.close();
		const {newTrack, onChange, options = () => noOptions} = this.#options;
		this.#track = newTrack();
		this.#roundTrips = new RoundTrips();
		const attempt = newAttempt(destination, options(), this.#hasOneBuffer);
		this.#attempt = attempt;
		onChange();
		this.#listen(attempt);
		this.#connecting = beginConnect(attempt, timeout, (name, hosts) => {
			if (this.#attempt === attempt) {
				this.#track.found(name, hosts);
			}
		});
		await this.#connecting;
	}

	/** How what it reads is cut into messages. */
	get framing(): Framing {
		return this.#framing;
	}

	/** Cut it in another way from now on, and in the connections to come. */
	setFraming(framing: Framing): void {
		this.#framing = framing;
		this.#connection?.setFraming(framing);
	}

	/** Send a message in its frame; without a framing, as it is. */
	sendMessage(message: Uint8Array): SendRefusal | undefined {
		const framing = this.#framing;
		if (framing === 'none') {
			return this.send(message);
		}

		const framed = frameMessage(message, framing);
		return framed ? this.send(framed.bytes, framed.messages) : largerThanFrame(message, framing);
	}

	/**
	Write to the stream; no address is needed after the handshake.

	@param messages - with a framing: how many messages are whole with these bytes, so that their answers are timed
	*/
	send(bytes: Uint8Array, messages?: number): SendRefusal | undefined {
		const connection = this.#connection;
		if (!connection) {
			return {reason: 'not-open'};
		}

		if (connection.isFinishing) {
			return {reason: 'sending-finished'};
		}

		if (bytes.length === 0) {
			return {reason: 'empty-write'};
		}

		const {awaitsAnswers, link, limits} = this.#options;
		const {waiting} = connection;
		if (waiting > limits.waitingBytes) {
			return {reason: 'too-much-waiting', waiting};
		}

		const time = this.#track.now();
		if (awaitsAnswers()) {
			const isFramed = this.#framing !== 'none';
			const count = isFramed ? messages ?? 0 : 1;
			for (let message = 0; message < count; message++) {
				this.#roundTrips.sent(time, isFramed ? 1 : bytes.length, link.streamTimeout);
			}
		}

		connection.put(bytes, time, messages);
		return undefined;
	}

	/** Send a FIN and keep receiving (shutdown(2) with SHUT_WR). */
	halfClose(): SendRefusal | undefined {
		if (this.#connection?.isFinishing) {
			return {reason: 'sending-finished'};
		}

		return this.#onConnection(connection => {
			connection.halfClose();
		});
	}

	/** End the connection with a reset (RST): unsent data is dropped, and the peer's read fails with ECONNRESET. */
	reset(): SendRefusal | undefined {
		return this.#onConnection(connection => {
			connection.reset();
		});
	}

	/** Stop reading, or read again. Unread data waits in the kernel, and then at the peer. */
	setReading(isReading: boolean): SendRefusal | undefined {
		return this.#onConnection(connection => {
			connection.setReading(isReading);
		});
	}

	/** Whether nothing is read, since there is no room for it. */
	get isReadingHeld(): boolean {
		return this.#connection?.isReadingHeld ?? false;
	}

	/** Read only while there is room for what is read; nothing is recorded. */
	holdReading(isHeld: boolean): void {
		this.#connection?.holdReading(isHeld);
	}

	/** Close the connection, or give up connecting. May be called twice. */
	async close(): Promise<void> {
		const attempt = this.#attempt;
		const connection = this.#connection;
		if (!attempt) {
			connection?.close();
			await connection?.whenClosed;
			return;
		}

		const {socket, peer, destination} = attempt;
		this.#attempt = undefined;
		this.#closed = {type: 'closed', failure: undefined};
		if (peer) {
			this.#track.closed(0, {peer: destination});
		} else {
			// A connect() that was never called never happened.
			this.#options.onChange();
		}

		await new Promise<void>(resolve => {
			socket.once('close', () => {
				resolve();
			});
			socket.destroy();
		});
	}

	#onConnection(act: (connection: TcpConnection) => void): SendRefusal | undefined {
		if (!this.#connection) {
			return {reason: 'not-open'};
		}

		act(this.#connection);
		return undefined;
	}

	/** Follow an attempt until it is given up, or over. */
	#listen(attempt: Attempt): void {
		const {socket, destination, options: {source}} = attempt;
		const track = this.#track;
		const tellFailed = (peer: Address, {failure, progress}: NonNullable<Attempt['failed']>): void => {
			track.happened({
				type: 'connect-failed', peer, failure, ...(progress && {progress}), ...(source && {source}),
			});
		};

		socket.on('error', error => {
			if (this.#attempt === attempt) {
				this.#attempt = undefined;
				const failed = attempt.failed ?? {failure: toFailure(error), progress: progressOf(attempt)};
				this.#closed = {type: 'closed', failure: failed.failure};
				tellFailed(attempt.peer ?? destination, failed);
			}
		});
		socket.on('connectionAttempt', (host: string, port: number) => {
			if (this.#attempt !== attempt) {
				return;
			}

			if (attempt.peer && attempt.failed) {
				tellFailed(attempt.peer, attempt.failed);
			}

			const peer = {host, port};
			const time = track.now();
			const called = performance.now();
			const {idle} = performance.eventLoopUtilization();
			Object.assign(attempt, {
				peer, isUnderWay: false, begun: undefined, failed: undefined,
			});
			// Node says so before it calls connect(). Where that fails at once, no SYN has been sent.
			queueMicrotask(() => {
				if (this.#attempt === attempt && attempt.peer === peer && !attempt.failed) {
					attempt.isUnderWay = true;
					attempt.begun = {at: called, call: performance.now() - called, idle};
					track.happened({type: 'connect-started', peer, ...(source && {source})}, time);
				}
			});
		});
		socket.on('connectionAttemptFailed', (_host: string, _port: number, _family: number, error: Error) => {
			attempt.failed = {failure: toFailure(error), progress: progressOf(attempt)};
		});
		socket.on('connectionAttemptTimeout', (host: string, port: number) => {
			const message = `no answer from ${formatAddress({host, port})} yet`;
			attempt.failed = {failure: {code: 'ETIMEDOUT', syscall: 'connect', message}, progress: 'given-up'};
		});
		socket.on('connect', () => {
			if (this.#attempt === attempt) {
				this.#attempt = undefined;
				this.#connected(socket, attempt);
			}
		});
	}

	#connected(socket: Socket, {begun, options, readBuffer}: Attempt): void {
		const {limits, link, unfinished, handlers, onChange} = this.#options;
		const track = this.#track;
		const time = track.now();
		const spent = begun && timeSpent(begun);
		const connection = new TcpConnection(socket, {
			number: 0,
			track,
			limits,
			link,
			direction: 'to-server',
			options,
			roundTrips: this.#roundTrips,
			framing: this.#framing,
			unfinished,
			readBuffer,
			onChunk: handlers?.onChunk,
			onGivenUp: handlers?.onGivenUp,
			onFinished: handlers?.onFinished,
			onDrained() {
				handlers?.onDrained?.();
				onChange();
			},
			onClosed: closed => {
				this.#connection = undefined;
				this.#closed = {type: 'closed', failure: closed.failure};
				this.ended.add(closed);
				handlers?.onClosed(closed);
			},
		});
		this.#connection = connection;
		track.happened({
			type: 'connection-opened',
			peer: connection.peer,
			local: connection.local,
			...(options.source && {source: options.source}),
			...(spent && {spent}),
			...(options.numbers.nodelay === 0 && {delays: true}),
		}, time);
		connection.established();
	}

	setOption(option: SocketOption): OptionOutcome {
		return this.#connection?.setOption(option) ?? 'no-socket';
	}
}
