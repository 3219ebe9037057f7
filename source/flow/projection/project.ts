/* A scene's events as a diagram: what two ends tell of the same thing is put together, and everything gets its lane. */
import type {Address} from '../../log/event.ts';
import {
	clientLane, connectionLane, connectionOfLane, isLegLane, isOfServer, laneFinder, laneRank, peerLane, peerOfLane,
	serverLane, targetLane,
} from '../lanes.ts';
import {
	type Flow, type FlowEvent, type FlowLane, type FlowLaneId, type FlowMoment, type FlowScene, type FlowStep, lanesOf,
} from '../step.ts';
import {joinConnections} from './connections.ts';
import {
	before, behind, byKernel, type DraftContext, draftOf, type FlowDraft, type PlacedDraft,
} from './drafts.ts';
import {endPlacer, type OwnEnd, OwnEnds} from './ends.ts';
import {foldDrafts, rowsOf} from './rows.ts';

/** The oldest steps, one less than make four pairs, may yet turn out to be part of pairs that repeat. */
const spare = 7;

/** Once there are enough steps, this many older events are searched for the other halves of those shown. */
const lookBack = 256;

/** How many of a lane's ports are named, the newest. */
const maxPorts = 4;

/** Takes a scene's events, newest first, and makes steps of them. */
export class FlowScan {
	readonly #scene: FlowScene;
	readonly #context: DraftContext;
	readonly #ends: OwnEnds;
	/** Newest first. */
	readonly #drafts: FlowDraft[] = [];
	readonly #end: number;
	#oldest: number | undefined;

	/** @param end - steps from this place on are not wanted: events from there on only tell the fate of older ones */
	constructor(scene: FlowScene, end = Number.POSITIVE_INFINITY) {
		this.#end = end;
		this.#scene = scene;
		this.#context = {laneOf: laneFinder(scene), protocol: scene.protocol};
		this.#ends = new OwnEnds(scene, this.#context.laneOf);
	}

