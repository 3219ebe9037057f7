/* What the two ends of a TCP connection tell together: the handshake, the byte streams, and how they end. */
import {type StreamPart, streamParts, type StreamPiece} from '../../log/delivery/stream-place.ts';
import type {Address} from '../../log/event.ts';
import {isLoopback} from '../../text/address.ts';
import {
	addressKey, isClientLane, peerOfLane, serverLane,
} from '../lanes.ts';
import type {
	FlowFate, FlowLaneId, FlowNote, WritePart,
} from '../step.ts';
import {
	before, behind, byKernel, fateOfFailure, isInternal, type PlacedDraft,
} from './drafts.ts';
import type {EndPlacer, OwnEnd, OwnEnds} from './ends.ts';

/** More writes than this are named by the first and the last of them. */
const maxNamed = 3;

/** Where something stands, and when it happened. */
type Moment = Pick<PlacedDraft, 'place' | 'time'>;

/** What the two ends of each connection tell together. Drafts are newest first. */
export function joinConnections(
	placed: readonly PlacedDraft[],
	ends: OwnEnds,
	place: EndPlacer,
): readonly PlacedDraft[] {
	const joined = joinStreams(joinHandshakes(placed, place), ends);
	return joinEndings([...resetsByClose(placed, place), ...joined], ends);
}

