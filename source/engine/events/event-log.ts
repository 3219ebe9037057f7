import {ByteRing} from './byte-ring.ts';
import type {
	Address, PaneId, RareHappening, SocketEvent, SocketNumber,
} from './event.ts';
import {hotCodes, thirdPartyFlag} from './hot-codes.ts';
import type {PaneIndex} from './pane-index.ts';
import {Recorder} from './recorder.ts';

const noBytes = new Uint8Array(0);

/** Bytes kept of a payload while more comes than the log can hold for a second. */
const keptInFlood = 4096;

/** The two bounds of an event log, and its clock. */
export type EventLogOptions = {
	/** How many events are kept: a power of two. */
	readonly events: number;
	/** How many bytes of payload are kept. */
	readonly bytes: number;
	/** Milliseconds since the epoch. */
	readonly clock: () => number;
};

/**
The one record of what happened, bounded by count and by bytes; the oldest go first. Columns and a ring of bytes hold
it, so that appending costs little and makes no object; an event becomes an object when it is read.
*/
export class EventLog {
	/** Called after every append. */
	onAppend: () => void = () => undefined;
	readonly #options: EventLogOptions;
	readonly #mask: number;
	readonly #times: Float64Array;
	readonly #types: Uint8Array;
	readonly #panes: Uint32Array;
	readonly #sockets: Uint32Array;
	readonly #lengths: Float64Array;
	/** How many bytes of the payload are in the ring. */
	readonly #kept: Uint32Array;
	readonly #positions: Float64Array;
	readonly #elapsed: Float64Array;
	readonly #addresses: Array<Address | undefined>;
	readonly #payloads: ByteRing;
	readonly #rare = new Map<number, RareHappening>();
	#first = 0;
	#next = 0;
	#lastPayload: Uint8Array = noBytes;
	#lastKept = 0;
	/** When the second began over which payload is counted, and how much of it there was. */
	#secondBegan = 0;
	#bytesInSecond = 0;

	constructor(options: EventLogOptions) {
		const {events, bytes} = options;
		if (!Number.isInteger(Math.log2(events))) {
			throw new RangeError(`The log's size is a power of two, not ${events}`);
		}

		this.#options = options;
		this.#mask = events - 1;
		this.#times = new Float64Array(events);
		this.#types = new Uint8Array(events);
		this.#panes = new Uint32Array(events);
		this.#sockets = new Uint32Array(events);
		this.#lengths = new Float64Array(events);
		this.#kept = new Uint32Array(events);
		this.#positions = new Float64Array(events);
		this.#elapsed = new Float64Array(events);
		this.#addresses = Array.from({length: events});
		this.#payloads = new ByteRing(bytes);
	}

	/** The oldest sequence number that can be read; all below have gone. */
	get first(): number {
		return this.#first;
	}

	/** The sequence number of the next event: how many there ever were. */
	get next(): number {
		return this.#next;
	}

	/** Make the recorder of one socket. A pane's sockets share one index. */
	recorder(pane: PaneId, index: PaneIndex, socket: SocketNumber): Recorder {
		return new Recorder(this, pane, index, socket);
	}

	/** What the log's clock says, in milliseconds since the epoch. */
	now(): number {
		return this.#options.clock();
	}

	/** Append a hot event that happened at this time. `elapsed` is in milliseconds, NaN where nothing was timed. */
	appendData(from: Recorder, code: number, address: Address, bytes: Uint8Array, elapsed: number, time: number): void {
		const slot = this.#claim(from, code, bytes, time);
		this.#addresses[slot] = address;
		this.#elapsed[slot] = elapsed;
		this.onAppend();
	}

	/** Append a rare event. */
	appendRare(from: Recorder, happening: RareHappening): void {
		const hasBytes = 'bytes' in happening;
		// The ring keeps a copy of the bytes: the object must not hold on to the buffer that they came in.
		this.#rare.set(this.#next, hasBytes ? {...happening, bytes: noBytes} : happening);
		const slot = this.#claim(from, hotCodes.rare, hasBytes ? happening.bytes : noBytes, this.now());
		this.#addresses[slot] = undefined;
		this.onAppend();
	}

