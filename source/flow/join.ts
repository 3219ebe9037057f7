import {type FlowDraft, fateOfFailure, type PlacedDraft} from './drafts.ts';
import {type EndPlacer, endPlacer, type OwnEnds} from './ends.ts';
import {addressKey, peerOfLane, serverLane} from './lanes.ts';
import type {FlowFate, FlowMoment} from './step.ts';
import {joinStreams} from './streams.ts';

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
			// The kernel takes it for a socket that has been closed, and nobody reads it.
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

/** An attempt to connect is drawn with what came of it. */
function joinConnects(placed: readonly PlacedDraft[], drafts: readonly FlowDraft[]): PlacedDraft[] {
	const joined: PlacedDraft[] = [];
	for (const [index, draft] of placed.entries()) {
		const {half, own: {failure}, sequence} = draft;
		if (half?.type === 'attempt') {
			joined.push(failure?.attempt === sequence
				? {...draft, fate: fateOfFailure(failure.code), code: failure.code}
				: {...draft, fate: fateOfAttempt(drafts[index])});
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
