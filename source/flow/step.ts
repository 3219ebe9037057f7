/* A flow diagram as data: lanes, and the steps that happened on them or went from one to another. */
import type {
	Address, PaneId, Protocol, SocketEvent,
} from '../log/event.ts';
import type {
	DatagramLinkFate, LinkPassage, LossCause, StreamLinkFate,
} from '../log/delivery/link-fate.ts';
import type {SeriesReport} from '../log/reports.ts';
import type {AnyEventKind, FlowArrow, FlowRole} from '../log/event-descriptor.ts';
import {eventTypes, kindOf, type NoticeType} from '../log/event-kinds.ts';
import type {ClockSetting} from '../log/log-clock.ts';
import type {Encoding} from '../text/encoding/encoding.ts';

/** A lane of the diagram: `client:3` (by its pane), `server`, `connection:2` or `peer:127.0.0.1:5555`. */
export type FlowLaneId = string;

/**
Who is who at the time of drawing. Panes that are not named here (a client that was removed, the other protocol's scene)
have no lanes: what was exchanged with them is drawn as with any other address.
*/
export type FlowScene = {
	readonly protocol: Protocol;
	/** `local` is where the server is bound, or was bound last; `connections` are open ones of the scene's clients. */
	readonly server?: {
		readonly pane: PaneId;
		readonly local?: Address;
		readonly connections?: ReadonlyArray<{readonly number: number; readonly peerPort: number}>;
	};
	/** The server is a relay, whose sockets to its target have a pane of their own: all of them are one lane. */
	readonly relay?: {readonly targetPane: PaneId; readonly target: Address};
	/** `local` is the address of the client's open socket, once it has one. */
	readonly clients: ReadonlyArray<{readonly pane: PaneId; readonly number: number; readonly local?: Address}>;
	/** How the wall clock was set: steps are labelled with the time of day. */
	readonly clock?: readonly ClockSetting[];
};

/** One lane. A peer, or a relay's target, is named by its address, which is part of the lane's id. */
export type FlowLane = {
	readonly id: FlowLaneId;
	readonly type: 'client' | 'peer' | 'server' | 'welcoming' | 'connection' | 'relay' | 'target';
	/** Of a client, or of a connection socket. */
	readonly number?: number;
	/** The ports that it was bound to, as far as is known: the newest, oldest first. */
	readonly ports: readonly number[];
	readonly hasMorePorts: boolean;
	/** A connection socket's port at the far end. */
	readonly peerPort?: number;
};

/**
An arrow between two lanes, or a notice on one. Besides what events are: `ack`, the third segment of a handshake;
`unreachable`, an ICMP port unreachable message (RFC 1122 section 3.2.2.1).
*/
export type FlowKind = FlowArrow | 'ack' | 'unreachable' | NoticeType;

/**
What became of an arrow, as far as the events tell: `left` for a foreign address, `under-way` where it has not been read
yet, or not left the simulated link; `unknown` where it has left for where a socket was that is closed, and nobody is
known to have got it. `lost`, `refused` and `discarded` (its socket was closed first) never arrive.
*/
export type FlowFate = 'arrived' | 'left' | 'under-way' | 'unknown' | 'lost' | 'refused' | 'discarded';

/** When an event happened, in milliseconds since the epoch, and its sequence number in the log. */
export type FlowMoment = {readonly time: number; readonly sequence: number};

/** Where an arrow begins: the lane, and the event there. A foreign peer's lane has no events. */
type FlowPoint = {readonly lane: FlowLaneId} & Partial<FlowMoment>;

/** Where an arrow ends, or was to end. The moment is that of the read, where it is known. */
export type FlowEnd = FlowPoint & {readonly fate: FlowFate};

/** A part of a write that a read has returned: bytes `first` to `last`, counted from 0; without these, all of it. */
export type WritePart = {readonly number: number; readonly first?: number; readonly last?: number};

export type FlowNote
	= | {readonly type: 'address' | 'peer'; readonly address: Address}
		| {readonly type: 'port'; readonly port: number}
	/** Of a datagram that is lost: the kernel had no socket for it. */
		| {readonly type: 'no-socket'}
	/** Which writes a read has returned: each of them, or the first and the last of a range. */
		| {readonly type: 'writes'; readonly parts: readonly WritePart[]; readonly isRange: boolean}
	/** Which messages of a stream with a framing a chunk has bytes of. */
		| {readonly type: 'messages'; readonly first: number; readonly last: number}
		| {readonly type: 'conditions'; readonly conditions: string}
		| {readonly type: 'series'; readonly count: number | undefined; readonly rate: number | undefined}
		| {readonly type: 'report'; readonly report: SeriesReport};

