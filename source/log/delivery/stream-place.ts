import {type Framing, framings} from '../../text/framing.ts';

/** A write or a read of a byte stream by its place in the stream: `length` bytes from `offset`. */
export type StreamPiece = {readonly number: number; readonly offset: number; readonly length: number};

/**
The pieces of one direction of one stream, in stream order and none of them empty: each begins where the one before it
ends. The oldest may be gone: the piece at index 0 is the first that is kept.
*/
export type Pieces = {
	readonly length: number;
	readonly at: (index: number) => StreamPiece;
	/** Whether this is the last, since that end is closed. */
	readonly isOver?: boolean;
};

/**
Which messages of its connection a write has in their frames: `count` from number `first` on, from 1, are whole with it;
with 0 it has a part of `first`.
*/
export type FramedWrite = {readonly framing: Framing; readonly first: number; readonly count: number};

const mostFirst = 2 ** 30;
const mostCount = 2 ** 20;

/** As one number, for a column of the log. NaN where there is no framing, or the numbers are too large for that. */
export function packFramed(framing: Framing, first: number, count: number): number {
	return framing === 'none' || first >= mostFirst || count >= mostCount
		? Number.NaN
		: (((first * mostCount) + count) * framings.length) + framings.indexOf(framing);
}

export function unpackFramed(packed: number): FramedWrite | undefined {
	if (Number.isNaN(packed)) {
		return undefined;
	}

	const numbers = Math.floor(packed / framings.length);
	return {
		framing: framings[packed % framings.length]!,
		first: Math.floor(numbers / mostCount),
		count: numbers % mostCount,
	};
}
