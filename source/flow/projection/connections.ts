/* What the two ends of a TCP connection tell together: the handshake, the byte streams, and how they end. */
import {type StreamPart, streamParts, type StreamPiece} from '../../log/delivery/stream-place.ts';
import {isLoopback} from '../../text/address.ts';
import {
	addressKey, isClientLane, peerOfLane, serverLane,
} from '../lanes.ts';
import type {
	FlowFate, FlowLaneId, FlowNote, WritePart,
} from '../step.ts';
import {
	answerOf, before, behind, fateOfFailure, type FlowDraft, isInternal, type PlacedDraft,
} from './drafts.ts';
import type {EndPlacer, OwnEnds} from './ends.ts';

/** More writes than this are named by the first and the last of them. */
const maxNamed = 3;

/**
An attempt to connect is drawn with what came of it, and a connection with the handshake that made it. The kernels do
that by themselves before connect() or accept() returns, so it stands before the first of these.
*/
export function joinHandshakes(
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
		// Several may be connected to one foreign address: each has a handshake of its own.
		if (connection !== undefined && peerOfLane(connection) === undefined) {
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

/** What close(2) sends where bytes are unread, just before the socket is closed. */
export function resetByClose(draft: PlacedDraft, to: FlowLaneId): PlacedDraft {
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

/**
A FIN or a RST begins where it was sent, and ends where another end of the playground has read it; a connection has one
of each at most, each way. A RST without an event is the kernel's answer to what came for a closed socket.
*/
export function joinEndings(all: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	/** Connections' unread bytes, by the RST that they may have caused: the oldest. */
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
			// The kernel takes it for a socket that has been closed, and no program reads it.
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
