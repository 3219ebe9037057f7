import type {FlowLink} from './flow-link.ts';
import type {FlowLaneId} from './flow-scene.ts';

/**
What a step is. Between two lanes: a `datagram`; a `chunk`, one read of a byte stream or a write that nobody has read; `send-failed`,
a send that the system did not take; `connect` (SYN), `connected` (SYN+ACK); `established`, a connection from an address that is not ours, of which only
accept() tells; `accept` and `reject` of a connection; `fin`, `reset` (RST).
On one lane: the others, of which `refused` is a send that this program itself did not take, because too much waited; `peer-set`, connect() on a UDP socket, sends nothing.
*/
export type FlowKind
	= | 'datagram' | 'chunk' | 'send-failed' | 'connect' | 'connected' | 'established' | 'accept' | 'reject' | 'fin' | 'reset'
		| 'bound' | 'listening' | 'bind-failed' | 'closed' | 'failed' | 'paused' | 'resumed' | 'refused'
		| 'peer-set' | 'reading-stopped' | 'reading-resumed' | 'link-changed' | 'loss-ordered' | 'series-started' | 'series-ended';

/**
What became of it, as far as the events tell. What went to an address that is not ours has `left`: nothing more is known. What was
`lost` never arrives; what is `under-way` has not been read yet, or has not left the simulated link.
*/
export type FlowFate = 'arrived' | 'left' | 'lost' | 'under-way';

/** One line of the diagram: something that went from a lane to another, or that happened on one. */
export type FlowStep = {
	/** Sequence number of its newest event, and of the oldest that has been folded into it. */
	readonly sequence: number;
	readonly first: number;
	/** When the oldest of them happened, in milliseconds since the epoch; and how many milliseconds later the newest did. */
	readonly time: number;
	readonly took: number;
	readonly kind: FlowKind;
	readonly from: FlowLaneId;
	/** Absent for what happens on one lane. */
	readonly to?: FlowLaneId;
	readonly fate: FlowFate;
	/** Bytes: of the payload, `closed` those that were dropped, `paused` those that wait; `reject`: how many connections there may be. */
	readonly length?: number;
	/** The payload's beginning as visible text of at most 60 columns. */
	readonly text?: string;
	readonly isCut?: boolean;
	/** An address or a port, which writes a read returned (`writes 3+4`), a link's conditions, or what came of a series, in the field's words. */
	readonly note?: string;
	/** An errno name. */
	readonly code?: string;
	/** What the simulated link has made of it. */
	readonly link?: FlowLink;
	/** How many alike have been folded into it, at least. */
	readonly count: number;
	/** There may have been more of them: older events have not been looked at. */
	readonly hasMore: boolean;
	/** It belongs to the step before it, and is not shown without it. */
	readonly isSecond: boolean;
};
