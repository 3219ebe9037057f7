import {type StreamPart, streamParts, type StreamPiece} from '../../log/delivery/stream-place.ts';
import type {FlowFate, FlowNote, WritePart} from '../step.ts';
import {isInternal, type PlacedDraft} from './drafts.ts';
import type {OwnEnds} from './ends.ts';

/** More writes than this are named by the first and the last of them. */
const maxNamed = 3;

/** The writes to a byte stream, and the reads from it, each in the order of the stream. */
type Stream = {readonly writes: PlacedDraft[]; readonly reads: PlacedDraft[]};

/**
Of a byte stream between two sockets of the playground, newest first: a write that one read has returned whole is one
arrow, from the write to the read. Other writes and the reads that have returned their bytes are a bundle.
*/
export function joinStreams(drafts: readonly PlacedDraft[], ends: OwnEnds): PlacedDraft[] {
	const joined = new Map<PlacedDraft, PlacedDraft | undefined>();
	for (const stream of streamsOf(drafts)) {
		joinStream(stream, ends, joined);
	}

	return drafts.flatMap(draft => (joined.has(draft) ? joined.get(draft) : draft) ?? []);
}

/** @param joined - gets what each draft has become; undefined where it is told by another */
function joinStream(
	{writes, reads}: Stream,
	ends: OwnEnds,
	joined: Map<PlacedDraft, PlacedDraft | undefined>,
): void {
	const readTo = endOf(reads.at(-1));
	const fateOf = (write: PlacedDraft): FlowFate => {
		if (endOf(write) <= readTo) {
			return 'arrived';
		}

		return write.fate === 'discarded' || ends.farClosing(write.to!, write.own) !== undefined ? 'discarded' : 'under-way';
	};

	let firstRead = 0;
	for (let firstWrite = 0; firstWrite < writes.length;) {
		const write = writes[firstWrite]!;
		while (firstRead < reads.length && endOf(reads[firstRead]) <= offsetOf(write)) {
			firstRead++;
		}

		// As many writes, and reads of them, as it takes until both end with the same byte.
		let [lastWrite, lastRead] = [firstWrite, firstRead];
		while (
			lastRead < reads.length && lastWrite < writes.length && endOf(reads[lastRead]) !== endOf(writes[lastWrite])
		) {
			if (endOf(reads[lastRead]) < endOf(writes[lastWrite])) {
				lastRead++;
			} else {
				lastWrite++;
			}
		}

		const some = writes.slice(firstWrite, lastWrite + 1);
		const their = reads.slice(firstRead, lastRead + 1).filter(read => offsetOf(read) < endOf(some.at(-1)));
		const [read] = their;
		const isWhole = some.length === 1 && their.length === 1;
		if (isWhole && read && offsetOf(read) === offsetOf(write) && endOf(read) === endOf(write)) {
			joined.set(write, {...write, fate: 'arrived', ended: read.ended});
			joined.set(read, undefined);
		} else {
			const part = their.length > 0 ? {part: 'departure', bundle: write.sequence} as const : undefined;
			for (const each of some) {
				// A read has returned none of its bytes where it is behind all reads.
				joined.set(each, {...each, ...(offsetOf(each) < readTo && part), fate: fateOf(each)});
			}

			const told = some.flatMap(one => writeOf(one) ?? []);
			for (const each of their) {
				joined.set(each, {
					...each,
					part: 'arrival',
					bundle: write.sequence,
					note: noteOfWrites(told, offsetOf(each), endOf(each)) ?? each.note,
				});
			}
		}

		firstWrite = lastWrite + 1;
		firstRead = Math.max(firstRead, lastRead + 1);
	}
}

function writeOf({half, length = 0}: PlacedDraft): StreamPiece | undefined {
	return half?.type === 'write' ? {number: half.number, offset: half.offset, length} : undefined;
}

/** The first byte that a write or a read has in the stream, and the one behind its last. */
function offsetOf({half}: PlacedDraft): number {
	return half?.type === 'write' || half?.type === 'read' ? half.offset : 0;
}

function endOf(draft: PlacedDraft | undefined): number {
	return draft ? offsetOf(draft) + (draft.length ?? 0) : 0;
}

/** The streams from one socket of the playground to another. */
function streamsOf(drafts: readonly PlacedDraft[]): Iterable<Stream> {
	const streams = new Map<string, Stream>();
	for (const draft of drafts.toReversed()) {
		const {from, to, half} = draft;
		if ((half?.type !== 'write' && half?.type !== 'read') || !isInternal(draft)) {
			continue;
		}

		// One of the two lanes is a connection socket's, which has one connection only.
		const key = `${from}>${to ?? ''}`;
		const stream = streams.get(key) ?? {writes: [], reads: []};
		streams.set(key, stream);
		stream[half.type === 'write' ? 'writes' : 'reads'].push(draft);
	}

	return streams.values();
}

/**
Which writes one read has returned, where that is not exactly one. Undefined where it is one write whole, or where not
all of the writes are known.

@param all - in the order of the stream; those count that have bytes from `offset` to `end` of the stream, in its order
*/
function noteOfWrites(all: readonly StreamPiece[], offset: number, end: number): FlowNote | undefined {
	const writes = {length: all.length, at: (index: number) => all[index]!};
	const {parts, missing} = streamParts({number: 0, offset, length: end - offset}, writes, all.length);
	const [first] = parts;
	const last = parts.at(-1);
	if (!first || !last || missing > 0 || parts.some(({number}, index) => number !== first.number + index)) {
		return undefined;
	}

	const isRange = parts.length > maxNamed;
	return first === last && first.length === first.whole
		? undefined
		: {type: 'writes', parts: (isRange ? [first, last] : parts).map(part => writePart(part)), isRange};
}

function writePart({number, from, length, whole}: StreamPart): WritePart {
	return length === whole ? {number} : {number, first: from, last: from + length - 1};
}
