import {isLoopback} from '../text/address.ts';
import {fateOfFailure, type FlowDraft, type PlacedDraft} from './drafts.ts';
import {
	type EndPlacer, endPlacer, type OwnEnd, type OwnEnds,
} from './ends.ts';
import {
	addressKey, isClientLane, peerLane, peerOfLane, serverLane,
} from './lanes.ts';
import type {
	FlowFate, FlowLaneId, FlowMoment, FlowNote, WritePart,
} from './step.ts';

/**
Put what two ends tell of the same thing together, give everything its lanes, and add what the kernel did by itself.
Drafts are newest first, before and after.

@param isAll - whether there are no older events to come: a datagram whose sending is not among these is drawn where it
arrived then
*/
export function joinDrafts(drafts: readonly FlowDraft[], ends: OwnEnds, isAll: boolean): readonly PlacedDraft[] {
	const place = endPlacer(ends);
	const placed = drafts.map(draft =>
		isPlaced(draft) ? draft : {...draft, from: place(draft.from), to: draft.to && place(draft.to)});
	const joined = joinStreams(joinDatagrams(joinHandshakes(placed, drafts, place), isAll), ends);
	const resets = placed.flatMap(draft => draft.resets ? [resetByClose(draft, place(draft.resets))] : []);
	const ended = joinEndings(resets.length > 0 ? [...resets, ...joined] : joined, ends);
	const isSorted = ended.every(({place: at}, index) => index === 0 || at <= ended[index - 1]!.place);
	return isSorted ? ended : ended.toSorted((a, b) => b.place - a.place);
}

/** What close(2) sends where bytes are unread, just before the socket is closed. */
function resetByClose(draft: PlacedDraft, to: FlowLaneId): PlacedDraft {
	return {
		...draft,
		kind: 'reset',
		to,
		place: draft.place - before,
		fate: 'left',
		length: undefined,
		half: {type: 'end-sent', isByClose: true},
	};
}

/** Most drafts name their lanes, and need not be copied. */
function isPlaced(draft: FlowDraft): draft is PlacedDraft {
	return typeof draft.from === 'string' && typeof draft.to !== 'object';
}

/** A datagram is drawn where it was sent, if its sending is known, or may yet be. */
function joinDatagrams(drafts: readonly PlacedDraft[], isAll: boolean): readonly PlacedDraft[] {
	/** The reads that departures name, by write and read; when they happened, once that is known. */
	const reads = new Map<string, FlowMoment | undefined>();
	/** The departures by their writes, and those that the simulated link has doubled. */
	const writes = new Map<string, number>();
	const doubled = new Set<number>();
	for (const {half, sequence} of drafts) {
		if (half?.type === 'departure') {
			writes.set(half.write, sequence);
			reads.set(`${half.write} ${half.read}`, undefined);
		}
	}

	const joined = drafts.flatMap((draft): PlacedDraft | readonly PlacedDraft[] => {
		const {half, ended} = draft;
		if (half?.type !== 'arrival') {
			return draft;
		}

		const key = `${half.write} ${half.read}`;
		const isJoined = reads.has(key);
		if (isJoined) {
			reads.set(key, ended);
			return [];
		}

		const bundle = writes.get(half.write);
		if (bundle === undefined) {
			return isAll ? draft : [];
		}

		doubled.add(bundle);
		return {...draft, part: 'arrival', bundle};
	});
	return joinUnreachable(joined.map(draft => {
		const ended
			= draft.half?.type === 'departure' ? reads.get(`${draft.half.write} ${draft.half.read}`) : undefined;
		return ended ? {...draft, ended, bundle: doubled.has(draft.sequence) ? draft.sequence : undefined} : draft;
	}));
}

