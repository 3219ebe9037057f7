import type {Bottleneck} from './bottleneck.ts';
import {delayOf, isPerfectFor, type LinkConditions} from './conditions.ts';
import {Fifo} from './fifo.ts';
import {type LinkDirection, type Random, randomStream} from './random.ts';
import {Deadline, realTime, type Time} from './time.ts';

/** What a link for one direction of one connection is made with, and who takes what comes out of it. */
type StreamLinkOptions = {
	readonly conditions: LinkConditions;
	readonly seed: number;
	readonly direction: LinkDirection;
	/** Tells connections apart, so that each has random numbers of its own. */
	readonly connection: number;
	/** What limits the rate of this direction; its owner tells it of another rate. */
	readonly bottleneck: Bottleneck;
	/** Takes the next bytes of the stream: what was written, or a view of a part of it. */
	readonly onSegment: (bytes: Uint8Array) => void;
	/** The end has come through (FIN): no bytes follow. Called once. */
	readonly onEnd: () => void;
	readonly time?: Time;
};

/**
At most this many segments come out of one stream in a turn of the event loop, and the rest in the next turns, after
sockets have been read: each costs a system call.
*/
export const maxSegmentsPerTurn = 32;

/**
With a rate, this is how many milliseconds of it a stream gets at a time, or one slice, or one byte: so a long write
trickles, and streams take turns.
*/
const share = 10;

/** What was written and has not begun to leave, and when it was written; without bytes it is the end of the stream. */
type Written = {readonly bytes: Uint8Array | undefined; readonly since: number};

/**
Bytes that leave one segment after the other, at times that follow from these numbers: so none is cut, and nothing is
kept of it, before it comes out. Without bytes it is the end of the stream.
*/
type Run = {
	readonly bytes: Uint8Array | undefined;
	/** The bytes from here to there have not come out yet. */
	from: number;
	to: number;
	/** When its first byte could begin to leave. */
	readonly ready: number;
	/** When the next of its segments has left. */
	left: number;
	/** The conditions when it began to leave. */
	readonly conditions: LinkConditions;
	readonly jitter: Random;
};

/**
The link for one direction of a byte stream: every byte that is written comes out once, in order and unchanged. Writes
leave in segments as slice, rate and pause allow, each due after its delay, and never before the one in front of it. The
bytes are not copied: callers must not change what they have written.
*/
export class StreamLink {
	readonly #options: StreamLinkOptions;
	readonly #time: Time;
	readonly #deadline: Deadline;
	#jitter: Random;
	#conditions: LinkConditions;
	readonly #written = new Fifo<Written>();
	/** The rest of the write whose first bytes have left. */
	#rest: Written | undefined;
	readonly #runs = new Fifo<Run>();
	/** When the last segment that has begun to leave has left. */
	#left = Number.NEGATIVE_INFINITY;
	/** What has not left by then leaves no earlier. */
	#notBefore = Number.NEGATIVE_INFINITY;
	/** When what was written can begin to leave; undefined where nothing waits. */
	#ready: number | undefined;
	/** When the segment that comes out next is due, once it has left. */
	#due: number | undefined;
	#waiting = 0;
	#isEnding = false;
	#isClosed = false;
	#isAdvancing = false;
	/** Whether this turn's share of the rate is used up. */
	#hasHadShare = false;

