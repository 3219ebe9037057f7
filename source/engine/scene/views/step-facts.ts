import {shownLaneFinder} from '../../../flow/lanes.ts';
import type {Endpoint, StepFacts} from '../../../flow/details.ts';
import type {FlowLane, FlowScene, FlowStep} from '../../../flow/step.ts';
import type {EventLog} from '../../../log/event-log.ts';
import {kindOf} from '../../../log/event-kinds.ts';
import type {Address, SocketEvent} from '../../../log/event.ts';

/** How many events on each side are looked at for the address of a socket. */
const reach = 512;

/** The name of the loopback interface, as far as one is known. */
const loopback = process.platform === 'linux' ? 'lo' : 'lo0';

/** What the log tells of a row of a diagram: the addresses at both ends, and the payload. */
export function stepFacts(log: EventLog, scene: FlowScene, lanes: readonly FlowLane[], step: FlowStep): StepFacts {
	const {from, to, sequence, count} = step;
	const event = eventAt(log, sequence);
	const lane = event && shownLaneFinder(scene)(event);
	const isSource = lane === from.lane;
	const peer = event && 'peer' in event ? event.peer : undefined;
	// The other end has seen the address that this one had on the wire. Of several, only the newest counts.
	const far = count === 1 ? eventAt(log, isSource ? to?.sequence : from.sequence) : undefined;
	const seen = far && far !== event && 'peer' in far && shownLaneFinder(scene)(far) !== lane ? far.peer : undefined;
	const local = event && (seen ?? localOf(log, event) ?? onlyPort(lanes.find(({id}) => id === lane)));
	const own = local && withHost(local, peer);
	return {
		protocol: scene.protocol,
		source: (isSource ? own : peer) ?? {},
		destination: (isSource ? peer : own) ?? {},
		...(event && 'bytes' in event && event.bytes.length === event.length && {payload: event.bytes}),
		...(event && 'offset' in event && {offset: event.offset}),
		clock: scene.clock ?? [],
		loopback,
	};
}

/** The event with this sequence number, where the log has it. @param maxBytes - of its payload, at most */
export function eventAt(log: EventLog, sequence: number | undefined, maxBytes?: number): SocketEvent | undefined {
	const isHeld = sequence !== undefined && sequence >= log.first && sequence < log.next;
	return isHeld ? log.read(sequence, maxBytes) : undefined;
}

/** The address of an event's socket, from the nearest event of that socket which has it. */
function localOf(log: EventLog, event: SocketEvent): Address | undefined {
	if ('local' in event && event.local) {
		return event.local;
	}

	const {stage} = kindOf(event.type);
	const isFirst = stage === 'connecting' || stage === 'bound' || stage === 'listening';
	const isLast = stage === 'closed' || stage === 'failed';
	return (isFirst ? undefined : localTowards(log, event, -1)) ?? (isLast ? undefined : localTowards(log, event, 1));
}

/** The same, only back in time (-1) to the beginning of the socket, or only forth to its end. */
function localTowards(log: EventLog, {pane, socket, sequence}: SocketEvent, way: 1 | -1): Address | undefined {
	const ends = way === 1 ? ['connecting', 'bound', 'closed', 'failed'] : ['connecting', 'closed', 'failed'];
	const last = sequence + way * reach;
	for (let at = sequence + way; at !== last && at >= log.first && at < log.next; at += way) {
		const event = log.read(at, 0);
		if (event.pane !== pane || event.socket !== socket) {
			continue;
		}

		if ('local' in event && event.local && !('failure' in event)) {
			return event.local;
		}

		if (ends.includes(kindOf(event.type).stage ?? '')) {
			return undefined;
		}
	}

	return undefined;
}

/** A lane that had one port only had it then. */
function onlyPort(lane: FlowLane | undefined): Endpoint | undefined {
	const [port, ...others] = lane?.ports ?? [];
	return port === undefined || others.length > 0 || lane?.hasMorePorts ? undefined : {port};
}

/**
An address of which the host is known: a socket that is bound to all addresses sends from 127.0.0.1 what goes there, and
from ::1 likewise. Otherwise only the port is known.
*/
function withHost({host, port}: Endpoint, peer: Address | undefined): Endpoint {
	if (host !== undefined && host !== '0.0.0.0' && host !== '::') {
		return {host, port};
	}

	return peer?.host === '127.0.0.1' || peer?.host === '::1' ? {host: peer.host, port} : {port};
}
