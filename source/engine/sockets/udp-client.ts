import type {Socket} from 'node:dgram';
import {promises as dns} from 'node:dns';
import type {Address, SocketFailure, Tally} from '../events/event.ts';
import {farEndAt, type FarEnd} from '../events/far-end.ts';
import type {Recorder} from '../events/recorder.ts';
import {familyOf, isSameAddress} from './addresses.ts';
import {toFailure} from './failure.ts';
import type {Limits} from './limits.ts';
import {RoundTrips} from './round-trips.ts';
import type {SendRefusal} from './server-state.ts';
import {boundAddress, openUdpSocket} from './udp-socket.ts';

/** What a UDP client's socket is doing. It is never connected: UDP has no connection. */
export type UdpClientState
	/** Open, and not bound: the system picks a port at the first send. */
	= | {readonly type: 'unbound'}
		| {readonly type: 'bound'; readonly local: Address}
		| {readonly type: 'closed'};

/** What a UDP client is made with: where its events are recorded, its limits, and whom it tells of other changes. */
export type UdpClientOptions = {
	/** A new recorder, for each socket that it opens. */
	readonly newRecorder: () => Recorder;
	readonly limits: Limits;
	/** Whether what it sends now will be answered, so that the answer is worth timing. */
	readonly awaitsAnswers: () => boolean;
	readonly onChange: () => void;
};

type Destination = {readonly address: Address; readonly roundTrips: RoundTrips; far: FarEnd};

/** How many addresses that it has sent to a client remembers, to tell answers from strangers' datagrams. */
const rememberedDestinations = 64;

/**
A UDP client: a socket that nobody binds. Nothing is sent before the first message, the system picks the port then,
and every datagram carries its destination.
*/
export class UdpClient {
	readonly protocol = 'udp';
	readonly #options: UdpClientOptions;
	/** The addresses that it has sent to, the latest first, and what is awaited from each. */
	#destinations: Destination[] = [];
	#socket: Socket | undefined;
	#family: 4 | 6 = 4;
	/** When the system bound the socket, by the log's clock. */
	#boundAt = 0;
	#state: UdpClientState = {type: 'unbound'};
	/** Sends that wait for a name to be looked up, so that they keep their order. */
	#lookups: Promise<void> | undefined;
	/** Grows with every close(): what was begun before must not send afterwards. */
	#life = 0;
	#known: {name: string; host: string} | undefined;
	#recorder: Recorder;

	constructor(options: UdpClientOptions) {
		this.#options = options;
		this.#recorder = options.newRecorder();
	}

	get state(): UdpClientState {
		return this.#state;
	}

	/** What the socket has received, and sent. */
	get received(): Tally {
		return this.#recorder.received;
	}

	get sent(): Tally {
		return this.#recorder.sent;
	}

	/** Open again after close(): a new socket, whose port the system has yet to pick. */
	reopen(): void {
		if (this.#state.type === 'closed') {
			this.#state = {type: 'unbound'};
			this.#options.onChange();
		}
	}

