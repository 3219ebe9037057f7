import type {PaneId, SocketEvent} from '../log/event.ts';
import {
	borders, type CharacterCount, type Reading, utf8Codec, utf8Reading,
} from '../text/encoding/codec.ts';
import type {RoundTripParts} from './round-trip.ts';
import type {Row} from './rows.ts';
import {upTo} from './window.ts';

/** Asks for a part of a payload. */
export type PayloadQuery = {
	readonly type: 'payload';
	readonly sequence: number;
	/** The first byte wanted, and how many are wanted at most. */
	readonly offset: number;
	readonly maxBytes: number;
};

/** A part of a payload; nothing of it where the log does not hold the event any more. */
export type PayloadView = {
	readonly type: 'payload';
	readonly sequence: number;
	readonly row?: Row;
	readonly pane?: PaneId;
	readonly part?: PayloadPart;
	/** Of an answer from a server of the playground: where its round-trip time was spent. */
	readonly roundTrip?: RoundTripParts;
};

/** Some of a payload's bytes: those wanted, and enough around them to see which characters they belong to. */
export type PayloadPart = {
	/** The first byte wanted. */
	readonly offset: number;
	/** The bytes, from offset `start` on. */
	readonly start: number;
	readonly bytes: Uint8Array;
	/** How many bytes the log has kept, and how many the payload has. */
	readonly kept: number;
	readonly length: number;
	/** How many of these belong to a character that begins before them. Undefined in UTF-8, whose bytes tell that. */
	readonly lead?: number;
	/** How many of the payload's first bytes belong to a character of the chunk before, where some do. */
	readonly begun?: number;
	/** What the kept bytes are as text, in the encoding of their pane. */
	readonly text: CharacterCount;
};

/** A part begins at a multiple of this many bytes, less the character that may reach over that. */
export const payloadStride = 4096;

/** Bytes of a character before, or behind, one of its bytes at most (RFC 3629). */
export const characterReach = 3;

export function projectPayload(
	{bytes, length}: Extract<SocketEvent, {readonly bytes: Uint8Array}>,
	{offset: wanted, maxBytes}: Pick<PayloadQuery, 'offset' | 'maxBytes'>,
	text: CharacterCount,
	reading: Reading = utf8Reading,
): PayloadPart {
	const offset = upTo(bytes.length, wanted);
	const start = Math.max(0, offset - (offset % payloadStride) - characterReach);
	return {
		// A copy: of a view of a larger buffer the whole buffer would pass between the threads.
		bytes: new Uint8Array(bytes.subarray(start, offset + maxBytes + characterReach)),
		offset,
		start,
		kept: bytes.length,
		length,
		text,
		...(reading.codec !== utf8Codec && {lead: leadAt(bytes, start, reading)}),
		...(reading.lead > 0 && {begun: reading.lead}),
	};
}

/** How many bytes from an index on belong to a character that begins before it. */
export function leadAt(bytes: Uint8Array, at: number, reading: Reading): number {
	if (reading.codec === utf8Codec) {
		return 0;
	}

	if (at <= reading.lead) {
		return reading.lead - at;
	}

	for (const [index, length] of borders(bytes, reading)) {
		const end = index + (length || reading.codec.unit);
		if (end >= at) {
			return end - at;
		}
	}

	return 0;
}
