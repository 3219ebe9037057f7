import {peerLane} from '../lanes.ts';
import type {FlowMoment} from '../step.ts';
import {
	answerOf, type FlowDraft, type PlacedDraft,
} from './drafts.ts';
import {
	joinEndings, joinHandshakes, joinStreams, resetByClose,
} from './connections.ts';
import {endPlacer, type OwnEnd, type OwnEnds} from './ends.ts';

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
with a peer hears of it, as ECONNREFUSED (udp(7)); of a port of this machine without one, it is inferred.
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
					note: undefined,
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
