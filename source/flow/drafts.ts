import type {
	Protocol, Address, SocketEvent, SocketId,
} from '../log/event.ts';
import type {FarEnd, OwnEnd} from './ends.ts';
import {type LaneFinder, peerLane, serverLane} from './lanes.ts';
import {
	type FlowLink, linkOfDatagram, linkOfPassage, linkOfWrite,
} from './link.ts';
import type {
	FlowFate, FlowKind, FlowLaneId, FlowMoment, FlowNote,
} from './step.ts';

/** A draft may be one half of what two ends tell of; it is drawn once. */
export type DraftHalf
	/** A datagram: whose write it was, and whose read, as keys that are the same at both ends. */
	= | {readonly type: 'departure'; readonly write: string; readonly read: string | undefined}
		| {readonly type: 'arrival'; readonly write: string; readonly read: string}
	/**
	A chunk: its place in the stream, and how late the simulated link made the last byte of a write, in milliseconds.
	*/
		| {readonly type: 'write'; readonly number: number; readonly offset: number; readonly delay: number | undefined}
		| {readonly type: 'read'; readonly offset: number}
	/** The end of a stream, or of a connection, as the one end has sent it and the other has read it. */
		| {readonly type: 'end-sent' | 'end-received'}
		| {readonly type: 'connecting' | 'connect-failed'};

/** What one event says, before it is joined with what the other end says. */
export type FlowDraft = {
	readonly sequence: number;
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
	readonly note?: FlowNote;
	readonly code?: string;
	/** What the simulated link has made of it. */
	readonly link?: FlowLink;
	readonly half?: DraftHalf;
	/** Who it was that accept() has accepted. */
	readonly accepted?: FarEnd;
	/** It belongs to the next older draft. */
	readonly isSecond: boolean;
};

/** A draft whose lanes are known. */
export type PlacedDraft = Omit<FlowDraft, 'from' | 'to'> & {readonly from: FlowLaneId; readonly to?: FlowLaneId};

/** What has to be known to understand an event: which lanes there are, and the scene's protocol. */
export type DraftContext = {readonly laneOf: LaneFinder; readonly protocol: Protocol};

