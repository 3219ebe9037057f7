import type {Address} from '../../log/event.ts';
import type {SocketTrack} from '../../log/socket-track.ts';
import {
	Framer, type Framing, maxMessage, type UnfinishedFrame,
} from '../../text/framing.ts';

/** Cuts what is read from one connection into messages, and records each, and what is none. */
export class MessageReader {
	readonly #framer: Framer;
	readonly #track: SocketTrack;
	readonly #peer: Address;
	/** Bytes of the stream that came before the first that it gets. */
	readonly #begin: number;
	/** The read that the frame which is not whole has begun in. */
	#firstRead = 0;
	#hasEnded = false;

	/** It gets what is read from now on. */
	constructor(framing: Exclude<Framing, 'none'>, track: SocketTrack, peer: Address) {
		this.#framer = new Framer(framing);
		this.#track = track;
		this.#peer = peer;
		this.#begin = track.received.bytes;
	}

	/** The frame that more is awaited of; undefined between two. */
	get unfinished(): UnfinishedFrame | undefined {
		return this.#framer.unfinished;
	}

	/**
	Take a chunk that was recorded as read.

	@param elapsed - how long a message's answer took, in milliseconds; NaN for none that was timed
	*/
	read(chunk: Uint8Array, elapsed: () => number, onMessage?: (message: Uint8Array) => void): void {
		const {received: {count: read, bytes: after}} = this.#track;
		const before = after - chunk.length - this.#begin;
		for (const cut of this.#framer.take(chunk)) {
			// What was answered last may have ended the connection.
			if (this.#track.isClosed) {
				return;
			}

			if (cut.type === 'too-long') {
				this.#failed('too-long', maxMessage, cut.length);
				continue;
			}

			const {bytes, offset, frame} = cut;
			const roundTrip = elapsed();
			this.#track.happened({
				type: 'message-received',
				peer: this.#peer,
				message: this.#track.messages.total + 1,
				length: bytes.length,
				bytes,
				frame: {offset: this.#begin + offset, length: frame},
				reads: {first: offset >= before ? read : this.#firstRead, last: read},
				...(Number.isFinite(roundTrip) && {elapsed: roundTrip}),
			});
			onMessage?.(bytes);
		}

		if (this.#framer.offset >= before) {
			this.#firstRead = read;
		}
	}

	/** Nothing more comes: a frame that is not whole never will be. May be called twice. */
	end(): void {
		const {unfinished} = this.#framer;
		if (unfinished && !this.#hasEnded) {
			this.#hasEnded = true;
			this.#failed('unfinished', unfinished.whole ?? 0, unfinished.length);
		}
	}

	#failed(cause: 'too-long' | 'unfinished', limit: number, length: number | undefined): void {
		this.#track.happened({
			type: 'framing-failed', peer: this.#peer, framing: this.#framer.framing, cause, limit, ...(length !== undefined && {length}),
		});
	}
}
