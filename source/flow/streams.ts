import type {PlacedDraft} from './drafts.ts';
import type {OwnEnds} from './ends.ts';
import {peerOfLane} from './lanes.ts';
import {linkOfRead} from './link.ts';
import type {FlowMoment, FlowNote, WritePart} from './step.ts';

/**
A write to a byte stream: its number and its offset, and how late the simulated link made its last byte, in
milliseconds.
*/
type StreamWrite = {
	readonly number: number;
	readonly offset: number;
	readonly length: number;
	readonly delay: number | undefined;
	readonly moment: FlowMoment;
};

/** More writes than this are named by the first and the last of them. */
const maxNamed = 3;

type Stream = {
	/** In the order of the stream. */
	readonly writes: StreamWrite[];
	/** How far it has been read. */
	read: number;
};

/**
Of a byte stream between two sockets of the playground the diagram shows the reads, with their writes where these are
not exactly one; and those writes of which no byte has been read. Drafts are newest first.
*/
export function joinStreams(drafts: readonly PlacedDraft[], ends: OwnEnds): PlacedDraft[] {
	const streams = streamsOf(drafts);
	const joined: PlacedDraft[] = [];
	for (const draft of drafts) {
		const {half, length = 0} = draft;
		const stream = half?.type === 'write' || half?.type === 'read' ? streams.get(keyOf(draft)) : undefined;
		if (!stream) {
			joined.push(draft);
		} else if (half?.type === 'read') {
			joined.push({
				...draft,
				...originOf(writesWithin(stream.writes, half.offset, half.offset + length), half.offset, length),
			});
		} else if (half?.type === 'write' && stream.read <= half.offset) {
			joined.push({
				...draft,
				fate: draft.fate === 'discarded' || ends.isFarClosed(draft.to!, draft.own) ? 'discarded' : 'under-way',
			});
		}
	}

	return joined;
}

/**
Which writes a read has returned, when the last of them was, and how late the simulated link made those that end with
it.
*/
function originOf(
	writes: readonly StreamWrite[],
	offset: number,
	length: number,
): Pick<PlacedDraft, 'began' | 'note' | 'link'> {
	const end = offset + length;
	const delays = writes.flatMap(write =>
		write.delay !== undefined && write.offset + write.length <= end ? [write.delay] : []);
	const note = noteOfWrites(writes, offset, end);
	const link = linkOfRead(delays);
	return {began: writes.at(-1)?.moment, ...(note && {note}), ...(link && {link})};
}

/** The streams from one socket of the playground to another. */
function streamsOf(drafts: readonly PlacedDraft[]): Map<string, Stream> {
	const streams = new Map<string, Stream>();
	for (const {
		from, to, half, sequence, time, length = 0,
	} of drafts) {
		if (
			to === undefined
			|| (half?.type !== 'write' && half?.type !== 'read')
			|| [from, to].some(lane => peerOfLane(lane) !== undefined)
		) {
			continue;
		}

		const key = keyOf({from, to});
		const stream = streams.get(key) ?? {writes: [], read: 0};
		streams.set(key, stream);
		if (half.type === 'read') {
			stream.read = Math.max(stream.read, half.offset + length);
		} else {
			stream.writes.push({
				number: half.number, offset: half.offset, length, delay: half.delay, moment: {sequence, time},
			});
		}
	}

	for (const {writes} of streams.values()) {
		writes.reverse();
	}

	return streams;
}

/** One of the two lanes is a connection socket's, which has one connection only. */
function keyOf({from, to}: Pick<PlacedDraft, 'from' | 'to'>): string {
	return `${from}>${to ?? ''}`;
}

/**
Which writes one read has returned, where that is not exactly one. Undefined where it is one write whole, or where not
all of the writes are known.

@param writes - those with bytes from `offset` to `end` of the stream, in its order
*/
function noteOfWrites(writes: readonly StreamWrite[], offset: number, end: number): FlowNote | undefined {
	const first = writes.at(0);
	const last = writes.at(-1);
	if (
		!first
		|| !last
		|| first.offset > offset
		|| last.offset + last.length < end
		|| writes.some(({number}, index) => number !== first.number + index)
	) {
		return undefined;
	}

	const isRange = writes.length > maxNamed;
	const parts = (isRange ? [first, last] : writes).map(write => partOf(write, offset, end));
	return parts.length === 1 && first.offset >= offset && first.offset + first.length <= end
		? undefined
		: {type: 'writes', parts, isRange};
}

/** Which bytes of a write lie between two offsets of the stream. */
function partOf({number, offset, length}: StreamWrite, from: number, to: number): WritePart {
	const first = Math.max(from, offset) - offset;
	const end = Math.min(to, offset + length) - offset;
	return first === 0 && end === length ? {number} : {number, first, last: end - 1};
}

/** The writes that have bytes between two offsets of the stream. */
function writesWithin(writes: readonly StreamWrite[], offset: number, end: number): readonly StreamWrite[] {
	let low = 0;
	let high = writes.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (writes[middle].offset + writes[middle].length > offset) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	const first = low;
	while (low < writes.length && writes[low].offset < end) {
		low++;
	}

	return writes.slice(first, low);
}
