import type {Socket} from 'node:dgram';
import type {Address} from '../../log/event.ts';
import type {InFlightDatagram, Origin} from '../../log/delivery/in-flight.ts';
import {notifyDelivery} from '../../log/delivery/delivery-trace.ts';
import type {DatagramLinkFate, LinkPassage} from '../../log/delivery/link-fate.ts';
import type {FarEnd, SocketTrack} from '../../log/socket-track.ts';
import {
	bytesOfCopy, type DatagramCopy, type DatagramFate, type DatagramLink,
} from '../../link/datagram-link.ts';
import {DelayLine} from '../../link/delay-line.ts';
import type {Link} from '../../link/link.ts';
import type {LinkDirection} from '../../link/random.ts';
import {toFailure} from '../failure.ts';
import {largestDatagramTo, type Limits} from '../limits.ts';
import type {Overtaking} from './overtaking.ts';
import {PortLook} from './port-look.ts';
import {boundAddress} from './udp-socket.ts';

/**
At most this many datagrams leave the simulated link in one turn of the event loop. The socket at the other end may be
read by the same thread, 32 datagrams in a turn: what a late timer releases at once would fill its receive buffer.
Answers have more room than the requests, so that they do not pile up.
*/
const maxPerTurn: Readonly<Record<LinkDirection, number>> = {'to-server': 16, 'to-clients': 24};

/** Learns which of its socket's writes a datagram is, so that its fate can be followed (`SocketTrack.subscribe`). */
export type WriteFollower = {
	/** Its number among the writes of this track's socket, and its destination. Called before its fate is notified. */
	readonly written: (number: number, track: SocketTrack, far: FarEnd) => void;
	/** It never becomes a write: its destination's name has no address, or the socket was closed. */
	readonly unwritten: () => void;
};

/** An address that datagrams are sent to. */
export type Addressee = {
	readonly address: Address;
	/** The same address, and which of the playground's sockets has it. */
	far: FarEnd;
	/** What is on the simulated link to it. */
	readonly overtaking: Overtaking;
	/** Looks for another program's socket there, from the first datagram on that goes to none of the playground's. */
	look: PortLook | undefined;
};

/** What a sender is made with: its socket and track, and the simulated link that its datagrams go over. */
type UdpSenderOptions<To extends Addressee> = {
	readonly socket: Socket;
	readonly track: SocketTrack;
	readonly limits: Limits;
	readonly link: Link;
	readonly direction: LinkDirection;
	/** Whether the socket has a peer of its own (connect() on a UDP socket), so that datagrams carry no address. */
	readonly isConnected?: boolean;
	/** Whether bind() has been called already, so that a send does not. */
	readonly isBinding?: boolean;
	/** A datagram was sent at this time, by the log's clock; over the simulated link with this fate. */
	readonly onSent: (to: To, bytes: Uint8Array, time: number, fate?: DatagramLinkFate) => void;
};

/** A copy of a datagram on its way over the link. */
type Copy<To> = {
	readonly to: To;
	readonly bytes: Uint8Array;
	readonly number: number;
	/** When it was sent, by the log's clock. */
	readonly time: number;
	/** When it got onto the link, by the link's clock. */
	readonly entered: number;
	readonly sequence: number;
	readonly answers: Origin | undefined;
	readonly copy: DatagramCopy;
	/** Which of the datagram's copies it is, from 0; how many there are, and how many of them have left. */
	readonly which: number;
	readonly all: {readonly copies: number; left: number};
};

/** A datagram that the system has not taken. */
type Failed<To> = Pick<Copy<To>, 'to' | 'bytes' | 'number' | 'answers'> & {
	readonly departure: InFlightDatagram | undefined;
};

/** Sends a UDP socket's datagrams, over the simulated link unless that is perfect, and records their fate. */
export class UdpSender<To extends Addressee> {
	/** When the system bound the socket, by the log's clock: a send before that waits for it. */
	#boundAt: number | undefined;
	#port: number | undefined;
	readonly #options: UdpSenderOptions<To>;
	readonly #link: DatagramLink;
	readonly #line: DelayLine<Copy<To>>;

