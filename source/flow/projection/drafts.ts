import type {
	Address, AnyEvent, Protocol, SocketEvent, SocketFailure, SocketId,
} from '../../log/event.ts';
import type {FlowArrow, FlowRole} from '../../log/event-descriptor.ts';
import {kindOf, type NoticeType} from '../../log/event-kinds.ts';
import type {DatagramLinkFate, StreamLinkFate} from '../../log/delivery/link-fate.ts';
import {isLoopback} from '../../text/address.ts';
import {
	type LaneFinder, peerLane, peerOfLane, serverLane,
} from '../lanes.ts';
import {
	type FlowEvent, type FlowFate, type FlowKind, type FlowLaneId, type FlowMoment, type FlowNote, type FlowStep,
	linkOfDatagram, linkOfPassage, linkOfWrite,
} from '../step.ts';
import type {FarEnd, OwnEnd} from './ends.ts';

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
		| {readonly type: 'attempt' | 'attempt-failed'; readonly address: Address};

/** What a draft tells as the step does that is made of it. */
type Told = Pick<FlowStep, 'length' | 'bytes' | 'encoding' | 'lead' | 'note' | 'code' | 'link' | 'part' | 'isOfMany'>;

/** What one event says, before it is joined with what the other end says. */
export type FlowDraft = Told & {
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
	readonly half?: DraftHalf;
	/**
	Writes to a byte stream, and reads that have returned bytes of them, where these are not one each: the writes are
	departures, the reads arrivals, and they have the same bundle.
	*/
	readonly bundle?: number;
	/** The socket is closed while bytes are unread: the other end gets a RST. */
	readonly hasUnread: boolean;
	/** A datagram to a port of this machine that no socket had. */
	readonly isVacant: boolean;
	/** An error that an ICMP port unreachable message has caused. */
	readonly isUnreachable: boolean;
	readonly isByKernel: boolean;
	readonly isInferred: boolean;
};

export type PlacedDraft = Omit<FlowDraft, 'from' | 'to'> & {readonly from: FlowLaneId; readonly to?: FlowLaneId};

/** What has to be known to understand an event: which lanes there are, and the scene's protocol. */
export type DraftContext = {readonly laneOf: LaneFinder; readonly protocol: Protocol};

/** The fate of arrows of which the event alone tells it. */
const fates: Readonly<Partial<Record<FlowArrow, FlowFate>>> = {connect: 'under-way', unsent: 'refused', reject: 'refused'};

/**
What one event says: that something went from a lane to another, or happened on one; undefined for what the diagram does
not show. All drafts have the same fields in the same order, so that comparing thousands of them is quick.
*/
export function draftOf(
	given: FlowEvent,
	lane: FlowLaneId,
	own: OwnEnd,
	context: DraftContext,
): FlowDraft | undefined {
	const {flow: role, stage} = kindOf(given.type);
	if (!role) {
		return undefined;
	}

	const event: AnyEvent = given;
	const {sequence, time, peer, failure} = event;
	const moment = {sequence, time};
	const isArrow = role.way !== 'notice';
	const isSent = role.way !== 'receives';
	const far = isArrow ? farOf(event, role, own, context) : undefined;
	const data = 'number' in given ? dataOf(given, context) : undefined;
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
		fate: isArrow && isSent ? data?.fate ?? fates[role.arrow] ?? 'left' : 'arrived',
		length: amountOf(event),
		bytes: event.bytes,
		encoding: given.encoding,
		lead: given.lead,
		note: noteOf(event, role),
		code: failure ? failure.code : (isForFiles(event) ? 'EMFILE' : undefined),
		link: data?.link,
		half: data?.half ?? (isArrow ? halfOf(role, event) : undefined),
		part: undefined,
		bundle: undefined,
		hasUnread: event.hasUnread === true,
		isVacant: peer !== undefined && event.isUnbound === true && isLoopback(peer.host),
		isUnreachable: role.way === 'notice' && role.isIcmp === true
			&& context.protocol === 'udp' && failure?.code === 'ECONNREFUSED',
		isByKernel: false,
		isInferred: false,
	};
	return stage === 'failed' && peer && failure ? attemptOf(draft, peer, failure) : draft;
}

