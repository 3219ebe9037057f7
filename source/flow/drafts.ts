import type {
	Address, Protocol, SocketEvent, SocketFailure, SocketId,
} from '../log/event.ts';
import {type FlowRole, kindOf, type NoticeType} from '../log/event-kinds.ts';
import type {Arrival, DatagramLinkFate, StreamLinkFate} from '../log/link-fate.ts';
import type {Encoding} from '../text/encoding.ts';
import {isLoopback} from '../text/address.ts';
import type {FarEnd, OwnEnd} from './ends.ts';
import {
	type LaneFinder, peerLane, peerOfLane, serverLane,
} from './lanes.ts';
import {
	type FlowLink, linkOfDatagram, linkOfPassage, linkOfWrite,
} from './link.ts';
import type {
	FlowEvent, FlowFate, FlowKind, FlowLaneId, FlowMoment, FlowNote, FlowPart,
} from './step.ts';

/** A draft may be one half of what two ends tell of; it is drawn once. */
type DraftHalf
	/** A datagram: whose write it was, and whose read, as keys that are the same at both ends. */
	= | {readonly type: 'departure'; readonly write: string; readonly read: string | undefined}
		| {readonly type: 'arrival'; readonly write: string; readonly read: string}
	/** A chunk: its place in the stream. */
		| {readonly type: 'write'; readonly number: number; readonly offset: number}
		| {readonly type: 'read'; readonly offset: number}
	/** The end of a stream, or of a connection, as the one end has sent it and the other has read it. */
		| {readonly type: 'end-sent' | 'end-received'; readonly isByClose: boolean}
		| {readonly type: 'attempt' | 'attempt-failed'};

/** What one event says, before it is joined with what the other end says. */
export type FlowDraft = {
	readonly sequence: number;
	/** Where it stands among the drafts: its sequence number, or a number beside that for what no event tells. */
	readonly place: number;
	readonly time: number;
	readonly kind: FlowKind;
	/** The end that the event happened to. */
	readonly own: OwnEnd;
	readonly from: FlowLaneId | FarEnd;
	readonly to?: FlowLaneId | FarEnd;
	/** When it left, and when it arrived, where an event of that end is known. */
	readonly began?: FlowMoment;
	readonly ended?: FlowMoment;
	readonly fate: FlowFate;
	readonly length?: number;
	/** The payload, or as much of it as was read from the log. */
	readonly bytes?: Uint8Array;
	readonly encoding?: Encoding;
	readonly lead?: number;
	readonly note?: FlowNote;
	readonly code?: string;
	/** What the simulated link has made of it. */
	readonly link?: FlowLink;
	readonly half?: DraftHalf;
	/** Who it was that accept() has accepted. */
	readonly accepted?: FarEnd;
	/**
	Writes to a byte stream, and reads that have returned bytes of them, where these are not one each: the writes are
	departures, the reads arrivals, and they have the same bundle.
	*/
	readonly part?: FlowPart;
	readonly bundle?: number;
	/** Who gets a RST because the socket is closed while bytes are unread. */
	readonly resets: FarEnd | undefined;
	/** A datagram to a port of this machine that one of the playground's sockets has left. */
	readonly isVacant: boolean;
	/** An error that an ICMP port unreachable message has caused. */
	readonly isUnreachable: boolean;
	readonly isByKernel: boolean;
	readonly isInferred: boolean;
	/** It belongs to the next older draft. */
	readonly isSecond: boolean;
	readonly isOfMany?: true;
};

/** A draft whose lanes are known. */
export type PlacedDraft = Omit<FlowDraft, 'from' | 'to'> & {readonly from: FlowLaneId; readonly to?: FlowLaneId};

/** What has to be known to understand an event: which lanes there are, and the scene's protocol. */
export type DraftContext = {readonly laneOf: LaneFinder; readonly protocol: Protocol};

