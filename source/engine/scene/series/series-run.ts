import type {Series} from '../../api/command.ts';
import type {SeriesView} from '../../api/scene-view.ts';
import type {SeriesReport} from '../../../log/reports.ts';
import {Deadline, realTime, type Time} from '../../../link/time.ts';
import type {NumberedMessages} from './numbered-messages.ts';
import type {SeriesTally} from './series-tally.ts';

/**
The result of trying to send a message: it was sent; it has to wait until the sockets have been read, or longer, since
too many bytes are queued or its destination is not known yet; or nothing can be sent from here any longer.
*/
export type Attempt = 'sent' | 'wait-turn' | 'wait' | 'over';

/** Hears how the messages of a series fare. */
export type MessengerListener = {
	/** A message has got an outcome, or has come a step further. */
	readonly onProgress: () => void;
	/** What made the next message wait is over. */
	readonly onReady: () => void;
	/** The socket was closed, or nothing more can come from its peer. */
	readonly onOver: () => void;
};

/** What a messenger of either protocol is made with. */
export type MessengerOptions = {
	/** How many messages are wanted; undefined: until the series is stopped. */
	readonly count: number | undefined;
	/** What each message says, or the numbered messages: all have the same length. */
	readonly content: Uint8Array | NumberedMessages;
	/** A clock that never goes back, in milliseconds. */
	readonly now: () => number;
	readonly listener: MessengerListener;
};

/** Sends the messages of one series over one protocol, and counts the fate of each. */
export type Messenger = {
	readonly tally: SeriesTally;
	readonly send: () => Attempt;
	/** Whether all that was sent has an outcome, and nothing of it is under way. */
	readonly isSettled: boolean;
	/** Milliseconds until pending messages count as unanswered; Infinity while any is known to be under way. */
	readonly silence: number;
	/** To be called when nothing is sent, after sockets were read: finds what the kernel has dropped. */
	readonly look: () => void;
	/** Stop listening, and forget single messages. */
	readonly close: () => void;
};

/**
At most this many messages are sent, and for this many milliseconds, before the event loop goes round, so that sockets
are read in between. Node reads at most 32 datagrams of a socket in one turn: a rate that is not much higher makes up
for a late turn without filling the server's receive buffer.
*/
const maxPerTurn = 64;
const maxMadeUpFor = 24;
const longestTurn = 4;

/** After this many milliseconds a message that had to wait is tried again. */
const retryAfter = 2;

/** When all has been sent, dropped datagrams are looked for this often, in milliseconds. */
const quiet = 300;

/**
A silence has as many looks in it, however late this process has its turns: what was there at the first, and has not
been read by the second, is dropped.
*/
const looksInSilence = 2;

type SeriesRunOptions = {
	readonly series: Series;
	readonly newMessenger: (listener: MessengerListener) => Messenger;
	readonly onEnded: (report: SeriesReport) => void;
	readonly time?: Time;
};

/** Sends a series of messages at its pace, then waits for their outcomes. */
export class SeriesRun {
	readonly #options: SeriesRunOptions;
	readonly #messenger: Messenger;
	readonly #count: number;
	readonly #time: Time;
	readonly #maxPerTurn: number;
	readonly #deadline: Deadline;
	#began = 0;
	#progressed = 0;
	/** How often it was looked for what is dropped, since something was heard. */
	#looks = 0;
	#nextLook = 0;
	/** A message waits for what `onReady` tells. */
	#isWaiting = false;
	/** How it will end, as nothing more is sent. */
	#ending: SeriesReport['end'] | undefined;
	#ended: SeriesReport | undefined;