	/** Take the next older event. Those of panes that the scene does not have are passed over. */
	add(event: FlowEvent): void {
		if (event.sequence < this.#end) {
			this.#oldest = event.sequence;
		}

		const lane = this.#context.laneOf(event);
		const draft = lane === undefined
			? undefined
			: draftOf(event, lane, this.#ends.endOf(event, lane), this.#context);
		if (draft) {
			this.#drafts.push(draft);
		}
	}

	/** How many steps the events make so far, at least. */
	count(): number {
		return foldDrafts(this.#join(false).filter(({place}) => place < this.#end)).length;
	}

	/**
	The newest steps, at most `rows` of them.

	@param isAll - whether no older events are wanted: a datagram whose sending is not among these is drawn where it
	arrived then
	@param isCut - whether there are older events
	*/
	flow(rows: number, isAll: boolean, isCut: boolean): Flow {
		const {protocol, clock = []} = this.#scene;
		const {steps, isAll: isComplete} = rowsOf(foldDrafts(this.#join(isAll)), {
			rows, end: this.#end, isCut, clock,
		});
		return {
			protocol,
			steps,
			lanes: flowLanes(this.#scene, steps, this.#ends),
			oldest: this.#oldest,
			isWhole: !isCut && isComplete,
		};
	}

	/**
	Put what two ends tell of the same thing together, give everything its lanes, and add what the kernel did by itself.
	The drafts are newest first.
	*/
	#join(isAll: boolean): readonly PlacedDraft[] {
		const {protocol, relay} = this.#scene;
		const place = endPlacer(this.#ends);
		const placed = this.#drafts.map(draft =>
			isPlaced(draft) ? draft : {...draft, from: place(draft.from), to: draft.to && place(draft.to)});
		const joined = protocol === 'udp' ? joinDatagrams(placed, isAll) : joinConnections(placed, this.#ends, place);
		const isSorted = joined.every(({place: at}, index) => index === 0 || at <= joined[index - 1]!.place);
		const sorted = isSorted ? joined : joined.toSorted((a, b) => b.place - a.place);
		return relay ? joinRelayLanes(sorted, targetLane(relay.target)) : sorted;
	}
}

/**
The newest steps, at most `rows` of them. Events come newest first and are pulled as they are needed: at most `most`,
and one to see whether there are more. So the cost does not depend on the log's length.

@param end - steps from this place on are left out, as by `FlowScan`
*/
export function projectFlow(
	events: Iterable<FlowEvent>,
	scene: FlowScene,
	rows: number,
	most = 4096,
	end?: number,
): Flow {
	const scan = new FlowScan(scene, end);
	let looked = 0;
	// Between two sockets of the playground, two events make a step.
	let checkAt = Math.max(64, (rows + spare) * 2);
	let stopAt = most;
	let isCut = false;
	let isEnough = false;
	for (const event of events) {
		if (looked >= stopAt) {
			isCut = true;
			break;
		}

		scan.add(event);
		looked++;
		if (looked === checkAt && !isEnough) {
			checkAt *= 2;
			if (scan.count() > rows + spare) {
				stopAt = Math.min(most, looked + lookBack);
				isEnough = true;
			}
		}
	}

	return scan.flow(rows, !isEnough, isCut);
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
		if (reads.has(key)) {
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
		const {half, sequence} = draft;
		const ended = half?.type === 'departure' ? reads.get(`${half.write} ${half.read}`) : undefined;
		return ended ? {...draft, ended, bundle: doubled.has(sequence) ? sequence : undefined} : draft;
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

	/** Errors by their socket, the newest first, as far as no datagram has been met that has caused them. */
	const errors = new Map<OwnEnd, PlacedDraft[]>();
	const joined = drafts.flatMap((draft): readonly PlacedDraft[] => {
		const {kind, own, to, half, fate, link} = draft;
		if (draft.isUnreachable) {
			errors.set(own, [...errors.get(own) ?? [], draft]);
			return [];
		}

		if (kind !== 'datagram' || half?.type === 'arrival' || to === undefined) {
			return [draft];
		}

		// What was read, or had not left the simulated link by then, has caused none.
		const hasLeft = !link?.loss && !link?.isWaiting && fate !== 'arrived';
		const [newest] = errors.get(own) ?? [];
		const isCause = hasLeft && newest !== undefined && draft.time + (link?.delay?.least ?? 0) <= newest.time;
		const error = isCause ? errors.get(own)?.shift() : undefined;
		const isVacant = draft.isVacant && fate === 'lost' && !link?.loss && !link?.delay;
		return error || isVacant
			? [
				{
					...byKernel(draft, 'unreachable', to, draft.from),
					note: undefined,
					place: error && link?.delay ? error.place - before : draft.place + behind,
					ended: error?.began,
					code: error?.code,
					isInferred: !error,
				},
				draft,
			]
			: [draft];
	});
	const others = [...errors.values()].flat().map((error): PlacedDraft => {
		const {own: {peer}, from} = error;
		return peer
			? {
				...error, kind: 'unreachable', from: peerLane(peer), to: from, isByKernel: true,
			}
			: error;
	});
	return [...joined, ...others];
}

/**
Drafts of a relay with all of its sockets in one lane, and what they talk to in that of the target. What happens between
two of the relay's own is left out: accept(), which follows from the handshake.
*/
function joinRelayLanes(drafts: readonly PlacedDraft[], target: FlowLaneId): PlacedDraft[] {
	return drafts.filter(({from, to}) => to === undefined || !isOfServer(from) || !isOfServer(to)).map(draft => {
		const {own, from, to} = draft;
		const place = (lane: FlowLaneId): FlowLaneId => isOfServer(lane)
			? serverLane
			: (isLegLane(own.lane) && peerOfLane(lane) !== undefined ? target : lane);
		return {
			...draft,
			from: place(from),
			to: to === undefined ? undefined : place(to),
			isOfMany: isOfServer(own.lane) && own.lane !== serverLane ? true : undefined,
		};
	});
}

/**
The lanes, from the left: the scene's clients, foreign peers by their addresses, the server's own socket, connection
sockets. Peers, connection sockets and a server that was never bound have a lane where a step has to do with them; so
have the open connections of the scene's clients.
*/
function flowLanes(
	{protocol, server, relay, clients}: FlowScene,
	steps: readonly FlowStep[],
	ends: OwnEnds,
): FlowLane[] {
	const numbers = new Map(clients.map(({pane, number}) => [clientLane(pane), number]));
	const open = new Map(server?.connections?.map(({number, peerPort}) => [connectionLane(number), peerPort]));
	/** Where they are now: where no event tells a port, since a newer one would have been told. */
	const now = new Map<FlowLaneId, Address | undefined>(clients.map(({pane, local}) => [clientLane(pane), local]));
	if (server?.local) {
		now.set(serverLane, server.local);
	}

	if (relay) {
		now.set(targetLane(relay.target), relay.target);
	}

	const portsOf = (id: FlowLaneId): readonly number[] => {
		const told = ends.ports.get(id) ?? new Set([now.get(id)].flatMap(local => local?.port ?? []));
		return told.size === 0 && open.has(id) ? portsOf(serverLane).slice(-1) : [...told].toReversed();
	};

	const types = [
		'client', 'peer', relay ? 'relay' : (protocol === 'tcp' ? 'welcoming' : 'server'), 'connection', 'target',
	] as const;
	const known = new Set([...now.keys(), ...open.keys()]);
	const others = [...new Set(steps.flatMap(step => lanesOf(step)))].filter(id => !known.has(id)).toSorted();
	return [...known, ...others]
		.toSorted((a, b) => laneRank(a) - laneRank(b) || (connectionOfLane(a) ?? 0) - (connectionOfLane(b) ?? 0))
		.map(id => {
			const ports = portsOf(id);
			const connection = connectionOfLane(id);
			const number = connection ?? numbers.get(id);
			const peerPort = connection === undefined ? undefined : ends.peerPortOf(id) ?? open.get(id);
			return {
				id,
				type: types[laneRank(id)],
				...(number !== undefined && {number}),
				ports: ports.slice(-maxPorts),
				hasMorePorts: ports.length > maxPorts,
				...(peerPort !== undefined && {peerPort}),
			};
		});
}