/**
What one event says: that something went from a lane to another, or happened on one. Undefined for what the diagram does
not show. All drafts have the same fields in the same order, so that making and comparing thousands of them is quick.
*/
export function draftOf(
	event: FlowEvent,
	lane: FlowLaneId,
	own: OwnEnd,
	context: DraftContext,
): FlowDraft | undefined {
	const {flow: role, stage} = kindOf(event.type);
	if (!role) {
		return undefined;
	}

	const {sequence, time} = event;
	const moment = {sequence, time};
	const isArrow = role.way !== 'notice';
	const isSent = role.way !== 'receives';
	const far = isArrow ? farOf(event, role, own, context) : undefined;
	const data = 'number' in event ? dataOf(event, context) : undefined;
	const draft: FlowDraft = {
		sequence,
		place: sequence,
		time,
		kind: isArrow ? role.arrow : event.type as NoticeType,
		own,
		from: isSent || far === undefined ? lane : far,
		to: isSent ? far : lane,
		began: isSent || role.far === 'server' ? moment : undefined,
		ended: isSent ? undefined : moment,
		fate: isArrow && isSent ? data?.fate ?? role.fate ?? 'left' : 'arrived',
		length: amountOf(event),
		bytes: 'bytes' in event ? event.bytes : undefined,
		encoding: event.encoding,
		lead: event.lead,
		note: noteOf(event, role),
		code: 'failure' in event ? event.failure.code : (isForFiles(event) ? 'EMFILE' : undefined),
		link: data?.link,
		half: data?.half ?? (isArrow ? halfOf(role, 'isByClose' in event) : undefined),
		accepted: isArrow && role.far === 'server' && 'peer' in event && event.peer
			? {type: 'socket', address: event.peer, seenFrom: own}
			: undefined,
		part: undefined,
		bundle: undefined,
		resets: 'hasUnread' in event && event.hasUnread && 'peer' in event && event.peer
			? {type: 'socket', address: event.peer, seenFrom: own}
			: undefined,
		isVacant: 'isVacant' in event && event.isVacant === true && isLoopback(event.peer.host),
		isUnreachable:
			role.way === 'notice'
			&& role.isIcmp === true
			&& context.protocol === 'udp'
			&& 'failure' in event
			&& event.failure.code === 'ECONNREFUSED',
		isByKernel: false,
		isInferred: false,
		isSecond: false,
	};
	return stage === 'failed' && 'peer' in event && event.peer && 'failure' in event
		? attemptOf(draft, event.peer, event.failure)
		: draft;
}

/** A connect() that failed. A name that was not found has no address, so no arrow is drawn. */
function attemptOf(draft: FlowDraft, peer: Address, failure: SocketFailure): FlowDraft {
	const half = {type: 'attempt-failed'} as const;
	return failure.syscall === 'connect'
		? {
			...draft,
			kind: 'connect',
			to: {type: 'listener', address: peer, seenFrom: draft.own},
			fate: fateOfFailure(failure.code),
			note: undefined,
			half,
		}
		: {...draft, note: {type: 'address', address: peer}, half};
}

type ArrowRole = Exclude<FlowRole, {way: 'notice'}>;

/** The other end of an arrow: its lane, where the event itself tells that. */
function farOf(
	event: SocketEvent,
	{far, way}: ArrowRole,
	own: OwnEnd,
	{laneOf, protocol}: DraftContext,
): FlowLaneId | FarEnd {
	if (far === 'server' || !('peer' in event) || !event.peer) {
		return serverLane;
	}

	const {peer: address} = event;
	if (far !== 'peer') {
		// Bytes that were not taken from a stream had a connection to go over.
		const type = 'bytes' in event && protocol === 'tcp' ? 'socket' : far;
		return {type, address, seenFrom: own};
	}

	const known = 'far' in event && event.far ? laneOf(event.far) : undefined;
	if (known !== undefined) {
		return known;
	}

	if ('offset' in event) {
		return {type: 'socket', address, seenFrom: own};
	}

	return way === 'sends' && 'isVacant' in event && event.isVacant
		? {type: 'address', address, seenFrom: own}
		: peerLane(address);
}

