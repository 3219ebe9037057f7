import type {LogEntry} from './amendment.ts';
import type {DeliveryStep, DeliveryTrace} from './delivery/delivery-trace.ts';
import type {Address} from './event.ts';

/** Gets an error that a subscriber has thrown. */
export type OnFault = (error: unknown) => void;

/** Ends, pauses and resumes what was subscribed to. `close()` may be called at any time, during a notification, too. */
export type Subscription = {readonly close: () => void};

/** As above; while paused, entries are kept for the subscriber, and the oldest dropped beyond its limit. */
export type EntrySubscription = Subscription & {readonly pause: () => void; readonly resume: () => void};

/** Gets everything that is appended to the log, and everything that becomes known later, in order. */
export type EntrySubscriber = {
	/**
	Called in the middle of what the sockets do, and so to be quick. The entry's bytes are the caller's own, which may
	be a slab of Node's, or be overwritten or freed after the call: a subscriber that keeps them copies them.
	*/
	readonly onEntry: (entry: LogEntry) => void;
	/** Whether events come with their whole payload, of which the log may keep less, or without (`bytes` is empty). */
	readonly payload: 'whole' | 'none';
	/** How many entries are kept while the subscription is paused, else 10,000; their payloads up to 16 MiB. */
	readonly limit?: number;
	/** Gets what `onEntry` throws; without it the log's own `onFault` does. */
	readonly onFault?: OnFault;
};

const noBytes = new Uint8Array(0);
const defaultLimit = 10_000;
const maxKeptBytes = 16 * 1024 * 1024;

/** Throw an error outside of the notification, as an uncaught exception, where it harms no others. */
export function throwLater(error: unknown): void {
	queueMicrotask(() => {
		throw error;
	});
}

/** Tell of an error that a subscriber has thrown. */
export function report(error: unknown, onFault: OnFault): void {
	try {
		onFault(error);
	} catch (error_) {
		throwLater(error_);
	}
}

/** Those who are told at once. Telling them makes no object, and so no closure for each datagram. */
class Told<One extends Readonly<Record<string, unknown>>> {
	/** Copied on every change, so that one may come or go while they are told. */
	protected all: readonly One[] = [];
	protected readonly onFault: OnFault;

	constructor(onFault: OnFault = throwLater) {
		this.onFault = onFault;
	}

	add(one: One): Subscription {
		const own = {...one};
		this.all = [...this.all, own];
		return {
			close: () => {
				this.all = this.all.filter(other => other !== own);
			},
		};
	}
}

/** Those who want to know only that something has changed. */
export class Watchers extends Told<{readonly onChange: () => void}> {
	notify(): void {
		for (const {onChange} of this.all) {
			try {
				onChange();
			} catch (error) {
				report(error, this.onFault);
			}
		}
	}
}

/**
Follows one socket with numbers only, which a series of 20,000 messages a second can afford. Its exceptions go to the
log's `onFault`.
*/
export type SocketFollower = {
	/** Hears the fate of the datagrams that this socket has sent. */
	readonly onDelivery?: DeliveryTrace;
	/**
	Hears what is read: when, from which address, whether one of the playground's own sockets is known to have sent it,
	and the `elapsed` of a datagram's event, NaN for none.
	*/
	readonly onRead?: (bytes: Uint8Array, time: number, peer: Address, isOwn: boolean, elapsed: number) => void;
	/** Hears that a message has become whole: its length, and how many bytes of the stream came before its frame. */
	readonly onMessage?: (length: number, offset: number) => void;
	/** Hears that the socket is closed, or that its peer will send nothing more. */
	readonly onOver?: (isClosed: boolean) => void;
};

/** Those who follow one socket. */
export class Followers extends Told<SocketFollower> {
	delivery(write: number, step: DeliveryStep, roundTrip: number, length: number): void {
		for (const {onDelivery} of this.all) {
			try {
				onDelivery?.(write, step, roundTrip, length);
			} catch (error) {
				report(error, this.onFault);
			}
		}
	}

	read(bytes: Uint8Array, time: number, peer: Address, isOwn: boolean, elapsed: number): void {
		for (const {onRead} of this.all) {
			try {
				onRead?.(bytes, time, peer, isOwn, elapsed);
			} catch (error) {
				report(error, this.onFault);
			}
		}
	}

	message(length: number, offset: number): void {
		for (const {onMessage} of this.all) {
			try {
				onMessage?.(length, offset);
			} catch (error) {
				report(error, this.onFault);
			}
		}
	}

