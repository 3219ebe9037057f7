import {peerLane} from '../lanes.ts';
import type {FlowLaneId, FlowMoment} from '../step.ts';
import {
	before, behind, type FlowDraft, isInternal, type PlacedDraft,
} from './drafts.ts';
import {endPlacer, type OwnEnd, type OwnEnds} from './ends.ts';
import {joinHandshakes} from './handshakes.ts';
import {joinStreams} from './streams.ts';

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
	/** Errors by their socket, the newest first, and for how many of them a datagram has been met. */
	const errors = new Map<OwnEnd, {readonly all: PlacedDraft[]; met: number}>();
	for (const draft of drafts) {
		const {kind, own, to, isUnreachable} = draft;
		if (isUnreachable) {
			const known = errors.get(own) ?? {all: [], met: 0};
			known.all.push(draft);
			errors.set(own, known);
			continue;
		}

		if (kind === 'datagram' && draft.half?.type !== 'arrival' && to !== undefined) {
			const known = errors.get(own);
			const error = known?.all[known.met];
			if (known && error) {
				known.met++;
			}

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

	for (const error of [...errors.values()].flatMap(({all, met}) => all.slice(met))) {
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
A FIN or a RST begins where it was sent, and ends where another end of the playground has read it; a connection has one
of each at most, each way. A RST without an event is the kernel's answer to what came for a closed socket.
*/
function joinEndings(all: readonly PlacedDraft[], ends: OwnEnds): readonly PlacedDraft[] {
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
