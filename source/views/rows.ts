import type {
	Address, Arrival, EventType, PaneId, SeriesReport, SocketEvent, SocketFailure, SocketId,
} from '../engine/events/event.ts';
import type {EventLog} from '../engine/events/event-log.ts';
import type {LinkFate, LinkPassage} from '../engine/events/link-fate.ts';
import type {Call} from './call.ts';
import {projectCalls} from './calls.ts';
import {type LedgerRow, projectLedgerRow} from './ledger.ts';

/** How a pane's log is told: as messages, as the calls of the socket interface, or as the bytes' way from write to read. */
export type RowsKind = 'messages' | 'calls' | 'bytes';

/**
Which rows are wanted: those whose payload has these bytes; or those with this text (whatever its case) in the payload or the addresses, and
those of these types, whose sentence has it on the screen, and those of this connection socket, whose name it is. Calls are looked through
as they are written.
*/
export type Filter
	= | {readonly type: 'bytes'; readonly bytes: readonly number[]}
		| {readonly type: 'text'; readonly text: string; readonly types: readonly EventType[]; readonly socket?: number};

/**
Asks for rows of a pane's log, up to an ordinal or to the end. A pane's events have ordinals of their own, from 0; where they are
filtered, so have those that are left.
*/
export type RowsQuestion = {
	readonly type: 'rows';
	readonly pane: PaneId;
	readonly kind: RowsKind;
	readonly filter?: Filter;
	/** How many rows are wanted. */
	readonly rows: number;
	/** The ordinal after the last row wanted; undefined follows the end. */
	readonly end: number | undefined;
	/** How many bytes of each payload are wanted at most: no more than can be shown. */
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
	/** The oldest ordinal that the log still holds: so many have gone. */
	readonly first: number;
};

/** One row of a pane's log: an event as plain values. */
export type Row = {
	readonly sequence: number;
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly type: EventType;
	/** The connection socket's number, 0 for the pane's own socket. */
	readonly socket: number;
	readonly peer?: Address;
	readonly local?: Address;
	/** Which of its socket's writes or reads it was, and the socket of ours at the other end. */
	readonly number?: number;
	readonly far?: SocketId;
	/** The calls that it stands for, where calls are asked for. */
	readonly calls?: readonly Call[];
	/** How many of the far socket's writes this read's bytes came from, where it is known and not one. */
	readonly writes?: number;
	/** How many bytes of this write were never read: the far socket is ours, and has been closed. */
	readonly neverRead?: number;
	/** Where its bytes went or came from, where that is asked for. */
	readonly ledger?: LedgerRow;
	/** What the simulated link makes of it. */
	readonly fate?: LinkFate;
	/** How a datagram that was read came over the simulated link, where that has doubled or changed it. */
	readonly passage?: LinkPassage;
	/** How many messages a series has, and how many a second; and what became of them. */
	readonly series?: {readonly count: number | undefined; readonly rate: number | undefined};
	readonly report?: SeriesReport;
	/** What became of a datagram that was sent to a socket of ours. */
	readonly arrival?: Arrival;
	/** A datagram was sent to where a socket of ours had been, and none was any more. */
	readonly isVacant?: boolean;
	/** Bytes of the payload. */
	readonly length?: number;
	/** The payload, or as much of it as was asked for and the log has kept. */
	readonly bytes?: Uint8Array;
	/** Round-trip time in milliseconds. */
	readonly elapsed?: number;
	readonly isThirdParty?: boolean;
	readonly failure?: SocketFailure;
	/** Bytes waiting, dropped, or a limit, as the type has it. */
	readonly amount?: number;
	/** A setting's new value. */
	readonly setting?: string;
};

/** The events that rows are made of, by their ordinals: those from `first` on can be read. */
export type RowList = {readonly first: number; readonly total: number; readonly at: (ordinal: number) => number};