/**
One row of the diagram: an arrow from a lane to another, or something that happened on one lane. An arrow that arrives
visibly later, or behind something else on its lane, is two rows: its departure and its arrival.
*/
export type FlowStep = {
	readonly kind: FlowKind;
	/** Which end of its arrow this row is; absent where it is all of the arrow. */
	readonly part?: FlowPart;
	/** Departures and arrivals with the same mark belong together: from 1. Absent where the other end does not show. */
	readonly mark?: number;
	/** The kernel did this by itself, without a call of a program. */
	readonly isByKernel?: true;
	/** No event tells this: it follows from what the socket's address is known to be. */
	readonly isInferred?: true;
	/** Of a relay: it is about one of the sockets on its lane, and not about the one that listens there. */
	readonly isOfMany?: true;
	/** Of several that were folded into one, the oldest. */
	readonly from: FlowPoint;
	/** Absent for what happens on one lane. */
	readonly to?: FlowEnd;
	/** The sequence number of the row's event; of several that were folded into it, of the newest. */
	readonly sequence: number;
	/** Its place: the sequence number of its oldest event; just before or behind one for what no event tells. */
	readonly first: number;
	/** When the oldest of them happened, and how many milliseconds later the newest did. */
	readonly time: number;
	readonly took: number;
	/** Bytes: of the payload, or those that were dropped, or are queued; of `reject`, the limit of connections. */
	readonly length?: number;
	/** The beginning of the payload. */
	readonly bytes?: Uint8Array;
	/** What it is read in as text, where that is not UTF-8; and how much of it belongs to a character before it. */
	readonly encoding?: Encoding;
	readonly lead?: number;
	readonly note?: FlowNote;
	/** An errno name. */
	readonly code?: string;
	readonly link?: FlowLink;
	/** How many alike have been folded into it; there may have been more, where older events were not looked at. */
	readonly count: number;
	readonly hasMore: boolean;
	/** It belongs to the step before it, and is not shown without it. */
	readonly isSecond: boolean;
};

export type FlowPart = 'departure' | 'arrival';

/** The steps of a diagram, oldest first, and its lanes from the left. */
export type Flow = {
	readonly protocol: Protocol;
	readonly steps: readonly FlowStep[];
	readonly lanes: readonly FlowLane[];
	/** Sequence number of the oldest event that was looked at; undefined where there was none. */
	readonly oldest: number | undefined;
	/** There is nothing older. */
	readonly isWhole: boolean;
};

/** An event as a diagram needs it: what its payload is read in, where that is not UTF-8. */
export type FlowEvent = SocketEvent & Pick<FlowStep, 'encoding' | 'lead'> & {
	/** Of a read: the first and the last of the whole messages that it has bytes of. */
	readonly messages?: {readonly first: number; readonly last: number};
};

export function lanesOf({from, to}: Pick<FlowStep, 'from' | 'to'>): readonly FlowLaneId[] {
	return to === undefined ? [from.lane] : [from.lane, to.lane];
}

/** Whether an arrow never arrives: it ends in a cross. */
export function isStopped({to}: Pick<FlowStep, 'to'>): boolean {
	return to?.fate === 'lost' || to?.fate === 'refused' || to?.fate === 'discarded';
}

/** Whether an arrow is not known to have got to where it goes: it has no head. */
export function isHeadless({to}: Pick<FlowStep, 'to'>): boolean {
	return to?.fate === 'under-way' || to?.fate === 'unknown';
}

type Notice = Extract<FlowRole, {way: 'notice'}> & Pick<AnyEventKind, 'stage' | 'tone'>;

const notices = new Map<string, Notice>(eventTypes.flatMap(type => {
	const {flow, stage, tone} = kindOf(type);
	return flow?.way === 'notice' ? [[type, {...flow, stage, tone}]] : [];
}));

/** What a kind of step is as a notice; undefined for an arrow. */
export function noticeOf(kind: FlowKind): Notice | undefined {
	return notices.get(kind);
}