/** What the payload's own event tells of its way. */
function dataOf(
	event: Extract<SocketEvent, {readonly number: number}>,
	{laneOf}: DraftContext,
): Pick<FlowDraft, 'link' | 'half'> & {readonly fate?: FlowFate} {
	if ('offset' in event) {
		const {number, offset, length} = event;
		if (!kindOf(event.type).data?.isSent) {
			return {link: undefined, half: {type: 'read', offset}};
		}

		const fate = 'fate' in event ? event.fate : undefined;
		return {
			fate: fateOfWrite(fate, length),
			link: fate && linkOfWrite(fate, length),
			half: {type: 'write', number, offset},
		};
	}

	if ('isThirdParty' in event) {
		const {write, passage, far: peer, number} = event;
		return {
			link: passage && linkOfPassage(passage),
			half:
				peer && write !== undefined
					? {type: 'arrival', write: numbered(peer, write), read: numbered(event, number)}
					: undefined,
		};
	}

	const {arrival, fate, far: peer, number} = event;
	return {
		fate: fateOf(event),
		link: fate && linkOfDatagram(fate, peer !== undefined && laneOf(peer) !== undefined),
		half: peer && {
			type: 'departure',
			write: numbered(event, number),
			read: arrival?.type === 'read' ? numbered(peer, arrival.number) : undefined,
		},
	};
}

function halfOf({way, arrow, ends}: ArrowRole, isByClose: boolean): DraftHalf | undefined {
	if (ends) {
		return {type: way === 'sends' ? 'end-sent' : 'end-received', isByClose};
	}

	return arrow === 'connect' ? {type: 'attempt'} : undefined;
}

/** How many bytes, or connections, it is about. */
function amountOf(event: SocketEvent): number | undefined {
	if ('length' in event) {
		return event.length;
	}

	if ('waiting' in event) {
		return event.waiting;
	}

	return 'discarded' in event ? event.discarded : ('limit' in event && !isForFiles(event) ? event.limit : undefined);
}

/** Whether a connection was turned away for want of a file descriptor, and not for their own limit. */
function isForFiles(event: SocketEvent): boolean {
	return 'cause' in event && event.cause === 'files';
}

function noteOf(event: FlowEvent, role: FlowRole): FlowNote | undefined {
	if (event.messages) {
		return {type: 'messages', ...event.messages};
	}

	if ('framed' in event && event.framed) {
		const {first, count} = event.framed;
		return {type: 'messages', first, last: first + Math.max(0, count - 1)};
	}

	if (role.way !== 'notice') {
		return role.arrow === 'connected' && 'local' in event && event.local
			? {type: 'port', port: event.local.port}
			: undefined;
	}

	if ('conditions' in event) {
		return {type: 'conditions', conditions: event.conditions};
	}

	if ('report' in event) {
		return {type: 'report', report: event.report};
	}

	if ('rate' in event) {
		return {type: 'series', count: event.count, rate: event.rate};
	}

	if (role.tells === 'peer' && 'peer' in event && event.peer) {
		return {type: 'peer', address: event.peer};
	}

	return role.tells === 'local' && 'local' in event && event.local ? {type: 'address', address: event.local} : undefined;
}

/** Of a connect() that has failed with this errno. */
export function fateOfFailure(code: string): FlowFate {
	return code === 'ECONNREFUSED' ? 'refused' : 'lost';
}

/** Of a datagram, where it was sent. */
function fateOf({arrival, fate, isVacant}: {
	readonly arrival?: Arrival;
	readonly fate?: DatagramLinkFate;
	readonly isVacant?: boolean;
}): FlowFate {
	if (fate?.type === 'lost') {
		return 'lost';
	}

	if (fate && fate.discarded === fate.copies.length) {
		return (fate.refused ?? 0) > 0 ? 'refused' : 'discarded';
	}

	if (arrival?.type === 'read') {
		return 'arrived';
	}

	if (fate?.type === 'passed' && fate.onTheLink > 0) {
		return 'under-way';
	}

	return isVacant ? 'lost' : (arrival?.type ?? 'left');
}

/** Of a write to a byte stream, where its reads are not known. */
function fateOfWrite(fate: StreamLinkFate | undefined, length: number): FlowFate {
	if (!fate) {
		return 'left';
	}

	return fate.discarded === length ? 'discarded' : (fate.onTheLink > 0 ? 'under-way' : 'left');
}

/** One of a socket's writes or reads. */
function numbered({pane, socket}: SocketId, number: number): string {
	return `${pane}.${socket}#${number}`;
}

/** Whether it went from one of the playground's own sockets to another. */
export function isInternal({from, to}: Pick<PlacedDraft, 'from' | 'to'>): boolean {
	return to !== undefined && peerOfLane(from) === undefined && peerOfLane(to) === undefined;
}

/** How far before, or behind, the place of an event what no event tells stands. */
export const before = 0.125;
export const behind = 0.5;
