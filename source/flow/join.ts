import {fateOfFailure, type FlowDraft, type PlacedDraft} from './drafts.ts';
import {type EndPlacer, endPlacer, type OwnEnds} from './ends.ts';
import {addressKey, peerOfLane, serverLane} from './lanes.ts';
import {linkOfRead} from './link.ts';
import type {
	FlowFate, FlowMoment, FlowNote, WritePart,
} from './step.ts';

/**
Put what two ends tell of the same thing together, and give everything its lanes. Drafts are newest first, before and
after.

@param isAll - whether there are no older events to come: a datagram whose sending is not among these is drawn where it
arrived then
*/
export function joinDrafts(drafts: readonly FlowDraft[], ends: OwnEnds, isAll: boolean): readonly PlacedDraft[] {
	const place = endPlacer(ends);
	const placed = drafts.map(draft =>
		isPlaced(draft) ? draft : {...draft, from: place(draft.from), to: draft.to && place(draft.to)});
	return joinEndings(
		joinStreams(joinDatagrams(insertEstablished(joinConnects(placed, drafts), place), isAll), ends),
		ends,
	);
}

/** Most drafts name their lanes, and need not be copied. */
function isPlaced(draft: FlowDraft): draft is PlacedDraft {
	return typeof draft.from === 'string' && typeof draft.to !== 'object';
}

/** A datagram is drawn where it was sent, if its sending is known, or may yet be. */
function joinDatagrams(drafts: readonly PlacedDraft[], isAll: boolean): PlacedDraft[] {
	/** The reads that departures name, by write and read; when they happened, once that is known. */
	const reads = new Map<string, FlowMoment | undefined>();
	const writes = new Set<string>();
	for (const {half} of drafts) {
		if (half?.type === 'departure') {
			writes.add(half.write);
			reads.set(`${half.write} ${half.read}`, undefined);
		}
	}

	const joined = drafts.filter(({half, ended}) => {
		if (half?.type !== 'arrival') {
			return true;
		}

		const key = `${half.write} ${half.read}`;
		const isJoined = reads.has(key);
		if (isJoined) {
			reads.set(key, ended);
		}

		return !isJoined && (isAll || writes.has(half.write));
	});
	return joined.map(draft => {
		const ended
			= draft.half?.type === 'departure' ? reads.get(`${draft.half.write} ${draft.half.read}`) : undefined;
		return ended ? {...draft, ended} : draft;
	});
}

/**
A FIN or a RST that another end of the playground has read is drawn where it was sent; one that was sent by closing the
socket, where it arrived. A connection has one of each at most, each way.
*/
function joinEndings(drafts: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	const endings = drafts.filter(draft => (draft.half?.type === 'end-sent' || draft.half?.type === 'end-received') && isInternal(draft));
	if (endings.length === 0) {
		return drafts;
	}

	const by = (type: 'end-sent' | 'end-received'): Map<string, PlacedDraft> =>
		new Map(endings.filter(({half}) => half?.type === type).map(draft => [keyOf(draft), draft]));
	const sent = by('end-sent');
	const received = by('end-received');
	const joined: PlacedDraft[] = [];
	for (const draft of drafts) {
		const {half, to, own} = draft;
		if (half?.type === 'end-sent' && isInternal(draft)) {
			const read = received.get(keyOf(draft));
			// The kernel delivers it to a socket that has been closed, so it is never read.
			const unread = ends.isFarClosed(to!, own) ? 'left' : 'under-way';
			joined.push(read
				? {
					...draft, fate: 'arrived', ended: read.ended, code: read.code ?? draft.code,
				}
				: {...draft, fate: unread});
		} else if (half?.type !== 'end-received' || !sent.has(keyOf(draft))) {
			joined.push(draft);
		}
	}

	return joined;
}

function keyOf({kind, from, to}: PlacedDraft): string {
	return `${kind} ${from}>${to ?? ''}`;
}

function isInternal({from, to}: PlacedDraft): boolean {
	return to !== undefined && peerOfLane(from) === undefined && peerOfLane(to) === undefined;
}

/** Draw an attempt to connect together with its outcome. */
function joinConnects(placed: readonly PlacedDraft[], drafts: readonly FlowDraft[]): PlacedDraft[] {
	const joined: PlacedDraft[] = [];
	for (const [index, draft] of placed.entries()) {
		const {half, own: {failure}, sequence} = draft;
		if (half?.type === 'attempt') {
			joined.push(failure?.attempt === sequence
				? {...draft, fate: fateOfFailure(failure.code), code: failure.code}
				: {...draft, fate: fateOfAttempt(drafts[index]!)});
		} else if (half?.type !== 'attempt-failed' || failure?.attempt === undefined) {
			joined.push(draft);
		}
	}

	return joined;
}

/**
Where a name has several addresses, they are tried in turn: which attempt has worked is told by the peer's address.
*/
function fateOfAttempt({to, own}: FlowDraft): FlowFate {
	if (own.isConnected && own.peer && typeof to === 'object' && addressKey(own.peer) === addressKey(to.address)) {
		return 'arrived';
	}

	return own.isConnected || own.isClosed || own.failure ? 'left' : 'under-way';
}

/**
Accept() is the welcoming socket's own call. Of a connection from a foreign address nothing but that call is known,
which returned the address: that it is connected is told before the call. Drafts are newest first.
*/
function insertEstablished(drafts: readonly PlacedDraft[], place: EndPlacer): PlacedDraft[] {
	const inserted: PlacedDraft[] = [];
	for (const draft of drafts) {
		const peer = draft.accepted && place(draft.accepted);
		if (peer === undefined || peerOfLane(peer) === undefined) {
			inserted.push(draft);
		} else {
			inserted.push({...draft, isSecond: true}, {
				...draft, kind: 'established', from: peer, to: serverLane, began: undefined,
			});
		}
	}

	return inserted;
}

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
function joinStreams(drafts: readonly PlacedDraft[], ends: OwnEnds): PlacedDraft[] {
	const streams = streamsOf(drafts);
	const joined: PlacedDraft[] = [];
	for (const draft of drafts) {
		const {half, length = 0} = draft;
		const stream = half?.type === 'write' || half?.type === 'read' ? streams.get(streamKey(draft)) : undefined;
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

		const key = streamKey({from, to});
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
function streamKey({from, to}: Pick<PlacedDraft, 'from' | 'to'>): string {
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
		if (writes[middle]!.offset + writes[middle]!.length > offset) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}

	const first = low;
	while (low < writes.length && writes[low]!.offset < end) {
		low++;
	}

	return writes.slice(first, low);
}
