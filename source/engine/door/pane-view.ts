/* What fills a pane, as it comes out through the door. */
import type {
	Address, Arrival, EventType, PaneId, SeriesReport, SocketFailure, SocketId, Tally,
} from '../events/event.ts';
import type {LinkFate, LinkPassage} from '../events/link-fate.ts';
import type {CallName, CallNote} from '../projections/calls.ts';
import type {LedgerParts} from '../projections/ledger.ts';
import type {SourceLanguage} from '../../programs/languages.ts';
import type {RowsKind} from './question.ts';

/** What fills a pane. */
export type PaneView = RowsView | SocketsView | SourceView;

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

/** One row of a pane's log: an event, its payload as text that is safe to draw. */
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
	readonly calls?: readonly CallLine[];
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
	/** As much of the payload as fits, escapes visible; `isCut` tells that there is more. */
	readonly payload?: string;
	readonly isCut?: boolean;
	/** In hexadecimal: lines beneath the row, where the payload does not fit beside it. */
	readonly dump?: readonly string[];
	/** Round-trip time in milliseconds. */
	readonly elapsed?: number;
	readonly isThirdParty?: boolean;
	readonly failure?: SocketFailure;
	/** Bytes waiting, dropped, or a limit, as the type has it. */
	readonly amount?: number;
	/** A setting's new value. */
	readonly setting?: string;
};

/**
Where the bytes of a write went, or those of a read came from: numbers of the far socket's reads or writes. Without parts it is a foreign
peer's, or not known any more.
*/
export type LedgerRow = LedgerParts & {
	/** Whether the other end is closed, so that what has not been read by now never will be. */
	readonly isOver: boolean;
	/** A stream's offset of the first byte; undefined for a datagram. */
	readonly offset: number | undefined;
	/** The payload, cut where one part ends and the next begins; of a write, whole. The last is cut where there is more than fits. */
	readonly pieces: ReadonlyArray<{readonly number: number; readonly text: string}>;
};

/** A call of the socket interface with its arguments and its result, as one line; what it cannot say itself is the note. */
export type CallLine = {readonly name: CallName; readonly text: string; readonly isFailed: boolean; readonly note?: CallNote};

/** The sockets of a pane, as many as were asked for. */
export type SocketsView = {
	readonly type: 'sockets';
	readonly pane: PaneId;
	readonly from: number;
	readonly total: number;
	readonly rows: readonly SocketRow[];
	/** Whether states and queues are the kernel's own; else they are derived from what has happened. */
	readonly isFromKernel: boolean;
};

/** One socket of a pane; of a UDP server's also the addresses that it has heard from, which are no sockets of its own. */
export type SocketRow = {
	readonly role: 'udp' | 'welcoming' | 'connection' | 'peer' | 'client';
	/** The number of a connection, or of a peer; 0 where it is not known any more. */
	readonly number: number;
	readonly local?: Address;
	readonly peer?: Address;
	/** As the kernel has it (RFC 9293 section 3.3.2), or derived; undefined where there is none. */
	readonly state?: string;
	/** Whether it is open in this program, and yet not in the kernel's tables any more. */
	readonly isVanished?: boolean;
	/** Whether the program has closed it: only the kernel still remembers it. */
	readonly isClosed: boolean;
	/** Undefined where it is not known any more. */
	readonly received?: Tally;
	readonly sent?: Tally;
	/** Bytes that wait in the kernel to be read, and to be acknowledged by the peer; of a welcoming socket, connections that wait for accept(). */
	readonly receiveQueue?: number;
	readonly sendQueue?: number;
	/** UDP: datagrams that the kernel has dropped because the receive queue was full. */
	readonly drops?: number;
	/** Bytes that wait in this program, because the kernel's queue is full. */
	readonly waiting: number;
	/** TCP: bytes that were read ahead before the program was told not to read, where there are any. */
	readonly readAhead?: number;
};

/** The program that a pane is, and where in it it is. */
export type SourceView = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	readonly fileName: string;
	readonly lines: readonly string[];
	/** The lines whose call has happened, the last one first. */
	readonly marks: readonly number[];
	/** The call that has happened last. */
	readonly lastCall: CallLine | undefined;
};
