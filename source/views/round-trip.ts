import type {EventLog} from '../log/event-log.ts';
import type {SocketEvent} from '../log/event.ts';
import {kindOf} from '../log/event-kinds.ts';
import {firstOrdinal} from '../log/storage/sequence-ring.ts';
import type {RowList} from './rows.ts';

/** A round-trip time in its parts, in milliseconds; together they are the row's. */
export type RoundTripParts = {
	/** From the client's write until the server had read it: the link, the kernel, the program's own turn. */
	readonly there: number;
	/** In the server, from that read to its write. */
	readonly server: number;
	/** From that write until the client had read it. */
	readonly back: number;
};

/** At most this many events of the server's pane are searched, `maxLater` of them after the answer was read. */
const maxEvents = 1000;
const maxLater = 100;

/**
The parts of the round-trip time of an answer from a server of the playground; undefined for anything else, and where
the log does not hold the server's read and write any longer.

@param far - the events of the pane of the socket that has sent it
*/
export function projectRoundTrip(log: EventLog, event: SocketEvent, far: RowList): RoundTripParts | undefined {
	if (!('elapsed' in event) || !('number' in event) || !event.far) {
		return undefined;
	}

	const {elapsed = Number.NaN, far: {socket}} = event;
	if (!Number.isFinite(elapsed)) {
		return undefined;
	}

	let answeredAt: number | undefined;
	const after = firstOrdinal(far.first, far.total, ordinal => far.at(ordinal) > event.sequence);
	const end = Math.min(far.total, after + maxLater);
	for (let ordinal = end - 1; ordinal >= Math.max(far.first, end - maxEvents); ordinal--) {
		const other = log.read(far.at(ordinal), 0);
		if (other.socket !== socket) {
			continue;
		}

		if (answeredAt === undefined) {
			answeredAt = isAnswer(other, event) ? other.time : undefined;
		} else if (other.time <= answeredAt && isRequest(other, event)) {
			const parts = {
				there: other.time - (event.time - elapsed),
				server: answeredAt - other.time,
				back: event.time - answeredAt,
			};
			return parts.there >= 0 && parts.back >= 0 ? parts : undefined;
		}
	}

	return undefined;
}

/** Whether this is the write that was read there; of several, the first. */
function isAnswer(other: SocketEvent, read: SocketEvent): boolean {
	if (!('number' in other) || !kindOf(other.type).data?.isSent) {
		return false;
	}

	return 'offset' in other && 'offset' in read
		? other.offset <= read.offset && read.offset < other.offset + other.length
		: 'write' in read && other.number === read.write;
}

function isRequest(other: SocketEvent, {pane}: SocketEvent): boolean {
	return 'number' in other && kindOf(other.type).data?.isSent === false && other.far?.pane === pane;
}
