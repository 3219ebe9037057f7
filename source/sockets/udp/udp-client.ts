import type {Socket} from 'node:dgram';
import type {
	Address, SocketFailure, SocketOption, Tally,
} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {familyOf, isSameAddress} from '../../text/address.ts';
import {toFailure} from '../failure.ts';
import {HostNames} from '../host-names.ts';
import {type CommonOptions, noOptions, type OptionOutcome} from '../socket-options.ts';
import type {SendRefusal, UdpClientState} from '../states.ts';
import {unknownZone, withZoneName} from '../zones.ts';
import {type Destination, UdpDestinations} from './udp-destinations.ts';
import {UdpOptions} from './udp-options.ts';
import {type WriteFollower, UdpSender} from './udp-sender.ts';
import {
	bindAndConnect, boundAddress, closeUdpSocket, hearDatagrams, notBound, openUdpSocket, untilConnected,
} from './udp-socket.ts';

/** What a UDP client is made with. With a source among its options, that is bound before it sends. */
type UdpClientOptions = CommonOptions & {
	/** A new track, for each socket that it opens. */
	readonly newTrack: () => SocketTrack;
	/**
	Whether it connects its socket to the address that it sends to, a new one for each: then the system tells it of
	errors that come back (udp(7)).
	*/
	readonly isConnected?: boolean;
	/** Whether what it sends now will be answered, so that the answer is worth timing. */
	readonly awaitsAnswers: () => boolean;
};

/** At most this many sends, of any size, wait for look-ups. */
const maxUnsent = 1024;

/** A datagram that waits for its destination's address, or for the socket to get its peer. */
type Unsent = {
	readonly destination: Address;
	readonly bytes: Uint8Array;
	readonly follower: WriteFollower | undefined;
};

/**
A UDP client: a socket without a bind() call, which opens at the first send, when the system picks its port. Every
datagram carries its destination, unless the socket is connected to it.
*/
export class UdpClient {
	readonly protocol = 'udp';
	/** The options of its sockets, and what the system has made of them. */
	readonly ownOptions: UdpOptions;
	readonly #options: UdpClientOptions;
	readonly #destinations = new UdpDestinations();
	#socket: Socket | undefined;
	#family: 4 | 6 = 4;
	/** The peer that the socket is connected to, or is about to be. */
	#peer: Address | undefined;
	#sender: UdpSender<Destination> | undefined;
	#state: UdpClientState = {type: 'unbound'};
	#names = this.#newNames();
	/** The queued sends, and their bytes. close() drops them. */
	readonly #unsent = new Set<Unsent>();
	#unsentBytes = 0;
	/** Of a socket that is to have a peer, the sends that wait for it, in their order. */
	#connecting: Promise<void> | undefined;
	#generation = 0;
	#track: SocketTrack;

