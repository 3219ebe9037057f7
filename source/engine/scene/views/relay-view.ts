/* How a relay stands: its legs, and what it holds, as plain data. */
import type {HeldQuery} from '../../api/query.ts';
import type {LegView, RelayView} from '../../api/scene-view.ts';
import type {HeldRow, HeldView} from '../../api/view.ts';
import type {EventLog} from '../../../log/event-log.ts';
import type {Address} from '../../../log/event.ts';
import type {HeldMessage} from '../../../sockets/held-queues.ts';
import type {PeerNumber} from '../../../sockets/states.ts';
import {codecOf, utf8Codec} from '../../../text/encoding/codec.ts';
import type {Encoding} from '../../../text/encoding/encoding.ts';
import {readingOfEvent} from '../../../views/stream-lead.ts';
import type {RelayPane} from '../panes/relay-pane.ts';
import {firstAround} from '../../../views/window.ts';

/** How many bytes of a held message are handed over at most: what a line can show. */
const previewBytes = 256;

export function projectRelay({relay: {held, clients, server}, target, targetPane, holding}: RelayPane): RelayView {
	let ofClosed = 0;
	if (held.size > 0) {
		for (const number of clients.keys()) {
			ofClosed += server.peers.has(number) ? 0 : held.countOf('to-server', number) + held.countOf('to-clients', number);
		}
	}

	return {
		targetPane,
		target,
		holding,
		held: {
			count: held.count,
			bytes: held.bytes,
			'to-server': held.countOf('to-server'),
			'to-clients': held.countOf('to-clients'),
			ofClosed,
		},
	};
}

/** What goes between one of its peers and the target. */
export function projectLeg({relay}: RelayPane, number: PeerNumber): LegView {
	const client = relay.clients.get(number);
	const {held} = relay;
	return {
		...(client && 'local' in client.state && {local: client.state.local}),
		state: client?.state.type,
		held: {'to-server': held.countOf('to-server', number), 'to-clients': held.countOf('to-clients', number)},
		kept: held.keptOf(number),
		isFull: relay.protocol === 'tcp' && (held.isFull('to-server', number) || held.isFull('to-clients', number)),
	};
}

export function projectHeld({relay, encoding}: RelayPane, query: HeldQuery, log: EventLog): HeldView {
	const {held} = relay;
	const chosen = query.around === undefined ? 0 : held.placeOf(query.around);
	const from = firstAround(chosen, held.size, query.rows);
	return {
		type: 'held',
		scene: query.scene,
		from,
		total: held.size,
		rows: held.slice(from, query.rows).map(({id, what, direction, leg, peer, bytes, original, heldAt, read}) => ({
			id,
			what,
			direction,
			leg,
			client: direction === 'to-server' ? peer : addressOf(relay, leg),
			length: bytes.length,
			...(bytes !== original && {before: original.length}),
			bytes: Uint8Array.from(bytes.subarray(0, previewBytes)),
			...leadOf(log, {read}, encoding),
			waited: log.now() - heldAt,
		})),
	};
}

/** A chunk may begin inside a character, as long as the log has its read. */
export function leadOf(
	log: EventLog,
	held: Pick<HeldMessage, 'read'> | undefined,
	encoding: Encoding,
): Pick<HeldRow, 'lead'> {
	const codec = codecOf(encoding);
	const read = held?.read;
	const isKnown = codec !== utf8Codec && read !== undefined && read >= log.first;
	return isKnown ? {lead: readingOfEvent(log, log.read(read), codec).lead} : {};
}

function addressOf({server}: RelayPane['relay'], number: PeerNumber): Address | undefined {
	return server.protocol === 'tcp' ? server.peers.get(number)?.peer : server.peers.get(number)?.address;
}