/**
A datagram to a port without a socket is answered by the kernel with an ICMP port unreachable message. Only a socket
with a peer hears of it, as ECONNREFUSED (udp(7)); of a port of this machine that a socket has left, it is inferred.
*/
function joinUnreachable(drafts: readonly PlacedDraft[]): readonly PlacedDraft[] {
	if (!drafts.some(({isUnreachable, isVacant}) => isUnreachable || isVacant)) {
		return drafts;
	}

	const joined: PlacedDraft[] = [];
	/** Errors for which no datagram has been met, by their socket, the newest first. */
	const errors = new Map<OwnEnd, PlacedDraft[]>();
	for (const draft of drafts) {
		const {kind, own, to, isUnreachable} = draft;
		if (isUnreachable) {
			errors.set(own, [...errors.get(own) ?? [], draft]);
			continue;
		}

		if (kind === 'datagram' && draft.half?.type !== 'arrival' && to !== undefined) {
			const error = errors.get(own)?.shift();
			if (error || (draft.isVacant && draft.fate === 'lost' && !draft.link?.loss && !draft.link?.delay)) {
				joined.push({
					...draft,
					...answerOf(draft, to),
					kind: 'unreachable',
					code: error?.code,
					ended: error?.began,
					isInferred: !error,
				});
			}
		}

		joined.push(draft);
	}

	for (const error of [...errors.values()].flat()) {
		const {own: {peer}, from} = error;
		joined.push(peer
			? {
				...error, kind: 'unreachable', from: peerLane(peer), to: from, isByKernel: true,
			}
			: error);
	}

	return joined;
}

/** What the kernel at the other end sends back for it at once. */
function answerOf({from, place}: PlacedDraft, to: FlowLaneId): Partial<PlacedDraft> & {readonly from: FlowLaneId} {
	return {
		place: place + behind,
		from: to,
		to: from,
		fate: 'arrived',
		began: undefined,
		length: undefined,
		bytes: undefined,
		link: undefined,
		half: undefined,
		isByKernel: true,
	};
}

/**
A FIN or a RST begins where it was sent, and ends where another end of the playground has read it. A connection has one
of each at most, each way. A RST that nobody has sent is the kernel's, to what came for a closed socket: also where
only a later write tells of it. Behind a RST from the other end there is no connection to send anything over.
*/
function joinEndings(all: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	/** Connections' bytes that nobody has read, by the RST that they may have caused: the oldest. */
	const unread = new Map<string, PlacedDraft>();
	/** Those that came for a socket that was closed. */
	const late = new Map<string, PlacedDraft>();
	for (const draft of all) {
		if (draft.kind === 'chunk' && draft.part !== 'arrival' && draft.fate === 'discarded' && !draft.link?.loss) {
			const key = keyOf({kind: 'reset', from: draft.to!, to: draft.from});
			const isLate = draft.place > (ends.farClosing(draft.to!, draft.own) ?? Number.POSITIVE_INFINITY);
			(isLate ? late : unread).set(key, draft);
		}
	}

	if (late.size === 0 && all.every(({half}) => half?.type !== 'end-sent' && half?.type !== 'end-received')) {
		return all;
	}

	const heard = new Set(all.filter(({half}) => half?.type === 'end-received').map(draft => keyOf(draft)));
	const drafts = all.map(draft => {
		const reset = {...draft, kind: 'reset'} as const;
		// Close(2) with unread bytes sends a RST instead of a FIN (RFC 1122 section 4.2.2.13).
		const isReset = draft.half?.type === 'end-sent' && draft.half.isByClose && unread.has(keyOf(reset))
			&& heard.has(keyOf(reset)) && !heard.has(keyOf(draft));
		return isReset ? reset : draft;
	});
	const by = (type: 'end-sent' | 'end-received'): Map<string, PlacedDraft> =>
		new Map(drafts
			.filter(draft => draft.half?.type === type && isInternal(draft))
			.map(draft => [keyOf(draft), draft]));
	const sent = by('end-sent');
	const received = by('end-received');
	const joined = drafts.flatMap((draft): readonly PlacedDraft[] => {
		const {half, kind, from, to, own, place} = draft;
		if (half?.type === 'end-sent' && isInternal(draft)) {
			const reset = sent.get(keyOf({kind: 'reset', from: to!, to: from}));
			if (reset && reset.place < place) {
				return [];
			}

			const read = received.get(keyOf(draft));
			// The kernel takes it for a socket that has been closed, and nobody reads it.
			const unreadFate = ends.farClosing(to!, own) === undefined ? 'under-way' : 'left';
			const fate = read ? 'arrived' : unreadFate;
			return [{
				...draft, fate, ended: read?.ended, code: read?.code ?? draft.code,
			}];
		}

		if (half?.type !== 'end-received' || !isInternal(draft)) {
			return [draft];
		}

		if (sent.has(keyOf(draft))) {
			return [];
		}

		const answered = late.get(keyOf(draft));
		return kind === 'reset'
			? [{
				...draft, isByKernel: true, ...(answered && {place: answered.place + behind, time: answered.time}),
			}]
			: [draft];
	});
	const answers = [...late].flatMap(([key, draft]): readonly PlacedDraft[] =>
		sent.has(key) || received.has(key)
			? []
			: [{
				...draft, ...answerOf(draft, draft.to!), kind: 'reset', part: undefined, bundle: undefined, isInferred: true,
			}]);
	return [...joined, ...answers];
}

