import {isLoopback} from '../../text/address.ts';
import {
	addressKey, isClientLane, peerOfLane, serverLane,
} from '../lanes.ts';
import type {FlowFate, FlowLaneId} from '../step.ts';
import {
	before, fateOfFailure, type FlowDraft, type PlacedDraft,
} from './drafts.ts';
import type {EndPlacer} from './ends.ts';

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
