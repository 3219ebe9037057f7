import type {FlowDraft, PlacedDraft} from './flow-draft.ts';
import type {FlowFate} from './flow-step.ts';
import {joinStreams} from './join-streams.ts';
import type {OwnEnds} from './own-ends.ts';
import {addressKey, peerOfLane} from './peer-address.ts';
import {endPlacer} from './place-end.ts';
import {tellAccepts} from './tell-accepts.ts';

/**
Put what two ends tell of the same thing together, and give everything its lanes. Drafts are newest first, before and after.

@param isAll - whether there are no older events to come: a datagram whose sending is not among these is drawn where it arrived then
*/
export function joinDrafts(drafts: readonly FlowDraft[], ends: OwnEnds, isAll: boolean): readonly PlacedDraft[] {
	const place = endPlacer(ends);
	const placed = drafts.map(draft => isPlaced(draft) ? draft : {...draft, from: place(draft.from), to: draft.to && place(draft.to)});
	return joinEndings(joinStreams(joinDatagrams(tellAccepts(joinConnects(placed, drafts), place), isAll), ends), ends);
}

/** Most drafts name their lanes, and need not be copied. */
function isPlaced(draft: FlowDraft): draft is PlacedDraft {
	return typeof draft.from === 'string' && typeof draft.to !== 'object';
}

/** A datagram is drawn where it was sent, if its sending is known, or may yet be. */
function joinDatagrams(drafts: readonly PlacedDraft[], isAll: boolean): PlacedDraft[] {
	const arrivals = new Set<string>();
	const writes = new Set<string>();
	for (const {half} of drafts) {
		if (half?.type === 'departure') {
			writes.add(half.write);
			arrivals.add(`${half.write} ${half.read}`);
		}
	}

	return drafts.filter(({half}) => half?.type !== 'arrival' || (writes.has(half.write) ? !arrivals.has(`${half.write} ${half.read}`) : isAll));
}

/**
A FIN or a RST of ours that an end of ours has read is drawn where it was sent; one that was sent by closing the socket, where it arrived. A connection has one of
each at most, each way.
*/
function joinEndings(drafts: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
	const endings = drafts.filter(draft => (draft.half?.type === 'end-sent' || draft.half?.type === 'end-received') && isBetweenOurs(draft));
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
		if (half?.type === 'end-sent' && isBetweenOurs(draft)) {
			const read = received.get(keyOf(draft));
			// The kernel takes it for a socket that has been closed, and nobody reads it.
			joined.push({...draft, fate: read ? 'arrived' : (ends.isFarClosed(to!, own) ? 'left' : 'under-way'), ...(read?.code !== undefined && {code: read.code})});
		} else if (half?.type !== 'end-received' || !sent.has(keyOf(draft))) {
			joined.push(draft);
		}
	}

	return joined;
}

function keyOf({kind, from, to}: PlacedDraft): string {
	return `${kind} ${from}>${to ?? ''}`;
}

function isBetweenOurs({from, to}: PlacedDraft): boolean {
	return to !== undefined && peerOfLane(from) === undefined && peerOfLane(to) === undefined;
}

/** An attempt to connect is drawn with what came of it. */
function joinConnects(placed: readonly PlacedDraft[], drafts: readonly FlowDraft[]): PlacedDraft[] {
	const joined: PlacedDraft[] = [];
	for (const [index, draft] of placed.entries()) {
		const {half, own: {failure}, sequence} = draft;
		if (half?.type === 'connecting') {
			joined.push(failure?.attempt === sequence ? {...draft, fate: 'lost', code: failure.code} : {...draft, fate: fateOfAttempt(drafts[index])});
		} else if (half?.type !== 'connect-failed' || failure?.attempt === undefined) {
			joined.push(draft);
		}
	}

	return joined;
}

/** Where a name has several addresses, they are tried in turn: which attempt has worked is told by the peer's address. */
function fateOfAttempt({to, own}: FlowDraft): FlowFate {
	if (own.isConnected && own.peer && typeof to === 'object' && addressKey(own.peer) === addressKey(to.address)) {
		return 'arrived';
	}

	return own.isConnected || own.isClosed || own.failure ? 'left' : 'under-way';
}