function keyOf({kind, from, to}: Pick<PlacedDraft, 'kind' | 'from' | 'to'>): string {
	return `${kind} ${from}>${to ?? ''}`;
}

function isInternal({from, to}: Pick<PlacedDraft, 'from' | 'to'>): boolean {
	return to !== undefined && peerOfLane(from) === undefined && peerOfLane(to) === undefined;
}

/**
An attempt to connect is drawn with what came of it, and a connection with the handshake that made it. The kernels do
that by themselves before connect() or accept() returns, so it stands before the first of these.
*/
function joinHandshakes(
	placed: readonly PlacedDraft[],
	drafts: readonly FlowDraft[],
	place: EndPlacer,
): readonly PlacedDraft[] {
	if (!placed.some(({half, kind}) => half?.type === 'attempt' || half?.type === 'attempt-failed' || isOpening(kind))) {
		return placed;
	}

	const joined: PlacedDraft[] = [];
	/** The connection sockets of the playground's own clients, and when the first of the two ends told of it. */
	const known = new Map<FlowLaneId, Pick<PlacedDraft, 'place' | 'time'>>();
	const connectionOf = ({own}: PlacedDraft): FlowLaneId | undefined =>
		own.peer && place({type: 'socket', address: own.peer, seenFrom: own});
	for (const draft of placed) {
		const connection = draft.kind === 'connected' ? connectionOf(draft) : undefined;
		if (connection !== undefined) {
			known.set(connection, draft);
		}
	}

	for (const draft of placed) {
		const opened = draft.kind === 'accept' ? known.get(draft.to ?? '') : undefined;
		if (opened && draft.place < opened.place) {
			known.set(draft.to!, draft);
		}
	}

	for (const [index, draft] of placed.entries()) {
		const {half, own: {failure}, sequence, kind, from, to} = draft;
		if (half?.type === 'attempt') {
			const isFailed = failure?.attempt === sequence;
			const fate = isFailed ? fateOfFailure(failure.code) : fateOfAttempt(drafts[index]!);
			// What is refused has arrived: the kernel answers it.
			joined.push(fate === 'refused'
				? {...draft, fate: 'arrived'}
				: {...draft, fate, code: isFailed ? failure.code : undefined});
		} else if (half?.type === 'attempt-failed') {
			joined.push(...failedAttempt(draft, drafts[index]!));
		} else if (kind === 'connected' && to !== undefined) {
			joined.push(...handshake(draft, {
				client: to, server: from, at: known.get(connectionOf(draft) ?? '') ?? draft,
			}));
		} else {
			joined.push(draft);
			const client = draft.accepted && place(draft.accepted);
			if (client !== undefined && to !== undefined && !known.has(to)) {
				joined.push(...handshake(draft, {client, server: serverLane, at: draft}));
				if (!isClientLane(client)) {
					joined.push({
						...handshakePart({...draft, place: draft.place - 3 * before}, client, serverLane), kind: 'connect', isByKernel: false,
					});
				}
			}
		}
	}

	return joined;
}

