import {Framer, type Framing} from '../../text/framing.ts';

/** Bytes of a stream as they came: a frame with its message; or, without one, bytes that are no whole message. */
type StreamPart = {readonly raw: Uint8Array; readonly message?: Uint8Array};

const nothing = new Uint8Array(0);

/**
Divides a stream that is passed on into whole frames. Bytes of a frame that is not whole are kept back, unless its
beginning has gone on already, or it is longer than a message may be. No byte is lost, and none changed.
*/
export class WholeFrames {
	readonly framing: Exclude<Framing, 'none'>;
	readonly #framer: Framer;
	/** Bytes of the stream that were taken. */
	#taken = 0;
	/** The last of them, which were not handed on; with room for more. */
	#room = nothing;
	#kept = 0;

	constructor(framing: Exclude<Framing, 'none'>) {
		this.framing = framing;
		this.#framer = new Framer(framing);
	}

	/** How many bytes are kept back. */
	get kept(): number {
		return this.#kept;
	}

	/** Take a chunk. @returns what goes on now, in its order; the bytes may be a part of what was given */
	take(chunk: Uint8Array): readonly StreamPart[] {
		const begin = this.#taken - this.#kept;
		this.#taken += chunk.length;
		const cuts = this.#framer.take(chunk).filter(cut => cut.type === 'message');
		const {offset} = this.#framer;
		if (offset === begin) {
			this.#keep(chunk);
			return [];
		}

		const bytes = this.#kept === 0 ? chunk : Buffer.concat([this.#room.subarray(0, this.#kept), chunk]);
		const parts: StreamPart[] = [];
		let at = begin;
		const goesOn = (end: number, message?: Uint8Array): void => {
			if (end > at) {
				parts.push({raw: bytes.subarray(at - begin, end - begin), ...(message && {message})});
				at = end;
			}
		};

		for (const {offset: from, frame, bytes: message} of cuts) {
			goesOn(from);
			goesOn(from + frame, from === at ? message : undefined);
		}

		goesOn(offset < at ? this.#taken : offset);
		this.#kept = 0;
		this.#keep(bytes.subarray(at - begin));
		return parts;
	}

	/** The same for a chunk that goes on as it is. Nothing is kept back. */
	follow(chunk: Uint8Array): void {
		this.#framer.take(chunk);
		this.#taken += chunk.length;
	}

	/** Hand on what is kept back: the frame that it begins is not kept together any more. */
	flush(): Uint8Array {
		const kept = this.#room.subarray(0, this.#kept);
		this.#room = nothing;
		this.#kept = 0;
		return kept;
	}

	#keep(bytes: Uint8Array): void {
		const length = this.#kept + bytes.length;
		if (length > this.#room.length) {
			const larger = new Uint8Array(Math.max(length, 2 * this.#kept));
			larger.set(this.#room.subarray(0, this.#kept));
			this.#room = larger;
		}

		this.#room.set(bytes, this.#kept);
		this.#kept = length;
		if (length === 0) {
			this.#room = nothing;
		}
	}
}
