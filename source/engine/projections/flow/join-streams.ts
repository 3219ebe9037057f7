import type {PlacedDraft} from './flow-draft.ts';
import {linkOfRead} from './flow-link.ts';
import type {OwnEnds} from './own-ends.ts';
import {peerOfLane} from './peer-address.ts';
import {noteOfWrites, type StreamWrite, writesWithin} from './write-note.ts';

type Stream = {
	/** In the order of the stream. */
	readonly writes: StreamWrite[];
	/** How far it has been read. */
	read: number;
};

/**
Between two sockets of ours, what is drawn of a byte stream are its reads, which tell their writes where those are others than one whole;
and those writes of which no byte has been read. Drafts are newest first.
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
			const {note, link} = told(stream.writes, {offset: half.offset, length});
			joined.push(note === undefined && link === undefined ? draft : {...draft, note, link});
		} else if (half?.type === 'write' && stream.read <= half.offset) {
			joined.push({...draft, fate: draft.fate === 'lost' || ends.isFarClosed(draft.to!, draft.own) ? 'lost' : 'under-way'});
		}
	}

	return joined;
}

/** Which writes a read has returned, and how late the simulated link made those that end with it. */
function told(writes: readonly StreamWrite[], read: {readonly offset: number; readonly length: number}): Pick<PlacedDraft, 'note' | 'link'> {
	const end = read.offset + read.length;
	const delays = writesWithin(writes, read.offset, end).flatMap(({offset, length, delay}) => delay !== undefined && offset + length <= end ? [delay] : []);
	return {note: noteOfWrites(writes, read), link: linkOfRead(delays)};
}

/** The streams from one of our sockets to another. */
function streamsOf(drafts: readonly PlacedDraft[]): Map<string, Stream> {
	const streams = new Map<string, Stream>();
	for (const {from, to, half, length = 0} of drafts) {
		if (to === undefined || (half?.type !== 'write' && half?.type !== 'read') || [from, to].some(lane => peerOfLane(lane) !== undefined)) {
			continue;
		}

		const key = keyOf({from, to});
		const stream = streams.get(key) ?? {writes: [], read: 0};
		streams.set(key, stream);
		if (half.type === 'read') {
			stream.read = Math.max(stream.read, half.offset + length);
		} else {
			stream.writes.push({
				number: half.number, offset: half.offset, length, delay: half.delay,
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