	/** The event with this sequence number, which must be one that is still held. `most` bounds the bytes read. */
	read(sequence: number, most = Number.POSITIVE_INFINITY): SocketEvent {
		if (sequence < this.#first || sequence >= this.#next) {
			throw new RangeError(`Event ${sequence} is not in the log (${this.#first} to ${this.#next - 1})`);
		}

		const slot = sequence & this.#mask;
		const base = {
			sequence, time: this.#times[slot], pane: this.#panes[slot], socket: this.#sockets[slot],
		};
		const happening = this.#rare.get(sequence);
		if (happening) {
			return 'bytes' in happening ? {...base, ...happening, bytes: this.#bytesOf(slot, most)} : {...base, ...happening};
		}

		const peer = this.#addresses[slot]!;
		const data = {peer, length: this.#lengths[slot], bytes: this.#bytesOf(slot, most)};
		const code = this.#types[slot];
		const elapsed = Number.isNaN(this.#elapsed[slot]) ? undefined : this.#elapsed[slot];
		switch (code & ~thirdPartyFlag) {
			case hotCodes.datagramSent: {
				return {...base, type: 'datagram-sent', ...data};
			}

			case hotCodes.datagramReceived: {
				return {
					...base, type: 'datagram-received', ...data, elapsed, isThirdParty: (code & thirdPartyFlag) > 0,
				};
			}

			case hotCodes.chunkSent: {
				return {...base, type: 'chunk-sent', ...data};
			}

			default: {
				return {
					...base, type: 'chunk-received', ...data, elapsed,
				};
			}
		}
	}

	#bytesOf(slot: number, most: number): Uint8Array {
		return this.#payloads.read(this.#positions[slot], Math.min(this.#kept[slot], most));
	}

	/**
	How much of a payload is kept: all of it, unless it is larger than a quarter of the ring, or more comes within a second than
	the ring holds. Copying all of that would slow the sockets down, for rows that are gone before anybody can look at them.
	*/
	#worthKeeping(length: number, time: number): number {
		if (time - this.#secondBegan >= 1000 || time < this.#secondBegan) {
			this.#secondBegan = time;
			this.#bytesInSecond = 0;
		}

		this.#bytesInSecond += length;
		const isFlood = this.#bytesInSecond > this.#payloads.capacity;
		return Math.min(length, this.#payloads.capacity >> 2, isFlood ? keptInFlood : length);
	}

	#claim(from: Recorder, code: number, bytes: Uint8Array, time: number): number {
		const sequence = this.#next;
		const slot = sequence & this.#mask;
		if (sequence - this.#first > this.#mask) {
			this.#evict();
		}

		this.#keepPayload(slot, bytes, time);
		this.#times[slot] = time;
		this.#types[slot] = code;
		this.#panes[slot] = from.pane;
		this.#sockets[slot] = from.socket;
		this.#lengths[slot] = bytes.length;
		this.#next = sequence + 1;
		from.index.push(sequence, this.#first);
		return slot;
	}

	#keepPayload(slot: number, bytes: Uint8Array, time: number): void {
		// An echo sends the very bytes that it has just received: one copy serves both events.
		if (bytes === this.#lastPayload && bytes.length > 0) {
			this.#kept[slot] = this.#lastKept;
			this.#positions[slot] = this.#payloads.end - this.#lastKept;
			return;
		}

		const kept = this.#worthKeeping(bytes.length, time);
		this.#kept[slot] = kept;
		this.#lastKept = kept;
		const oldestAfterwards = this.#payloads.end + kept - this.#payloads.capacity;
		while (this.#first < this.#next && this.#positions[this.#first & this.#mask] < oldestAfterwards) {
			this.#evict();
		}

		this.#positions[slot] = this.#payloads.end;
		this.#payloads.write(kept === bytes.length ? bytes : bytes.subarray(0, kept));
		this.#lastPayload = bytes;
	}

	#evict(): void {
		const slot = this.#first & this.#mask;
		if (this.#types[slot] === hotCodes.rare) {
			this.#rare.delete(this.#first);
		}

		this.#first++;
	}
}
