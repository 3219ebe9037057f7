import {type Framing, framings} from '../../text/framing.ts';
import {firstOrdinal} from '../storage/sequence-ring.ts';

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

/** Bytes of both a write and a read: those of piece `number`, from byte `from` of it, `length` of its `whole` bytes. */
export type StreamPart = {
	readonly number: number;
	readonly from: number;
	readonly length: number;
	readonly whole: number;
};

/** Which writes a read's bytes came from, or which reads a write's bytes went to, in stream order. */
export type StreamParts = {
	readonly parts: readonly StreamPart[];
	/** How many bytes are in none of the pieces: the other side's log is cut, or they have not been read yet. */
	readonly missing: number;
	/** How many pieces share bytes as well, and are not among `parts`. */
	readonly more: number;
};

/**
Match a write with the reads that returned its bytes, or a read with the writes that its bytes came from, by offsets in
the stream: one read can return two writes, and one write take several reads. Looks at O(log n) of the pieces, and at
those that it returns.

@param piece - the read, or the write
@param others - the writes, or the reads
@param most - how many parts are wanted at most
*/
export function streamParts(piece: StreamPiece, others: Pieces, most: number): StreamParts {
	const end = piece.offset + piece.length;
	const first = firstOrdinal(0, others.length, index => {
		const {offset, length} = others.at(index);
		return offset + length > piece.offset;
	});
	const after = firstOrdinal(first, others.length, index => others.at(index).offset >= end);
	if (after <= first || piece.length === 0) {
		return {parts: [], missing: piece.length, more: 0};
	}

	const shown = Math.min(after, first + Math.max(0, most));
	const parts = Array.from({length: shown - first}, (_, index) => share(piece, others.at(first + index)));
	if (after === shown) {
		// Between messages there may be bytes that belong to none.
		return {parts, missing: piece.length - parts.reduce((sum, {length}) => sum + length, 0), more: 0};
	}

	const last = others.at(after - 1);
	const shared = Math.min(end, last.offset + last.length) - Math.max(piece.offset, others.at(first).offset);
	return {parts, missing: piece.length - shared, more: after - shown};
}

/** The bytes of another piece that are in this one, too. */
function share(piece: StreamPiece, {number, offset, length}: StreamPiece): StreamPart {
	const begin = Math.max(piece.offset, offset);
	const end = Math.min(piece.offset + piece.length, offset + length);
	return {
		number, from: begin - offset, length: end - begin, whole: length,
	};
}

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