/**
An attempt to connect is drawn with what came of it, and a connection with the handshake that made it. The kernels do
that by themselves before connect() or accept() returns, so it stands before the first of these.
*/
function joinHandshakes(placed: readonly PlacedDraft[], place: EndPlacer): readonly PlacedDraft[] {
	/** The connection sockets of the playground's own clients, and when the first of the two ends told of it. */
	const known = new Map<FlowLaneId, Moment>();
	for (const draft of placed) {
		const connection = draft.kind === 'connected' ? otherEnd(draft, place) : undefined;
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

	return placed.flatMap((draft): PlacedDraft | readonly PlacedDraft[] => {
		const {half, kind, from, to} = draft;
		if (half?.type === 'attempt') {
			return attemptWithFate(draft, half.address);
		}

		if (half?.type === 'attempt-failed') {
			return failedAttempt(draft, half.address);
		}

		if (kind === 'connected' && to !== undefined) {
			return handshake(draft, to, from, known.get(otherEnd(draft, place) ?? '') ?? draft);
		}

		const client = kind === 'accept' ? otherEnd(draft, place) : undefined;
		if (client === undefined || to === undefined || known.has(to)) {
			return draft;
		}

		const connect = {...byKernel(draft, 'connect', client, serverLane), place: draft.place - 3 * before, isByKernel: false};
		return [draft, ...handshake(draft, client, serverLane, draft), ...(isClientLane(client) ? [] : [connect])];
	});
}

function otherEnd({own}: PlacedDraft, place: EndPlacer): FlowLaneId | undefined {
	return own.peer && place({type: 'socket', address: own.peer, seenFrom: own});
}

/** SYN+ACK and ACK, the newest first, just before what tells that there is a connection. */
function handshake(
	draft: PlacedDraft,
	client: FlowLaneId,
	server: FlowLaneId,
	{place, time}: Moment,
): readonly PlacedDraft[] {
	const note = draft.kind === 'connected' ? draft.note : undefined;
	return [
		{
			...byKernel(draft, 'ack', client, server), time, place: place - before, note,
		},
		{...byKernel(draft, 'connected', server, client), time, place: place - 2 * before},
	];
}

/** What is refused has arrived: the kernel answers it. */
function attemptWithFate(draft: PlacedDraft, address: Address): PlacedDraft {
	const {own, sequence} = draft;
	const code = own.failure?.attempt === sequence ? own.failure.code : undefined;
	const fate = code === undefined ? fateOfAttempt(own, address) : fateOfFailure(code);
	return fate === 'refused' ? {...draft, fate: 'arrived'} : {...draft, fate, code};
}

/**
Where a name has several addresses, they are tried in turn: which attempt has worked is told by the peer's address.
*/
function fateOfAttempt({isConnected, peer, closing, failure}: OwnEnd, address: Address): FlowFate {
	if (isConnected && peer && addressKey(peer) === addressKey(address)) {
		return 'arrived';
	}

	return isConnected || closing !== undefined || failure ? 'left' : 'under-way';
}

/** A connect() that was refused was answered with a RST: in other networks maybe with an ICMP message. */
function failedAttempt(draft: PlacedDraft, {host}: Address): readonly PlacedDraft[] {
	const {own, kind, fate, from, to, place} = draft;
	const isKnown = own.failure?.attempt !== undefined;
	if (kind !== 'connect' || fate !== 'refused' || to === undefined) {
		return isKnown ? [] : [draft];
	}

	const reset = {...byKernel(draft, 'reset', to, from), isInferred: !isLoopback(host)};
	return isKnown
		? [reset]
		: [reset, {
			...draft, place: place - before, fate: 'arrived', code: undefined,
		}];
}

/**
Of a byte stream between two sockets of the playground, newest first: a write that one read has returned whole is one
arrow, from the write to the read. Other writes and the reads that have returned their bytes are a bundle.
*/
function joinStreams(drafts: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	const pieces = drafts.filter(draft => (isWrite(draft) || draft.half?.type === 'read') && isInternal(draft));
	const joined = new Map<PlacedDraft, PlacedDraft | undefined>();
	// One of the two lanes is a connection socket's, which has one connection only.
	for (const stream of Map.groupBy(pieces.toReversed(), ({from, to}) => `${from}>${to}`).values()) {
		joinStream(stream, ends, joined);
	}

	return drafts.flatMap(draft => (joined.has(draft) ? joined.get(draft) : draft) ?? []);
}

/**
@param stream - the writes and the reads of one stream, each in its order
@param joined - gets what each draft has become; undefined where it is told by another
*/
function joinStream(
	stream: readonly PlacedDraft[],
	ends: OwnEnds,
	joined: Map<PlacedDraft, PlacedDraft | undefined>,
): void {
	const writes = stream.filter(draft => isWrite(draft));
	const reads = stream.filter(draft => !isWrite(draft));
	const readTo = endOf(reads.at(-1));
	const fateOf = (write: PlacedDraft): FlowFate => {
		if (endOf(write) <= readTo) {
			return 'arrived';
		}

		const isOver = write.fate === 'discarded' || ends.farClosing(write.to!, write.own) !== undefined;
		// What is still on the simulated link has not come to anybody, open or closed.
		return isOver && !write.link?.isWaiting ? 'discarded' : 'under-way';
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
		const isOne = some.length === 1 && their.length === 1;
		if (isOne && read && offsetOf(read) === offsetOf(write) && endOf(read) === endOf(write)) {
			joined.set(write, {...write, fate: 'arrived', ended: read.ended});
			joined.set(read, undefined);
		} else {
			const bundle = write.sequence;
			for (const each of some) {
				// A read has returned none of its bytes where it is behind all reads.
				const isRead = their.length > 0 && offsetOf(each) < readTo;
				joined.set(each, {...each, ...(isRead && {part: 'departure', bundle}), fate: fateOf(each)});
			}

			for (const each of their) {
				joined.set(each, {
					...each, part: 'arrival', bundle, note: noteOfWrites(some, each) ?? each.note,
				});
			}
		}

		firstWrite = lastWrite + 1;
		firstRead = Math.max(firstRead, lastRead + 1);
	}
}

function isWrite({half}: PlacedDraft): boolean {
	return half?.type === 'write';
}

/** The first byte that a write or a read has in the stream, and the one behind its last. */
function offsetOf({half}: PlacedDraft): number {
	return half?.type === 'write' || half?.type === 'read' ? half.offset : 0;
}

function endOf(draft: PlacedDraft | undefined): number {
	return draft ? offsetOf(draft) + (draft.length ?? 0) : 0;
}

/**
Which of these writes one read has returned, where that is not exactly one. Undefined where it is one write whole, or
where not all of the writes are known.
*/
function noteOfWrites(all: readonly PlacedDraft[], read: PlacedDraft): FlowNote | undefined {
	const writes = {length: all.length, at: (index: number) => pieceOf(all[index]!)};
	const {parts, missing} = streamParts(pieceOf(read), writes, all.length);
	const [first] = parts;
	const last = parts.at(-1);
	if (!first || !last || missing > 0) {
		return undefined;
	}

	const isRange = parts.length > maxNamed;
	return first === last && first.length === first.whole
		? undefined
		: {type: 'writes', parts: (isRange ? [first, last] : parts).map(part => writePart(part)), isRange};
}

function pieceOf(draft: PlacedDraft): StreamPiece {
	const {half, length = 0} = draft;
	return {number: half?.type === 'write' ? half.number : 0, offset: offsetOf(draft), length};
}

function writePart({number, from, length, whole}: StreamPart): WritePart {
	return length === whole ? {number} : {number, first: from, last: from + length - 1};
}

/** What close(2) sends where bytes are unread, just before the socket is closed. */
function resetsByClose(drafts: readonly PlacedDraft[], place: EndPlacer): PlacedDraft[] {
	return drafts.filter(({hasUnread}) => hasUnread).map(draft => ({
		...draft,
		kind: 'reset',
		to: otherEnd(draft, place),
		place: draft.place - before,
		fate: 'left',
		length: undefined,
		half: {type: 'end-sent', isByClose: true},
	}));
}

/**
A FIN or a RST begins where it was sent, and ends where another end of the playground has read it; a connection has one
of each at most, each way. A RST without an event is the kernel's answer to what came for a closed socket.
*/
function joinEndings(all: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	/** Connections' unread bytes, by the RST that they may have caused: the oldest. */
	const unread = new Map<string, PlacedDraft>();
	/** Those that came for a socket that was closed. */
	const late = new Map<string, PlacedDraft>();
	for (const draft of all) {
		const {kind, part, fate, link} = draft;
		// When bytes that the simulated link has held have come is not told by any event.
		if (kind === 'chunk' && part !== 'arrival' && fate === 'discarded' && !link?.loss && !link?.delay) {
			const isLate = draft.place > (ends.farClosing(draft.to!, draft.own) ?? Number.POSITIVE_INFINITY);
			(isLate ? late : unread).set(keyOf('reset', draft.to!, draft.from), draft);
		}
	}

	if (late.size === 0 && all.every(({half}) => half?.type !== 'end-sent' && half?.type !== 'end-received')) {
		return all;
	}

	const endsOf = (type: 'end-sent' | 'end-received', drafts: readonly PlacedDraft[]): Map<string, PlacedDraft> =>
		new Map(drafts.flatMap(draft => draft.half?.type === type ? [[keyOfDraft(draft), draft] as const] : []));
	const received = endsOf('end-received', all);
	const drafts = all.map(draft => {
		const {half, from, to} = draft;
		const reset = keyOf('reset', from, to);
		// Close(2) with unread bytes sends a RST instead of a FIN (RFC 1122 section 4.2.2.13).
		const isReset = half?.type === 'end-sent' && half.isByClose && unread.has(reset)
			&& received.has(reset) && !received.has(keyOfDraft(draft));
		return isReset ? {...draft, kind: 'reset'} as const : draft;
	});
	const sent = endsOf('end-sent', drafts);
	const joined = drafts.flatMap((draft): PlacedDraft | readonly PlacedDraft[] => {
		const {half, kind, from, to, own, place} = draft;
		if ((half?.type !== 'end-sent' && half?.type !== 'end-received') || !isInternal(draft)) {
			return draft;
		}

		const key = keyOfDraft(draft);
		if (half.type === 'end-sent') {
			const reset = sent.get(keyOf('reset', to!, from));
			if (reset && reset.place < place) {
				return [];
			}

			const read = received.get(key);
			// The kernel takes it for a socket that has been closed, and no program reads it.
			const unreadFate = ends.farClosing(to!, own) === undefined ? 'under-way' : 'left';
			return {
				...draft, fate: read ? 'arrived' : unreadFate, ended: read?.ended, code: read?.code ?? draft.code,
			};
		}

		if (sent.has(key)) {
			return [];
		}

		const answered = late.get(key);
		return kind === 'reset'
			? {...draft, isByKernel: true, ...(answered && {place: answered.place + behind, time: answered.time})}
			: draft;
	});
	const answers = [...late].filter(([key]) => !sent.has(key) && !received.has(key)).map(([, draft]): PlacedDraft => ({
		...byKernel(draft, 'reset', draft.to!, draft.from), place: draft.place + behind, isInferred: true,
	}));
	return [...joined, ...answers];
}

function keyOfDraft({kind, from, to}: PlacedDraft): string {
	return keyOf(kind, from, to);
}

function keyOf(kind: string, from: FlowLaneId, to: FlowLaneId | undefined): string {
	return `${kind} ${from}>${to}`;
}