	constructor(options: StreamLinkOptions) {
		this.#options = options;
		this.#conditions = options.conditions;
		this.#time = options.time ?? realTime;
		this.#jitter = jitterOf(options);
		this.#deadline = new Deadline(this.#time, () => {
			this.#advance();
		});
	}

	/** Bytes that were written and have not come out yet. */
	get waiting(): number {
		return this.#waiting;
	}

	/** Whether a write would come out at once, whole: the link has no effect, is empty, and has not ended. */
	get isPerfect(): boolean {
		return this.#waiting === 0 && !this.#isEnding && !this.#isClosed && isPerfectFor(this.#conditions, 'tcp');
	}

	/**
	Write bytes, but for an empty write, and after `end()` or `close()`. A perfect link hands on the same array before
	this returns.
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
		this.#written.add({bytes, since: this.#time.now()});
		this.#advance();
	}

	/** Nothing more will be written: the end comes out after all queued bytes, with a delay like that of a segment. */
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

		this.#written.add({bytes: undefined, since: this.#time.now()});
		this.#advance();
	}

	/** Discard queued bytes; nothing comes out afterwards, the end neither. May be called twice. */
	close(): void {
		const {bottleneck} = this.#options;
		this.#isClosed = true;
		// Where others have entered the bottleneck since, its room there is lost.
		if (this.#left === bottleneck.through) {
			this.withdraw();
		}

		this.#waiting = 0;
		this.#written.clear();
		this.#rest = undefined;
		this.#runs.clear();
		this.#deadline.set(undefined);
	}

	/**
	Change the conditions for bytes that have not left yet; segments that have left keep their due time, and are not
	overtaken. When a stall ends, overdue segments come out at once.
	*/
	change(conditions: LinkConditions): void {
		this.withdraw();
		this.#conditions = conditions;
		this.#notBefore = this.#time.now();
		this.#advance();
	}

	/** Restart the random numbers with this seed for bytes that have not left yet. */
	reseed(seed: number, connection: number): void {
		this.withdraw();
		this.#jitter = jitterOf({seed, connection, direction: this.#options.direction});
		this.#advance();
	}

	/** Take what has begun to leave back from the bottleneck: it begins anew with the next change, or seed. */
	withdraw(): void {
		const run = this.#runs.last;
		const now = this.#time.now();
		if (!run?.bytes || this.#left <= now) {
			return;
		}

		const {slice = run.to, rate} = run.conditions;
		const interval = intervalOf(run);
		// The last segment has not left, so that every other one is a whole slice.
		const segments
			= run.left > now
				? 0
				: Math.min(Math.floor((now - run.left) / interval) + 1, Math.ceil((run.to - run.from) / slice) - 1);
		const to = run.from + (segments * slice);
		this.#rest = {bytes: run.bytes.subarray(to), since: run.ready};
		if (segments > 0) {
			this.#left = run.left + ((segments - 1) * interval);
		} else {
			this.#left = run.from === 0 ? Number.NEGATIVE_INFINITY : run.left - intervalOf(run, run.to - run.from);
		}

		if (rate !== undefined) {
			this.#options.bottleneck.giveBack(run.to - to, rate);
		}

		run.to = to;
		if (run.from === to) {
			this.#runs.removeLast();
		}
	}

	/** Let everything leave and come out for which it is time, within the bound of a turn. */
	#advance(): void {
		// What is written while a segment is handed over is seen by the loop that is handing it over; nothing jumps a
		// queue that goes on in the next turn.
		if (this.#isAdvancing || this.#deadline.isTurn || this.#isClosed) {
			return;
		}

		this.#isAdvancing = true;
		this.#hasHadShare = false;
		let room = maxSegmentsPerTurn;
		try {
			for (let run = this.#arrived(); run; run = room > 0 ? this.#arrived() : undefined) {
				this.#comeOut(run);
				// What has a pause behind it is read by itself, also where this thread is late for the next.
				room = run.bytes && run.conditions.slice !== undefined && run.conditions.pause > 0 ? 0 : room - 1;
			}
		} finally {
			this.#isAdvancing = false;
			this.#wait(room === 0);
		}
	}

	/** Wait for the next, or, where more may be due already, only for the sockets' turn. */
	#wait(isFull: boolean): void {
		const next = earlier(this.#ready, this.#due ?? this.#runs.first?.left);
		if (this.#conditions.stall || this.#isClosed || next === undefined) {
			this.#deadline.set(undefined);
		} else if ((isFull || this.#hasHadShare) && next <= this.#time.now()) {
			this.#deadline.nextTurn();
		} else {
			this.#deadline.set(next);
		}
	}

	/** The run whose next segment has arrived by now, or nothing. */
	#arrived(): Run | undefined {
		if (this.#conditions.stall || this.#isClosed) {
			return undefined;
		}

		const now = this.#time.now();
		this.#leave(now);
		const run = this.#runs.first;
		if (run && run.left <= now) {
			this.#due ??= run.left + delayOf(run.conditions, run.jitter());
		}

		return this.#due !== undefined && this.#due <= now ? run : undefined;
	}

	/** The next segment of this run, the first one, comes out. */
	#comeOut(run: Run): void {
		const {bytes, from} = run;
		this.#due = undefined;
		if (!bytes) {
			this.#runs.take();
			this.#options.onEnd();
			return;
		}

		const to = Math.min(run.to, from + (run.conditions.slice ?? run.to));
		run.from = to;
		if (to === run.to) {
			this.#runs.take();
		} else {
			const last = run === this.#runs.last ? this.#left : Number.POSITIVE_INFINITY;
			run.left = Math.min(last, run.left + intervalOf(run, run.to - to));
		}

		this.#waiting -= to - from;
		this.#options.onSegment(to - from === bytes.length ? bytes : bytes.subarray(from, to));
	}

	/**
	Let what was written begin to leave, as far as it is ready. Streams that are late catch up by one share in a turn,
	so that none gets ahead.
	*/
	#leave(now: number): void {
		for (;;) {
			const next = this.#rest ?? this.#written.first;
			this.#ready = next && this.#readyAt(next);
			if (!next || this.#ready === undefined || this.#ready > now || this.#hasHadShare) {
				return;
			}

			this.#begin(next, this.#ready);
		}
	}

	/** The end of the stream needs no rest before it. */
	#readyAt({bytes, since}: Written): number {
		const {slice, pause} = this.#conditions;
		return Math.max(since, this.#left + (slice === undefined || !bytes ? 0 : pause), this.#notBefore);
	}

	#begin(written: Written, ready: number): void {
		const conditions = this.#conditions;
		const {rate} = conditions;
		const {bytes, since} = written;
		const run: Run = {
			bytes, from: 0, to: 0, ready, left: ready, conditions, jitter: this.#jitter,
		};
		if (bytes) {
			const {slice = bytes.length, pause} = conditions;
			run.to = Math.min(bytes.length, rate === undefined ? bytes.length : shareOf(conditions));
			const pauses = (Math.ceil(run.to / slice) - 1) * pause;
			const through = rate === undefined ? ready : this.#options.bottleneck.pass(run.to, ready, rate);
			run.left = through - (rate === undefined ? 0 : (run.to - Math.min(slice, run.to)) * 1000 / rate);
			this.#left = through + pauses;
			this.#hasHadShare = rate !== undefined;
		} else {
			this.#left = ready;
		}

		this.#runs.add(run);
		if (!this.#rest) {
			this.#written.take();
		}

		this.#rest = bytes && run.to < bytes.length ? {bytes: bytes.subarray(run.to), since} : undefined;
	}
}

/** How many bytes of a stream get onto a link of limited rate at a time: whole slices. */
function shareOf({rate = 0, slice, pause}: LinkConditions): number {
	return slice === undefined
		? Math.max(1, Math.floor((rate * share) / 1000))
		: slice * Math.max(1, Math.floor(share / ((slice * 1000) / rate + pause)));
}

/** Milliseconds from when one segment has left until the next has, which has this many bytes or a whole slice. */
function intervalOf({conditions: {rate, slice = 0, pause}}: Run, length = slice): number {
	return pause + (rate === undefined ? 0 : Math.min(slice, length) * 1000 / rate);
}

function jitterOf({seed, direction, connection}: Pick<StreamLinkOptions, 'seed' | 'direction' | 'connection'>): Random {
	return randomStream(seed, `${direction}/stream`, connection);
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
	return a === undefined || b === undefined ? a ?? b : Math.min(a, b);
}