	over(isClosed: boolean): void {
		for (const {onOver} of this.all) {
			try {
				onOver?.(isClosed);
			} catch (error) {
				report(error, this.onFault);
			}
		}
	}
}

/** One subscriber, and what it has not been given yet because it paused. */
class Reader {
	isClosed = false;
	isPaused = false;
	readonly subscriber: EntrySubscriber;
	/** Entries that were published before this one are not for it. */
	readonly from: number;
	readonly #kept: LogEntry[] = [];
	#keptBytes = 0;
	#missed = 0;
	#isResuming = false;
	readonly #onFault: OnFault;

	constructor(subscriber: EntrySubscriber, from: number, onFault: OnFault) {
		this.subscriber = subscriber;
		this.from = from;
		this.#onFault = onFault;
	}

	give(entry: LogEntry): void {
		if (this.isPaused || this.#isResuming) {
			this.#keep(this.subscriber.payload === 'none' ? withoutBytes(entry) : owned(entry));
		} else if (!this.isClosed) {
			this.#call(entry);
		}
	}

	resume(): void {
		this.isPaused = false;
		if (this.#isResuming) {
			return;
		}

		this.#isResuming = true;
		for (let next = this.#next(); next; next = this.#next()) {
			this.#call(next);
		}

		this.#isResuming = false;
	}

	#keep(entry: LogEntry): void {
		this.#kept.push(entry);
		this.#keptBytes += payloadOf(entry).length;
		while (this.#kept.length > (this.subscriber.limit ?? defaultLimit) || this.#keptBytes > maxKeptBytes) {
			this.#takeOldest();
			this.#missed++;
		}
	}

	#takeOldest(): LogEntry | undefined {
		const oldest = this.#kept.shift();
		this.#keptBytes -= oldest ? payloadOf(oldest).length : 0;
		return oldest;
	}

	#next(): LogEntry | undefined {
		if (this.isPaused || this.isClosed) {
			return undefined;
		}

		const missed = this.#missed;
		this.#missed = 0;
		return missed > 0 ? {type: 'gap', missed} : this.#takeOldest();
	}

	#call(entry: LogEntry): void {
		const {onEntry, payload, onFault = this.#onFault} = this.subscriber;
		try {
			onEntry(payload === 'none' ? withoutBytes(entry) : entry);
		} catch (error) {
			report(error, onFault);
		}
	}
}

/** Those who get every event and every amendment, each at its own place in the sequence. */
export class Readers {
	#all: readonly Reader[] = [];
	/** Entries published during the delivery of another, which all subscribers get after it. */
	readonly #waiting: LogEntry[] = [];
	#published = 0;
	#isHandingOut = false;
	readonly #onFault: OnFault;

	constructor(onFault: OnFault) {
		this.#onFault = onFault;
	}

	/** Whether entries are to be made at all. */
	get isEmpty(): boolean {
		return this.#all.length === 0;
	}

	add(subscriber: EntrySubscriber): EntrySubscription {
		const reader = new Reader(subscriber, this.#published + this.#waiting.length, this.#onFault);
		this.#all = [...this.#all, reader];
		return {
			close: () => {
				reader.isClosed = true;
				this.#all = this.#all.filter(other => other !== reader);
			},
			pause() {
				reader.isPaused = true;
			},
			resume() {
				reader.resume();
			},
		};
	}

	publish(entry: LogEntry): void {
		if (this.#isHandingOut) {
			this.#waiting.push(owned(entry));
			return;
		}

		this.#isHandingOut = true;
		for (let next: LogEntry | undefined = entry; next; next = this.#waiting.shift()) {
			const ordinal = this.#published++;
			for (const reader of this.#all) {
				if (ordinal >= reader.from) {
					reader.give(next);
				}
			}
		}

		this.#isHandingOut = false;
	}
}

function payloadOf(entry: LogEntry): Uint8Array {
	return entry.type === 'event' && 'bytes' in entry.event ? entry.event.bytes : noBytes;
}

/** The same entry with a copy of its bytes, which outlives the call. */
function owned(entry: LogEntry): LogEntry {
	return withBytes(entry, bytes => Uint8Array.from(bytes));
}

function withoutBytes(entry: LogEntry): LogEntry {
	return withBytes(entry, () => noBytes);
}

function withBytes(entry: LogEntry, change: (bytes: Uint8Array) => Uint8Array): LogEntry {
	return entry.type === 'event' && 'bytes' in entry.event
		? {...entry, event: {...entry.event, bytes: change(entry.event.bytes)}}
		: entry;
}