/**
What one event says: that something went from a lane to another, or happened on one. Undefined for what the diagram does
not show.
*/
export function draftOf(
	event: SocketEvent,
	lane: FlowLaneId,
	own: OwnEnd,
	{laneOf, protocol}: DraftContext,
): FlowDraft | undefined {
	const far = (type: FarEnd['type'], address: Address): FarEnd => ({type, address, seenFrom: own});
	const sends = (kind: FlowKind, to: FlowDraft['to'], fate: FlowFate, details: Details = {}): FlowDraft =>
		draft(
			event,
			own,
			{
				kind,
				from: lane,
				to,
				fate,
				began: momentOf(event),
				ended: undefined,
			},
			details,
		);
	const receives = (kind: FlowKind, from: FlowDraft['from'], details: Details = {}): FlowDraft =>
		draft(
			event,
			own,
			{
				kind,
				from,
				to: lane,
				fate: 'arrived',
				began: undefined,
				ended: momentOf(event),
			},
			details,
		);
	const notice = (kind: FlowKind, details: Details = {}): FlowDraft =>
		draft(
			event,
			own,
			{
				kind,
				from: lane,
				to: undefined,
				fate: 'arrived',
				began: momentOf(event),
				ended: undefined,
			},
			details,
		);
	switch (event.type) {
		case 'datagram-sent': {
			const {arrival, fate, far: peer} = event;
			const known = named(event, laneOf);
			return sends(
				'datagram',
				known ?? (event.isVacant ? far('address', event.peer) : peerLane(event.peer)),
				fateOf(event),
				{
					length: event.length,
					bytes: event.bytes,
					link: fate && linkOfDatagram(fate, known !== undefined),
					half: peer && {
						type: 'departure',
						write: numbered(event, event.number),
						read: arrival?.type === 'read' ? numbered(peer, arrival.number) : undefined,
					},
				},
			);
		}

		case 'datagram-received': {
			const {write, passage, far: peer} = event;
			return receives('datagram', named(event, laneOf) ?? peerLane(event.peer), {
				length: event.length,
				bytes: event.bytes,
				link: passage && linkOfPassage(passage),
				half:
					peer && write !== undefined
						? {type: 'arrival', write: numbered(peer, write), read: numbered(event, event.number)}
						: undefined,
			});
		}

		case 'chunk-sent': {
			const {length, bytes, number, offset, fate} = event;
			return sends('chunk', named(event, laneOf) ?? far('socket', event.peer), fateOfWrite(event), {
				length,
				bytes,
				link: fate && linkOfWrite(fate, length),
				half: {
					type: 'write',
					number,
					offset,
					delay: fate?.delay,
				},
			});
		}

		case 'chunk-received': {
			const {length, bytes, offset} = event;
			return receives('chunk', named(event, laneOf) ?? far('socket', event.peer), {
				length,
				bytes,
				half: {type: 'read', offset},
			});
		}

		case 'send-failed': {
			const {
				length,
				bytes,
				failure: {code},
			} = event;
			return sends('send-failed', far(protocol === 'tcp' ? 'socket' : 'address', event.peer), 'refused', {
				length,
				bytes,
				code,
			});
		}

		case 'connecting': {
			return sends('connect', far('listener', event.peer), 'under-way', {half: {type: 'connecting'}});
		}

		case 'connect-failed': {
			const {code, syscall} = event.failure;
			const half = {type: 'connect-failed'} as const;
			// A name that was not found has no address that anything could have gone to.
			return syscall === 'connect'
				? sends('connect', far('listener', event.peer), fateOfFailure(code), {code, half})
				: notice('failed', {code, note: {type: 'address', address: event.peer}, half});
		}

		case 'connected': {
			return receives('connected', far('listener', event.peer), {note: {type: 'port', port: event.local.port}});
		}

		case 'accepted': {
			return {...receives('accept', serverLane, {accepted: far('socket', event.peer)}), began: momentOf(event)};
		}

		case 'rejected': {
			return sends('reject', far('address', event.peer), 'refused', {length: event.limit});
		}

		case 'fin-sent':
		case 'reset-sent': {
			return sends(event.type === 'fin-sent' ? 'fin' : 'reset', far('socket', event.peer), 'left', {
				half: {type: 'end-sent'},
			});
		}

		case 'fin-received': {
			return receives('fin', far('socket', event.peer), {half: {type: 'end-received'}});
		}

		case 'reset': {
			return receives('reset', far('socket', event.peer), {
				code: event.failure.code,
				half: {type: 'end-received'},
			});
		}

		case 'bound':
		case 'listening': {
			return notice(event.type, {note: {type: 'address', address: event.local}});
		}

		case 'bind-failed':
		case 'listen-failed': {
			return notice('bind-failed', {code: event.failure.code, note: {type: 'address', address: event.local}});
		}

		case 'closed': {
			return notice('closed', {length: event.discarded});
		}

		case 'socket-failed': {
			return notice('failed', {code: event.failure.code});
		}

		case 'paused': {
			return notice('paused', {length: event.waiting});
		}

		case 'send-refused': {
			return notice('refused', {length: event.length});
		}

		case 'peer-set': {
			return notice('peer-set', {note: {type: 'peer', address: event.peer}});
		}

		case 'link-changed': {
			return notice('link-changed', {note: {type: 'conditions', conditions: event.conditions}});
		}

		case 'series-started': {
			return notice('series-started', {note: {type: 'series', count: event.count, rate: event.rate}});
		}

		case 'series-ended': {
			return notice('series-ended', {note: {type: 'report', report: event.report}});
		}

		case 'resumed':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'loss-ordered': {
			return notice(event.type);
		}

		case 'rule-changed':
		case 'closing-changed':
		case 'destination-changed': {
			return undefined;
		}

		default: {
			return event satisfies never;
		}
	}
}

type Details = Partial<Pick<FlowDraft, 'length' | 'bytes' | 'note' | 'code' | 'link' | 'half' | 'accepted'>>;

type Way = {
	readonly kind: FlowKind;
	readonly from: FlowDraft['from'];
	readonly to: FlowDraft['to'];
	readonly fate: FlowFate;
	readonly began: FlowMoment | undefined;
	readonly ended: FlowMoment | undefined;
};

/** All drafts have the same fields in the same order, so that making and comparing thousands of them is quick. */
function draft(
	{sequence, time}: SocketEvent,
	own: OwnEnd,
	{kind, from, to, fate, began, ended}: Way,
	{length, bytes, note, code, link, half, accepted}: Details,
): FlowDraft {
	return {
		sequence,
		time,
		kind,
		own,
		from,
		to,
		began,
		ended,
		fate,
		length,
		bytes,
		note,
		code,
		link,
		half,
		accepted,
		isSecond: false,
	};
}

function momentOf({sequence, time}: SocketEvent): FlowMoment {
	return {sequence, time};
}

/** Of a connect() that has failed with this errno. */
export function fateOfFailure(code: string): FlowFate {
	return code === 'ECONNREFUSED' ? 'refused' : 'lost';
}

/** The lane of the far socket that a payload was sent to or came from, where that is one of the playground's. */
function named({far}: {readonly far?: SocketId}, laneOf: LaneFinder): FlowLaneId | undefined {
	return far && laneOf(far);
}

function fateOf({arrival, fate, isVacant}: Extract<SocketEvent, {type: 'datagram-sent'}>): FlowFate {
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
function fateOfWrite({fate, length}: Extract<SocketEvent, {type: 'chunk-sent'}>): FlowFate {
	if (!fate) {
		return 'left';
	}

	return fate.discarded === length ? 'discarded' : (fate.onTheLink > 0 ? 'under-way' : 'left');
}

/** One of a socket's writes or reads. */
function numbered({pane, socket}: SocketId, number: number): string {
	return `${pane}.${socket}#${number}`;
}
