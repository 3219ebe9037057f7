import type {Refusal, Series} from '../door/command.ts';
import type {SeriesView} from '../door/scene-view.ts';
import type {SeriesReport} from '../events/event.ts';
import type {Messenger, MessengerListener} from './messenger.ts';
import {NumberedMessages} from './numbered-messages.ts';
import {SeriesRun} from './series-run.ts';

/** What a client's series are made with. */
export type ClientSeriesOptions = {
	/** What sends the messages of a new series: those with this content. */
	readonly newMessenger: (series: Series, content: Uint8Array | NumberedMessages, listener: MessengerListener) => Messenger;
	/** How long an answer may take, in milliseconds. */
	readonly timeout: () => number;
	/** A series has begun, before its first message is sent; or is over. To be recorded. */
	readonly onStarted: (series: Series) => void;
	readonly onEnded: (report: SeriesReport) => void;
};

/** The series of messages of one client: the one that is being sent, and the report of the last one. */
export class ClientSeries {
	readonly #options: ClientSeriesOptions;
	#run: SeriesRun | undefined;
	#last: SeriesView | undefined;

	constructor(options: ClientSeriesOptions) {
		this.#options = options;
	}

	get isRunning(): boolean {
		return this.#run !== undefined;
	}

	/** How the series that is being sent stands, or how the last one ended; undefined where there was none. */
	get view(): SeriesView | undefined {
		const run = this.#run;
		return run && this.#last ? {...this.#last, report: run.report} : this.#last;
	}

	/** Begin to send a series. The client can send. */
	start(series: Series): Refusal | undefined {
		if (this.#run) {
			return {reason: 'series-under-way'};
		}

		const {newMessenger, timeout, onStarted, onEnded} = this.#options;
		const {rate, count, bytes} = series;
		const content = bytes ?? new NumberedMessages(count);
		onStarted(series);
		const run = new SeriesRun({
			series,
			newMessenger: listener => newMessenger(series, content, listener),
			timeout,
			onEnded: report => {
				this.#run = undefined;
				this.#last = {isRunning: false, rate, report};
				onEnded(report);
			},
		});
		this.#run = run;
		this.#last = {isRunning: true, rate, report: run.report};
		run.start();
		return undefined;
	}

	/** Stop at once. */
	stop(): Refusal | undefined {
		if (!this.#run) {
			return {reason: 'no-series'};
		}

		this.#run.end('stopped');
		return undefined;
	}

	/** The client's socket is closed. */
	closed(): void {
		this.#run?.end('socket-closed');
	}
}
