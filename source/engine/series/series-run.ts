import type {Series} from '../door/command.ts';
import type {SeriesReport} from '../events/event.ts';
import {Deadline, realTime} from '../sockets/link/time.ts';
import type {Messenger, MessengerListener} from './messenger.ts';

/**
At most so many messages are sent, and for so many milliseconds, before the event loop goes round, so that sockets are read in between. Node reads at most 32
datagrams of a socket in one turn: a rate that is not much higher makes up for a turn that came late without filling our own server's receive buffer.
*/
const mostInTurn = 64;
const mostMadeUpFor = 24;
const longestTurn = 4;

/** After so many milliseconds a message that had to wait is tried again. */
const retryAfter = 2;

/** When all has been sent, it is looked this often, in milliseconds, for what the kernel has dropped. */
const quiet = 300;

/** What a run is made with: how many messages and how many a second, what sends them, and who hears of the end. */
export type SeriesRunOptions = {
	readonly series: Series;
	readonly newMessenger: (listener: MessengerListener) => Messenger;
	/** How long an answer may take, in milliseconds. */
	readonly timeout: () => number;
	readonly onEnded: (report: SeriesReport) => void;
};

/** Sends a series of messages at its pace, then waits for what is still to come of them. */
export class SeriesRun {
	readonly #options: SeriesRunOptions;
	readonly #messenger: Messenger;
	readonly #count: number;
	readonly #mostInTurn: number;
	readonly #deadline: Deadline;
	#step: () => void = () => {
		this.#send();
	};

	#immediate: NodeJS.Immediate | undefined;
	#began = 0;
	#progressed = 0;
	#nextLook = 0;
	#isWaiting = false;
	#isEnding = false;
	#isEnded = false;

	constructor(options: SeriesRunOptions) {
		this.#options = options;
		this.#count = options.series.count ?? Number.POSITIVE_INFINITY;
		const {rate} = options.series;
		this.#mostInTurn = rate === undefined ? mostInTurn : Math.min(mostInTurn, Math.max(mostMadeUpFor, Math.ceil(rate / 1000)));
		this.#deadline = new Deadline(realTime, () => {
			// Timers come before the sockets are read: what has come meanwhile is heard of first.
			this.#soon();
		});
		this.#messenger = options.newMessenger({
			onProgress: () => {
				this.#progressed = realTime.now();
				this.#endIfSettled();
			},
			onReady: () => {
				if (this.#isWaiting) {
					this.#soon();
				}
			},
			onOver: () => {
				this.end('socket-closed');
			},
		});
	}

	/** How far it has come. */
	get report(): SeriesReport {
		return this.#messenger.tally.report('done');
	}

	/** Send the first messages now, and the others as their time comes. */
	start(): void {
		this.#began = realTime.now();
		this.#progressed = this.#began;
		this.#send();
	}

	/** End at once, whatever is still under way: no message is sent any more, none is waited for. May be called twice. */
	end(how: SeriesReport['end']): void {
		if (this.#isEnded) {
			return;
		}

		this.#isEnded = true;
		this.#deadline.set(undefined);
		clearImmediate(this.#immediate);
		this.#messenger.close();
		this.#options.onEnded(this.#messenger.tally.report(how));
	}

	/** Send what is due, as far as it goes in one turn of the event loop. */
	#send(): void {
		const {tally} = this.#messenger;
		const turn = realTime.now();
		const due = this.#due(turn);
		this.#isWaiting = false;
		for (let sent = 0; sent < this.#mostInTurn && tally.sent < due && realTime.now() - turn < longestTurn; sent++) {
			const attempt = this.#messenger.send();
			if (this.#isEnded) {
				return;
			}

			if (attempt === 'wait-turn') {
				this.#soon();
				return;
			}

			if (attempt === 'wait') {
				this.#lookIfTime();
				this.#isWaiting = true;
				this.#deadline.set(realTime.now() + retryAfter);
				return;
			}

			if (attempt === 'over') {
				this.#waitForAnswers('socket-closed');
				return;
			}
		}

		if (tally.sent >= this.#count) {
			this.#waitForAnswers('done');
		} else if (tally.sent < this.#due(realTime.now())) {
			this.#soon();
		} else {
			this.#deadline.set(this.#dueTime(tally.sent));
		}
	}

	/** How many messages are to be sent by now. Nothing drifts: each has a time of its own, counted from the beginning. */
	#due(now: number): number {
		const {rate} = this.#options.series;
		return rate === undefined ? this.#count : Math.min(this.#count, Math.floor((now - this.#began) * rate / 1000) + 1);
	}

	/** When the message at this place is to be sent. */
	#dueTime(place: number): number {
		return this.#began + (place * 1000 / (this.#options.series.rate ?? Number.POSITIVE_INFINITY));
	}

	/** Nothing more is sent. */
	#waitForAnswers(how: SeriesReport['end']): void {
		this.#isEnding = true;
		this.#progressed = realTime.now();
		this.#step = () => {
			this.#lookIfTime();
			if (this.#messenger.isSettled || realTime.now() - this.#progressed > this.#options.timeout() + 1000) {
				this.end(how);
			} else {
				this.#deadline.set(this.#nextLook);
			}
		};

		this.#nextLook = this.#progressed + quiet;
		this.#deadline.set(this.#nextLook);
		this.#endIfSettled();
	}

	#lookIfTime(): void {
		const now = realTime.now();
		if (now >= this.#nextLook) {
			this.#nextLook = now + quiet;
			this.#messenger.look();
		}
	}

	/** What is told of the last message belongs to an event that is just being recorded: the end follows that. */
	#endIfSettled(): void {
		if (this.#isEnding && this.#messenger.isSettled) {
			this.#soon();
		}
	}

	#soon(): void {
		if (!this.#immediate && !this.#isEnded) {
			this.#deadline.set(undefined);
			this.#immediate = setImmediate(() => {
				this.#immediate = undefined;
				this.#step();
			});
		}
	}
}
