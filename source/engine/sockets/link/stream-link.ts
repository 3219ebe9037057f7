import {Alarm} from './alarm.ts';
import {delayOf, isPerfectFor, type LinkConditions} from './conditions.ts';
import {Fifo} from './fifo.ts';
import {type LinkDirection, type Random, randomStream} from './random.ts';
import {StreamSender} from './stream-sender.ts';
import {realTime, type Time} from './time.ts';

/** What a link for one direction of one connection is made with, and who takes what comes out of it. */
export type StreamLinkOptions = {
	readonly conditions: LinkConditions;
	/** A whole number from 0 to 2^32 − 1. */
	readonly seed: number;
	readonly direction: LinkDirection;
	/** Tells connections apart, so that each has random numbers of its own. */
	readonly connection: number;
	/** Takes the next bytes of the stream: what was written, or a view of a part of it. */
	readonly onSegment: (bytes: Uint8Array) => void;
	/** The end has come through (FIN): no bytes follow. Called once. */
	readonly onEnd: () => void;
	readonly time?: Time;
};

/** What has left, and when it is due, unless something before it comes later; without bytes it is the end of the stream. */
type UnderWay = {readonly bytes: Uint8Array | undefined; readonly due: number};

/**
The link for one direction of a byte stream. Every byte that is written comes out once, in order, as the same byte; it can be late, slow, cut
from its neighbours or held up, and never lost, overtaken or changed.

A write waits for its turn, leaves in segments as slice, rate and pause allow, and each segment is due after its delay, or with the one before it where
that would overtake. Times are absolute, so that late timers add nothing up. The bytes are not copied: callers leave what they have written as it is.
Jitter takes one random number for each segment: same seed, direction, connection, conditions and writes, same delays.
*/
export class StreamLink {
	readonly #options: StreamLinkOptions;
	readonly #time: Time;
	#jitter: Random;
	readonly #alarm: Alarm;
	readonly #sender = new StreamSender();
	readonly #underWay = new Fifo<UnderWay>();
	#conditions: LinkConditions;
	#waiting = 0;
	#isEnding = false;
	#isClosed = false;
	#isAdvancing = false;

	constructor(options: StreamLinkOptions) {
		this.#options = options;
		this.#conditions = options.conditions;
		this.#time = options.time ?? realTime;
		this.#jitter = jitterOf(options);
		this.#alarm = new Alarm(this.#time, () => {
			this.#advance();
		});
	}

	/** Bytes that were written and have not come out yet. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Whether a write would come out at once, whole, so that it can go round the link: the link does nothing, nothing is in it, and it has not ended. */
	get isPerfect(): boolean {
		return this.#waiting === 0 && !this.#isEnding && !this.#isClosed && isPerfectFor(this.#conditions, 'tcp');
	}

	/**
	Write bytes. Over a perfect link the very same array comes out before this returns. An empty write is nothing, and nothing comes out; nothing
	is taken after `end()` or `close()`.
	*/
	write(bytes: Uint8Array): void {
		if (this.#isEnding || this.#isClosed || bytes.length === 0) {
			return;
		}

		if (this.isPerfect) {
			this.#options.onSegment(bytes);
			return;
		}

		this.#waiting += bytes.length;
		this.#sender.add(bytes, this.#time.now());
		this.#advance();
	}

	/** Nothing more will be written: the end comes out after everything that waits, with a delay like that of a segment. */
	end(): void {
		if (this.#isEnding || this.#isClosed) {
			return;
		}

		const {isPerfect} = this;
		this.#isEnding = true;
		if (isPerfect) {
			this.#options.onEnd();
			return;
		}

		this.#sender.add(undefined, this.#time.now());
		this.#advance();
	}

	/** Discard what waits; nothing comes out any more, the end neither. May be called twice. */
	close(): void {
		this.#isClosed = true;
		this.#waiting = 0;
		this.#sender.clear();
		this.#underWay.clear();
		this.#alarm.set(undefined);
	}

	/**
	Other conditions for what has not left yet; what has left keeps the time when it is due, and nothing overtakes it. A segment that was just getting onto
	the link begins anew. When a stall ends, what became due in the meantime comes out at once.
	*/
	change(conditions: LinkConditions): void {
		this.#conditions = conditions;
		this.#sender.restart(this.#time.now());
		this.#advance();
	}

	/** Begin anew with the random numbers of this seed for what has not left yet. */
	reseed(seed: number, connection: number): void {
		this.#jitter = jitterOf({seed, connection, direction: this.#options.direction});
	}

	/** Let everything leave and come out for which it is time. */
	#advance(): void {
		// What is written while a segment is handed over is seen by the loop that is handing it over.
		if (this.#isAdvancing) {
			return;
		}

		this.#isAdvancing = true;
		try {
			for (let next = this.#nextArrived(); next; next = this.#nextArrived()) {
				if (next.bytes) {
					this.#waiting -= next.bytes.length;
					this.#options.onSegment(next.bytes);
				} else {
					this.#options.onEnd();
				}
			}
		} finally {
			this.#isAdvancing = false;
			this.#alarm.set(this.#conditions.stall ? undefined : earlier(this.#sender.nextLeft, this.#underWay.first?.due));
		}
	}

	/** Take what has arrived by now, or nothing. */
	#nextArrived(): UnderWay | undefined {
		if (this.#conditions.stall) {
			return undefined;
		}

		const now = this.#time.now();
		for (let segment = this.#sender.take(now, this.#conditions); segment; segment = this.#sender.take(now, this.#conditions)) {
			this.#underWay.add({bytes: segment.bytes, due: segment.left + delayOf(this.#conditions, this.#jitter())});
		}

		const {first} = this.#underWay;
		return first && first.due <= now ? this.#underWay.take() : undefined;
	}
}

function jitterOf({seed, direction, connection}: Pick<StreamLinkOptions, 'seed' | 'direction' | 'connection'>): Random {
	return randomStream(seed, `${direction}/stream`, connection);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? a ?? b : Math.min(a, b);
}