	constructor(options: UdpClientOptions) {
		this.#options = options;
		this.ownOptions = new UdpOptions(() => this.#options.options?.() ?? noOptions);
		this.#track = options.newTrack();
	}

	get state(): UdpClientState {
		return this.#state;
	}

	/** What the socket has received, and sent. */
	get received(): Tally {
		return this.#track.received;
	}

	get sent(): Tally {
		return this.#track.sent;
	}

	/** How many datagrams are on the simulated link, and how many bytes they have. */
	get onTheLink(): Tally {
		return {count: this.#sender?.onTheLink ?? 0, bytes: this.#sender?.bytesOnTheLink ?? 0};
	}

	/** Whether sends wait for a look-up, or for the socket to get its peer. */
	get isWaiting(): boolean {
		return this.#unsent.size > 0;
	}

	/** By how many milliseconds what leaves the simulated link next is late. */
	get linkLateness(): number {
		return this.#sender?.lateness ?? 0;
	}

	/** Tells which datagram was sent last, and hears the fate of those that were sent. */
	get track(): SocketTrack {
		return this.#track;
	}

	/** Another number after each close(). */
	get generation(): number {
		return this.#generation;
	}

	/** Open again after close(): a new socket, whose port the system has yet to pick. */
	reopen(): void {
		if (this.#state.type === 'closed') {
			this.#state = {type: 'unbound'};
			this.#options.onChange();
		}
	}

	/**
	Send one datagram; a later failure is an event. Datagrams to one name keep their order while it is looked up; those
	to another name, or to an IP address, do not wait for that.
	*/
	send(destination: Address, bytes: Uint8Array, follower?: WriteFollower): SendRefusal | undefined {
		if (this.#state.type === 'closed') {
			return {reason: 'not-open'};
		}

		const waiting = (this.#socket?.getSendQueueSize() ?? 0) + this.#unsentBytes;
		if (waiting > this.#options.limits.waitingBytes || this.#unsent.size >= maxUnsent) {
			return {reason: 'too-much-waiting', waiting};
		}

		const {host, port} = destination;
		if (familyOf(host) !== 0) {
			const peer = withZoneName(destination);
			if (peer) {
				this.#sendTo(peer, bytes, follower);
			} else {
				this.#failed({destination, bytes, follower}, unknownZone(destination));
			}

			return undefined;
		}

		const unsent = this.#wait(destination, bytes, follower);
		this.#names.resolve(host, resolved => {
			if (!this.#unsent.has(unsent)) {
				return;
			}

			this.#waitNoMore(unsent);
			if ('hosts' in resolved) {
				this.#sendTo({host: resolved.hosts[0], port}, bytes, follower);
			} else {
				this.#failed(unsent, resolved.failure);
			}
		});
		return undefined;
	}

	/**
	Give the socket, or a new one, this peer alone (connect(2) on a datagram socket). Settles with the error if that
	fails. Only where it was made for that.
	*/
	async connect(destination: Address): Promise<Error | undefined> {
		const peer = withZoneName(destination) ?? destination;
		this.reopen();
		if (this.#canSendTo(peer)) {
			return undefined;
		}

		try {
			if (this.#ensureSocket(peer) !== this.#sender) {
				return notBound();
			}
		} catch (error) {
			// What Node itself refuses, such as port 0.
			return error instanceof Error ? error : new Error(String(error));
		}

		return this.#socket && untilConnected(this.#socket);
	}

	/** Set an option of the socket, where there is one: before the first send there is none. */
	setOption(option: SocketOption): OptionOutcome {
		return this.ownOptions.set(option);
	}

	/** Close the socket, and drop sends that wait for a look-up. May be called twice. */
	async close(): Promise<void> {
		if (this.#state.type === 'closed') {
			return;
		}

		this.#generation++;
		this.#names = this.#newNames();
		const unsent = [...this.#unsent];
		this.#unsent.clear();
		this.#unsentBytes = 0;
		this.#connecting = undefined;
		await this.#release('closed', unsent);
	}

	/** Close the socket, and drop these. */
	async #release(type: 'closed' | 'unbound', unsent: readonly Unsent[] = []): Promise<void> {
		const local = this.#state.type === 'bound' ? this.#state.local : undefined;
		const {socket, discarded} = this.#forget(type);
		for (const datagram of unsent) {
			this.#failed(datagram, {code: 'ECANCELED', syscall: 'send', message: 'the socket was closed before'});
		}

		this.#track.closed(discarded, {local});
		await closeUdpSocket(socket);
	}

	/** Forget all that belongs to the socket. @returns it, and how many bytes on the simulated link never leave that */
	#forget(type: 'closed' | 'unbound'): {readonly socket: Socket | undefined; readonly discarded: number} {
		const socket = this.#socket;
		const discarded = this.#sender?.close() ?? 0;
		this.#socket = undefined;
		this.#sender = undefined;
		this.#peer = undefined;
		this.#destinations.clear();
		this.ownOptions.forget();
		this.#state = {type};
		return {socket, discarded};
	}

