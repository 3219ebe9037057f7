import type {SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import {
	type Codec, completingLength, cutLength, type Reading, readingOf, utf8Codec, utf8Reading,
} from '../text/encoding/codec.ts';

/** How many bytes before a chunk are searched for one that is the last of a character. */
const reach = 1024;

/** No byte below this is the first of two. */
const firstLead = 0x80;

/** How the payload of an event is read: a chunk of a stream may begin inside a character. */
export function readingOfEvent(log: EventLog, event: SocketEvent, codec: Codec): Reading {
	if (codec === utf8Codec) {
		return utf8Reading;
	}

	return readingOf(codec, 'offset' in event && event.offset > 0 ? leadOf(log, event, codec) : 0);
}

/**
How many bytes at the beginning of a chunk belong to a character that has begun before it. Streams begin with a whole
character; in one whose beginning the log does not have, the next one begins behind a byte that cannot be the first of
two.
*/
function leadOf(
	log: EventLog,
	{sequence, offset, bytes}: Extract<SocketEvent, {readonly offset: number}>,
	codec: Codec,
): number {
	const before = log.bytesBefore(sequence, codec.unit === 2 ? codec.unit + (offset % codec.unit) : reach);
	if (codec.unit === 2) {
		const begun = before.subarray((offset - before.length) % codec.unit);
		return begun.length === 0
			? Math.min(bytes.length, offset % codec.unit)
			: completingLength(codec, endOf(begun, codec), bytes);
	}

	const known = before.findLastIndex(byte => byte < firstLead);
	return completingLength(codec, endOf(before.subarray(known + 1), codec), bytes);
}

function endOf(bytes: Uint8Array, codec: Codec): Uint8Array {
	return bytes.subarray(bytes.length - cutLength(bytes, readingOf(codec)));
}
