import type {SocketEvent} from '../log/event.ts';
import type {Pieces, StreamPiece} from '../log/delivery/stream-place.ts';
import {firstOrdinal} from '../log/storage/sequence-ring.ts';

/** More parts of one read or write are counted, and not listed. */
export const maxParts = 8;

/**
Bytes that a write and a read share: those of piece `number`, from byte `from` of it, `length` of its `whole` bytes.
*/
export type LedgerPart = {
	readonly number: number;
	readonly from: number;
	readonly length: number;
	readonly whole: number;
};

/** Which writes a read's bytes came from, or which reads a write's bytes went to, in stream order. */
export type LedgerParts = {
	readonly parts: readonly LedgerPart[];
	/** How many bytes are in none of the pieces: the other side's log is cut, or they have not been read yet. */
	readonly missing: number;
	/** How many pieces share bytes as well, and are not among `parts`. */
	readonly more: number;
};

/**
Where the bytes of a write went, or those of a read came from: numbers of the far socket's reads or writes. Without
parts it is a foreign peer's, or not known any longer.
*/
export type LedgerRow = LedgerParts & {
	/** Whether the other end is closed, so that what has not been read by now never will be. */
	readonly isOver: boolean;
	/** A stream's offset of the first byte; undefined for a datagram. */
	readonly offset: number | undefined;
};

/**
Where the bytes of a write went, or where those of a read came from; undefined for an event that is neither.

@param others - the other end's reads or writes of the same stream, where that end is a socket of the playground
*/
export function projectLedgerRow(event: SocketEvent, others: Pieces | undefined): LedgerRow | undefined {
	if ('offset' in event) {
		const {offset, length} = event;
		const parts = others ? projectParts(event, others, maxParts) : {parts: [], missing: length, more: 0};
		return {...parts, isOver: others?.isOver ?? false, offset};
	}

	if (!('number' in event)) {
		return undefined;
	}

	const other = 'isThirdParty' in event
		? event.write
		: (event.arrival?.type === 'read' ? event.arrival.number : undefined);
	return datagramRow(event.length, other);
}

/** Which reads the bytes of a message came in, its frame included. @param reads - those of its stream */
export function projectMessageRow({frame}: Extract<SocketEvent, {readonly frame: unknown}>, reads: Pieces): LedgerRow {
	return {...projectParts({number: 0, ...frame}, reads, maxParts), isOver: false, offset: frame.offset};
}

/** A datagram is one write and one read, or it is lost. */
function datagramRow(length: number, number: number | undefined): LedgerRow {
	const row = {more: 0, isOver: false, offset: undefined};
	return number === undefined
		? {...row, parts: [], missing: length}
		: {
			...row,
			parts: [{
				number, from: 0, length, whole: length,
			}],
			missing: 0,
		};
}

/**
Match a write with the reads that returned its bytes, or a read with the writes that its bytes came from, by offsets in
the stream: one read can return two writes, and one write take several reads. Looks at O(log n) of the pieces, and at
those that it returns.

@param piece - the read, or the write
@param others - the writes, or the reads
@param most - how many parts are wanted at most
*/
export function projectParts(piece: StreamPiece, others: Pieces, most: number): LedgerParts {
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
function share(piece: StreamPiece, {number, offset, length}: StreamPiece): LedgerPart {
	const begin = Math.max(piece.offset, offset);
	const end = Math.min(piece.offset + piece.length, offset + length);
	return {
		number, from: begin - offset, length: end - begin, whole: length,
	};
}
