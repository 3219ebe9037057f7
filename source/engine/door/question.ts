/* What is asked through the door: questions that stay open. */
import type {EventType, PaneId} from '../events/event.ts';
import type {CommentLanguage, SourceLanguage} from '../../programs/languages.ts';
import type {SceneName} from './command.ts';

/** A question that stays open: how a scene stands, or what a view of it shows. */
export type Question
	= | {readonly type: 'scene'; readonly scene: SceneName; readonly peers: number}
		| RowsQuestion
		| SocketsQuestion
		| SourceQuestion
		| FlowQuestion
		| PayloadQuestion;

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
	readonly payload: PayloadFormat;
	/** Terminal columns that a payload may take beside its row's other columns, and beneath the row. */
	readonly columns: number;
	readonly dumpColumns: number;
};

/** How payloads are shown: as text with visible escapes, or as hexadecimal bytes and the same bytes as text. */
export type PayloadFormat = 'text' | 'hex';

/** Asks for some of the sockets of a pane, with what the kernel says of them. */
export type SocketsQuestion = {readonly type: 'sockets'; readonly pane: PaneId; readonly from: number; readonly rows: number};

/** Asks for the program that a pane is. */
export type SourceQuestion = {
	readonly type: 'source';
	readonly pane: PaneId;
	readonly language: SourceLanguage;
	/** English where nothing else is asked for. */
	readonly comments?: CommentLanguage;
};

/** Asks for the flow diagram of a scene, around a pane, up to an event or to the end. */
export type FlowQuestion = {
	readonly type: 'flow';
	readonly scene: SceneName;
	readonly focus: PaneId | undefined;
	/** How many steps can be shown. */
	readonly rows: number;
	/** The sequence number after the last event drawn; undefined follows the end. */
	readonly end: number | undefined;
};

/** Asks for a payload whole, from one of its lines on. */
export type PayloadQuestion = {
	readonly type: 'payload';
	readonly sequence: number;
	readonly columns: number;
	readonly rows: number;
	/** The first line wanted. */
	readonly from: number;
};
