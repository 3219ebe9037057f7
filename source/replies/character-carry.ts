import {isUtf8} from 'node:buffer';
import {
	type Codec, cutLength, readingOf, utf8Codec,
} from '../text/encoding/codec.ts';

const noBytes = new Uint8Array(0);

/**
Holds back the beginning of a character that a chunk border has cut, until its rest arrives with the next chunk of the
same stream. Of UTF-8 only text is held back: of a chunk that is none every byte is handed on at once. In other
encodings what follows can be read only from the beginning of a character on, so that the cut one is always held back.
*/
export class CharacterCarry {
	readonly codec: Codec;
	#held: Uint8Array = noBytes;

	constructor(codec: Codec = utf8Codec) {
		this.codec = codec;
	}

	/** Add a chunk, and take what is complete: 0 or more bytes. The chunk itself comes back where nothing was cut. */
	take(chunk: Uint8Array): Uint8Array {
		const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
		const unfinished = cutLength(bytes, readingOf(this.codec));
		const complete = bytes.subarray(0, bytes.length - unfinished);
		if (unfinished === 0 || (this.codec === utf8Codec && !isUtf8(complete))) {
			this.#held = noBytes;
			return bytes;
		}

		// A copy, so that three bytes do not pin the buffer of a whole read.
		this.#held = Uint8Array.from(bytes.subarray(complete.length));
		return complete;
	}

	/** Take what is held back, finished or not: 0 to 3 bytes. */
	flush(): Uint8Array {
		const held = this.#held;
		this.#held = noBytes;
		return held;
	}
}
