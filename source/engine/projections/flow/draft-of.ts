import type {Protocol} from '../../door/command.ts';
import type {
	Address, SocketEvent, SocketId,
} from '../../events/event.ts';
import type {FarEnd, FlowDraft} from './flow-draft.ts';
import {linkOfDatagram, linkOfPassage, linkOfWrite} from './flow-link.ts';
import {type FlowLaneId, type LaneFinder, serverLane} from './flow-scene.ts';
import type {FlowFate} from './flow-step.ts';
import {noticeOf} from './notice-of.ts';
import type {OwnEnd} from './own-ends.ts';
import {addressText, peerLane} from './peer-address.ts';

/** What has to be known to understand an event: whose lanes there are, and the scene's protocol. */
export type DraftContext = {readonly laneOf: LaneFinder; readonly protocol: Protocol};

/** What one event says: that something went from a lane to another, or happened on one. Undefined for what is not drawn. */
export function draftOf(event: SocketEvent, lane: FlowLaneId, own: OwnEnd, {laneOf, protocol}: DraftContext): FlowDraft | undefined {
	const {sequence, time} = event;
	const base = {
		sequence, time, own, fate: 'arrived',
	} as const;
	const far = (type: FarEnd['type'], address: Address): FarEnd => ({type, address, seenFrom: own});
	switch (event.type) {
		case 'datagram-sent': {
			const {
				arrival, isVacant, length, bytes, fate,
			} = event;
			const ours = named(event, laneOf);
			const to = ours ?? (isVacant ? far('address', event.peer) : peerLane(event.peer));
			return {
				...base, kind: 'datagram', from: lane, to, fate: fateOf(event), length, bytes,
				...(fate && {link: linkOfDatagram(fate, ours !== undefined)}),
				...(event.far && {half: {type: 'departure', write: numbered(event, event.number), read: arrival?.type === 'read' ? numbered(event.far, arrival.number) : undefined}}),
			};
		}

		case 'datagram-received': {
			const {
				write, length, bytes, passage,
			} = event;
			return {
				...base, kind: 'datagram', from: named(event, laneOf) ?? peerLane(event.peer), to: lane, length, bytes,
				...(passage && {link: linkOfPassage(passage)}),
				...(event.far && write !== undefined && {half: {type: 'arrival', write: numbered(event.far, write), read: numbered(event, event.number)}}),
			};
		}

		case 'chunk-sent': {
			const {
				length, bytes, number, offset, fate,
			} = event;
			return {
				...base, kind: 'chunk', from: lane, to: named(event, laneOf) ?? far('socket', event.peer), fate: fateOfWrite(event), length, bytes,
				...(fate && {link: linkOfWrite(fate, length)}), half: {
					type: 'write', number, offset, ...(fate?.delay !== undefined && {delay: fate.delay}),
				},
			};
		}

		case 'chunk-received': {
			const {length, bytes, offset} = event;
			return {
				...base, kind: 'chunk', from: named(event, laneOf) ?? far('socket', event.peer), to: lane, length, bytes, half: {type: 'read', offset},
			};
		}

		case 'send-failed': {
			const {length, bytes, failure: {code}} = event;
			return {
				...base, kind: 'send-failed', from: lane, to: far(protocol === 'tcp' ? 'socket' : 'address', event.peer), fate: 'lost', length, bytes, code,
			};
		}

		case 'connecting': {
			return {
				...base, kind: 'connect', from: lane, to: far('listener', event.peer), fate: 'under-way', half: {type: 'connecting'},
			};
		}

		case 'connect-failed': {
			const {code, syscall} = event.failure;
			const half = {type: 'connect-failed'} as const;
			// A name that was not found has no address that anything could have gone to.
			return syscall === 'connect'
				? {
					...base, kind: 'connect', from: lane, to: far('listener', event.peer), fate: 'lost', code, half,
				}
				: {
					...base, kind: 'failed', from: lane, code, note: addressText(event.peer), half,
				};
		}

		case 'connected': {
			return {
				...base, kind: 'connected', from: far('listener', event.peer), to: lane, note: `:${event.local.port}`,
			};
		}

		case 'accepted': {
			return {
				...base, kind: 'accept', from: serverLane, to: lane, accepted: far('socket', event.peer),
			};
		}

		case 'rejected': {
			return {
				...base, kind: 'reject', from: lane, to: far('address', event.peer), fate: 'lost', length: event.limit,
			};
		}

		case 'fin-sent': {
			return {
				...base, kind: 'fin', from: lane, to: far('socket', event.peer), fate: 'left', half: {type: 'end-sent'},
			};
		}

		case 'fin-received': {
			return {
				...base, kind: 'fin', from: far('socket', event.peer), to: lane, half: {type: 'end-received'},
			};
		}

		case 'reset-sent': {
			return {
				...base, kind: 'reset', from: lane, to: far('socket', event.peer), fate: 'left', half: {type: 'end-sent'},
			};
		}

		case 'reset': {
			return {
				...base, kind: 'reset', from: far('socket', event.peer), to: lane, code: event.failure.code, half: {type: 'end-received'},
			};
		}

		case 'rule-changed':
		case 'closing-changed':
		case 'destination-changed': {
			return undefined;
		}

		case 'bound':
		case 'listening':
		case 'bind-failed':
		case 'listen-failed':
		case 'closed':
		case 'socket-failed':
		case 'paused':
		case 'resumed':
		case 'send-refused':
		case 'peer-set':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'link-changed':
		case 'loss-ordered':
		case 'series-started':
		case 'series-ended': {
			return {...base, from: lane, ...noticeOf(event)};
		}

		default: {
			return event satisfies never;
		}
	}
}

/** The lane of the far socket that a payload was sent to or came from, where it is known to be ours. */
function named({far}: {readonly far?: SocketId}, laneOf: LaneFinder): FlowLaneId | undefined {
	return far && laneOf(far);
}

function fateOf({arrival, fate, isVacant}: Extract<SocketEvent, {type: 'datagram-sent'}>): FlowFate {
	const isGone = fate && (fate.type === 'lost' || fate.discarded === fate.copies.length);
	if (isGone) {
		return 'lost';
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

	return fate.discarded === length ? 'lost' : (fate.onTheLink > 0 ? 'under-way' : 'left');
}

/** One of a socket's writes or reads. */
function numbered({pane, socket}: SocketId, number: number): string {
	return `${pane}.${socket}#${number}`;
}