/** What the simulated link has made of what an arrow stands for; of several equal arrows, of all of them. */
export type FlowLink = {
	/** Why it has never left the link: also as its socket was closed first, or the system has refused it. */
	readonly loss?: LossCause | 'closed' | 'refused';
	/** How many copies leave the link, where these are two; and how many of them do not. */
	readonly copies?: number;
	readonly lostCopies?: {readonly count: number; readonly isRefused: boolean};
	/** Which copy it is, where it was read. */
	readonly copy?: number;
	/** The byte that was changed, from 0, of each copy that tells. */
	readonly changes: ReadonlyArray<{readonly at: number; readonly copy?: number}>;
	readonly isHeldBack: boolean;
	/** Of a write to a stream: bytes that have not left yet, that never will, and in how many segments it left. */
	readonly bytesWaiting?: number;
	readonly bytesDiscarded?: number;
	readonly segments?: number;
	/** The shortest and the longest time on the link, in milliseconds. */
	readonly delay?: {readonly least: number; readonly most: number};
	/** Some of it has not left the link yet. */
	readonly isWaiting: boolean;
	/** Which of the socket's writes has overtaken it; `several` where these are not one. */
	readonly overtakenBy?: number | 'several';
};

/** Delays below this, in milliseconds, are not told. */
const minDelay = 1;

/** What the link has done nothing to. */
export const unchanged = {changes: [], isHeldBack: false, isWaiting: false} as const;

/**
Of a datagram, where it was sent.

@param isFollowed - whether the second copy has an arrow of its own where it arrives
*/
export function linkOfDatagram(fate: DatagramLinkFate, isFollowed: boolean): FlowLink {
	if (fate.type === 'lost') {
		return {...unchanged, loss: fate.cause};
	}

	const {copies: all, discarded, refused = 0, onTheLink, isHeldBack, overtakenBy} = fate;
	if (discarded === all.length) {
		return {...unchanged, loss: refused > 0 ? 'refused' : 'closed'};
	}

	// In the order in which they leave the link.
	const copies = all.toSorted((a, b) => a.delay - b.delay);
	const told = isFollowed ? copies.slice(0, 1) : copies;
	return {
		...(copies.length > 1 && {copies: copies.length}),
		...(discarded > 0 && {lostCopies: {count: discarded, isRefused: refused > 0}}),
		changes: told.flatMap(({corruption}, index) =>
			corruption ? [{at: corruption.at, ...(told.length > 1 && {copy: index + 1})}] : []),
		isHeldBack,
		...delayFrom(told.map(({delay}) => delay)),
		isWaiting: onTheLink > 0,
		...(overtakenBy !== undefined && {overtakenBy}),
	};
}

/** Of a copy, or of a datagram that was changed, where it was read. */
export function linkOfPassage({copy, delay, corruption}: LinkPassage): FlowLink {
	return {
		...unchanged,
		...(copy !== undefined && {copy}),
		changes: corruption ? [{at: corruption.at}] : [],
		...delayFrom([delay]),
	};
}

/** Of a write of this many bytes to a byte stream. */
export function linkOfWrite({onTheLink, discarded, segments, delay}: StreamLinkFate, length: number): FlowLink {
	if (discarded === length) {
		return {...unchanged, loss: 'closed'};
	}

	return {
		...unchanged,
		...(onTheLink > 0 && {bytesWaiting: onTheLink}),
		...(discarded > 0 && {bytesDiscarded: discarded}),
		...(onTheLink === 0 && discarded === 0 && segments > 1 && {segments}),
		...delayFrom(delay === undefined ? [] : [delay]),
		isWaiting: onTheLink > 0,
	};
}

/** Whether two arrows may be drawn as one: they differ in their times only. */
export function isSameLink(a: FlowLink | undefined, b: FlowLink | undefined): boolean {
	return a === b || (a !== undefined && b !== undefined && keyOf(a) === keyOf(b));
}

/** What equal arrows have in common, with the shortest and the longest delay of all. */
export function joinLinks(links: readonly FlowLink[]): FlowLink | undefined {
	const [first] = links;
	return first && {
		...first,
		...delayFrom(links.flatMap(({delay}) => delay ? [delay.least, delay.most] : [])),
		...(links.some(({overtakenBy}) => overtakenBy !== first.overtakenBy) && {overtakenBy: 'several'}),
	};
}

function keyOf({delay, overtakenBy, ...rest}: FlowLink): string {
	return JSON.stringify([delay !== undefined, overtakenBy !== undefined, rest]);
}

function delayFrom(all: readonly number[]): Pick<FlowLink, 'delay'> {
	const told = all.filter(delay => delay >= minDelay).toSorted((a, b) => a - b);
	const [least] = told;
	return least === undefined ? {} : {delay: {least, most: told.at(-1)!}};
}
