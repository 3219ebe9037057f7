import {type Cut, frameOf, type Framer} from '../../text/framing.ts';

/** Bytes of a stream as they came: a frame with its message; or, without one, bytes that are no whole message. */
type StreamPart = {readonly raw: Uint8Array; readonly message?: Uint8Array};

/** What was read, divided, and whether the frame that is not whole is kept back. */
type Divided = {readonly parts: readonly StreamPart[]; readonly keepsBack: boolean};

/**
Divide a chunk of a stream that is passed on into whole frames, in their order. Bytes of a frame that is not whole are
kept back, unless its beginning has gone on already, or it is longer than a message may be. No byte is lost or changed.

@param cuts - what the framer has found in the chunk; it keeps what is kept back
@param isKept - whether the frame that was not whole before this chunk is kept back
*/
export function divideFrames(
	chunk: Uint8Array,
	cuts: readonly Cut[],
	{framing, offset, kept}: Pick<Framer, 'framing' | 'offset' | 'kept'>,
	isKept: boolean,
): Divided {
	const end = offset + kept.length;
	const begin = end - chunk.length;
	const parts: StreamPart[] = [];
	/** How far the stream has gone on. */
	let at = isKept ? cuts[0]?.offset ?? offset : begin;
	const goesOn = (to: number): void => {
		if (at < to) {
			parts.push({raw: chunk.subarray(at - begin, to - begin)});
			at = to;
		}
	};

	for (const cut of cuts) {
		if (cut.type === 'message') {
			const after = cut.offset + cut.frame;
			goesOn(cut.offset);
			if (at === cut.offset) {
				parts.push({raw: frameOf(cut, framing), message: cut.bytes});
				at = after;
			} else {
				goesOn(after);
			}
		} else if (at === cut.offset && cut.kept.length > 0) {
			parts.push({raw: cut.kept});
			at += cut.kept.length;
		}
	}

	const keepsBack = kept.length > 0 && at <= offset;
	goesOn(keepsBack ? offset : end);
	return {parts, keepsBack};
}