	/** Send one datagram. What goes wrong once the system has it, or on the way there, is an event. */
	send(destination: Address, bytes: Uint8Array): SendRefusal | undefined {
		if (this.#state.type === 'closed') {
			return {reason: 'not-open'};
		}

		const waiting = this.#socket?.getSendQueueSize() ?? 0;
		if (waiting > this.#options.limits.waitingBytes) {
			return {reason: 'too-much-waiting', waiting};
		}

		const host = familyOf(destination.host) === 0 && this.#known?.name === destination.host ? this.#known.host : destination.host;
		if (familyOf(host) !== 0 && !this.#lookups) {
			this.#send({host, port: destination.port}, bytes);
			return undefined;
		}

		const life = this.#life;
		const chained = (this.#lookups ?? Promise.resolve()).then(async () => this.#lookUpAndSend(destination, bytes, life)).then(() => {
			if (this.#lookups === chained) {
				this.#lookups = undefined;
			}
		});
		this.#lookups = chained;
		return undefined;
	}

	/** Close the socket. May be called twice. */
	async close(): Promise<void> {
		if (this.#state.type === 'closed') {
			return;
		}

		const socket = this.#socket;
		const local = this.#state.type === 'bound' ? this.#state.local : undefined;
		this.#socket = undefined;
		this.#state = {type: 'closed'};
		this.#life++;
		this.#known = undefined;
		this.#destinations = [];
		this.#recorder.happened({type: 'closed', local, discarded: 0});
		if (socket) {
			await new Promise<void>(resolve => {
				socket.close(resolve);
			});
		}
	}

	async #lookUpAndSend(destination: Address, bytes: Uint8Array, life: number): Promise<void> {
		let {host} = destination;
		if (familyOf(host) === 0) {
			try {
				const found = await dns.lookup(host, {order: 'ipv4first'});
				this.#known = {name: host, host: found.address};
				host = found.address;
			} catch (error) {
				this.#failed(destination, bytes, toFailure(error));
				return;
			}
		}

		if (life === this.#life) {
			this.#send({host, port: destination.port}, bytes);
		} else {
			this.#failed(destination, bytes, {code: 'ECANCELED', syscall: 'send', message: 'the socket was closed while the name was looked up'});
		}
	}

	#send(peer: Address, bytes: Uint8Array): void {
		const socket = this.#ensureSocket(familyOf(peer.host) === 6 ? 6 : 4);
		const recorder = this.#recorder;
		const called = recorder.now();
		const {roundTrips, far} = this.#remember(peer);
		const number = recorder.nextWrite();
		const departure = recorder.departs(far, number, bytes);
		const failed = (error: unknown): void => {
			recorder.cancel(far, departure);
			this.#failed(peer, bytes, toFailure(error));
		};

		try {
			socket.send(bytes, peer.port, peer.host, error => {
				if (error) {
					failed(error);
					return;
				}

				// The first send waits until the system has bound the socket.
				const time = Math.max(called, this.#boundAt);
				if (this.#options.awaitsAnswers()) {
					roundTrips.sent(time, bytes.length);
				}

				recorder.datagramSent(far, bytes, number, departure, time);
			});
		} catch (error) {
			failed(error);
		}
	}

	#failed(peer: Address, bytes: Uint8Array, failure: SocketFailure): void {
		this.#recorder.happened({
			type: 'send-failed', peer, length: bytes.length, bytes, failure,
		});
	}

	#ensureSocket(family: 4 | 6): Socket {
		if (this.#socket && this.#family === family) {
			return this.#socket;
		}

		this.#dropOtherFamily();
		const socket = openUdpSocket(family);
		const recorder = this.#options.newRecorder();
		this.#recorder = recorder;
		this.#socket = socket;
		this.#family = family;
		socket.on('error', error => {
			recorder.happened({type: 'socket-failed', failure: toFailure(error)});
		});
		socket.on('listening', () => {
			const local = boundAddress(socket);
			this.#state = {type: 'bound', local};
			this.#boundAt = recorder.now();
			recorder.happened({type: 'bound', local});
		});
		socket.on('message', (bytes, {address, port}) => {
			this.#receive({host: address, port}, bytes);
		});
		return socket;
	}

	/** A socket speaks one version of IP: to talk to an address of the other one, it is closed and a new one opened. */
	#dropOtherFamily(): void {
		if (this.#socket) {
			this.#socket.close();
			this.#recorder.happened({type: 'closed', local: this.#state.type === 'bound' ? this.#state.local : undefined, discarded: 0});
		}
	}

	#receive(from: Address, bytes: Uint8Array): void {
		const recorder = this.#recorder;
		const time = recorder.now();
		const known = this.#destinations.find(({address}) => isSameAddress(address, from));
		const far = recorder.farEnd(known?.far ?? farEndAt(from));
		if (known) {
			known.far = far;
		}

		recorder.datagramReceived(far, bytes, known?.roundTrips.datagramAnswered(time), !known, time);
	}

	#remember(address: Address): Destination {
		const [last] = this.#destinations;
		const known = last && isSameAddress(last.address, address)
			? last
			: this.#destinations.find(destination => isSameAddress(destination.address, address)) ?? {address, roundTrips: new RoundTrips(), far: farEndAt(address)};
		known.far = this.#recorder.farEnd(known.far);
		if (known !== last) {
			this.#destinations = [known, ...this.#destinations.filter(destination => destination !== known)].slice(0, rememberedDestinations);
		}

		return known;
	}
}
