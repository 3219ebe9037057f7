import type {Address} from '../../events/event.ts';
import type {FlowLink} from './flow-link.ts';
import type {FlowLaneId} from './flow-scene.ts';
import type {FlowFate, FlowKind} from './flow-step.ts';
import type {OwnEnd} from './own-ends.ts';

/**
A far end before it is known which lane it is: the far `socket` of a connection; the `listener` that a connect()
goes to; or whatever has that `address`.
*/
export type FarEnd = {readonly type: 'socket' | 'listener' | 'address'; readonly address: Address; readonly seenFrom: OwnEnd};

/** A draft may be one half of what two ends tell of; it is drawn once. */
export type DraftHalf
	/** A datagram: whose write it was, and whose read, in words that are the same at both ends. */
	= | {readonly type: 'departure'; readonly write: string; readonly read: string | undefined}
		| {readonly type: 'arrival'; readonly write: string; readonly read: string}
	/** A chunk: its place in the stream, and how late the simulated link made the last byte of a write, in milliseconds. */
		| {readonly type: 'write'; readonly number: number; readonly offset: number; readonly delay?: number}
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
	readonly fate: FlowFate;
	readonly length?: number;
	/** The payload, or as much of it as was read from the log. */
	readonly bytes?: Uint8Array;
	readonly note?: string;
	readonly code?: string;
	/** What the simulated link has made of it. */
	readonly link?: FlowLink;
	readonly half?: DraftHalf;
	/** Who it was that accept() has accepted. */
	readonly accepted?: FarEnd;
	/** It belongs to the next older draft. */
	readonly isSecond?: boolean;
};

/** A draft whose lanes are known. */
export type PlacedDraft = Omit<FlowDraft, 'from' | 'to'> & {readonly from: FlowLaneId; readonly to?: FlowLaneId};