/** The rows of a pane that a question asks for. Costs what it shows, however long the log is. */
export function projectRows(log: EventLog, {first, total, at}: RowList, question: RowsQuestion, isServer: boolean): RowsView {
	const {pane, kind, rows, end: wanted, maxBytes} = question;
	const end = wanted === undefined ? total : Math.min(total, Math.max(wanted, first + Math.min(rows, total - first)));
	const shown: Row[] = [];
	for (let ordinal = Math.max(first, end - rows); ordinal < end; ordinal++) {
		const event = log.read(at(ordinal), maxBytes);
		const row = projectRow(event);
		if (kind === 'calls') {
			shown.push({...row, calls: projectCalls(event, {isServer})});
			continue;
		}

		const ledger = projectLedgerRow(event, log.otherEndOf(event.sequence));
		shown.push(kind === 'bytes' ? {...row, ledger} : {...row, ...severalWrites(event, ledger), ...neverRead(event, ledger)});
	}

	return {
		type: 'rows', pane, kind, rows: shown, end, total, first,
	};
}

/** A read that has the bytes of several writes says so, as long as all of them are known. */
function severalWrites({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'writes'> {
	const writes = type === 'chunk-received' && ledger?.missing === 0 ? ledger.parts.length + ledger.more : 0;
	return writes > 1 ? {writes} : {};
}

/** A write of which bytes were never read, since the other end of ours is closed, says so. */
function neverRead({type}: SocketEvent, ledger: LedgerRow | undefined): Pick<Row, 'neverRead'> {
	return type === 'chunk-sent' && ledger?.isOver && ledger.missing > 0 ? {neverRead: ledger.missing} : {};
}

/** One event as a row. */
export function projectRow(event: SocketEvent): Row {
	const base = {
		sequence: event.sequence, time: event.time, type: event.type, socket: event.socket,
	};
	switch (event.type) {
		case 'datagram-sent':
		case 'chunk-sent':
		case 'datagram-received':
		case 'chunk-received':
		case 'send-failed': {
			return {
				...base,
				peer: event.peer,
				length: event.length,
				bytes: event.bytes,
				...('number' in event && {number: event.number, far: event.far}),
				...('arrival' in event && {arrival: event.arrival}),
				...('fate' in event && event.fate && {fate: event.fate}),
				...('passage' in event && event.passage && {passage: event.passage}),
				...('isVacant' in event && event.isVacant && {isVacant: true}),
				...('elapsed' in event && {elapsed: event.elapsed}),
				...('isThirdParty' in event && {isThirdParty: event.isThirdParty}),
				...('failure' in event && {failure: event.failure}),
			};
		}

		case 'bound':
		case 'listening': {
			return {...base, local: event.local};
		}

		case 'bind-failed':
		case 'listen-failed': {
			return {...base, local: event.local, failure: event.failure};
		}

		case 'accepted':
		case 'connected':
		case 'peer-set': {
			return {...base, peer: event.peer, local: event.local};
		}

		case 'link-changed': {
			return {...base, setting: event.conditions, amount: event.seed};
		}

		case 'loss-ordered': {
			return base;
		}

		case 'series-started': {
			return {...base, series: {count: event.count, rate: event.rate}};
		}

		case 'series-ended': {
			return {...base, report: event.report};
		}

		case 'reset-sent':
		case 'reading-stopped':
		case 'reading-resumed':
		case 'connecting':
		case 'fin-sent':
		case 'fin-received':
		case 'resumed': {
			return {...base, peer: event.peer};
		}

		case 'connect-failed':
		case 'reset':
		case 'socket-failed': {
			return {...base, peer: event.peer, failure: event.failure};
		}

		case 'rejected': {
			return {...base, peer: event.peer, amount: event.limit};
		}

		case 'paused': {
			return {...base, peer: event.peer, amount: event.waiting};
		}

		case 'send-refused': {
			return {
				...base, peer: event.peer, length: event.length, amount: event.waiting,
			};
		}

		case 'closed': {
			return {
				...base, peer: event.peer, local: event.local, amount: event.discarded,
			};
		}

		case 'rule-changed': {
			return {...base, setting: event.rule};
		}

		case 'closing-changed': {
			return {...base, setting: event.closeAfterReply ? 'on' : 'off'};
		}

		case 'destination-changed': {
			return {...base, setting: event.destination};
		}

		default: {
			return event satisfies never;
		}
	}
}
