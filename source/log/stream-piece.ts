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