function isOpening(kind: PlacedDraft['kind']): boolean {
	return kind === 'connected' || kind === 'accept';
}

/** How far before, or behind, the place of an event what no event tells stands. */
const before = 0.125;
const behind = 0.5;

/** SYN+ACK and ACK, the newest first, just before what tells that there is a connection. */
function handshake(
	draft: PlacedDraft,
	{client, server, at: {place, time}}: {
		readonly client: FlowLaneId;
		readonly server: FlowLaneId;
		readonly at: Pick<PlacedDraft, 'place' | 'time'>;
	},
): readonly PlacedDraft[] {
	const note = draft.kind === 'connected' ? draft.note : undefined;
	return [
		{...handshakePart({...draft, time, place: place - before}, client, server), kind: 'ack', note},
		{...handshakePart({...draft, time, place: place - 2 * before}, server, client), kind: 'connected'},
	];
}

function handshakePart(draft: PlacedDraft, from: FlowLaneId, to: FlowLaneId): PlacedDraft {
	return {
		...draft,
		from,
		to,
		fate: 'arrived',
		began: undefined,
		ended: undefined,
		note: undefined,
		accepted: undefined,
		isByKernel: true,
	};
}

/** A connect() that was refused was answered with a RST: in other networks maybe with an ICMP message. */
function failedAttempt(draft: PlacedDraft, {to}: FlowDraft): readonly PlacedDraft[] {
	const {own: {failure}, fate} = draft;
	const isKnown = failure?.attempt !== undefined;
	if (draft.kind !== 'connect' || fate !== 'refused' || draft.to === undefined) {
		return isKnown ? [] : [draft];
	}

	const reset: PlacedDraft = {
		...handshakePart(draft, draft.to, draft.from),
		kind: 'reset',
		half: undefined,
		isInferred: typeof to !== 'object' || !isLoopback(to.address.host),
	};
	return isKnown
		? [reset]
		: [reset, {
			...draft, place: draft.place - before, fate: 'arrived', code: undefined,
		}];
}

/**
Where a name has several addresses, they are tried in turn: which attempt has worked is told by the peer's address.
*/
function fateOfAttempt({to, own}: FlowDraft): FlowFate {
	if (own.isConnected && own.peer && typeof to === 'object' && addressKey(own.peer) === addressKey(to.address)) {
		return 'arrived';
	}

	return own.isConnected || own.closing !== undefined || own.failure ? 'left' : 'under-way';
}

/** More writes than this are named by the first and the last of them. */
const maxNamed = 3;

/** A write to a byte stream: its number and its place in the stream. */
type StreamWrite = {readonly number: number; readonly offset: number; readonly length: number};

/** The writes to a byte stream, and the reads from it, each in the order of the stream. */
type Stream = {readonly writes: PlacedDraft[]; readonly reads: PlacedDraft[]};

/**
Of a byte stream between two sockets of the playground: a write that one read has returned whole is one arrow, from the
write to the read. Other writes and the reads that have returned their bytes are a bundle. Drafts are newest first.
*/
function joinStreams(drafts: readonly PlacedDraft[], ends: OwnEnds): PlacedDraft[] {
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

function writeOf({half, length = 0}: PlacedDraft): StreamWrite | undefined {
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
function noteOfWrites(all: readonly StreamWrite[], offset: number, end: number): FlowNote | undefined {
	const writes = writesWithin(all, offset, end);
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