/** A connect() that failed. A name that was not found has no address, so no arrow is drawn. */
function attemptOf(draft: FlowDraft, peer: Address, failure: SocketFailure): FlowDraft {
	const half = {type: 'attempt-failed', address: peer} as const;
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
	event: AnyEvent,
	{far, way}: ArrowRole,
	own: OwnEnd,
	{laneOf, protocol}: DraftContext,
): FlowLaneId | FarEnd {
	const {peer: address, bytes, offset, far: farSocket} = event;
	if (far === 'server' || !address) {
		return serverLane;
	}

	if (far !== 'peer') {
		// Bytes that were not taken from a stream had a connection to go over.
		return {type: bytes && protocol === 'tcp' ? 'socket' : far, address, seenFrom: own};
	}

	const known = farSocket && laneOf(farSocket);
	if (known !== undefined || (offset === undefined && !(way === 'sends' && isForAddress(event)))) {
		return known ?? peerLane(address);
	}

	return {type: offset === undefined ? 'address' : 'socket', address, seenFrom: own};
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
		const from = peer && write !== undefined ? numbered(peer, write) : undefined;
		return {
			link: passage && linkOfPassage(passage),
			half: from === undefined ? undefined : {type: 'arrival', write: from, read: numbered(event, number)},
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

function halfOf({way, arrow}: ArrowRole, {isByClose, peer}: AnyEvent): DraftHalf | undefined {
	if (arrow === 'fin' || arrow === 'reset') {
		return {type: way === 'sends' ? 'end-sent' : 'end-received', isByClose: isByClose === true};
	}

	return arrow === 'connect' && peer ? {type: 'attempt', address: peer} : undefined;
}

/** How many bytes, or connections, it is about. */
function amountOf(event: AnyEvent): number | undefined {
	return event.length ?? event.waiting ?? event.discarded ?? (isForFiles(event) ? undefined : event.limit);
}

/** Whether a connection was turned away for want of a file descriptor, and not for their own limit. */
function isForFiles({cause}: AnyEvent): boolean {
	return cause === 'files';
}

function noteOf(event: AnyEvent & Pick<FlowEvent, 'messages'>, role: FlowRole): FlowNote | undefined {
	const {local, conditions, report, count, rate, framed, messages, isUnbound} = event;
	if (isUnbound) {
		return {type: 'no-socket'};
	}

	if (messages) {
		return {type: 'messages', ...messages};
	}

	if (framed) {
		const {first} = framed;
		return {type: 'messages', first, last: first + Math.max(0, framed.count - 1)};
	}

	if (role.way !== 'notice') {
		return role.arrow === 'connected' && local ? {type: 'port', port: local.port} : undefined;
	}

	if (role.tells === 'local' || role.tells === 'peer') {
		const address = event[role.tells];
		return address && {type: role.tells === 'peer' ? 'peer' : 'address', address};
	}

	if (role.tells === 'series') {
		return {type: 'series', count, rate};
	}

	return conditions === undefined ? report && {type: 'report', report} : {type: 'conditions', conditions};
}

/** Of a connect() that has failed with this errno. */
export function fateOfFailure(code: string): FlowFate {
	return code === 'ECONNREFUSED' ? 'refused' : 'lost';
}

/** Of a datagram, where it was sent. */
function fateOf(event: Vacancy & Pick<AnyEvent, 'arrival'> & {readonly fate?: DatagramLinkFate}): FlowFate {
	const {arrival, fate, isUnbound, isVacant} = event;
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

	if (isUnbound) {
		return 'lost';
	}

	// Whether another program has taken what one of the playground's sockets would have is not known.
	return isVacant ? 'unknown' : (arrival?.type ?? 'left');
}

type Vacancy = Pick<AnyEvent, 'isVacant' | 'isUnbound'>;

/** Whether a datagram is on its way to an address, and not known to be on its way to anybody. */
function isForAddress({isVacant = false, isUnbound = false, fate}: Vacancy & Pick<AnyEvent, 'fate'>): boolean {
	return isVacant || isUnbound || (fate?.type === 'passed' && fate.onTheLink > 0);
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

/** What a kernel has sent by itself, where a draft tells of it. */
export function byKernel(draft: PlacedDraft, kind: FlowKind, from: FlowLaneId, to: FlowLaneId): PlacedDraft {
	return {
		...draft,
		kind,
		from,
		to,
		began: undefined,
		ended: undefined,
		fate: 'arrived',
		length: undefined,
		bytes: undefined,
		note: undefined,
		link: undefined,
		half: undefined,
		part: undefined,
		bundle: undefined,
		isByKernel: true,
	};
}