	#newNames(): HostNames {
		const names = new HostNames((name, hosts) => {
			// A look-up cannot be cancelled: it may end after close().
			if (this.#names === names) {
				this.#track.found(name, hosts);
			}
		});
		return names;
	}

	#wait(destination: Address, bytes: Uint8Array, follower: WriteFollower | undefined): Unsent {
		const unsent = {destination, bytes, follower};
		this.#unsent.add(unsent);
		this.#unsentBytes += bytes.length;
		return unsent;
	}

	#waitNoMore(unsent: Unsent): void {
		this.#unsent.delete(unsent);
		this.#unsentBytes -= unsent.bytes.length;
	}

	/** Send to an IP address, as soon as the socket has it as its peer where it is to have one. */
	#sendTo(peer: Address, bytes: Uint8Array, follower: WriteFollower | undefined): void {
		if (!this.#connecting && this.#canSendTo(peer)) {
			this.#sendNow(peer, bytes, follower);
			return;
		}

		const unsent = this.#wait(peer, bytes, follower);
		const connecting = (this.#connecting ?? Promise.resolve())
			.then(async () => this.#connectAndSend(unsent))
			.then(() => {
				if (this.#connecting === connecting) {
					this.#connecting = undefined;
				}
			});
		this.#connecting = connecting;
	}

	#sendNow(peer: Address, bytes: Uint8Array, follower: WriteFollower | undefined): void {
		const sender = this.#ensureSocket(peer);
		if (sender !== this.#sender) {
			this.#failed({destination: peer, bytes, follower}, toFailure(notBound()));
			return;
		}

		sender.send(this.#destinations.sendingTo(peer), bytes, undefined, follower);
	}

	async #connectAndSend(unsent: Unsent): Promise<void> {
		const {destination, bytes, follower} = unsent;
		const error = this.#unsent.has(unsent) ? await this.connect(destination) : undefined;
		// It has been removed where the socket was closed.
		if (!this.#unsent.has(unsent)) {
			return;
		}

		this.#waitNoMore(unsent);
		if (error) {
			this.#failed(unsent, toFailure(error));
		} else {
			this.#sendNow(destination, bytes, follower);
		}
	}

	/** Whether datagrams to this address can go at once: a socket that is to have a peer must have this one. */
	#canSendTo(peer: Address): boolean {
		const current = this.#state.type === 'bound' ? this.#state.peer : undefined;
		return !this.#options.isConnected || (current !== undefined && isSameAddress(current, peer));
	}

	#failed({destination: peer, bytes, follower}: Unsent, failure: SocketFailure): void {
		this.#track.sendFailed(peer, bytes, failure);
		follower?.unwritten();
	}

	/**
	A socket speaks one version of IP, and one that is connected has one peer: to talk to another address, it is closed
	and a new one opened.
	*/
	#ensureSocket(peer: Address): UdpSender<Destination> {
		const family = familyOf(peer.host) === 6 ? 6 : 4;
		const {newTrack, limits, link, options, isConnected = false} = this.#options;
		const source = options?.().source;
		const fits = isConnected ? this.#peer && isSameAddress(this.#peer, peer) : this.#family === family;
		if (this.#sender && fits) {
			return this.#sender;
		}

		if (this.#socket) {
			void this.#release('unbound');
		}

		const socket = openUdpSocket(family);
		const track = newTrack();
		const sender = new UdpSender<Destination>({
			socket,
			track,
			limits,
			link,
			direction: 'to-server',
			isConnected,
			isBinding: source !== undefined,
			onSent: ({roundTrips, far}, bytes, time, fate) => {
				// What is lost gets no answer. The answers of the playground are known; where datagrams to others
				// overtake each other, answers can be told apart by their content only.
				const isForeign = far.socket === undefined;
				if (fate?.type !== 'lost' && (isForeign || link.keepsOrder) && this.#options.awaitsAnswers()) {
					roundTrips.sent(time, bytes.length, link.timeout, isForeign ? bytes : undefined);
				}
			},
		});
		this.#track = track;
		this.#socket = socket;
		this.#sender = sender;
		this.#family = family;
		socket.on('error', error => {
			// Without a peer the attempt to connect has failed; with one, an error has come back from there.
			if (this.#socket === socket && !this.#canSendTo(peer)) {
				this.#peer = undefined;
			}

			const failure = toFailure(error);
			if (source && failure.syscall === 'bind' && this.#socket === socket) {
				// Node would bind it to a port of the system's choice with the next send, which gets another socket.
				void closeUdpSocket(this.#forget('unbound').socket);
				track.failed(failure, undefined, source);
			} else {
				track.failed(failure);
			}
		});
		socket.on('listening', () => {
			if (this.#socket !== socket) {
				return;
			}

			const local = boundAddress(socket);
			this.#state = {type: 'bound', local};
			track.happened({type: 'socket-bound', local, ...(source && {asked: source})});
			this.ownOptions.setAll(socket, track);
			sender.bound();
		});
		socket.on('connect', () => {
			// Node reports it a turn later: the socket may have been closed since.
			if (this.#socket === socket) {
				const local = boundAddress(socket);
				this.#state = {type: 'bound', local, peer};
				track.happened({type: 'peer-set', peer, local});
			}
		});
		hearDatagrams(socket, (host, port, bytes) => {
			this.#destinations.received({host, port}, bytes, this.#track);
		});
		this.#peer = isConnected ? peer : undefined;
		bindAndConnect(socket, source, this.#peer);
		return sender;
	}
}