	constructor(options: SeriesRunOptions) {
		this.#options = options;
		this.#count = options.series.count ?? Number.POSITIVE_INFINITY;
		const {rate} = options.series;
		this.#time = options.time ?? realTime;
		this.#maxPerTurn
			= rate === undefined ? maxPerTurn : Math.min(maxPerTurn, Math.max(maxMadeUpFor, Math.ceil(rate / 1000)));
		this.#deadline = new Deadline(this.#time, () => {
			// Timers come before the sockets are read: pending reads are handled first.
			this.#soon();
		}, () => {
			if (this.#ending) {
				this.#await(this.#ending);
			} else {
				this.#send();
			}
		});
		this.#messenger = options.newMessenger({
			onProgress: () => {
				this.#heard();
				this.#endIfSettled();
			},
			onReady: () => {
				if (this.#isWaiting) {
					this.#soon();
				}
			},
			onOver: () => {
				this.end('client-closed');
			},
		});
	}

	get view(): SeriesView {
		return {
			isRunning: this.isRunning,
			rate: this.#options.series.rate,
			report: this.#ended ?? this.#messenger.tally.report('done'),
		};
	}

	get isRunning(): boolean {
		return this.#ended === undefined;
	}

	/** Send the first messages now, and the others as their time comes. */
	start(): void {
		this.#began = this.#time.now();
		this.#heard();
		this.#send();
	}

	/** End at once, even with messages under way: none is sent or waited for afterwards. May be called twice. */
	end(how: SeriesReport['end']): void {
		if (this.isRunning) {
			this.#ended = this.#messenger.tally.report(how);
			this.#deadline.set(undefined);
			this.#messenger.close();
			this.#options.onEnded(this.#ended);
		}
	}

	/** Send the messages that are due, as many as fit in one turn of the event loop. */
	#send(): void {
		const {tally} = this.#messenger;
		const turn = this.#time.now();
		const due = this.#due(turn);
		this.#isWaiting = false;
		for (
			let sent = 0;
			sent < this.#maxPerTurn && tally.sent < due && this.#time.now() - turn < longestTurn;
			sent++
		) {
			const attempt = this.#messenger.send();
			if (!this.isRunning) {
				return;
			}

			if (attempt === 'wait-turn') {
				this.#soon();
				return;
			}

			if (attempt === 'wait') {
				this.#lookIfTime();
				this.#isWaiting = true;
				this.#deadline.set(this.#time.now() + retryAfter);
				return;
			}

			if (attempt === 'over') {
				this.#waitForAnswers('client-closed');
				return;
			}
		}

		if (tally.sent >= this.#count) {
			this.#waitForAnswers('done');
		} else if (tally.sent < this.#due(this.#time.now())) {
			this.#soon();
		} else {
			this.#deadline.set(this.#dueTime(tally.sent));
		}
	}

	/** How many messages are to be sent by now, counted from the beginning: delays do not add up. */
	#due(now: number): number {
		const {rate} = this.#options.series;
		return rate === undefined
			? this.#count
			: Math.min(this.#count, Math.floor(((now - this.#began) * rate) / 1000) + 1);
	}

	#dueTime(place: number): number {
		return this.#began + (place * 1000 / (this.#options.series.rate ?? Number.POSITIVE_INFINITY));
	}

	#waitForAnswers(how: SeriesReport['end']): void {
		this.#ending = how;
		this.#heard();
		this.#nextLook = this.#progressed + quiet;
		this.#deadline.set(this.#nextLook);
		this.#endIfSettled();
	}

	#await(how: SeriesReport['end']): void {
		this.#lookIfTime();
		const {isSettled, silence} = this.#messenger;
		// While messages are under way there is no silence: it begins when none is.
		if (silence === Number.POSITIVE_INFINITY) {
			this.#heard();
		}

		const isSilent = this.#time.now() - this.#progressed > silence && this.#looks >= looksInSilence;
		if (isSettled || isSilent) {
			this.end(how);
		} else {
			this.#deadline.set(this.#nextLook);
		}
	}

	#lookIfTime(): void {
		const now = this.#time.now();
		if (now >= this.#nextLook) {
			this.#nextLook = now + quiet;
			this.#looks++;
			this.#messenger.look();
		}
	}

	#heard(): void {
		this.#progressed = this.#time.now();
		this.#looks = 0;
	}

	/** The last message's outcome belongs to an event that is just being recorded: the end follows that. */
	#endIfSettled(): void {
		if (this.#ending && this.#messenger.isSettled) {
			this.#soon();
		}
	}

	#soon(): void {
		if (this.isRunning) {
			this.#deadline.nextTurn();
		}
	}
}
