import type {SocketEvent} from '../log/event.ts';
import {type Pieces, type StreamParts, streamParts} from '../log/delivery/stream-place.ts';

/** More parts of one read or write are counted, and not listed. */
export const maxParts = 8;

/**
Where the bytes of a write went, or those of a read came from: numbers of the far socket's reads or writes. Without
parts it is a foreign peer's, or not known any longer.
*/
export type LedgerRow = StreamParts & {
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
		const parts = others ? streamParts(event, others, maxParts) : {parts: [], missing: length, more: 0};
		return {...parts, isOver: others?.isOver ?? false, offset};
	}

	if (!('number' in event)) {
		return undefined;
	}

	// A datagram is one write and one read, or it is lost.
	const {length} = event;
	const number = 'isThirdParty' in event
		? event.write
		: (event.arrival?.type === 'read' ? event.arrival.number : undefined);
	const row = {more: 0, isOver: false, offset: undefined};
	const part = {from: 0, length, whole: length};
	return number === undefined
		? {...row, parts: [], missing: length}
		: {...row, parts: [{number, ...part}], missing: 0};
}

/** Which reads the bytes of a message came in, its frame included. @param reads - those of its stream */
export function projectMessageRow({frame}: Extract<SocketEvent, {readonly frame: unknown}>, reads: Pieces): LedgerRow {
	return {...streamParts({number: 0, ...frame}, reads, maxParts), isOver: false, offset: frame.offset};
}
