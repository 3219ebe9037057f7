import type {SocketEvent} from '../log/event.ts';
import type {EventLog} from '../log/event-log.ts';
import {
	type Codec, completingLength, cutLength, type Reading, readingOf, utf8Codec, utf8Reading,
} from '../text/encoding/codec.ts';

/** How many bytes before a chunk are searched for one that is no part of a character of two. */
const reach = 1024;

/** Below this no byte is the second of a character. */
const firstTrail = 0x40;

/** How the payload of an event is read: a chunk of a stream may begin inside a character. */
export function readingOfEvent(log: EventLog, event: SocketEvent, codec: Codec): Reading {
	if (codec === utf8Codec) {
		return utf8Reading;
	}

	return readingOf(codec, 'offset' in event && event.offset > 0 ? leadOf(log, event, codec) : 0);
}

/**
How many bytes at the beginning of a chunk belong to a character that has begun before it. Streams begin with a whole
character; of one whose beginning the log does not have, a byte that is a character of ASCII in any case tells where the
next one begins.
*/
function leadOf(
	log: EventLog,
	{sequence, offset, bytes}: Extract<SocketEvent, {readonly offset: number}>,
	codec: Codec,
): number {
	const before = log.bytesBefore(sequence, codec.unit === 2 ? codec.unit + (offset % codec.unit) : reach);
	if (codec.unit === 2) {
		const begun = before.bytes.subarray((offset - before.bytes.length) % codec.unit);
		return begun.length === 0
			? Math.min(bytes.length, offset % codec.unit)
			: completingLength(codec, endOf(begun, codec), bytes);
	}

	const known = before.isBeginning ? -1 : before.bytes.findLastIndex(byte => byte < firstTrail);
	return completingLength(codec, endOf(before.bytes.subarray(known + 1), codec), bytes);
}

function endOf(bytes: Uint8Array, codec: Codec): Uint8Array {
	return bytes.subarray(bytes.length - cutLength(bytes, readingOf(codec)));
}
