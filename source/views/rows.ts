import type {
	AnyEvent, EventType, PaneId, SocketEvent,
} from '../log/event.ts';
import {kindOf} from '../log/event-kinds.ts';
import type {EventLog} from '../log/event-log.ts';
import {type StreamParts, streamParts} from '../log/delivery/stream-place.ts';
import type {Call} from '../log/calls/calls.ts';
import {type Codec, utf8Codec} from '../text/encoding/codec.ts';
import {projectCalls} from './calls.ts';
import {
	type LedgerRow, maxParts, projectLedgerRow, projectMessageRow,
} from './ledger.ts';
import {readingOfEvent} from './stream-lead.ts';

/** How a pane's log is told: as messages, as the calls of the socket interface, or as bytes from write to read. */
export type RowsKind = 'messages' | 'calls' | 'bytes';

/**
Which rows are wanted: those whose payload has these bytes; or those with this text (regardless of case) in the payload
or the addresses, those of these types, whose sentence has it on the screen, and those of this connection socket, whose
name has it. Calls are searched as they are written.
*/
export type Filter
	= | {readonly type: 'bytes'; readonly bytes: readonly number[]}
		| {readonly type: 'text'; readonly text: string; readonly types: readonly EventType[]; readonly socket?: number};

/**
Asks for rows of a pane's log, up to an ordinal or to the end. A pane's events have ordinals of their own, from 0;
where they are filtered, so have those that are left.
*/
export type RowsQuery = {
	readonly type: 'rows';
	readonly pane: PaneId;
	readonly kind: RowsKind;
	readonly filter?: Filter;
	readonly rows: number;
	/** The ordinal after the last row wanted; undefined follows the end. */
	readonly end: number | undefined;
	/** How many bytes of each payload are wanted at most: as many as can be shown. */
	readonly maxBytes: number;
};

/** Rows of a pane's log, oldest first, with their place among all of the pane's events. */
export type RowsView = {
	readonly type: 'rows';
	readonly pane: PaneId;
	readonly kind: RowsKind;
	readonly rows: readonly Row[];
	/** Whether these are the rows that a filter has left, and then how far it has looked: it begins with the newest. */
	readonly filtered?: {readonly isComplete: boolean; readonly of: number};
	/** The ordinal after the last row. */
	readonly end: number;
	/** How many events the pane ever had: `total - end` rows are newer than these. */
	readonly total: number;
	/** The oldest ordinal that the log still holds, which is the number of rows dropped before it. */
	readonly first: number;
};

/** One row of a pane's log: what its event says, and what else is known of it now. */
export type Row = AnyEvent & {
	/** How many of its first bytes belong to a character that has begun in the chunk before, where some do. */
	readonly lead?: number;
	/** The calls that it stands for, where calls are asked for. */
	readonly calls?: readonly Call[];
	/** Where its bytes went or came from, where that is asked for. */
	readonly ledger?: LedgerRow;
	/** Which messages a read's bytes belong to, their frames included, where its stream has a framing. */
	readonly messages?: StreamParts;
	/** How many of the far socket's writes this read's bytes came from, where it is known and not one. */
	readonly writes?: number;
	/** How many bytes of this write were never read: the far socket is the playground's, and has been closed. */
	readonly neverRead?: number;
};

/** The events that rows are made of, by their ordinals: those from `first` on can be read. */
export type RowList = {readonly first: number; readonly total: number; readonly at: (ordinal: number) => number};

/** The rows of a pane that a query asks for. Costs what it shows, however long the log is. */
export function projectRows(
	log: EventLog,
	{first, total, at}: RowList,
	query: RowsQuery,
	isServer: boolean,
	codec: Codec = utf8Codec,
): RowsView {
	const {pane, kind, rows, end: wanted, maxBytes} = query;
	const end = wanted === undefined ? total : Math.min(total, Math.max(wanted, first + Math.min(rows, total - first)));
	const shown: Row[] = [];
	for (let ordinal = Math.max(first, end - rows); ordinal < end; ordinal++) {
		const read = log.read(at(ordinal), maxBytes);
		const {lead} = readingOfEvent(log, read, codec);
		const event = {...read, time: log.wallTime(read.time), ...(lead > 0 && {lead})};
		if (kind === 'calls') {
			shown.push({...event, calls: projectCalls(event, {isServer: isServer && event.pane === pane})});
			continue;
		}

		const ledger = 'frame' in event
			? projectMessageRow(event, log.readsOf(event.sequence))
			: projectLedgerRow(event, log.otherEndOf(event.sequence));
		const told = kind === 'bytes'
			? {ledger, ...messagesOf(event, log)}
			: {...severalWrites(event, ledger), ...neverRead(event, ledger)};
		shown.push({...event, ...told});
	}

	return {
		type: 'rows', pane, kind, rows: shown, end, total, first,
	};
}

/** The messages of a read, where its stream is cut into some. */
function messagesOf(event: SocketEvent, log: EventLog): Pick<Row, 'messages'> {
	if (!('offset' in event) || kindOf(event.type).data?.isSent) {
		return {};
	}

	const messages = log.messagesOf(event.sequence);
	return messages ? {messages: streamParts(event, messages, maxParts)} : {};
}

/** A read that has the bytes of several writes says so, as long as all of them are known. */
function severalWrites({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'writes'> {
	const writes = kindOf(type).data?.isSent === false && ledger?.missing === 0 ? ledger.parts.length + ledger.more : 0;
	return writes > 1 ? {writes} : {};
}

/** How many bytes of a write were never read, where the other end is the playground's and closed. */
function neverRead({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'neverRead'> {
	return kindOf(type).data?.isSent && ledger?.isOver && ledger.missing > 0 ? {neverRead: ledger.missing} : {};
}
