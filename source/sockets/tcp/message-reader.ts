import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {
	type Cut, Framer, type Framing, maxMessage,
} from '../../text/framing.ts';

/** What a reader is made with. It gets what is read from then on. */
type MessageReaderOptions = {
	readonly framing: Exclude<Framing, 'none'>;
	readonly track: SocketTrack;
	readonly peer: Address;
	/** Bounds the frames that are not whole, with those of other connections. */
	readonly unfinished: UnfinishedFrames | undefined;
	/** The frame that is not whole is kept no longer: these bytes of it. */
	readonly onGivenUp: (bytes: Uint8Array) => void;
};

/** Cuts what is read from one connection into messages, and records each, and what is none. */
export class MessageReader {
	readonly framer: Framer;
	readonly #options: MessageReaderOptions;
	/** Bytes of the stream that came before the first that it gets. */
	readonly #begin: number;
	/** The read that the frame which is not whole has begun in. */
	#firstRead = 0;
	#hasEnded = false;

	constructor(options: MessageReaderOptions) {
		this.framer = new Framer(options.framing);
		this.#options = options;
		this.#begin = options.track.received.bytes;
	}

	/**
	Take a chunk that was recorded as read. @returns what was found in it

	@param elapsed - how long a message's answer took, in milliseconds; NaN for none that was timed
	*/
	read(chunk: Uint8Array, elapsed: () => number, onMessage?: (message: Uint8Array) => void): readonly Cut[] {
		const {track, peer} = this.#options;
		const {received: {count: read, bytes: after}} = track;
		const before = after - chunk.length - this.#begin;
		const cuts = this.framer.take(chunk);
		for (const cut of cuts) {
			// What was answered last may have ended the connection.
			if (track.isClosed) {
				return cuts;
			}

			if (cut.type === 'too-long') {
				this.#failed('too-long', maxMessage, cut.length);
				continue;
			}

			const {bytes, offset, frame} = cut;
			const roundTrip = elapsed();
			track.happened({
				type: 'message-received',
				peer,
				message: track.messages.total + 1,
				length: bytes.length,
				bytes,
				frame: {offset: this.#begin + offset, length: frame},
				reads: {first: offset >= before ? read : this.#firstRead, last: read},
				...(Number.isFinite(roundTrip) && {elapsed: roundTrip}),
			});
			onMessage?.(bytes);
		}

		if (this.framer.offset >= before) {
			this.#firstRead = read;
		}

		return cuts;
	}

	/** What it has read has been dealt with: what it keeps of it counts from now on. */
	settle(): void {
		if (!this.#hasEnded) {
			this.#options.unfinished?.keep(this, this.framer.room);
		}
	}

	/** Keep the frame that is not whole no longer. @param limit - how many bytes are kept of all such frames */
	giveUp(limit: number): void {
		const {kept} = this.framer;
		this.framer.giveUp();
		this.#options.unfinished?.keep(this, 0);
		this.#failed('no-room', limit, kept.length);
		this.#options.onGivenUp(kept);
	}

	/** Nothing more comes: a frame that is not whole never will be. May be called twice. */
	end(): void {
		const {unfinished} = this.framer;
		if (!this.#hasEnded) {
			this.#hasEnded = true;
			this.#options.unfinished?.keep(this, 0);
			if (unfinished) {
				this.#failed('unfinished', unfinished.whole ?? 0, unfinished.length);
			}
		}
	}

	#failed(cause: 'too-long' | 'unfinished' | 'no-room', limit: number, length: number | undefined): void {
		const {track, peer, framing} = this.#options;
		track.happened({
			type: 'framing-failed', peer, framing, cause, limit, ...(length !== undefined && {length}),
		});
	}
}

/** Bounds what is kept of frames that are not whole, of several connections together: the longest is given up. */
export class UnfinishedFrames {
	readonly #limit: number;
	readonly #kept = new Map<MessageReader, number>();
	#bytes = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** A reader keeps this many bytes now. */
	keep(reader: MessageReader, bytes: number): void {
		const before = this.#kept.get(reader) ?? 0;
		if (bytes === before) {
			return;
		}

		this.#bytes += bytes - before;
		if (bytes === 0) {
			this.#kept.delete(reader);
		} else {
			this.#kept.set(reader, bytes);
		}

		while (this.#bytes > this.#limit) {
			this.#longest?.giveUp(this.#limit);
		}
	}

	get #longest(): MessageReader | undefined {
		let longest: MessageReader | undefined;
		let most = 0;
		for (const [reader, bytes] of this.#kept) {
			if (bytes > most) {
				longest = reader;
				most = bytes;
			}
		}

		return longest;
	}
}
