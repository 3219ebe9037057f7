import type {Address} from '../../../log/event.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import type {FarEnd, SocketTrack} from '../../../log/socket-track.ts';
import type {Subscription} from '../../../log/subscriptions.ts';
import {isSameAddress} from '../../../text/address.ts';
import type {Limits} from '../../../sockets/limits.ts';
import type {UdpClient} from '../../../sockets/udp/udp-client.ts';
import type {WriteFollower} from '../../../sockets/udp/udp-sender.ts';
import {DatagramAccounts} from './datagram-accounts.ts';
import type {Attempt, Messenger, MessengerOptions} from './series-run.ts';
import type {SeriesTally} from './series-tally.ts';
import {hasRoom, UnreadDatagrams} from './unread-datagrams.ts';

/** After this silence of the server's receive buffer, in milliseconds, one message more goes there. */
const longestUnheard = 10;

/** When what leaves the simulated link is later than this, in milliseconds, the link gets nothing more for a while. */
const maxLate = 2;

/** Of the link's limits: nine clients at once leave room for all answers, and for typed messages. */
const linkShare = 1 / 16;

type DatagramMessengerOptions = MessengerOptions & {
	readonly client: UdpClient;
	/** Whether the messages go as fast as they can, and not at a rate. */
	readonly isUnpaced: boolean;
	readonly limits: Pick<Limits, 'linkDatagrams' | 'linkBytes'>;
	readonly destination: () => Address | undefined;
	/** What counts as done where the messages go to this socket of the playground; undefined: to another program. */
	readonly countsFor: (far: SocketTrack | undefined) => SeriesReport['counts'];
	readonly timeout: () => number;
};

/** Sends a series over UDP. Own datagrams are followed, answers of other programs known by their payload. */
export class DatagramMessenger implements Messenger {
	readonly #options: DatagramMessengerOptions;
	readonly #accounts: DatagramAccounts;
	readonly #unread = new UnreadDatagrams();
	readonly #follower: WriteFollower;
	#track: SocketTrack | undefined;
	#following: Subscription | undefined;
	/** The write that the first message was. Nothing else is sent from here meanwhile: the others follow. */
	#firstWrite = 0;
	/** Messages of which it is not known yet which writes they are. */
	#unwritten = 0;
	#far: FarEnd | undefined;
	/** Whether messages have gone to another program, so that their fate is unknown. */
	#hasForeign = false;
	/** When a message was written, or something of one was heard. */
	#lastHeard = 0;
	#isClosed = false;

	constructor(options: DatagramMessengerOptions) {
		this.#options = options;
		this.#accounts = new DatagramAccounts(options.count, options.now);
		this.#follower = {
			written: (number, track, far) => {
				this.#written(number, track, far);
			},
			unwritten: () => {
				this.#unwritten--;
				this.tally.lose('failed');
				options.listener.onReady();
				options.listener.onProgress();
			},
		};
	}

	get tally(): SeriesTally {
		return this.#accounts.tally;
	}

	get isSettled(): boolean {
		return this.tally.waiting === 0 && (this.#hasForeign || this.#accounts.liveCopies === 0);
	}

	get silence(): number {
		return this.#options.timeout() + 1000;
	}

	send(): Attempt {
		const {client, destination, content, now} = this.#options;
		if (client.state.type === 'closed') {
			return 'over';
		}

		const to = destination();
		if (this.#unwritten > 0 || !to) {
			return 'wait';
		}

		const bytes = content instanceof Uint8Array ? content : content.at(this.#accounts.written);
		const wait = this.#wait(bytes.length);
		if (wait) {
			return wait;
		}

		this.tally.send(bytes.length, now());
		this.#unwritten++;
		if (client.send(to, bytes, this.#follower)) {
			this.#unwritten--;
			this.tally.takeBack(bytes.length);
			return 'wait';
		}

		return 'sent';
	}

	look(): void {
		this.#unread.look();
	}

	close(): void {
		this.#isClosed = true;
		this.#following?.close();
	}

	/** Keeps within the link's room, and an unpaced series within what the playground's server reads. */
	#wait(length: number): Attempt | undefined {
		const {client: {onTheLink, linkLateness}, limits} = this.#options;
		if (
			linkLateness > maxLate
			|| onTheLink.count >= limits.linkDatagrams * linkShare
			|| onTheLink.bytes >= limits.linkBytes * linkShare
		) {
			return 'wait';
		}

		const far = this.#far?.socket;
		if (!this.#options.isUnpaced || !this.#track || !far || hasRoom(this.#track, far, length)) {
			return undefined;
		}

		// A dropped datagram is only known once a later one has arrived.
		return this.#options.now() - this.#lastHeard < longestUnheard ? 'wait-turn' : undefined;
	}

	#written(number: number, track: SocketTrack, far: FarEnd): void {
		if (this.#isClosed) {
			return;
		}

		this.#unwritten--;
		if (this.#track === undefined) {
			this.#firstWrite = number;
			this.tally.counts = this.#options.countsFor(far.socket);
			this.#listen(track);
		}

		this.#accounts.write();
		this.#lastHeard = this.#options.now();
		if (this.#far !== far) {
			this.#goTo(far, track);
		}

		this.#options.listener.onReady();
	}

	#listen(track: SocketTrack): void {
		const {onProgress, onOver} = this.#options.listener;
		this.#track = track;
		this.#following = track.subscribe({
			onDelivery: (write, step, roundTrip, length) => {
				this.#accounts.step(write - this.#firstWrite, step, roundTrip, length);
				this.#lastHeard = this.#options.now();
				onProgress();
			},
			onRead: (bytes, _, peer, isOwn, elapsed) => {
				const far = this.#far;
				if (isOwn || !far || !isSameAddress(peer, far.address)) {
					return;
				}

				// Another program may have the address by now, or when it gets what is on the simulated link.
				this.#hasForeign ||= track.farEnd(far).socket === undefined;
				if (this.#hasForeign) {
					this.#foreignAnswer(bytes, elapsed);
					onProgress();
				}
			},
			onOver,
		});
	}

	/** From here on the messages go to another socket than before, or to none. */
	#goTo(far: FarEnd, track: SocketTrack): void {
		this.#far = far;
		this.#unread.giveUpClosed();
		if (far.socket) {
			this.#unread.watch(track, far.socket);
		} else if (!far.isVacant) {
			this.#hasForeign = true;
		}
	}

	/** @param elapsed - milliseconds; `unknownElapsed` where it answers one of several, NaN where it answers none */
	#foreignAnswer(bytes: Uint8Array, elapsed: number): void {
		const {content} = this.#options;
		if (content instanceof Uint8Array) {
			this.#accounts.anyAnswer(bytes.length);
			return;
		}

		const roundTrip = Number.isFinite(elapsed) ? elapsed : undefined;
		const place = content.placeIn(bytes, this.#accounts.written);
		if (place !== undefined) {
			this.#accounts.foreignAnswer(place, bytes.length, roundTrip);
		} else if (!Number.isNaN(elapsed)) {
			this.#accounts.anyAnswer(bytes.length, roundTrip);
		}
	}
}
