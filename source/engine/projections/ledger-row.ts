import {visibleBytes} from '../../text/visible.ts';
import type {LedgerRow} from '../door/pane-view.ts';
import type {SocketEvent} from '../events/event.ts';
import type {Pieces} from '../events/stream-piece.ts';
import {type LedgerParts, projectParts} from './ledger.ts';

/** More parts of one read or write are counted, and not shown. */
const mostParts = 8;

/** Columns between two pieces of a payload: a letter, and a space on either side. */
const betweenPieces = 3;

/**
Where the bytes of a write went, or where those of a read came from; undefined for an event that is neither.

@param others - the other end's reads or writes of the same stream, where that end is ours
@param columns - terminal columns for the payload
*/
export function projectLedgerRow(event: SocketEvent, others: Pieces | undefined, columns: number): LedgerRow | undefined {
	switch (event.type) {
		case 'datagram-sent': {
			return {
				...datagramParts(event.length, event.arrival?.type === 'read' ? event.arrival.number : undefined),
				isOver: false,
				offset: undefined,
				pieces: [piece(event.number, event.bytes, event.length, columns)],
			};
		}

		case 'datagram-received': {
			return {
				...datagramParts(event.length, event.write),
				isOver: false,
				offset: undefined,
				pieces: [piece(event.write ?? 0, event.bytes, event.length, columns)],
			};
		}

		case 'chunk-sent': {
			return {
				...chunkParts(event, others),
				isOver: others?.isOver ?? false,
				offset: event.offset,
				pieces: [piece(event.number, event.bytes, event.length, columns)],
			};
		}

		case 'chunk-received': {
			const found = chunkParts(event, others);
			return {
				...found, isOver: others?.isOver ?? false, offset: event.offset, pieces: piecesOf(found, event.bytes, event.length, columns),
			};
		}

		default: {
			return undefined;
		}
	}
}

/** A datagram is one write and one read, or it is lost. */
function datagramParts(length: number, number: number | undefined): LedgerParts {
	return number === undefined
		? {parts: [], missing: length, more: 0}
		: {
			parts: [{
				number, from: 0, length, whole: length,
			}], missing: 0, more: 0,
		};
}

function chunkParts({number, offset, length}: {readonly number: number; readonly offset: number; readonly length: number}, others: Pieces | undefined): LedgerParts {
	return others ? projectParts({number, offset, length}, others, mostParts) : {parts: [], missing: length, more: 0};
}

function piece(number: number, bytes: Uint8Array, length: number, columns: number): {number: number; text: string} {
	return {number, text: visibleBytes(bytes, Math.max(0, columns - betweenPieces), bytes.length === length).text};
}

/** The payload of a read, cut where one write's bytes end and the next one's begin. */
function piecesOf({parts, more}: LedgerParts, bytes: Uint8Array, length: number, columns: number): LedgerRow['pieces'] {
	const known = parts.reduce((sum, part) => sum + part.length, 0);
	if (parts.length === 0 || (known < length && more === 0)) {
		// The oldest of its writes are not known any more: they cannot be told apart from the others.
		return [piece(0, bytes, length, columns)];
	}

	const pieces: Array<{number: number; text: string}> = [];
	let from = 0;
	let left = columns;
	for (const part of parts) {
		left -= betweenPieces;
		if (left <= 0 || from >= bytes.length) {
			break;
		}

		const own = bytes.subarray(from, from + part.length);
		const shown = visibleBytes(own, left, own.length === part.length);
		pieces.push({number: part.number, text: shown.text});
		left -= shown.columns;
		from += part.length;
	}

	return pieces;
}