	#bytesOnLine = 0;
	/** How many datagrams the system has been given, and has neither taken nor refused yet. */
	#unanswered = 0;

	constructor(options: UdpSenderOptions<To>) {
		this.#options = options;
		this.#link = options.link.datagrams(options.direction);
		this.#line = new DelayLine<Copy<To>>(copy => {
			this.#leave(copy);
		}, options.link.time, maxPerTurn[options.direction]);
	}

	/** The system has bound the socket. */
	bound(): void {
		this.#boundAt = this.#options.track.now();
		this.#port = boundAddress(this.#options.socket).port;
	}

	/** How many datagrams are on the simulated link, copies included. */
	get onTheLink(): number {
		return this.#line.size;
	}

	/** By how many milliseconds the next datagram to leave the link is late, since the machine cannot keep up. */
	get lateness(): number {
		return Math.max(0, this.#line.now - (this.#line.nextDue ?? Number.POSITIVE_INFINITY));
	}

	/** Bytes that the system has not taken yet. */
	get waiting(): number {
		return this.#unanswered === 0 ? 0 : this.#options.socket.getSendQueueSize();
	}

	/** How many bytes of payload those datagrams have together. */
	get bytesOnTheLink(): number {
		return this.#bytesOnLine;
	}

	/**
	Send a datagram. A failure is an event.

	@param answers - the datagram that this one answers, where that is known
	*/
	send(to: To, bytes: Uint8Array, answers?: Origin, follower?: WriteFollower): void {
		const {socket} = this.#options;
		// A datagram that is too long is never on the link: the system does not take it.
		if (this.#link.isPerfect || bytes.length > largestDatagramTo(to.address.host)) {
			this.#sendNow(to, bytes, answers, follower);
			return;
		}

		// The system has bound the socket by the time that sendto() returns, however long the link takes.
		if (this.#boundAt === undefined && !this.#options.isBinding) {
			socket.bind({port: 0, exclusive: true});
		}

		this.#sendOverLink(to, bytes, answers, follower);
	}

	/** The socket is about to be closed: datagrams on the link never leave it. @returns how many bytes those were */
	close(): number {
		const discarded = this.#bytesOnLine;
		const {track} = this.#options;
		this.#bytesOnLine = 0;
		for (const {to, sequence, number, answers} of this.#line.cancelAll()) {
			to.overtaking.clear();
			track.amend({type: 'discarded', sequence, amount: 1});
			notifyDelivery(track, number, answers, 'discarded');
		}

		return discarded;
	}

	#sendNow(to: To, bytes: Uint8Array, answers: Origin | undefined, follower: WriteFollower | undefined): void {
		const {track, onSent} = this.#options;
		const look = this.#lookAt(to);
		const {far} = to;
		const called = track.now();
		const number = track.nextWrite();
		follower?.written(number, track, far);
		const departure = track.departs(far, number, bytes, called, answers);
		this.#overtake(to, number);
		this.#handOver(to, bytes, error => {
			this.#unanswered--;
			if (error) {
				look?.failed();
				this.#failed({
					to, bytes, number, answers, departure,
				}, error);
				return;
			}

			// The first send waits until the system has bound the socket.
			const time = Math.max(called, this.#boundAt ?? called);
			onSent(to, bytes, time);
			const sequence = track.datagramSent(far, bytes, number, departure, time);
			look?.after(sequence, number, far, answers);
		});
	}

	#sendOverLink(to: To, bytes: Uint8Array, answers: Origin | undefined, follower: WriteFollower | undefined): void {
		const {track, limits, onSent} = this.#options;
		const time = track.now();
		const isFull = this.#line.size >= limits.linkDatagrams || this.#bytesOnLine >= limits.linkBytes;
		const entered = this.#line.now;
		const wanted = this.#link.fateOf(bytes.length, entered);
		const decided: DatagramFate = isFull && wanted.type === 'passed' ? {type: 'lost', cause: 'full'} : wanted;
		const fate = recorded(decided);
		const number = track.nextWrite();
		to.far = track.farEnd(to.far);
		follower?.written(number, track, to.far);
		const sequence = track.datagramSentOverLink(to.far, bytes, number, fate, time);
		onSent(to, bytes, time, fate);
		if (decided.type === 'lost' || fate.type === 'lost') {
			notifyDelivery(track, number, answers, 'lost');
			return;
		}

		if (decided.copies.length > 1) {
			notifyDelivery(track, number, answers, 'doubled');
		}

		to.overtaking.enter(number, sequence);
		// The caller may use the buffer again.
		const own = Uint8Array.from(bytes);
		const all = {copies: decided.copies.length, left: 0};
		for (const [which, copy] of decided.copies.entries()) {
			this.#bytesOnLine += own.length;
			this.#line.add(copy.due, {
				to, bytes: bytesOfCopy(own, copy), number, time, entered, sequence, answers, copy, which, all,
			});
		}
	}

	/** A copy has come to the end of the link: the system gets it now. */
	#leave({to, bytes, number, time, entered, sequence, answers, copy, which, all}: Copy<To>): void {
		const {track} = this.#options;
		// A link that does not delay has delayed nothing, however busy the machine is.
		const delay = copy.delay && this.#line.now - entered;
		this.#bytesOnLine -= bytes.length;
		all.left++;
		this.#overtake(to, number);
		const look = this.#lookAt(to);
		const {far} = to;
		const departure = track.departs(far, number, bytes, time, answers);
		track.left(sequence, which, delay, far, departure, passageOf(copy, delay, all));
		this.#handOver(to, bytes, error => {
			this.#unanswered--;
			if (error) {
				look?.failed();
				track.refused(sequence, far, departure);
				this.#failed({
					to, bytes, number, answers, departure,
				}, error);
			} else {
				look?.after(sequence, number, far, answers);
			}
		});
	}

	/**
	A datagram, or the first of its copies, is handed over: it has overtaken those that were sent to the same address
	before it and are still on the link.
	*/
	#overtake({overtaking}: To, by: number): void {
		for (const sequence of overtaking.leave(by)) {
			this.#options.track.amend({type: 'overtaken', sequence, by});
		}
	}

	/**
	A datagram is about to be handed over. Where it goes to none of the playground's sockets, begin to look whether it
	finds one: another program's may be there at once, where a socket of the playground was.
	*/
	#lookAt(to: To): PortLook | undefined {
		const {track} = this.#options;
		to.far = track.farEnd(to.far);
		if (to.far.socket) {
			return undefined;
		}

		to.look ??= new PortLook(to.address, track, () => this.#port);
		to.look.before(to.far);
		to.far = track.farEnd(to.far);
		return to.look;
	}

	/** Hand a datagram to the system. `onCalled` is called once, with the error if there is one, and counts down. */
	#handOver({address}: To, bytes: Uint8Array, onCalled: (error: unknown) => void): void {
		const {socket, isConnected} = this.#options;
		this.#unanswered++;
		try {
			if (isConnected) {
				socket.send(bytes, onCalled);
			} else {
				socket.send(bytes, address.port, address.host, onCalled);
			}
		} catch (error) {
			// A sender may have no port (RFC 768), and cannot be answered then.
			onCalled(error);
		}
	}

	#failed({to, bytes, number, answers, departure}: Failed<To>, error: unknown): void {
		const {track} = this.#options;
		track.cancel(departure);
		notifyDelivery(track, number, answers, 'failed');
		track.sendFailed(to.address, bytes, toFailure(error));
	}
}

/** How a copy that has just left came over the link, where that has doubled or changed the datagram. */
function passageOf(
	{corruption}: DatagramCopy,
	delay: number,
	{copies, left}: Copy<unknown>['all'],
): LinkPassage | undefined {
	const isDoubled = copies > 1;
	return isDoubled || corruption
		? {...(isDoubled && {copy: left}), delay, ...(corruption && {corruption})}
		: undefined;
}

/** What the log keeps of a fate. */
function recorded(fate: DatagramFate): DatagramLinkFate {
	if (fate.type === 'lost') {
		return fate;
	}

	const copies = fate.copies.map(({delay, corruption}) => ({delay, ...(corruption && {corruption})}));
	return {
		type: 'passed',
		copies,
		isHeldBack: fate.isHeldBack,
		onTheLink: copies.length,
		discarded: 0,
		overtakenBy: undefined,
	};
}
